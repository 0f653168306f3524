"""What the stored ballots come to: turnout before closing, choices and verdict only after it, and the books of the slips."""

from collections.abc import Iterable, Mapping

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from consult_app.bodies.rules import LegalMode
from consult_app.kernel.errors import Missing
from consult_app.meetings import queries as meetings
from consult_app.voting import box_keys, election_count, following, rules, secret_paper, unsettled
from consult_app.voting.books import Books
from consult_app.voting.choices import Channel, MotionState, SlipState, read
from consult_app.voting.rule import Rule
from consult_app.voting.rules import NOTHING, Choice, Weight
from consult_app.voting.secret_paper import Papers
from consult_app.voting.tables import Ballot, Credential, Elector, HandCount, Item, Motion, Participation
from consult_app.voting.tallies import Count, ItemTally, Tally, Turnout
from consult_app.voting.verdicts import Code, Verdict


def turnout(db: Session, motion_id: int) -> Turnout:
    """Who took part so far; says nothing of what they chose."""
    motion = _motion(db, motion_id)
    eligible = Weight(motion.eligible_area, motion.eligible_heads)
    rows = db.execute(
        select(
            Participation.channel,
            func.count(),
            func.coalesce(func.sum(Elector.heads), 0),
            func.coalesce(func.sum(Elector.area), 0),
            func.sum(case((Participation.pending, 1), else_=0)),
        )
        .join(Elector, Elector.id == Participation.elector_id)
        .where(Participation.motion_id == motion_id)
        .group_by(Participation.channel)
    ).all()
    part = Weight(sum(int(row[3]) for row in rows), sum(int(row[2]) for row in rows))
    gone = unsettled.excluded(db, motion_id)
    part = Weight(part.area - gone.area, part.heads - gone.heads)
    if motion.by_hands:
        part = Weight(0, _hands(db, motion_id).present)
    if motion.seats and (shared := election_count.agreed(db, motion_id)):
        part = shared[0].voters
    waiting = _waiting(db, motion)
    rule = Rule.from_dict(motion.rule)
    people = {channel: sum(row[1] for row in rows if row[0] == channel) for channel in Channel}
    return Turnout(
        motion_id=motion_id,
        state=MotionState(motion.state),
        eligible=eligible,
        participating=part,
        channels=people,
        waiting=Weight(waiting.area, waiting.heads),
        waiting_ballots=waiting.ballots,
        pending_paper=sum(int(row[4]) for row in rows),
        measures=rules.turnout(rule, part, eligible) if eligible.heads else (),
    )


def tally(db: Session, motion_id: int) -> Tally:
    """The count of a motion: turnout at any time, choices and verdict only once it is closed."""
    motion = _motion(db, motion_id)
    shown = turnout(db, motion_id)
    told = (MotionState.DECLARED,) if motion.seats else (MotionState.CLOSED, MotionState.DECLARED)
    if shown.state not in told or box_keys.is_sealed(db, motion_id):
        return Tally(shown, NOTHING, ())
    if motion.seats:
        return _elected(db, motion, shown)
    items = db.execute(select(Item.code, Item.text).where(Item.motion_id == motion_id).order_by(Item.id)).all()
    if motion.by_hands:
        hands = _hands(db, motion_id)
        counts = [_hand_counts(hands.counts[code]) for code, _ in items]
        present: int | None = hands.present
        counted = Weight(0, hands.present)
    else:
        boxes = counted_ballots(db, motion)
        papers = secret_paper.agreed(db, motion_id)
        counts = _with_papers(count(boxes, len(items)), papers)
        counted = _counted(boxes, papers)
        present = _present(db, motion, counted.heads)
    silent = following.weight_of(following.unreturned(db, motion))
    alone, held = unsettled.unfollowed(db, motion), unsettled.open_code(db, motion)
    found = tuple(
        ItemTally(
            code, text, of_item, _held(_verdict(motion, of_item, present, NOTHING if code in alone else silent), held)
        )
        for (code, text), of_item in zip(items, counts, strict=True)
    )
    return Tally(shown, counted, found)


