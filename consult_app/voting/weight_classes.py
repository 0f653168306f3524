"""面积档: the classes in which a published list gives the weight of a ballot, so that no area leads back to a flat. Pure.

A class holds at least `SMALLEST` ballots, and not all of them chose alike unless everybody did: or else who knows a
neighbour's flat would know the neighbour's vote (threat 28). Areas are counted in 0.01 m².
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from consult_app.voting.small_cells import SMALLEST

LABELS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
STEP = 1000
"""Classes begin and end at full tens of square metres."""


@dataclass(frozen=True)
class WeightClass:
    """A class: ballots of `low` up to but not including `high`, each put down as `value`, the mean in full square metres."""

    label: str
    low: int
    high: int
    value: int
    ballots: int


def classes(ballots: Iterable[tuple[int, Sequence[str]]]) -> tuple[WeightClass, ...]:
    """The classes of ballots given as area and choices, smallest areas first."""
    ordered = sorted(ballots, key=lambda ballot: ballot[0])
    mixed = [len(set(of_item)) > 1 for of_item in zip(*(choices for _, choices in ordered), strict=True)]
    step = STEP
    while len(found := _grouped(ordered, mixed, step)) > len(LABELS):
        step *= 2
    return tuple(_class(label, group, step) for label, group in zip(LABELS, found, strict=False))


def class_of(area: int, found: Sequence[WeightClass]) -> WeightClass:
    """The class an area falls into."""
    return next(each for each in reversed(found) if area >= each.low)


def _grouped(
    ordered: Sequence[tuple[int, Sequence[str]]], mixed: Sequence[bool], step: int
) -> list[list[tuple[int, Sequence[str]]]]:
    """Neighbouring areas together until each group may be shown; what is left over joins the last."""
    groups: list[list[tuple[int, Sequence[str]]]] = []
    group: list[tuple[int, Sequence[str]]] = []
    for place, ballot in enumerate(ordered):
        group.append(ballot)
        last = place + 1 == len(ordered)
        if not last and ordered[place + 1][0] // step > ballot[0] // step and _may_show(group, mixed):
            groups.append(group)
            group = []
    if group and groups and not _may_show(group, mixed):
        groups[-1] += group
    elif group:
        groups.append(group)
    return groups


def _may_show(group: Sequence[tuple[int, Sequence[str]]], mixed: Sequence[bool]) -> bool:
    chosen = zip(*(choices for _, choices in group), strict=True)
    return len(group) >= SMALLEST and all(
        len(set(of_item)) > 1 for of_item, needed in zip(chosen, mixed, strict=True) if needed
    )


def _class(label: str, group: Sequence[tuple[int, Sequence[str]]], step: int) -> WeightClass:
    areas = [area for area, _ in group]
    value = (sum(areas) * 2 // len(areas) + 100) // 200 * 100
    return WeightClass(label, areas[0] // step * step, (areas[-1] // step + 1) * step, value, len(areas))
