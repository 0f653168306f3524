"""最小人数: which areas of a count may be published, so that none leads back to one flat and its owner's vote. Pure.

Threat 28; 个人信息保护法 arts. 6, 25. Heads tell nothing of a flat, but the area behind one or two votes does: whoever knows the
building's areas knows whose it is, and by the words of the line what that owner chose on every question. So what can be
worked out of all published areas, by taking one from another too, stands for `SMALLEST` ballots or more.

Whatever is worked out of told sums is again a sum, in which each ballot counts by a factor that its choices give; those whose
factor is not nought carry it. The exact rule, that no sum is carried by four or fewer, would mean trying all fours of ballots.
It holds where there are `_SETS` sets of ballots, no ballot in two, each of which fixes all sums. For of four carriers one of
the three sets would hold one at most: not none, since that set would then fix the sum at nought; and a sum that a single
ballot of a set carries is, but for a factor, the one that set has for this ballot, and these few are tried. Where no three
such sets are found, as in small halls with many questions, less is told than might be; never more.
"""

from collections import Counter
from collections.abc import Mapping

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

_SETS = 3
"""So many that fewer than `SMALLEST` carriers leave one of them with one carrier or none."""

_PRIME = 2**255 - 19
"""A prime greater than any minor of a table of noughts and ones with a column for each sum of thirty questions (Hadamard, below
2^210): what is nought modulo it is nought."""

_Sum = dict[int, int]
"""What is worked out of told sums: the factor of each, modulo `_PRIME`. A told sum is a bit that its ballots have."""

_Set = dict[int, _Sum]
"""Ballots that fix all told sums, each with the sum that counts it once and no other ballot of the set."""

_ALL = 1
"""The sum of all ballots, which is always told."""
_PLACES = {choice: place for place, choice in enumerate(Choice)}


def told(ballots: Mapping[tuple[Choice, ...], int]) -> tuple[Groups, ...]:
    """Which areas of each question may be told, given how many ballots chose alike: 同意 of as many as may be, then all."""
    questions = len(next(iter(ballots), ()))
    hall = _Hall(ballots)
    found, sets = [UNTOLD] * questions, hall.with_sums([{} for _ in range(_SETS)], _ALL)
    for before, way, choices in (  # what the choices left out come to follows from the others
        (UNTOLD, TOGETHER, (Choice.FOR,)),
        (TOGETHER, APART, (Choice.AGAINST, Choice.ABSTAIN)),
    ):
        for place in range(questions):
            more = [_bit(place, choice) for choice in choices]
            if sets and found[place] == before and (wider := hall.with_sums(sets, *more)):
                found[place], sets = way, wider
    return tuple(found)


class _Hall:
    """The ballots of a vote as bits, the most frequent first, so that the rare ones are left for what only they fix."""

    def __init__(self, ballots: Mapping[tuple[Choice, ...], int]) -> None:
        count = Counter[int]()
        for choices, number in ballots.items():
            count[_ALL + sum(_bit(place, choice) for place, choice in enumerate(choices))] += number
        self.count = dict(sorted(count.items(), key=lambda each: (-each[1], each[0])))

    def with_sums(self, sets: list[_Set], *more: int) -> list[_Set] | None:
        """The sets made to fix more sums, or None when too few ballots might carry what is then worked out."""
        for new in more:
            rests = [_rest(new, members) for members in sets]
            if not any(_value(rests[0], ballot) for ballot in self.count):
                continue  # follows from what is told already
            used = Counter(ballot for members in sets for ballot in members)
            wider = []
            for members, rest in zip(sets, rests, strict=True):
                ballot = next((one for one in self.count if used[one] < self.count[one] and _value(rest, one)), None)
                if ballot is None:
                    return None
                joined = _joined(members, ballot, rest)
                if not all(self._carried(own) for one, own in joined.items() if own is not members.get(one)):
                    return None
                used[ballot] += 1
                wider.append(joined)
            sets = wider
        return sets

    def _carried(self, worked_out: _Sum) -> bool:
        """Whether a sum is carried by enough ballots."""
        carriers = 0
        for ballot, number in self.count.items():
            if _value(worked_out, ballot):
                carriers += number
                if carriers >= SMALLEST:
                    return True
        return False


def _bit(place: int, choice: Choice) -> int:
    return 2 << (len(_PLACES) * place + _PLACES[choice])


def _value(worked_out: _Sum, ballot: int) -> int:
    """The factor by which a ballot counts."""
    return sum([factor for bit, factor in worked_out.items() if ballot & bit]) % _PRIME


def _rest(new: int, members: _Set) -> _Sum:
    """A new sum less what the members of a set fix of it: none of them carries the rest."""
    rest = {new: 1}
    for ballot, own in members.items():
        if ballot & new:
            rest = _less(rest, 1, own)
    return rest


def _joined(members: _Set, ballot: int, rest: _Sum) -> _Set:
    """The set with a ballot that carries the rest."""
    share = pow(_value(rest, ballot), -1, _PRIME)
    own = {bit: factor * share % _PRIME for bit, factor in rest.items()}
    return {**{one: _less(of, _value(of, ballot), own) for one, of in members.items()}, ballot: own}


def _less(one: _Sum, times: int, other: _Sum) -> _Sum:
    if not times:
        return one
    left = {bit: (one.get(bit, 0) - times * other.get(bit, 0)) % _PRIME for bit in one.keys() | other.keys()}
    return {bit: factor for bit, factor in left.items() if factor}