def item_tallies(db: Session, motion_id: int) -> tuple[rules.Tally, ...]:
    """The sums of each question as the rule is given them; of a closed motion that was not counted by hands."""
    motion = _motion(db, motion_id)
    boxes, papers = counted_ballots(db, motion), secret_paper.agreed(db, motion_id)
    present = _present(db, motion, _counted(boxes, papers).heads)
    rule = Rule.from_dict(motion.rule)
    silent = following.weight_of(following.unreturned(db, motion))
    alone = unsettled.unfollowed(db, motion)
    return tuple(
        _sums(motion, rule, of_item, present, NOTHING if str(code) in alone else silent)
        for code, of_item in enumerate(_with_papers(count(boxes, motion.item_count), papers), 1)
    )


def present(db: Session, motion_id: int) -> int | None:
    """到会 as the verdict takes it; None where the rule asks for area, or the motion belongs to no meeting."""
    motion = _motion(db, motion_id)
    if "area" in Rule.from_dict(motion.rule).measures:
        return None
    if motion.by_hands:
        return _hands(db, motion_id).present
    return _present(db, motion, _counted(counted_ballots(db, motion), secret_paper.agreed(db, motion_id)).heads)


def counted_ballots(db: Session, motion: Motion) -> list[tuple[str, Count]]:
    """The ballots that count, alike ones together (5,000 ballots are a few lines)."""
    query = (
        select(Ballot.choices, func.sum(Ballot.heads), func.sum(Ballot.area), func.count())
        .where(Ballot.motion_id == motion.id, Ballot.set_aside.is_(False))
        .group_by(Ballot.choices)
    )
    if motion.legal_mode == LegalMode.ASSISTED:
        query = query.where(Ballot.signed | Ballot.needs_signature.is_(False))
    return [(row[0], Count(int(row[1]), int(row[2]), row[3])) for row in db.execute(query)]


def count(ballots: Iterable[tuple[str, Count]], items: int) -> list[dict[Choice, Count]]:
    """Sum ballots, given as stored letters with their weight, into the counts of each question."""
    sums = [{choice: [0, 0, 0] for choice in Choice} for _ in range(items)]
    for letters, weight in ballots:
        for of_item, choice in zip(sums, read(letters), strict=True):
            of_choice = of_item[choice]
            of_choice[0] += weight.heads
            of_choice[1] += weight.area
            of_choice[2] += weight.ballots
    return [{choice: Count(*of_choice) for choice, of_choice in of_item.items()} for of_item in sums]


def books(db: Session, motion_id: int) -> Books:
    """Where all issued slips of a motion are."""
    _motion(db, motion_id)
    states = dict(
        db.execute(
            select(Credential.state, func.count()).where(Credential.motion_id == motion_id).group_by(Credential.state)
        ).all()
    )
    used = dict(
        db.execute(
            select(Participation.channel, func.count())
            .where(Participation.motion_id == motion_id, Participation.credential_id.is_not(None))
            .group_by(Participation.channel)
        ).all()
    )
    return Books(
        issued=sum(states.values()),
        phone=used.get(Channel.PHONE, 0),
        paper=used.get(Channel.PAPER, 0),
        assisted=used.get(Channel.ASSISTED, 0),
        hand=used.get(Channel.HAND, 0),
        spoiled=states.get(SlipState.SPOILED, 0) + states.get(SlipState.REPLACED, 0),
        returned=states.get(SlipState.RETURNED, 0),
        missing=states.get(SlipState.MISSING, 0),
        live=states.get(SlipState.LIVE, 0),
    )


