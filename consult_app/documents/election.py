"""Papers of an election or a recall: its 计票表, the notice of its result and its minutes. Pure."""

from collections.abc import Iterator
from datetime import date

from consult_app.documents.matter import Matter, PostedNotice
from consult_app.documents.minutes import end_words, period_words, rule_words
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
    SignOff,
    Table,
    Title,
)
from consult_app.documents.notice import ADDRESSEES
from consult_app.documents.result_tables import measures_table
from consult_app.documents.rules import KIND_WORDS, Audience, DocumentKind
from consult_app.documents.wording import say
from consult_app.kernel.text import area_words, day_words, moment_words, percent_words
from consult_app.voting.election_count import ElectionCount
from consult_app.voting.election_facts import FATE_WORDS, ElectionFacts, Fate, Standing
from consult_app.voting.measures import Measure, threshold_words
from consult_app.voting.verdicts import CODE_WORDS, Code, Verdict


def election_sheet(matter: Matter, facts: ElectionFacts) -> Document:
    """The 计票表 of a declared election: the papers, each name's votes and what follows, to be signed."""
    count, _ = _told(facts)
    first, second = facts.tellers
    title = say("elections.sheet_title", matter=facts.motion.title)
    blocks: list[Block] = [
        Title(title),
        KeyValues(tuple(_particulars(matter, facts))),
        Heading(1, "一、选票"),
        _papers_table(facts, count),
        *_turnout_table(facts),
        Heading(1, "二、得票"),
        *votes_blocks(facts),
        Heading(1, "三、结果"),
        *outcome_paragraphs(facts),
        Paragraph(say("elections.tellers", first=first, second=second)),
        Note(say("elections.sheet_note")),
        SignatureBoxes((Signer("监票人"), Signer("监票人"), Signer("唱票人"), Signer("计票人", first), Signer("计票人", second))),
    ]  # fmt: skip
    return Document(KIND_WORDS[DocumentKind.COUNT_SHEET], title, tuple(blocks))


def election_notice(matter: Matter, facts: ElectionFacts, *, day: date, objection_days: int = 7) -> Document:
    """The notice of who is elected: the papers, every name's votes, and how to object (村委法18, 居委法19: 当场公布)."""
    count, _ = _told(facts)
    motion = facts.motion
    title = say("elections.notice_title", matter=motion.title)
    blocks: list[Block] = [
        Title(title),
        Paragraph(ADDRESSEES[matter.kind], indent=False),
        Paragraph(say("elections.notice_lead", law=motion.rule.basis, body=matter.body, item=motion.title, **_times(facts))),
        Heading(1, "一、投票情况"),
        Paragraph(turnout_sentence(facts, count)),
        Heading(1, "二、得票情况"),
        *votes_blocks(facts),
        Heading(1, "三、选举结果" if not facts.is_recall else "三、表决结果"),
        *outcome_paragraphs(facts),
        Paragraph(say("elections.notice_objections", days=objection_days, contact=matter.contact_words)),
        SignOff(matter.issuer, day_words(day)),
    ]  # fmt: skip
    return Document(KIND_WORDS[DocumentKind.RESULT_NOTICE], title, tuple(blocks), large=True)


def election_minutes(
    matter: Matter,
    facts: ElectionFacts,
    *,
    kind: DocumentKind,
    day: date,
    proxies: int,
    audience: Audience = Audience.ARCHIVE,
    call: PostedNotice | None = None,
) -> Document:
    """The minutes of an election; its candidates and result are public by law, so the public's version lacks signatures only."""
    count, _ = _told(facts)
    public, motion = audience is Audience.PUBLIC, facts.motion
    title = say("elections.minutes_public_title" if public else "elections.minutes_title", matter=motion.title)
    blocks: list[Block] = [
        Title(title),
        Paragraph(say("elections.minutes_lead", body=matter.body, item=motion.title, **_times(facts))),
        KeyValues(tuple(_particulars(matter, facts))),
        Heading(1, "一、选民和候选人"),
        *_prepared(facts, count, proxies, call),
        Heading(1, "二、投票和计票"),
        *_held(facts, count),
        Heading(1, "三、得票"),
        *votes_blocks(facts),
        Heading(1, "四、结果"),
        *outcome_paragraphs(facts),
    ]
    if not public:
        first, second = facts.tellers
        blocks += [
            Note(say("elections.attachments")),
            SignatureBoxes((Signer("主持人"), Signer("监票人"), Signer("监票人"), Signer("计票人", first), Signer("计票人", second), Signer("记录人"))),
        ]  # fmt: skip
    blocks.append(SignOff(matter.issuer, day_words(day)))
    return Document(KIND_WORDS[kind], title, tuple(blocks))


