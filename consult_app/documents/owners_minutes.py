"""业主大会会议纪要: call, roll, count, both majorities and the decision (domain.md §4.2; 民法典278). Pure."""

from collections.abc import Iterator
from datetime import date

from consult_app.documents.matter import Matter, PostedNotice, Vote
from consult_app.documents.minutes import attendance_pairs, end_words, period_words, rule_words
from consult_app.documents.model import (
    Block,
    Document,
    Heading,
    KeyValues,
    Note,
    Paragraph,
    SignatureBoxes,
    Signer,
    SignOff,
    Title,
)
from consult_app.documents.people import Naming
from consult_app.documents.published import published
from consult_app.documents.result_tables import (
    books_table,
    outcome_blocks,
    participation_sentence,
    roll_sentence,
)
from consult_app.documents.rules import KIND_WORDS, Audience, DocumentKind
from consult_app.documents.wording import say
from consult_app.kernel.text import area_words, day_words, moment_words, number_words
from consult_app.meetings.queries import MeetingFacts


def owners_minutes(
    matter: Matter,
    vote: Vote,
    *,
    day: date,
    audience: Audience = Audience.ARCHIVE,
    meeting: MeetingFacts | None = None,
    call: PostedNotice | None = None,
    result: PostedNotice | None = None,
    witnesses: tuple[str, ...] = (),
) -> Document:
    """The minutes and decision of an owners' vote that was closed, dated `day`; plain style, for owners are no 党政机关.

    `call` and `result` are the notices before and after the vote; `witnesses` those who watched the count.
    """
    naming = Naming(audience)
    vote = published(vote) if naming.is_public else vote
    title = say("minutes.owners_public_title" if naming.is_public else "minutes.owners_title", body=matter.body)
    blocks: list[Block] = [
        Title(title),
        Paragraph(
            say(
                "minutes.owners_lead",
                body=matter.body,
                opened=moment_words(vote.opened_at),
                closed=end_words(vote.opened_at, vote.closed_at),
                channels=vote.channel_words,
            )
        ),
        KeyValues(tuple(_facts(matter, vote, meeting, naming))),
    ]
    blocks += [Heading(1, "一、会议召集与公告"), *_call(vote, call)]
    blocks += [Heading(1, "二、表决事项"), *_items(matter, vote)]
    blocks += [Heading(1, "三、票权与表决票"), *_ballots(vote)]
    blocks += [Heading(1, "四、表决结果"), Paragraph(participation_sentence(vote)), *outcome_blocks(vote)]
    blocks += [Heading(1, "五、计票、监票与异议"), *_counting(vote, result, witnesses)]
    blocks += [Heading(1, "六、会议决定"), *_decision(vote)]
    if not naming.is_public:
        blocks += [Note(say("minutes.attachments")), _signatures(meeting, witnesses)]
    blocks.append(SignOff(matter.issuer, day_words(day)))
    return Document(KIND_WORDS[DocumentKind.OWNERS_MINUTES], title, tuple(blocks))


def _facts(matter: Matter, vote: Vote, meeting: MeetingFacts | None, naming: Naming) -> Iterator[tuple[str, str]]:
    yield "议题名称", matter.title
    yield "议题编号", matter.number
    yield "组织者", matter.body
    yield "提议人", naming.one(matter.proposer)
    yield "投票时间", period_words(vote.opened_at, vote.closed_at)
    yield "表决形式", vote.channel_words
    yield "业主总人数", f"{vote.eligible_heads:,} 人"
    if vote.with_area:
        yield "专有部分总面积", f"{area_words(vote.eligible_area)} ㎡"
    yield "适用规则", rule_words(vote.rule_title, vote.law)
    if meeting:
        yield "协商会议", f"{meeting.title}，{period_words(meeting.opened_at or meeting.starts_at, meeting.closed_at)}"
        yield "地点与形式", f"{meeting.place}（{meeting.form}）"
        yield "召集人", meeting.convener
        yield "主持人", meeting.chair
        yield "记录人", meeting.recorder
        yield from attendance_pairs(meeting)


def _call(vote: Vote, call: PostedNotice | None) -> Iterator[Block]:
    if call:
        yield Paragraph(say("minutes.owners_notice", day=day_words(call.posted_on), place=call.place))
    else:
        yield Paragraph(say("minutes.owners_no_notice"))
    if vote.extended:
        yield Paragraph(say("minutes.owners_extended", closed=moment_words(vote.closed_at)))
    yield Paragraph(say("minutes.legal_mode", legal=vote.legal))


def _items(matter: Matter, vote: Vote) -> Iterator[Block]:
    for item in vote.items:
        yield Paragraph(f"{item.code}. {item.text}")
    yield Paragraph(say("minutes.basis", rule=vote.rule_title, law=vote.law))
    for label, words in vote.terms:
        yield Paragraph(words, lead=f"{label}：")
    if matter.rule_reason and not any(label == "事项类别" for label, _ in vote.terms):
        yield Paragraph(matter.rule_reason, lead="适用理由：")


def _ballots(vote: Vote) -> Iterator[Block]:
    yield Paragraph(roll_sentence(vote))
    if vote.issued:
        yield Paragraph(say("minutes.books", issued=f"{vote.issued:,}"))
        yield books_table(vote)
    if vote.duplicates:
        yield Paragraph(say("minutes.duplicates", duplicates=vote.duplicates, spoiled=vote.spoiled))
    else:
        yield Paragraph(say("minutes.no_duplicates", spoiled=vote.spoiled))


def _counting(vote: Vote, result: PostedNotice | None, witnesses: tuple[str, ...]) -> Iterator[Block]:
    first, second = vote.closed_by
    yield Paragraph(say("minutes.counting", first=first, second=second))
    if witnesses:
        yield Paragraph("、".join(witnesses), lead="见证：")
    if result is None:
        yield Paragraph(say("minutes.objections_open"))
    elif result.objections:
        yield Paragraph(say("minutes.objections_some", count=result.objections, answered=result.answered))
    else:
        yield Paragraph(say("minutes.objections_none"))


def _decision(vote: Vote) -> Iterator[Block]:
    if vote.is_survey:
        yield Paragraph(say("minutes.legal_mode", legal=vote.legal))
        return
    yield Paragraph(say("minutes.decision_lead", law=vote.law))
    for place, item in enumerate((item for item in vote.items if item.passed is not None), 1):
        key = "minutes.decision_passed" if item.passed else "minutes.decision_failed"
        yield Paragraph(say(key, ordinal=number_words(place), item=item.title))


def _signatures(meeting: MeetingFacts | None, witnesses: tuple[str, ...]) -> SignatureBoxes:
    chair, recorder = (meeting.chair, meeting.recorder) if meeting else ("", "")
    signers = (
        Signer("主持人", chair),
        Signer("记录人", recorder),
        Signer("监票人"),
        Signer("唱票人"),
        Signer("计票人"),
    )
    seen = tuple(Signer("见证人", name) for name in witnesses) or (Signer("见证人"),)
    return SignatureBoxes(signers + seen)
