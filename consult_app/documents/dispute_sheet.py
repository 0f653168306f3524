"""争议核查单: one sheet for whoever objects, from the roll to the printed head of the chain. Pure."""

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
    Paragraph,
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
from consult_app.voting.rules import CHOICE_WORDS

ENDS = 6
"""Links of the path printed at each end; what lies between is counted."""


def dispute_sheet(matter: Matter, found: Dispute, now: datetime) -> Document:
    """The sheet of one voter of one motion."""
    motion = found.motion
    slip = f"（选票 {found.slips[-1].serial}）" if found.slips else ""  # tells sheets apart in a list without a name
    title = say("sheets.dispute_title", matter=motion.title, slip=slip)
    blocks: tuple[Block, ...] = (
        Title(title),
        KeyValues(
            (
                ("议题编号", matter.number),
                ("核查时间", moment_words(now)),
                ("房屋", "、".join(found.voter.rooms) or "—"),
                ("表决权人", "、".join(found.voter.names) or found.voter.label),
                ("适用规则", rule_words(motion.rule.title, motion.rule.basis)),
                ("方案校验", motion.plan_check or "—"),
            )
        ),
        Heading(1, "一、名册和票权"),
        *(Paragraph(words, lead=f"{name}　") for name, words in found.voter.steps if name in ROLL),
        Heading(1, "二、选票和投票"),
        _slips(found),
        Paragraph(_took_part(found)),
        *_counted(found),
        Heading(1, "三、存证"),
        *_chain(found),
        Note(say("sheets.dispute_secret" if motion.secret else "sheets.dispute_note")),
        SignatureBoxes(tuple(Signer(role) for role in SIGNERS[DocumentKind.DISPUTE_SHEET])),
    )
    return Document(KIND_WORDS[DocumentKind.DISPUTE_SHEET], title, blocks)


ROLL = ("产权", "名册", "合并", "票权", "推选", "委托")
"""Steps of the chain from the roll that come before the vote."""


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
    if motion.closed_at is None:
        return (Paragraph("投票还没有截止，任何人都看不到选择。"),)
    if motion.secret:
        return (Paragraph("无记名表决：选择与本人之间没有任何记录可查。"),)
    items = {item.code: item.text for item in motion.items}
    chosen = "；".join(f"{code}. {items[code]}　{CHOICE_WORDS[choice]}" for code, choice in voter.choices)
    steps = tuple(Paragraph(words, lead="裁定　") for words in voter.decided)
    return (*steps, Paragraph(chosen or voter.counted, lead="计票　"))


def _chain(found: Dispute) -> tuple[Block, ...]:
    columns = (Column("序号", 0.7, "center"), Column("时间", 1.2, "center"), Column("事项", 2.6), Column("校验值", 2.4))
    rows = tuple((str(one.seq), _at(one.at), one.words, _short(one.digest)) for one in found.entries)
    where = f"，印在{found.printed}上" if found.printed else "（尚未印出，以当前链头为准）"
    head = Paragraph(f"第 {found.head.seq} 条，{_whole(found.head.digest)}{where}。", lead="链头　")
    if not found.path:
        return (*((Table(columns, rows),) if rows else ()), head)
    steps = f"从第 {found.path[0].seq} 条到第 {found.path[-1].seq} 条，共 {len(found.path)} 条，逐条相接。"
    return (
        Table(columns, rows),
        Paragraph(f"第 {found.path[0].seq} 条，{_whole(found.path[0].digest)}。", lead="本户　"),
        head,
        Paragraph(steps, lead="路径　"),
        Paragraph(_path(found.path), indent=False),
    )


def _path(path: tuple[Link, ...]) -> str:
    """`12:7F3A29C1 → 13:…`: both ends of the way; all of a short one."""
    words = [f"{link.seq}:{link.digest[:8].upper()}" for link in path]
    if len(words) > 2 * ENDS:
        words = [*words[:ENDS], f"……（{len(words) - 2 * ENDS} 条）", *words[-ENDS:]]
    return " → ".join(words)


def _short(digest: str) -> str:
    return " ".join(digest[start : start + 4] for start in range(0, 16, 4)).upper()


def _whole(digest: str) -> str:
    return " ".join(digest[start : start + 8] for start in range(0, 64, 8)).upper()


def _at(moment: datetime | None) -> str:
    return f"{short_day(legal_day(moment))} {clock_words(moment)}" if moment else "—"
