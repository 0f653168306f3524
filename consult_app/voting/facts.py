"""What the questions about motions, slips and votes are answered with: frozen records."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from consult_app.bodies.rules import LegalMode
from consult_app.voting.choices import Channel, DuplicatePolicy, MotionState, SlipState
from consult_app.voting.receipts import Receipt
from consult_app.voting.rule import Rule
from consult_app.voting.rules import Choice, Weight


@dataclass(frozen=True)
class MotionLine:
    """A motion as a list shows it."""

    id: int
    proposal_id: int
    title: str
    state: MotionState
    legal_mode: LegalMode
    opened_at: datetime | None
    closes_at: datetime
    eligible: Weight
    participating_heads: int
    seats: int = 0


@dataclass(frozen=True)
class ItemFacts:
    """One question: its code (`"1"`) and text."""

    code: str
    text: str


@dataclass(frozen=True)
class MotionFacts:
    """A motion with its own copy of the rule. `verdict` is the stored result, once declared.

    `hall_word` stands on slips and screen, so that both can be told from a stranger's; empty until slips are issued.
    """

    id: int
    proposal_id: int
    body_id: int
    body_name: str
    meeting_id: int | None
    title: str
    items: tuple[ItemFacts, ...]
    rule: Rule
    rule_digest: str
    roll_id: int | None
    roll_digest: str | None
    plan_digest: str | None
    voted_on: date
    legal_mode: LegalMode
    duplicate_policy: DuplicatePolicy
    secret: bool
    by_hands: bool
    state: MotionState
    closes_at: datetime
    drafted_at: datetime
    frozen_at: datetime | None
    issued_at: datetime | None
    opened_at: datetime | None
    closed_at: datetime | None
    closed_by: tuple[str, ...]
    declared_at: datetime | None
    eligible: Weight
    verdict: dict[str, Any] | None
    verdict_digest: str | None
    scope: tuple[tuple[str, str], ...] = ()
    seats: int = 0
    follow_clause: str = ""
    legal_item: str = ""
    rule_reason: str = ""
    scope_reason: str = ""
    hall_word: str = ""

    @property
    def plan_check(self) -> str:
        """`7F3A 29C1`: the short digest that stands on slips, vote pages and minutes (threat 14)."""
        return check_words(self.plan_digest)


@dataclass(frozen=True)
class SlipFacts:
    """What a voter's page must know of a slip and its motion. `voted` is the receipt of the vote, whatever channel."""

    motion: MotionFacts
    credential_id: int
    serial: str
    state: SlipState
    label: str
    rooms: tuple[str, ...]
    voted: Receipt | None


@dataclass(frozen=True)
class SlipLine:
    """A slip in the log of slips."""

    serial: str
    human_code: str
    elector_id: int
    label: str
    names: tuple[str, ...]
    rooms: tuple[str, ...]
    state: SlipState
    channel: Channel | None
    at: datetime | None
    handed_at: datetime | None
    reason: str | None


@dataclass(frozen=True)
class ElectorLine:
    """A voter of the frozen roll; `channel` and `at` say that and how they took part, never what they chose."""

    id: int
    key: str
    label: str
    names: tuple[str, ...]
    rooms: tuple[str, ...]
    heads: int
    area: int
    channel: Channel | None
    at: datetime | None


class CellState(StrEnum):
    """What a room of the picture of buildings shows."""

    VOTED = "voted"
    HANDED = "handed"
    ISSUED = "issued"
    NONE = "none"


@dataclass(frozen=True)
class Cell:
    """One room of a building."""

    entrance: str
    room: str
    state: CellState
    elector_id: int


@dataclass(frozen=True)
class Building:
    """One building with its rooms in the order of the roll."""

    name: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class FilledBallot:
    """A ballot filled on a phone or with a helper, to be printed and signed (`assisted` legal weight)."""

    serial: str
    human_code: str
    label: str
    names: tuple[str, ...]
    rooms: tuple[str, ...]
    choices: tuple[tuple[str, Choice], ...]
    at: datetime
    channel: Channel
    signed: bool


@dataclass(frozen=True)
class ConflictFacts:
    """A pair of votes by one voter, and which of them counts by the motion's policy."""

    id: int
    serial: str
    human_code: str
    label: str
    rooms: tuple[str, ...]
    first_channel: Channel
    first_at: datetime
    second_channel: Channel
    second_at: datetime
    counted: Channel
    decided_by: tuple[str, ...]
    decided_at: datetime | None


@dataclass(frozen=True)
class WaitingPaper:
    """A paper ballot that two tellers have not entered alike yet: who entered it, and whether they disagree."""

    serial: str
    human_code: str
    tellers: tuple[str, ...]
    disagree: bool


def check_words(digest: str | None) -> str:
    """`7F3A 29C1`: the first eight digits of a digest, as they are printed."""
    return f"{digest[:4]} {digest[4:8]}".upper() if digest else ""
