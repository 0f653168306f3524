"""最小人数: which areas of a count may be published, so that none leads back to one flat and its owner's vote. Pure.

Threat 28; 个人信息保护法 arts. 6, 25. Heads tell nothing of a flat, but the area behind one or two votes does: whoever knows the
building's areas knows whose it is, and by the words of the line what that owner chose on every question. So what can be
worked out of all published areas, by taking one from another too, stands for `SMALLEST` ballots or more.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from consult_app.voting.rules import Choice

SMALLEST = 5
"""Ballots behind a published area, in a class of weight, and in a list, at least."""

Groups = tuple[tuple[Choice, ...], ...]
"""The choices of a question parted into those whose area is told as one."""

APART: Groups = tuple((choice,) for choice in Choice)
TOGETHER: Groups = ((Choice.FOR,), tuple(choice for choice in Choice if choice is not Choice.FOR))
"""The law asks for 同意 and for who took part, not for 反对, 弃权 and 填写无效 one by one."""
UNTOLD: Groups = (tuple(Choice),)
"""Only what took part: whether 同意 reaches its share is told, not by how much."""

JOINT_WORDS = {TOGETHER[1]: "不同意合计", UNTOLD[0]: "参与合计"}

_PRIME = 2**127 - 1
"""Greater than any minor of a table of noughts and ones with sixty columns (Hadamard): counting modulo it is exact."""


def told(ballots: Sequence[Sequence[Choice]]) -> tuple[Groups, ...]:
    """Which areas of each question may be told, given the choices of every ballot: first 同意 of as many as may be, then all."""
    found = [UNTOLD for _ in ballots[0]] if ballots else []
    for way in (TOGETHER, APART):
        for place in range(len(found)):
            trial = [*found[:place], way, *found[place + 1 :]]
            if not single_out(ballots, trial):
                found = trial
    return tuple(found)


def single_out(ballots: Sequence[Sequence[Choice]], groups: Sequence[Groups]) -> bool:
    """Whether areas told by these groups might come to the area of fewer than `SMALLEST` ballots.

    They cannot when there are as many sets of ballots, no ballot in two, of which each fixes all sums: what is worked out then
    counts a ballot of every set. The second of two nested dissents is found by this, and any other difference.
    """
    places = [{choice: place for place, group in enumerate(of) for choice in group} for of in groups]
    left = Counter(tuple(_sums_of(ballot, places, groups)) for ballot in ballots)
    whole = len(_basis(left))
    for _ in range(SMALLEST):
        basis = _basis(left, whole)
        if len(basis) < whole:
            return True
        left -= Counter(basis)
    return False


def _sums_of(
    ballot: Sequence[Choice], places: Sequence[Mapping[Choice, int]], groups: Sequence[Groups]
) -> Iterator[int]:
    """1 for every sum that a ballot is in: that of all, and of its group in each question, but for the last, which follows."""
    yield 1
    for choice, place, of in zip(ballot, places, groups, strict=True):
        yield from (int(place[choice] == group) for group in range(len(of) - 1))


def _basis(ballots: Mapping[tuple[int, ...], int], enough: int | None = None) -> list[tuple[int, ...]]:
    """Ballots of which none follows from the others, `enough` or as many as there are; the most frequent first."""
    chosen: list[tuple[int, ...]] = []
    rows: list[tuple[int, list[int]]] = []
    for ballot in sorted(ballots, key=lambda one: (-ballots[one], one)):
        rest = list(ballot)
        for lead, row in rows:
            if factor := rest[lead]:
                rest = [(mine - factor * theirs) % _PRIME for mine, theirs in zip(rest, row, strict=True)]
        if not any(rest):
            continue
        first = next(place for place, each in enumerate(rest) if each)
        inverse = pow(rest[first], -1, _PRIME)
        rows.append((first, [each * inverse % _PRIME for each in rest]))
        chosen.append(ballot)
        if len(chosen) == enough:
            break
    return chosen
