"""Elections by tally: secret on paper by law, so only the sums of the papers are counted here."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from consult_app.voting.measures import Measure, Threshold, Unit, plain
from consult_app.voting.rule import Kind, Rule
from consult_app.voting.rules import CODES, Weight, first_unmet, turnout
from consult_app.voting.verdicts import Code, Verdict, inconsistent


@dataclass(frozen=True, slots=True)
class Papers:
    """An election's sums: registered, those who took part, papers collected, spoiled ones, and votes by candidate."""

    registered: int
    voters: int
    collected: int
    seats: int
    invalid: int
    candidates: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class CommitteePapers:
    """The sums of an owners' committee election: entitled, took part, seats, and weight in favour by candidate."""

    eligible: Weight
    participating: Weight
    seats: int
    candidates: Mapping[str, Weight]


NOBODY: Mapping[str, list[str]] = {"elected": [], "tied": [], "alternates": []}


def elect(rule: Rule, papers: Papers) -> Verdict:
    """Who is elected, in a first round or (kind `runoff`) a run-off; facts `elected`, `tied`, `alternates`.

    More papers than voters makes the election void; other contradictions are refused. A name needs more than half of
    those who voted, or in a run-off the floor of papers cast; a tie for the last seat is voted again.
    """
    problem = _contradiction(papers)
    if problem:
        return inconsistent(problem, NOBODY)
    eligible, voters = Weight(heads=papers.registered), Weight(heads=papers.voters)
    measures = turnout(rule, voters, eligible)
    if papers.collected > papers.voters:
        over = papers.collected - papers.voters
        return Verdict(
            False,
            Code.MORE_BALLOTS_THAN_VOTERS,
            measures,
            problem=f"多 {over} 张，须查明或者重新投票",
            facts=NOBODY,
        )
    problem = _overfull(papers)
    if problem:
        return inconsistent(problem, NOBODY, measures)
    code = first_unmet(measures, CODES)
    if code is not Code.PASSED:
        return Verdict(False, code, measures, facts=NOBODY)
    base = papers.collected if rule.kind is Kind.RUNOFF else papers.voters
    threshold = _approval(rule)
    votes = {
        name: (Measure(f"votes:{name}", f"{name}得票", number, base, threshold, Unit.VOTE),)
        for name, number in papers.candidates.items()
    }
    short = Code.SEAT_VACANT if rule.kind is Kind.RUNOFF else Code.RUNOFF_REQUIRED
    return _filled(papers.seats, measures, votes, lambda name: (papers.candidates[name],), short)


def elect_committee(rule: Rule, papers: CommitteePapers) -> Verdict:
    """Who is elected to an owners' committee: both measures by each name, ranked by heads, then area.

    civil-code-278 item 3; alternates are those who passed but found no seat. No law bounds the names on a paper: where
    each name is voted 同意 or 反对 by itself, more may pass than there are seats.
    """
    problem = _committee_contradiction(papers)
    if problem:
        return inconsistent(problem, NOBODY)
    measures = turnout(rule, papers.participating, papers.eligible)
    code = first_unmet(measures, CODES)
    if code is not Code.PASSED:
        return Verdict(False, code, measures, facts=NOBODY)
    threshold = _approval(rule)
    part = papers.participating
    votes = {
        name: (
            Measure(f"area:{name}", f"{name}同意面积", weight.area, part.area, threshold, Unit.AREA),
            Measure(f"heads:{name}", f"{name}同意人数", weight.heads, part.heads, threshold),
        )
        for name, weight in papers.candidates.items()
    }

    def rank(name: str) -> tuple[int, ...]:
        weight = papers.candidates[name]
        return (weight.heads, weight.area)

    return _filled(papers.seats, measures, votes, rank, Code.SEATS_NOT_FILLED)


def read_paper(marks: tuple[str, ...], seats: int) -> Verdict:
    """Whether one election paper is valid: not more names than seats, nobody twice; a blank one is an abstention."""
    names = set(marks)
    if len(names) > seats:
        return Verdict(False, Code.OVERVOTE)
    if len(names) < len(marks):
        return Verdict(False, Code.SAME_PERSON_TWICE)
    return Verdict(True, Code.PASSED if marks else Code.BLANK_ABSTAIN)


def _filled(
    seats: int,
    measures: tuple[Measure, ...],
    votes: Mapping[str, tuple[Measure, ...]],
    rank: Callable[[str], tuple[int, ...]],
    short: Code,
) -> Verdict:
    """Fill the seats from those who reach their shares, highest first; `short` says that seats stay open."""
    passed = sorted((name for name in votes if all(m.met for m in votes[name])), key=rank, reverse=True)
    shown = measures + tuple(measure for name in votes for measure in votes[name])
    if len(passed) > seats and rank(passed[seats - 1]) == rank(passed[seats]):
        last = rank(passed[seats])
        elected = [name for name in passed if rank(name) > last]
        tied = [name for name in passed if rank(name) == last]
        return Verdict(False, Code.TIE_REVOTE, shown, facts=_seated(elected, tied, []))
    if len(passed) < seats:
        return Verdict(False, short, shown, facts={**_seated(passed, [], []), "open_seats": seats - len(passed)})
    return Verdict(True, Code.PASSED, shown, facts=_seated(passed[:seats], [], passed[seats:]))


def _seated(elected: list[str], tied: list[str], alternates: list[str]) -> dict[str, list[str]]:
    return {"elected": elected, "tied": tied, "alternates": alternates}


def _approval(rule: Rule) -> Threshold:
    if rule.approval is None:
        raise ValueError(rule.id)
    return rule.approval


def _contradiction(papers: Papers) -> str:
    numbers = (papers.registered, papers.voters, papers.collected, papers.invalid, *papers.candidates.values())
    if min(numbers) < 0:
        return "票数不能为负数"
    if papers.registered == 0:
        return "登记参加选举的人数须大于零"
    if papers.seats <= 0:
        return "应选名额须大于零"
    if not papers.candidates:
        return "没有候选人"
    if papers.voters > papers.registered:
        return f"参加投票 {papers.voters} 人，比登记人数多 {papers.voters - papers.registered} 人"
    return ""


def _overfull(papers: Papers) -> str:
    """More votes than the papers can hold: blank papers and fewer names than seats are lawful, more never are."""
    valid = papers.collected - papers.invalid
    if valid < 0:
        return f"废票 {papers.invalid} 张，比收回选票多 {-valid} 张"
    most = max(papers.candidates.values())
    if most > valid:
        return f"一人得票 {most} 张，比有效票多 {most - valid} 张"
    total = sum(papers.candidates.values())
    if total > valid * papers.seats:
        return f"得票合计 {total}，比有效票可选的多 {total - valid * papers.seats}"
    return ""


def _committee_contradiction(papers: CommitteePapers) -> str:
    total, part = papers.eligible, papers.participating
    weights = (total, part, *papers.candidates.values())
    if any(weight.area < 0 or weight.heads < 0 for weight in weights):
        return "面积和人数不能为负数"
    if papers.seats <= 0:
        return "应选名额须大于零"
    if not papers.candidates:
        return "没有候选人"
    for measure, unit in (("area", Unit.AREA), ("heads", Unit.PERSON)):
        if total.of(measure) == 0:
            return "业主总数须大于零"
        if part.of(measure) > total.of(measure):
            over = part.of(measure) - total.of(measure)
            return f"参与表决比总数多 {plain(over, unit)} {unit.value}"
        most = max(weight.of(measure) for weight in papers.candidates.values())
        if most > part.of(measure):
            return f"一人所得同意比参与表决多 {plain(most - part.of(measure), unit)} {unit.value}"
    return ""
