"""公告与公示: what is posted for all to read, in large type (domain.md §4.3). Pure."""

from collections.abc import Iterator
from datetime import date, datetime

from consult_app.bodies.rules import BodyKind
from consult_app.documents.matter import Ballot, Matter, Vote
from consult_app.documents.minutes import end_words, rule_words
from consult_app.documents.model import Block, Document, Heading, KeyValues, Paragraph, SignOff, Title
from consult_app.documents.published import published
from consult_app.documents.result_tables import outcome_blocks, participation_sentence, roll_sentence
from consult_app.documents.rules import KIND_WORDS, DocumentKind
from consult_app.documents.wording import say
from consult_app.kernel.errors import Refused
from consult_app.kernel.text import clock_words, day_words, legal_day, moment_words, weekday_words

ADDRESSEES = {BodyKind.OWNERS: "全体业主：", BodyKind.VILLAGE: "全体村民：", BodyKind.RESIDENTS: "全体居民："}

PUBLICITY_DAYS = 15
"""Least days that matters decided and their implementation stay published (村委法35, 居委法34)."""


class NoTime(Refused):
    """A call says neither when the meeting is nor when the vote begins."""

    text = "请填写会议时间或投票开始时间。"
    field = "starts_at"


def meeting_notice(
    matter: Matter,
    *,
    day: date,
    place: str,
    starts_at: datetime | None = None,
    ballot: Ballot | None = None,
    pick_up: str = "",
) -> Document:
    """会前公告: when and where, what is put, how to vote by paper or proxy, whom to ask and to object to.

    With a `ballot` it calls a vote; `pick_up` is where paper is handed out, by default the meeting's `place`.
    Refused (`NoTime`) when neither the meeting nor the vote has a beginning.
    """
    key = "notices.owners_meeting_title" if ballot and matter.kind is BodyKind.OWNERS else "notices.meeting_title"
    title = say(key, matter=matter.title)
    blocks: list[Block] = [Title(title), Paragraph(ADDRESSEES[matter.kind], indent=False)]
    blocks.append(Paragraph(_meeting_lead(matter, place, starts_at, ballot)))
    blocks += [Heading(1, "一、商议和表决的事项"), *_topics(matter, ballot)]
    blocks += [Heading(1, "二、时间与地点"), KeyValues(tuple(_when_where(place, starts_at, ballot)))]
    if ballot:
        blocks += [Heading(1, "三、表决办法"), *_how_to_vote(ballot, pick_up or place)]
    blocks += [Heading(1, "四、联系与异议" if ballot else "三、联系与异议"), *_contacts(matter)]
    blocks.append(SignOff(matter.issuer, day_words(day)))
    return Document(KIND_WORDS[DocumentKind.MEETING_NOTICE], title, tuple(blocks), large=True)


def result_notice(
    matter: Matter, *, day: date, vote: Vote | None = None, opinion: str = "", objection_days: int = 7
) -> Document:
    """结果公示: totals only, both majorities with their fractions, and how to object within `objection_days`.

    Without a `vote` it publishes the agreed `opinion` of a consultation.
    """
    title = say("notices.result_title", matter=matter.title)
    blocks: list[Block] = [Title(title), Paragraph(ADDRESSEES[matter.kind], indent=False)]
    if vote:
        vote = published(vote)
        blocks.append(
            Paragraph(
                say(
                    "notices.result_lead",
                    body=matter.body,
                    opened=moment_words(vote.opened_at),
                    closed=end_words(vote.opened_at, vote.closed_at),
                )
            )
        )
        blocks += [Heading(1, "一、表决范围"), Paragraph(roll_sentence(vote))]
        blocks += [Paragraph(words, lead=f"{label}：") for label, words in vote.terms]
        blocks += [Heading(1, "二、参与情况"), Paragraph(participation_sentence(vote))]
        blocks += [Heading(1, "三、表决结果"), *outcome_blocks(vote)]
        blocks.append(Paragraph(say("notices.result_basis", rule=vote.rule_title, law=vote.law)))
        blocks.append(Paragraph(say("notices.legal_mode", legal=vote.legal)))
        blocks.append(Paragraph(say("notices.result_privacy")))
        if vote.chain_digest:
            blocks.append(Paragraph(say("notices.result_chain", seq=vote.chain_seq, check=vote.chain_check)))
    else:
        blocks.append(Paragraph(say("notices.consensus_lead", body=matter.body)))
        blocks += [Paragraph(line.strip()) for line in opinion.splitlines() if line.strip()]
    blocks += [Heading(1, "四、公示与异议" if vote else "公示与异议")]
    blocks.append(Paragraph(say("notices.result_days", days=objection_days)))
    blocks.append(Paragraph(say("notices.result_objections", contact=matter.contact_words)))
    blocks.append(SignOff(matter.issuer, day_words(day)))
    return Document(KIND_WORDS[DocumentKind.RESULT_NOTICE], title, tuple(blocks), large=True)