def votes_blocks(facts: ElectionFacts) -> Iterator[Block]:
    """Every name's votes, most first, with their share and what became of it."""
    count, verdict = _told(facts)
    if facts.is_recall:
        yield measures_table(verdict.measures)
        return
    columns: tuple[Column, ...]
    if facts.with_area:
        columns = (
            Column("姓名", 1.5), Column("人数", 0.9, "right"), Column("占比", 1.3, "right"),
            Column("面积（㎡）", 1.7, "right"), Column("占比", 1.3, "right"), Column("结果", 1.1, "center"),
        )  # fmt: skip
    else:
        columns = (
            Column("姓名", 1.8), Column("得票", 1, "right"), Column("占比", 1, "right"), Column("结果", 1.6, "center"),
        )  # fmt: skip
    winners = tuple(place for place, one in enumerate(facts.standings) if one.fate is Fate.ELECTED)
    yield Table(columns, tuple(_votes_row(facts, count, one) for one in facts.standings), heavy=winners)
    need = next((one for one in verdict.measures if ":" in one.name), None)
    if need is not None:
        yield Note(_need_words(facts, verdict, need))


def outcome_paragraphs(facts: ElectionFacts) -> Iterator[Paragraph]:
    """Who is elected, alternates, ties and what is still open, in official sentences."""
    _, verdict = _told(facts)
    reason = CODE_WORDS[verdict.code]
    if facts.is_recall:
        names = facts.candidates[0].name
        words = {"names": names} if verdict.passed else {"names": names, "reason": reason}
        yield Paragraph(say("elections.recall_passed" if verdict.passed else "elections.recall_failed", **words))
        return
    if not any(":" in measure.name for measure in verdict.measures):
        yield Paragraph(say("elections.failed", reason=reason))
        return
    winners = facts.of_fate(Fate.ELECTED)
    if winners:
        yield Paragraph(say("elections.elected", count=len(winners), names=_names(winners)))
    else:
        yield Paragraph(say("elections.nobody"))
    if alternates := facts.of_fate(Fate.ALTERNATE):
        yield Paragraph(say("elections.alternates", names=_names(alternates)))
    if tied := facts.of_fate(Fate.TIED):
        yield Paragraph(say("elections.tied", names=_names(tied)))
    elif facts.open_seats:
        key = "elections.runoff" if verdict.code is Code.RUNOFF_REQUIRED else "elections.vacant"
        yield Paragraph(say(key, seats=facts.open_seats))


def turnout_sentence(facts: ElectionFacts, count: ElectionCount) -> str:
    """Registered, voters, papers collected, valid and spoiled."""
    if facts.with_area:
        return say(
            "elections.turnout_area", registered=f"{count.registered.heads:,}", area=area_words(count.registered.area),
            voters=f"{count.voters.heads:,}", part=area_words(count.voters.area), collected=f"{count.collected:,}",
            invalid=f"{count.invalid:,}",
        )  # fmt: skip
    return say(
        "elections.turnout", registered=f"{count.registered.heads:,}", voters=f"{count.voters.heads:,}",
        collected=f"{count.collected:,}", valid=f"{count.collected - count.invalid:,}", invalid=f"{count.invalid:,}",
        unit=facts.motion.rule.unit.value,
    )  # fmt: skip


def _told(facts: ElectionFacts) -> tuple[ElectionCount, Verdict]:
    """Count and verdict, which a declared election has."""
    assert facts.count is not None
    assert facts.verdict is not None
    return facts.count, facts.verdict


def _times(facts: ElectionFacts) -> dict[str, str]:
    opened, closed = facts.motion.opened_at, facts.motion.closed_at
    assert opened is not None
    assert closed is not None
    return {"opened": moment_words(opened), "closed": end_words(opened, closed)}


