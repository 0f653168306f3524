"""Gather from the database the facts that documents are written from."""

from collections.abc import Iterator

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult_app.audit import chain
from consult_app.audit.chain import Change
from consult_app.audit.tables import Entry
from consult_app.bodies import queries as bodies
from consult_app.bodies.rules import LEGAL_WORDS, LEVEL_WORDS, BodyKind, LegalMode
from consult_app.documents.matter import Ballot, ChoiceLine, Followed, ItemOutcome, Matter, PostedNotice, Vote
from consult_app.documents.terms import terms
from consult_app.documents.wording import say
from consult_app.kernel.errors import Refused
from consult_app.kernel.text import day_words, legal_day, number_words
from consult_app.proposals import queries as proposals
from consult_app.proposals.queries import ProposalFacts
from consult_app.proposals.rules import Flag
from consult_app.voting import election_facts, listing, local_rules
from consult_app.voting import queries as voting
from consult_app.voting.choices import CHANNEL_WORDS, MotionState
from consult_app.voting.election_facts import ElectionFacts
from consult_app.voting.queries import MotionFacts
from consult_app.voting.rule import Kind, ProxyLimit, Rule
from consult_app.voting.rules import CHOICE_WORDS
from consult_app.voting.small_cells import APART, Groups
from consult_app.voting.tables import Motion
from consult_app.voting.tallies import ItemTally, Tally
from consult_app.voting.verdicts import FLAG_WORDS, Verdict, verdict_words


class VoteRuns(Refused):
    """A document tells a result that nobody may know yet."""

    text = "「{title}」还没有截止投票，不能起草结果文件。"


class ElectionUndeclared(Refused):
    """Who is elected is told by nobody before it is declared."""

    text = "「{title}」还没有宣布结果，不能起草结果文件。"


def matter(db: Session, proposal_id: int) -> Matter:
    """A matter with its body, venue and rule in words."""
    facts = proposals.proposal(db, proposal_id)
    body = bodies.body(db, facts.body_id)
    rule = _rule(db, facts)
    return Matter(
        body=body.name,
        kind=BodyKind(body.kind),
        number=facts.number,
        title=facts.title,
        source=facts.source_words,
        proposer=facts.proposer,
        taken_down=facts.taken_down,
        affected_range=facts.affected_range,
        wish=facts.wish,
        raised_on=legal_day(facts.registered_at),
        venue=facts.venue.name,
        venue_level=LEVEL_WORDS[facts.venue.level],
        decision_body=facts.decision_words,
        rule_title=rule.title if rule else "",
        rule_law=rule.basis if rule else "",
        rule_reason="，".join(text for text in (facts.item, facts.rule_reason) if text),
        participants="、".join(facts.participants),
        timetable=_timetable(facts),
        notice_days=facts.notice_days if facts.notice_days is not None else 15,
        contact=str(body.policy.get("contact", "")),
        needs_assembly=Flag.NEEDS_ASSEMBLY in facts.flags,
        has_vote=Flag.VOTE in facts.flags,
    )


def vote(db: Session, motion_id: int) -> Vote:
    """A vote that was closed, with every count; refused (`VoteRuns`) before."""
    motion = voting.motion(db, motion_id)
    if motion.opened_at is None or motion.closed_at is None:
        raise VoteRuns(title=motion.title)
    tally, books = voting.tally(db, motion_id), voting.books(db, motion_id)
    kept = (
        ("手机投票", books.phone),
        ("纸质表决票", books.paper),
        ("工作人员协助", books.assisted),
        ("当场举手", books.hand),
        ("作废", books.spoiled),
        ("未用收回", books.returned),
        ("未交回", books.missing + books.live),
    )
    policy = bodies.body(db, motion.body_id).policy
    head = _chain_head(db, motion_id)
    return Vote(
        title=motion.title,
        rule_title=motion.rule.title,
        law=motion.rule.basis,
        legal=LEGAL_WORDS[motion.legal_mode],
        opened_at=motion.opened_at,
        closed_at=motion.closed_at,
        extended=_was_extended(db, motion_id),
        eligible_heads=motion.eligible.heads,
        eligible_area=motion.eligible.area if "area" in motion.rule.measures else 0,
        participating_heads=tally.counted.heads,
        participating_area=tally.counted.area,
        issued=books.issued,
        books=tuple((label, count) for label, count in kept if count),
        channels=tuple((CHANNEL_WORDS[way], count) for way, count in tally.turnout.channels.items() if count),
        duplicates=len(voting.conflicts(db, motion_id)),
        spoiled=books.spoiled,
        counts_parking=bool(policy["count_parking"]) if "count_parking" in policy else None,
        closed_by=(motion.closed_by[0], motion.closed_by[1]),
        items=tuple(_items(db, tally, motion)),
        is_survey=motion.legal_mode is LegalMode.SURVEY,
        chain_seq=head.seq if head else 0,
        chain_digest=head.digest if head else "",
        terms=_terms(motion),
        checks=_checks(motion),
    )


def _checks(motion: MotionFacts) -> str:
    """What the codes and words on the slips protect against, and what not; nothing where the slips bear none."""
    if not motion.hall_word:
        return ""
    return say("lists.annex_secret" if motion.secret else "lists.annex")