def implementation_notice(
    matter: Matter,
    *,
    day: date,
    responsible: str,
    task: str,
    due_on: date,
    closed_on: date | None,
    result: str,
    days: int = PUBLICITY_DAYS,
) -> Document:
    """落实公示: what was settled, who did it, until when, and what came of it."""
    title = say("notices.implementation_title", matter=matter.title)
    facts = [
        ("议题编号", matter.number),
        ("责任单位（人）", responsible),
        ("办理事项", task),
        ("办理期限", day_words(due_on)),
    ]
    if closed_on:
        facts.append(("办结日期", day_words(closed_on)))
    blocks: list[Block] = [
        Title(title),
        Paragraph(ADDRESSEES[matter.kind], indent=False),
        Paragraph(say("notices.implementation_lead")),
        KeyValues(tuple(facts)),
        Heading(1, "落实情况"),
        *(Paragraph(line.strip()) for line in result.splitlines() if line.strip()),
        Paragraph(say("notices.implementation_days", days=days)),
        Paragraph(say("notices.implementation_objections", contact=matter.contact_words)),
        SignOff(matter.issuer, day_words(day)),
    ]
    return Document(KIND_WORDS[DocumentKind.IMPLEMENTATION_NOTICE], title, tuple(blocks), large=True)


def _meeting_lead(matter: Matter, place: str, starts_at: datetime | None, ballot: Ballot | None) -> str:
    law = (ballot.law if ballot else matter.rule_law) or "有关法律法规和议事规则"
    if ballot and ballot.opens_at and matter.kind is BodyKind.OWNERS:
        opened, closed = moment_words(ballot.opens_at), moment_words(ballot.closes_at)
        return say("notices.owners_vote_lead", law=law, body=matter.body, opened=opened, closed=closed)
    begins = starts_at or (ballot.opens_at if ballot else None)
    if begins is None:
        raise NoTime
    return say("notices.meeting_lead", law=law, body=matter.body, when=_when(begins), place=place)


def _topics(matter: Matter, ballot: Ballot | None) -> Iterator[Block]:
    items = ballot.items if ballot else (matter.title,)
    if ballot and ballot.seats:
        names = "、".join(items)
        key, facts = (
            ("elections.call_recall", {})
            if ballot.is_recall
            else ("elections.call_candidates", {"seats": ballot.seats})
        )
        yield Paragraph(say(key, names=names, **facts))
        items = ()
    for place, item in enumerate(items, 1):
        yield Paragraph(f"{place}. {item}")
    if matter.wish:
        yield Paragraph(matter.wish, lead="事项说明：")
    if matter.affected_range:
        yield Paragraph(matter.affected_range, lead="涉及范围：")
    yield Paragraph(say("notices.topics_fixed"))


def _when_where(place: str, starts_at: datetime | None, ballot: Ballot | None) -> Iterator[tuple[str, str]]:
    if starts_at:
        yield "会议时间", _when(starts_at)
    yield "地点", place
    if ballot:
        if ballot.opens_at:
            yield "投票开始", moment_words(ballot.opens_at)
        yield "投票截止", moment_words(ballot.closes_at)


def _how_to_elect(ballot: Ballot, place: str) -> Iterator[Block]:
    """An election is secret and on paper: a booth, no codes (村民委员会组织法18, 居民委员会组织法19)."""
    yield KeyValues((("投票方式", say("elections.secret")), ("适用规则", rule_words(ballot.rule_title, ballot.law))))
    yield Paragraph(say("elections.call_place", place=place))
    yield Paragraph(say("elections.paper_only"))
    if not ballot.is_recall:
        yield Paragraph(say("elections.call_marks"))
    yield Paragraph(ballot.proxies)


def _how_to_vote(ballot: Ballot, pick_up: str) -> Iterator[Block]:
    if ballot.seats:
        yield from _how_to_elect(ballot, pick_up)
        return
    yield KeyValues(
        (
            ("投票方式", "手机扫描本人选票上的二维码，或者填写纸质表决票"),
            ("适用规则", rule_words(ballot.rule_title, ballot.law)),
        )
    )
    for label, words in ballot.terms:
        yield Paragraph(words, lead=f"{label}：")
    yield Paragraph(say("notices.legal_mode", legal=ballot.legal))
    yield Paragraph(say("notices.paper", place=pick_up))
    yield Paragraph(say("notices.proxy"))
    if not ballot.follows:
        yield Paragraph(say("notices.not_voting"))


def _contacts(matter: Matter) -> Iterator[Block]:
    yield Paragraph(say("notices.notice_days", days=matter.notice_days))
    yield Paragraph(say("notices.contacts", contact=matter.contact_words))
    yield Paragraph(say("notices.objections", contact=matter.contact_words))


def _when(moment: datetime) -> str:
    day = legal_day(moment)
    return f"{day_words(day)}（{weekday_words(day)}）{clock_words(moment)}"