def _particulars(matter: Matter, facts: ElectionFacts) -> Iterator[tuple[str, str]]:
    motion = facts.motion
    yield "议题编号", matter.number
    assert motion.opened_at is not None
    yield "投票时间", period_words(motion.opened_at, motion.closed_at)
    yield "投票方式", say("elections.secret") if motion.secret else "纸质选票"
    if not facts.is_recall:
        yield "名额", say("elections.seats", seats=motion.seats, count=len(facts.candidates))
    yield "适用规则", rule_words(motion.rule.title, motion.rule.basis)
    yield "共同封箱", "、".join(motion.closed_by)


def _papers_table(facts: ElectionFacts, count: ElectionCount) -> Table:
    unit = facts.motion.rule.unit.value
    rows = [
        ("登记参加选举", f"{count.registered.heads:,} {unit}"),
        ("参加投票", f"{count.voters.heads:,} {unit}"),
        ("收回选票", f"{count.collected:,} 张"),
        ("其中：有效票", f"{count.collected - count.invalid:,} 张"),
        ("其中：废票（计入总数）", f"{count.invalid:,} 张"),
    ]
    if facts.with_area:
        rows[0:2] = [
            ("全体业主", f"{count.registered.heads:,} 人，{area_words(count.registered.area)} ㎡"),
            ("参与表决", f"{count.voters.heads:,} 人，{area_words(count.voters.area)} ㎡"),
        ]
    return Table((Column("项目", 2), Column("数量", 2, "right")), tuple(rows))


def _turnout_table(facts: ElectionFacts) -> Iterator[Table]:
    _, verdict = _told(facts)
    whole = tuple(measure for measure in verdict.measures if ":" not in measure.name)
    if whole and not facts.is_recall:
        yield measures_table(whole)


def _votes_row(facts: ElectionFacts, count: ElectionCount, one: Standing) -> tuple[str, ...]:
    name = f"{one.name}（另选他人）" if one.written_in else one.name
    fate = "票数相同" if one.fate is Fate.TIED else FATE_WORDS[one.fate]
    if facts.with_area:
        return (
            name, f"{one.votes.heads:,}", percent_words(one.votes.heads, count.voters.heads), area_words(one.votes.area),
            percent_words(one.votes.area, count.voters.area), fate,
        )  # fmt: skip
    whole = one.measures[0].denominator if one.measures else count.voters.heads
    return name, f"{one.votes.heads:,}", percent_words(one.votes.heads, whole), fate


def _need_words(facts: ElectionFacts, verdict: Verdict, need: Measure) -> str:
    if facts.with_area:
        return f"当选须同意面积和同意人数均为参与表决的{threshold_words(need.threshold)}。"
    base = "已投选票" if need.threshold.base == "collected" else "参加投票人数"
    return f"当选须得到{base}{threshold_words(need.threshold)}的选票，即至少 {need.needed:,} 票。"


def _prepared(facts: ElectionFacts, count: ElectionCount, proxies: int, call: PostedNotice | None) -> Iterator[Block]:
    motion = facts.motion
    key = "elections.voters_roll" if motion.roll_digest else "elections.voters_number"
    yield Paragraph(say(key, registered=f"{count.registered.heads:,}", unit=motion.rule.unit.value))
    if not facts.is_recall:
        yield Paragraph(say("elections.consents", names="、".join(_put_forward(facts))))
    if call:
        yield Paragraph(call.words + "。")
    yield Paragraph(say("elections.proxies_some", count=proxies) if proxies else say("elections.proxies_none"))


def _put_forward(facts: ElectionFacts) -> Iterator[str]:
    for one in facts.candidates:
        yield f"{one.name}（{one.nominated_by}）" if one.nominated_by else one.name


def _held(facts: ElectionFacts, count: ElectionCount) -> Iterator[Block]:
    yield Paragraph(say("elections.paper_only"))
    sealed, counted = facts.motion.closed_by, facts.tellers
    yield Paragraph(say("elections.sealed", first=sealed[0], second=sealed[1]))
    yield Paragraph(turnout_sentence(facts, count))
    yield Paragraph(say("elections.tellers", first=counted[0], second=counted[1]))
    yield from _turnout_table(facts)


def _names(standings: tuple[Standing, ...]) -> str:
    return "、".join(one.name for one in standings)
