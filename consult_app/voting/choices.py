"""What a ballot must hold, by which way it came, and the states of a motion and of its slips. Pure."""

from collections.abc import Mapping, Sequence
from enum import StrEnum

from consult_app.kernel.errors import Refused
from consult_app.voting.rules import Choice


class Channel(StrEnum):
    """The way a vote came in. One lock holds across all of them."""

    PHONE = "phone"
    PAPER = "paper"
    ASSISTED = "assisted"
    HAND = "hand"


class MotionState(StrEnum):
    """The line a motion walks along, one way only. An election that is void leaves it."""

    DRAFTED = "drafted"
    FROZEN = "frozen"
    ISSUED = "issued"
    OPEN = "open"
    CLOSED = "closed"
    DECLARED = "declared"
    VOID = "void"


class SlipState(StrEnum):
    """What has become of a printed slip; at the end of the books each has one place."""

    LIVE = "live"
    USED = "used"
    REPLACED = "replaced"
    SPOILED = "spoiled"
    RETURNED = "returned"
    MISSING = "missing"


class DuplicatePolicy(StrEnum):
    """Which ballot counts when a phone vote and a paper ballot meet (architecture decision 3)."""

    FIRST_VALID = "first_valid"
    PAPER_PREVAILS = "paper_prevails"


CHOICE_SIGNS = {Choice.FOR: "✓", Choice.AGAINST: "✗", Choice.ABSTAIN: "○", Choice.INVALID: "—"}
"""Choices differ by shape too, for grey printers and colour-blind eyes."""

CHANNEL_WORDS = {
    Channel.PHONE: "手机",
    Channel.PAPER: "纸质选票",
    Channel.ASSISTED: "工作人员协助",
    Channel.HAND: "举手",
}

STATE_WORDS = {
    MotionState.DRAFTED: "起草",
    MotionState.FROZEN: "已冻结",
    MotionState.ISSUED: "已发放",
    MotionState.OPEN: "投票中",
    MotionState.CLOSED: "已截止",
    MotionState.DECLARED: "已宣布",
    MotionState.VOID: "已作废",
}

SLIP_WORDS = {
    SlipState.LIVE: "未使用",
    SlipState.USED: "已投",
    SlipState.REPLACED: "作废，已补发",
    SlipState.SPOILED: "作废",
    SlipState.RETURNED: "未用收回",
    SlipState.MISSING: "未交回",
}

POLICY_WORDS = {
    DuplicatePolicy.FIRST_VALID: "以先到的有效票为准",
    DuplicatePolicy.PAPER_PREVAILS: "以纸质选票为准",
}

ITEM_LIMIT = 30
"""Items one motion may hold: more do not fit one page of a slip."""


class NotChosen(Refused):
    """An item was left without a choice."""

    text = "第 {item} 项还没有选择。"


class UnknownChoice(Refused):
    """A form names an item or a choice that is not on this ballot."""

    text = "选票内容不完整，请重新打开选票再选一次。"


def check_choices(choices: Mapping[str, str], items: Sequence[str], *, paper: bool = False) -> dict[str, Choice]:
    """The choices in the order of the items; refused unless there is exactly one known choice for each item.

    A paper ballot may hold `Choice.INVALID`, and a blank on paper is one.
    """
    if not set(choices) <= set(items):
        raise UnknownChoice
    return {item: _choice(choices.get(item, ""), item, paper=paper) for item in items}


def _choice(value: str, item: str, *, paper: bool) -> Choice:
    if not value:
        if paper:
            return Choice.INVALID
        raise NotChosen(item=item, field=f"item-{item}")
    try:
        found = Choice(value)
    except ValueError:
        raise UnknownChoice from None
    if found is Choice.INVALID and not paper:
        raise UnknownChoice
    return found


LETTERS = {Choice.FOR: "f", Choice.AGAINST: "a", Choice.ABSTAIN: "s", Choice.INVALID: "x"}
"""A ballot is stored as one letter an item: many ballots alike are then counted as one line."""

_CHOICES = {letter: choice for choice, letter in LETTERS.items()}


def written(choices: Mapping[str, Choice]) -> str:
    """Checked choices as they are stored."""
    return "".join(LETTERS[choice] for choice in choices.values())


def read(letters: str) -> tuple[Choice, ...]:
    """A stored ballot as choices, in the order of the items."""
    return tuple(_CHOICES[letter] for letter in letters)
