"""争议核查单: one page for whoever objects, from the roll to the printed head of the chain. Pure."""

from collections.abc import Iterator
from datetime import datetime

from consult_app.documents.matter import Matter
from consult_app.documents.minutes import rule_words
from consult_app.documents.model import (
    Block,
    Column,
    Document,
    Heading,
    KeyValues,
    Note,
    SignatureBoxes,
    Signer,
    Table,
    Title,
)
from consult_app.documents.rules import KIND_WORDS, SIGNERS, DocumentKind
from consult_app.documents.wording import say
from consult_app.kernel.text import clock_words, legal_day, moment_words, short_day
from consult_app.voting.choices import CHANNEL_WORDS, SLIP_WORDS
from consult_app.voting.disputing import Dispute, Link
from consult_app.voting.explaining import VoterLine
from consult_app.voting.rules import CHOICE_WORDS

ENDS = 4
"""Links of the path printed at each end; what lies between is counted."""
WORDED = 5
"""Questions whose text is printed beside what was chosen; of more only the numbers, `ROW` a line."""
ROW = 6


def dispute_sheet(matter: Matter, found: Dispute, now: datetime) -> Document:
    """The sheet of one voter of one motion, on one page."""
    motion = found.motion
    slip = f"（选票 {found.slips[-1].serial}）" if found.slips else ""  # tells sheets apart in a list without a name
    title = say("sheets.dispute_title", matter=motion.title, slip=slip)
    blocks: tuple[Block, ...] = (
        Title(title),
        KeyValues(
            (
                ("议题编号", matter.number),
                ("核查时间", moment_words(now)),
                ("房屋", _rooms(found.voter.rooms)),
                ("表决权人", "、".join(found.voter.names) or found.voter.label),
                ("适用规则", rule_words(motion.rule.title, motion.rule.basis)),
                ("方案校验", motion.plan_check or "—"),
            ),
            columns=2,
        ),
        Heading(1, "一、名册和票权"),
        KeyValues(tuple(_steps(found.voter))),
        Heading(1, "二、选票和投票"),
        _slips(found),
        *_counted(found),
        Heading(1, "三、存证"),
        *_chain(found),
        Note(say("sheets.dispute_secret" if motion.secret else "sheets.dispute_note")),
        SignatureBoxes(tuple(Signer(role) for role in SIGNERS[DocumentKind.DISPUTE_SHEET]), height=18),
    )
    return Document(KIND_WORDS[DocumentKind.DISPUTE_SHEET], title, blocks, style="one_page")


def _rooms(rooms: tuple[str, ...]) -> str:
    """The rooms, or of many the first and how many: all stand in the lines of the roll."""
    return "、".join(rooms) or "—" if len(rooms) <= 3 else f"{rooms[0]}等 {len(rooms)} 处"


ROLL = ("产权", "名册", "合并", "票权", "推选", "委托")
"""Steps of the chain from the roll that come before the vote."""


def _steps(voter: VoterLine) -> Iterator[tuple[str, str]]:
    """Each step once, with all its sentences: an owner of thirty flats has as many lines of the roll."""
    for name in ROLL:
        if words := "；".join(words for step, words in voter.steps if step == name):
            yield name, words


def _slips(found: Dispute) -> Table:
    columns = (
        Column("选票编号", 0.8, "center"),
        Column("状态", 1.2),
        Column("印制", 1.3, "center"),
        Column("签收领取", 1.3, "center"),
        Column("说明", 2.0),
    )
    rows = tuple(
        (slip.serial, SLIP_WORDS[slip.state], _at(slip.issued_at), _at(slip.handed_at), slip.reason or "—")
        for slip in found.slips
    )
    return Table(columns, rows or (("—", "没有选票", "—", "—", "—"),))


def _took_part(found: Dispute) -> str:
    voter = found.voter
    if voter.channel is None or voter.at is None:
        return "没有参加表决的记录。"
    by = CHANNEL_WORDS[voter.channel] + (f"，由受托人{voter.agent}代投" if voter.agent else "")
    if found.motion.secret:
        return f"已参加表决，方式：{by}。"
    return f"{moment_words(voter.at)}参加表决，方式：{by}。"


def _counted(found: Dispute) -> tuple[Block, ...]:
    """What was counted, which the voter alone may see of a named vote once it is closed."""
    voter, motion = found.voter, found.motion
    part = ("参加", _took_part(found))
    if motion.closed_at is None:
        return (KeyValues((part, ("计票", "投票还没有截止，任何人都看不到选择。"))),)
    if motion.secret:
        return (KeyValues((part, ("计票", "无记名表决：选择与本人之间没有任何记录可查。"))),)
    decided = tuple(("裁定", words) for words in voter.decided)
    if not voter.choices:
        return (KeyValues((part, *decided, ("计票", f"{voter.counted}。"))),)
    return (KeyValues((part, *decided)), *_choices(found))


def _choices(found: Dispute) -> tuple[Block, ...]:
    chosen = [(code, CHOICE_WORDS[choice]) for code, choice in found.voter.choices]
    if len(chosen) <= WORDED:
        texts = {item.code: item.text for item in found.motion.items}
        columns = (Column("项", 0.5, "center"), Column("表决事项", 6), Column("计为", 0.9, "center"))
        return (Table(columns, tuple((code, texts[code], words) for code, words in chosen)),)
    cells = [f"{code}. {words}" for code, words in chosen] + [""] * (-len(chosen) % ROW)
    rows = tuple(tuple(cells[start : start + ROW]) for start in range(0, len(cells), ROW))
    return (Table((Column("", 1, "center"),) * ROW, rows, caption=say("sheets.dispute_many")),)


def _chain(found: Dispute) -> tuple[Block, ...]:
    """The voter's entries and the head; whole are the digests of both ends of the path, which the others lie between."""
    columns = (Column("序号", 0.5, "center"), Column("时间", 1.15, "center"), Column("事项", 2), Column("校验值", 3.6))
    last = found.path[0].seq if found.path else 0
    rows = [
        (str(one.seq), _at(one.at), one.words, _whole(one.digest) if one.seq == last else _short(one.digest))
        for one in found.entries
    ]
    where = f"链头，印在{found.printed}上" if found.printed else "链头，尚未印出，以当前链头为准"
    rows.append((str(found.head.seq), "—", where, _whole(found.head.digest)))
    table = Table(columns, tuple(rows))
    return (table, KeyValues((("路径", _path(found.path)),))) if found.path else (table,)


def _path(path: tuple[Link, ...]) -> str:
    """`… 12:7F3A29C1 → 13:…`: both ends of the way; all of a short one."""
    words = [f"{link.seq}:{link.digest[:8].upper()}" for link in path]
    told = say("sheets.dispute_path", count=len(path))
    if len(words) > 2 * ENDS:
        told += say("sheets.dispute_left_out", count=len(words) - 2 * ENDS)
        words = [*words[:ENDS], f"……（{len(words) - 2 * ENDS} 条）", *words[-ENDS:]]
    return f"{told}。\n{' → '.join(words)}"


def _short(digest: str) -> str:
    return " ".join(digest[start : start + 4] for start in range(0, 16, 4)).upper()


def _whole(digest: str) -> str:
    return " ".join(digest[start : start + 8] for start in range(0, 64, 8)).upper()


def _at(moment: datetime | None) -> str:
    return f"{short_day(legal_day(moment))} {clock_words(moment)}" if moment else "—"
