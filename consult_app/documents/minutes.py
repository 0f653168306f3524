"""议事协商会议纪要: the edited result of a deliberation, from what was recorded (domain.md §4.2). Pure."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from consult_app.documents.matter import Matter, Vote
from consult_app.documents.model import (
    Attendees,
    Block,
    Colophon,
    Column,
    Document,
    Group,
    Heading,
    KeyValues,
    Mark,
    Note,
    Paragraph,
    SignatureBoxes,
    Signer,
    SignOff,
    Style,
    Table,
    Title,
)
from consult_app.documents.people import Naming
from consult_app.documents.published import published
from consult_app.documents.result_tables import outcome_blocks, participation_sentence
from consult_app.documents.rules import KIND_WORDS, Audience, DocumentKind
from consult_app.documents.wording import say
from consult_app.kernel.text import clock_words, day_words, legal_day, moment_words
from consult_app.meetings.queries import MeetingFacts, OpinionFacts
from consult_app.meetings.rules import Position, Presence


@dataclass(frozen=True)
class Task:
    """Who does what until when, as the meeting settled it."""

    responsible: str
    task: str
    due_on: date


def minutes(
    matter: Matter,
    meeting: MeetingFacts,
    *,
    day: date,
    style: Style = "plain",
    audience: Audience = Audience.ARCHIVE,
    vote: Vote | None = None,
    tasks: tuple[Task, ...] = (),
    publication_days: int = 15,
    number: str = "",
) -> Document:
    """The minutes of one deliberation, dated `day`.

    `official` bears 纪要标志 with `number` (〔2026〕3号) and 版记; the public's version holds totals, no names and no
    statements. `publication_days` as 村委法35 and 居委法34 ask.
    """
    naming = Naming(audience)
    vote = published(vote) if vote and naming.is_public else vote
    title = say("minutes.public_title" if naming.is_public else "minutes.title", matter=matter.title)
    blocks: list[Block] = [Title(title), KeyValues(tuple(_facts(matter, meeting, naming)))]
    if not naming.is_public:
        blocks.append(_attendees(meeting))
    blocks += [Heading(1, "一、议题情况"), *_matter(matter, meeting, naming)]
    blocks += [Heading(1, "二、协商情况"), *_statements(meeting, naming)]
    blocks += [Heading(1, "三、协商意见"), *_opinion(matter, meeting.opinion, naming)]
    if vote:
        blocks += [Heading(1, "四、表决情况"), Paragraph(participation_sentence(vote)), *outcome_blocks(vote)]
    blocks += [
        Heading(1, "五、办理与公布" if vote else "四、办理与公布"),
        *_follow_up(matter, vote, tasks, publication_days),
    ]
    if not naming.is_public:
        blocks += [Note(say("minutes.sign_note")), _signatures(meeting)]
    blocks.append(SignOff(matter.issuer, day_words(day)))
    official = style == "official"
    return Document(
        kind=KIND_WORDS[DocumentKind.MINUTES],
        title=title,
        blocks=tuple(blocks),
        style=style,
        mark=_mark(matter, day, number) if official else None,
        colophon=Colophon(printed_by=matter.issuer, printed_on=day_words(day)) if official else None,
    )


def period_words(start: datetime, end: datetime | None) -> str:
    """`2026年11月22日 9:00至10:30`; both days where the meeting ran over midnight."""
    return f"{moment_words(start)}至{end_words(start, end)}" if end else moment_words(start)


def end_words(start: datetime, end: datetime) -> str:
    """`10:30`, with its day only where that is another one."""
    return clock_words(end) if legal_day(start) == legal_day(end) else moment_words(end)


def rule_words(title: str, law: str) -> str:
    """`业主共同决定（一般事项），依据《民法典》第二百七十八条`."""
    return f"{title}，依据{law}" if law else title


def attendance_pairs(meeting: MeetingFacts) -> Iterator[tuple[str, str]]:
    """应到, 实到, 请假, 列席 and the quorum, as labelled facts."""
    counted = meeting.counts
    yield (
        "到会情况",
        say(
            "sheets.sign_in_counts",
            expected=counted.expected,
            present=counted.present,
            excused=counted.excused,
            observers=counted.observers,
        ),
    )
    yield "法定人数", meeting.quorum.words


def _mark(matter: Matter, day: date, number: str) -> Mark:
    return Mark(say("minutes.mark", venue=matter.venue or matter.body), number, matter.issuer, day_words(day))


def _facts(matter: Matter, meeting: MeetingFacts, naming: Naming) -> Iterator[tuple[str, str]]:
    yield "议题名称", matter.title
    yield "议题编号", matter.number
    yield "会议名称", f"{meeting.title}（第 {meeting.ordinal} 次会议）"
    yield "会议时间", period_words(meeting.opened_at or meeting.starts_at, meeting.closed_at)
    yield "地点与形式", f"{meeting.place}（{meeting.form}）"
    if matter.venue:
        yield "议事平台", f"{matter.venue}（{matter.venue_level}）" if matter.venue_level else matter.venue
    yield "提议人", naming.one(matter.proposer)
    yield "召集人", meeting.convener
    yield "主持人", meeting.chair
    yield "记录人", meeting.recorder
    yield from attendance_pairs(meeting)
    if matter.rule_title:
        yield "适用规则", rule_words(matter.rule_title, matter.rule_law)


def _attendees(meeting: MeetingFacts) -> Attendees:
    capacities = {person.name: person.capacity for person in meeting.attendance}

    def named(presence: Presence) -> tuple[str, ...]:
        return tuple(f"{name}（{capacities[name]}）" if capacities[name] else name for name in meeting.people(presence))

    groups = (
        Group("出席", named(Presence.PRESENT)),
        Group("请假", named(Presence.EXCUSED)),
        Group("缺席", named(Presence.ABSENT) + named(Presence.EXPECTED)),
        Group("列席", named(Presence.OBSERVER)),
    )
    return Attendees(tuple(group for group in groups if group.names))


def _matter(matter: Matter, meeting: MeetingFacts, naming: Naming) -> Iterator[Block]:
    facts = {"proposer": naming.one(matter.proposer), "day": day_words(matter.raised_on), "source": matter.source}
    yield Paragraph(say("minutes.raised_for_another", **facts) if matter.taken_down else say("minutes.raised", **facts))
    if matter.affected_range:
        yield Paragraph(say("minutes.range", range=matter.affected_range.rstrip("。")))
    if matter.wish:
        yield Paragraph(say("minutes.wish", wish=matter.wish))
    if matter.participants:
        yield Paragraph(matter.participants, lead="参与主体：")
    if not naming.is_public:
        for statement in meeting.statements:
            if statement.position is Position.ACCOUNT:
                yield Paragraph(statement.text, lead=f"{_speaker(statement.speaker, statement.capacity)}说明：")


def _statements(meeting: MeetingFacts, naming: Naming) -> Iterator[Block]:
    if not meeting.statements:
        yield Paragraph(say("minutes.no_statements"))
        return
    counted = Counter(statement.position for statement in meeting.statements)
    positions = "、".join(f"{position} {counted[position]} 条" for position in Position if counted[position])
    yield Paragraph(say("minutes.positions_summary", statements=len(meeting.statements), positions=positions))
    if naming.is_public:
        return
    rows = tuple(
        (str(line.number), _speaker(line.speaker, line.capacity), str(line.position), line.text)
        for line in meeting.statements
    )
    columns = (
        Column("序号", 0.6, "center"),
        Column("发言人", 1.6),
        Column("态度", 0.8, "center"),
        Column("发言内容", 5),
    )
    yield Table(columns, rows)
    if meeting.superseded:
        corrected = len({line.number for line in meeting.superseded})
        yield Note(say("minutes.corrected", count=corrected))


def _speaker(name: str, capacity: str) -> str:
    return f"{name}（{capacity}）" if capacity else name


def _opinion(matter: Matter, opinion: OpinionFacts | None, naming: Naming) -> Iterator[Block]:
    if opinion is None:
        yield Paragraph(say("minutes.no_opinion"))
    else:
        yield Paragraph(say("minutes.agreed"))
        yield from _lines(opinion.agreed)
        if opinion.unsettled:
            yield Paragraph(say("minutes.unsettled"))
            yield from _lines(opinion.unsettled)
        if opinion.dissent and not naming.is_public:
            yield Paragraph(say("minutes.dissent"))
            yield from _lines(opinion.dissent)
        elif not opinion.dissent:
            yield Paragraph(say("minutes.no_dissent"))
    if matter.needs_assembly and matter.decision_body:
        yield Paragraph(say("minutes.advisory", decision_body=matter.decision_body))


def _lines(text: str) -> Iterator[Paragraph]:
    return (Paragraph(line.strip()) for line in text.splitlines() if line.strip())


def _follow_up(matter: Matter, vote: Vote | None, tasks: tuple[Task, ...], days: int) -> Iterator[Block]:
    if matter.has_vote and vote is None and matter.decision_body:
        rule = matter.rule_title or "公布的规则"
        yield Paragraph(say("minutes.next_vote", rule=rule, decision_body=matter.decision_body))
    for task in tasks:
        yield Paragraph(task.task + say("minutes.next_work", responsible=task.responsible, day=day_words(task.due_on)))
    yield Paragraph(say("minutes.publication", days=days))


def _signatures(meeting: MeetingFacts) -> SignatureBoxes:
    officers = (Signer("主持人", meeting.chair), Signer("记录人", meeting.recorder))
    members = tuple(
        Signer("参会人员", name)
        for name in meeting.people(Presence.PRESENT)
        if name not in (meeting.chair, meeting.recorder)
    )
    return SignatureBoxes(officers + members)