def _elected(db: Session, motion: Motion, shown: Turnout) -> Tally:
    """The count of an election: each name an item, its votes as 同意."""
    nobody = dict.fromkeys(Choice, Count())
    items = tuple(
        ItemTally(code, name, {**nobody, Choice.FOR: Count(weight.heads, weight.area, weight.heads)}, verdict)
        for code, name, weight, verdict in election_count.outcomes(db, motion, Rule.from_dict(motion.rule))
    )
    return Tally(shown, shown.participating, items)


def _motion(db: Session, motion_id: int) -> Motion:
    found = db.get(Motion, motion_id)
    if found is None:
        raise Missing(what="表决事项", id=motion_id)
    return found


def _counted(boxes: Iterable[tuple[str, Count]], papers: Papers | None) -> Weight:
    """The weight of all that counts: the ballots, and the papers of a secret vote, one head each."""
    found = sum((box for _, box in boxes), Count())
    return Weight(found.area, found.heads + (papers.papers if papers else 0))


def _with_papers(counts: list[dict[Choice, Count]], papers: Papers | None) -> list[dict[Choice, Count]]:
    """The counts of each question, with those of a secret vote's papers."""
    if papers is None:
        return counts
    return [
        {
            choice: found + Count(papers.of(code, choice), 0, papers.of(code, choice))
            for choice, found in of_item.items()
        }
        for code, of_item in enumerate(counts, 1)
    ]


def _waiting(db: Session, motion: Motion) -> Count:
    if motion.legal_mode != LegalMode.ASSISTED:  # no ballot of another mode waits for a signature
        return Count()
    row = db.execute(
        select(func.sum(Ballot.heads), func.sum(Ballot.area), func.count()).where(
            Ballot.motion_id == motion.id,
            Ballot.needs_signature,
            Ballot.signed.is_(False),
            Ballot.set_aside.is_(False),
        )
    ).one()
    return Count(int(row[0] or 0), int(row[1] or 0), row[2])


def _present(db: Session, motion: Motion, voted: int) -> int | None:
    """到会 where the motion belongs to a meeting: those checked in, and never fewer than those who voted."""
    if motion.meeting_id is None:
        return None
    return max(meetings.meeting(db, motion.meeting_id).counts.present, voted)


def _verdict(motion: Motion, counts: Mapping[Choice, Count], present: int | None, silent: Weight) -> Verdict | None:
    if motion.legal_mode == LegalMode.SURVEY:
        return None
    rule = Rule.from_dict(motion.rule)
    return rules.decide(rule, _sums(motion, rule, counts, present, silent))


def _held(verdict: Verdict | None, code: Code | None) -> Verdict | None:
    """The verdict, left open while people must decide first: what is clear is only who took part."""
    if verdict is None or code is None or verdict.code is Code.INPUT_INCONSISTENT:
        return verdict
    taken = tuple(measure for measure in verdict.measures if measure.name.startswith(("participation", "quorum")))
    return Verdict(None, code, taken, facts=verdict.facts)


def _sums(
    motion: Motion, rule: Rule, counts: Mapping[Choice, Count], present: int | None, silent: Weight
) -> rules.Tally:
    weights = {choice: Weight(found.area, found.heads) for choice, found in counts.items()}
    return rules.Tally(
        eligible=Weight(motion.eligible_area, motion.eligible_heads),
        in_favour=weights[Choice.FOR],
        against=weights[Choice.AGAINST],
        abstain=weights[Choice.ABSTAIN],
        invalid=weights[Choice.INVALID],
        present=None if "area" in rule.measures else present,
        unreturned=silent,
        policy=following.policy_of(motion),
    )


def _hands(db: Session, motion_id: int) -> HandCount:
    """The agreed count of hands: the newest, which by then two tellers share."""
    found = db.scalar(select(HandCount).where(HandCount.motion_id == motion_id).order_by(HandCount.id.desc()).limit(1))
    assert found is not None, "a motion by hands has been counted"
    return found


def _hand_counts(row: Mapping[str, int]) -> dict[Choice, Count]:
    return {choice: Count(row.get(choice, 0), 0, 0) for choice in Choice}