def election(db: Session, motion_id: int) -> ElectionFacts:
    """An election that was declared; refused (`ElectionUndeclared`) before."""
    facts = election_facts.election(db, motion_id)
    if facts.motion.state is not MotionState.DECLARED:
        raise ElectionUndeclared(title=facts.motion.title)
    return facts


def ballot(db: Session, motion_id: int) -> Ballot:
    """A vote that is still to come, for its call."""
    motion = voting.motion(db, motion_id)
    return Ballot(
        items=tuple(item.text for item in motion.items),
        opens_at=motion.opened_at,
        closes_at=motion.closes_at,
        rule_title=motion.rule.title,
        law=motion.rule.basis,
        legal=LEGAL_WORDS[motion.legal_mode],
        seats=motion.seats,
        is_recall=motion.rule.kind is Kind.RECALL,
        proxies=_proxy_words(motion.rule.proxy) if motion.seats else "",
        terms=_terms(motion),
        follows=bool(motion.follow_clause),
    )


def posted(db: Session, proposal_id: int, artefact: str) -> PostedNotice | None:
    """Where and when a notice of a matter was first put up, by its milestone; None when it was not."""
    found = proposals.proposal(db, proposal_id).artefact(artefact)
    stands = [one for one in found.reached if one.state == "posted"] if found else []
    if not stands:
        return None
    first = min(stands, key=lambda one: (one.on, one.at))
    return PostedNotice(found.name if found else "", str(first.evidence.get("place") or first.what), first.on)


def motion_of(db: Session, proposal_id: int) -> int | None:
    """The newest motion of a matter; None when it has none."""
    return db.scalar(select(func.max(Motion.id)).where(Motion.proposal_id == proposal_id))


def _rule(db: Session, facts: ProposalFacts) -> Rule | None:
    motion_id = motion_of(db, facts.id)
    if motion_id is not None:
        return voting.motion(db, motion_id).rule
    if facts.rule_id is None:
        return None
    return local_rules.book(db).rule(facts.rule_id, legal_day(facts.registered_at))


def _timetable(facts: ProposalFacts) -> str:
    names = {step.code: step.name for step in facts.steps}
    return "；".join(f"{names[code]} {day_words(day)}前" for code, day in facts.timetable.items() if code in names)


def _items(db: Session, tally: Tally, motion: MotionFacts) -> Iterator[ItemOutcome]:
    told = listing.areas_told(db, motion.id)
    for place, item in enumerate(tally.items):
        yield _outcome(item, tally, motion, told[place] if told else APART)


def _outcome(item: ItemTally, tally: Tally, motion: MotionFacts, told: Groups) -> ItemOutcome:
    counted, eligible, waiting = tally.counted, motion.eligible, tally.turnout.waiting
    lines = [
        ChoiceLine(CHOICE_WORDS[choice], count.heads, count.area, counted.heads, counted.area)
        for choice, count in item.counts.items()
    ]
    if waiting.heads:
        lines.append(ChoiceLine("已填未签", waiting.heads, waiting.area, eligible.heads, eligible.area))
    heads = eligible.heads - counted.heads - waiting.heads
    area = eligible.area - counted.area - waiting.area
    lines.append(ChoiceLine("未参与", heads, area, eligible.heads, eligible.area))
    verdict = item.verdict
    return ItemOutcome(
        code=item.code,
        text=item.text,
        choices=tuple(lines),
        measures=verdict.measures if verdict else (),
        passed=verdict.passed if verdict else None,
        words=verdict_words(verdict) if verdict else "",
        followed=_followed(verdict) if verdict else None,
        told=told,
    )


def _followed(verdict: Verdict) -> Followed | None:
    """Who was counted with the majority: what took part with them less what took part without."""
    if verdict.without is None:
        return None
    without = {measure.name: measure.numerator for measure in verdict.without.measures}
    gates = {measure.name: measure.numerator for measure in verdict.measures}
    joined = {name: gates[name] - without[name] for name in gates if name.startswith("participation")}
    return Followed(
        heads=joined.get("participation_heads", 0),
        area=joined.get("participation_area", 0),
        contested="；".join(FLAG_WORDS[flag] for flag in verdict.flags),
        measures=verdict.without.measures,
        words=verdict_words(verdict.without),
    )


def _terms(motion: MotionFacts) -> tuple[tuple[str, str], ...]:
    return tuple((term.label, term.words) for term in terms(motion))


def _proxy_words(limit: ProxyLimit | None) -> str:
    """Whether and how one may vote through another in an election."""
    if limit is None or not limit.allowed:
        return say("elections.call_no_proxy")
    more = f"，每人接受委托不得超过{number_words(limit.max_per_agent)}人" if limit.max_per_agent else ""
    barred = "，候选人不得接受委托" if limit.candidates_barred else ""
    return say("elections.call_proxy", agents=limit.agents or "他人", limit=more + barred)


def _chain_head(db: Session, motion_id: int) -> Change | None:
    """The entry of the chain that declared a motion, or else closed it: its digest covers everything before."""
    told = chain.of_events(db, ("motion.closed", "motion.declared"))
    return max((one for one in told if one.subject == f"motion:{motion_id}"), key=lambda one: one.seq, default=None)


def _was_extended(db: Session, motion_id: int) -> bool:
    event = select(Entry.seq).where(Entry.subject == f"motion:{motion_id}", Entry.event == "motion.extended")
    return db.scalar(event.limit(1)) is not None
