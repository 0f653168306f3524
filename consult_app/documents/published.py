"""公示版 of a vote: as it is put on the board, without an area that leads back to one flat (threat 28). Pure.

The law asks for the decision and for 同意 and 参与 in heads and area (民法典278), not for how one owner voted (个人信息保护法6, 25).
Heads stand as they are. Areas of few voters are told together, or 同意 only as far as it reaches its share; the 存档版 is exact.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from consult_app.documents.matter import ChoiceLine, ItemOutcome, Vote
from consult_app.voting.rules import CHOICE_WORDS, Choice
from consult_app.voting.small_cells import JOINT_WORDS, UNTOLD


def published(vote: Vote) -> Vote:
    """The vote as the public may read it."""
    return replace(vote, items=tuple(_item(item) for item in vote.items)) if vote.with_area else vote


def _item(item: ItemOutcome) -> ItemOutcome:
    return replace(item, choices=tuple(_lines(item)), exact=item.told != UNTOLD)


def _lines(item: ItemOutcome) -> Iterator[ChoiceLine]:
    """The lines of the choices, those that share an area with no area of their own; then what they share; then the others."""
    joint = {
        group: [line for line in item.choices if line.label in _labels(group)] for group in item.told if len(group) > 1
    }
    shared = [line for lines in joint.values() for line in lines]
    choices = _labels(CHOICE_WORDS)
    for line in item.choices:
        if line.label in choices:
            yield replace(line, area=None) if line in shared else line
    for group, lines in joint.items():
        heads, area = sum(line.heads for line in lines), sum(line.area or 0 for line in lines)
        yield replace(lines[0], label=JOINT_WORDS[group], heads=heads, area=area)
    yield from (line for line in item.choices if line.label not in choices)


def _labels(choices: Iterable[Choice]) -> frozenset[str]:
    return frozenset(CHOICE_WORDS[choice] for choice in choices)
