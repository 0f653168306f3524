"""表单: registration, screening, sign-in sheet and record, as they are printed and signed. Pure."""

from collections.abc import Iterator

from consult_app.documents.matter import Matter
from consult_app.documents.minutes import attendance_pairs, period_words, rule_words
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
from consult_app.documents.rules import KIND_WORDS, DocumentKind
from consult_app.documents.wording import say
from consult_app.kernel.text import clock_words, day_words
from consult_app.meetings.queries import MeetingFacts, StatementFacts
from consult_app.meetings.rules import PRESENCE_WORDS

SIGNATURE_ROW = 11.0
"""Height of a row to sign in, mm."""


def registration(matter: Matter) -> Document:
    """议题登记表: who raises what, for whom, and what is wished; signed by the proposer or by who took it down."""
    title = say("sheets.registration_title")
    facts = [
        ("议题编号", matter.number),
        ("议题名称", matter.title),
        ("议题来源", matter.source),
        ("提议人", matter.proposer + ("（代录）" if matter.taken_down else "")),
        ("登记日期", day_words(matter.raised_on)),
        ("议事主体", matter.body),
        ("议事平台", matter.venue),
        ("涉及范围", matter.affected_range),
        ("提议诉求", matter.wish),
    ]
    signer = Signer("代录人" if matter.taken_down else "提议人", "" if matter.taken_down else matter.proposer)
    return _sheet(DocumentKind.REGISTRATION, title, _filled(facts), (signer, Signer("登记人")))


def screening(matter: Matter) -> Document:
    """议题审定单: venue, decision body, rule and reason, participants, timetable."""
    title = say("sheets.screening_title")
    facts = [
        ("议题编号", matter.number),
        ("议题名称", matter.title),
        ("议事平台", f"{matter.venue}（{matter.venue_level}）" if matter.venue_level else matter.venue),
        ("决定主体", matter.decision_body),
        ("适用规则", rule_words(matter.rule_title, matter.rule_law)),
        ("适用理由", matter.rule_reason),
        ("参与主体", matter.participants),
        ("时间安排", matter.timetable),
        ("会前公告", f"张贴 {matter.notice_days} 日"),
    ]
    signers = (Signer("党组织负责人"), Signer("居（村）委会主任或业委会主任"))
    return _sheet(DocumentKind.SCREENING, title, _filled(facts), signers)


def sign_in_sheet(meeting: MeetingFacts) -> Document:
    """签到表: everyone expected and everyone who observes, with a place to sign."""
    title = say("sheets.sign_in_title", meeting=meeting.title)
    counted = meeting.counts
    columns = (
        Column("序号", 0.6, "center"),
        Column("姓名", 1.6),
        Column("身份", 1.6),
        Column("到会情况", 1, "center"),
        Column("时间", 0.9, "center"),
        Column("签名", 1.8),
    )
    rows = tuple(
        (
            str(place),
            person.name,
            person.capacity,
            PRESENCE_WORDS[person.presence] + (f"（{person.reason}）" if person.reason else ""),
            clock_words(person.arrived_at) if person.arrived_at else "",
            "",
        )
        for place, person in enumerate(meeting.attendance, 1)
    )
    blocks: tuple[Block, ...] = (
        Title(title),
        KeyValues(
            (("时间", period_words(meeting.opened_at or meeting.starts_at, meeting.closed_at)), ("地点", meeting.place))
        ),
        Paragraph(
            say(
                "sheets.sign_in_counts",
                expected=counted.expected,
                present=counted.present,
                excused=counted.excused,
                observers=counted.observers,
            )
        ),
        Table(columns, rows, row_height=SIGNATURE_ROW),
        SignatureBoxes((Signer("主持人", meeting.chair), Signer("记录人", meeting.recorder)), columns=2),
    )
    return Document(KIND_WORDS[DocumentKind.SIGN_IN_SHEET], title, blocks)


def record(meeting: MeetingFacts) -> Document:
    """议事记录: every statement as it was typed, by agenda item, and after them the old text of those corrected."""
    title = say("sheets.record_title", meeting=meeting.title)
    blocks: list[Block] = [Title(title), KeyValues(tuple(_record_facts(meeting)))]
    numbered = {item.id: item for item in meeting.agenda}
    for item_id in (*numbered, None):
        said = tuple(line for line in meeting.statements if line.item_id == item_id)
        if item_id is None and not said:
            continue
        item = numbered[item_id] if item_id is not None else None
        blocks.append(Heading(2, f"（议程 {item.ordinal}）{item.title}" if item else "（其他发言）"))
        if said:
            blocks.append(_statement_table(tuple(_spoken(line) for line in said)))
        else:
            blocks.append(Paragraph("没有发言。"))
    if meeting.opinion:
        blocks += [Heading(1, "协商意见"), Paragraph(meeting.opinion.agreed)]
        if meeting.opinion.dissent:
            blocks.append(Paragraph(meeting.opinion.dissent, lead="不同意见："))
    if meeting.superseded:
        blocks += [Heading(1, "更正前的原文"), _statement_table(tuple(_spoken(line) for line in meeting.superseded))]
    blocks.append(Note(say("sheets.record_note")))
    blocks.append(SignatureBoxes((Signer("主持人", meeting.chair), Signer("记录人", meeting.recorder)), columns=2))
    return Document(KIND_WORDS[DocumentKind.RECORD], title, tuple(blocks))


def _record_facts(meeting: MeetingFacts) -> Iterator[tuple[str, str]]:
    yield "会议名称", f"{meeting.title}（第 {meeting.ordinal} 次会议）"
    yield "时间", period_words(meeting.opened_at or meeting.starts_at, meeting.closed_at)
    yield "地点与形式", f"{meeting.place}（{meeting.form}）"
    yield "主持人", meeting.chair
    yield "记录人", meeting.recorder
    yield from attendance_pairs(meeting)


def _statement_table(rows: tuple[tuple[str, ...], ...]) -> Table:
    columns = (
        Column("序号", 0.6, "center"),
        Column("时间", 0.8, "center"),
        Column("发言人", 1.5),
        Column("态度", 0.8, "center"),
        Column("内容", 4.5),
    )
    return Table(columns, rows)


def _spoken(line: StatementFacts) -> tuple[str, ...]:
    speaker = f"{line.speaker}（{line.capacity}）" if line.capacity else line.speaker
    text = f"{line.text}（更正理由：{line.reason}）" if line.reason else line.text
    return str(line.number), clock_words(line.recorded_at), speaker, str(line.position), text


def _filled(facts: list[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    return tuple((label, value) for label, value in facts if value)


def _sheet(kind: DocumentKind, title: str, facts: tuple[tuple[str, str], ...], signers: tuple[Signer, ...]) -> Document:
    return Document(KIND_WORDS[kind], title, (Title(title), KeyValues(facts), SignatureBoxes(signers, columns=2)))
