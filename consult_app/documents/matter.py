"""The facts documents are written from: a matter, a vote, a notice that was posted. Pure; `gather` fills them."""

from dataclasses import dataclass
from datetime import date, datetime

from consult_app.bodies.rules import BodyKind
from consult_app.kernel.text import area_words, day_words, percent_words
from consult_app.voting.measures import Measure
from consult_app.voting.small_cells import APART, Groups


@dataclass(frozen=True)
class Matter:
    """A matter as documents speak of it. Texts that were not recorded are empty."""

    body: str
    kind: BodyKind
    number: str
    title: str
    source: str
    proposer: str
    taken_down: bool
    affected_range: str
    wish: str
    raised_on: date
    venue: str = ""
    venue_level: str = ""
    decision_body: str = ""
    rule_title: str = ""
    rule_law: str = ""
    rule_reason: str = ""
    participants: str = ""
    timetable: str = ""
    notice_days: int = 15
    contact: str = ""
    needs_assembly: bool = False
    has_vote: bool = False

    @property
    def issuer(self) -> str:
        """Who signs its notices: the body."""
        return self.body

    @property
    def contact_words(self) -> str:
        """Whom to ask, by default the body's office."""
        return self.contact or f"{self.body}办事机构"


UNTOLD = "不列"
"""What stands for an area that is told to nobody but the archive."""


@dataclass(frozen=True)
class ChoiceLine:
    """How much chose one thing: heads and area (0.01 m²; None where it is not told), and of which whole the shares are taken."""

    label: str
    heads: int
    area: int | None
    of_heads: int
    of_area: int

    def cells(self, with_area: bool) -> tuple[str, ...]:
        """The line of a table: label, heads, share, and area, share."""
        heads = (self.label, f"{self.heads:,}", percent_words(self.heads, self.of_heads))
        if not with_area:
            return heads
        if self.area is None:
            return (*heads, UNTOLD, UNTOLD)
        return (*heads, area_words(self.area), percent_words(self.area, self.of_area))


@dataclass(frozen=True)
class Followed:
    """从多 in an outcome: who was counted with the majority, why that is contested, and the result without them."""

    heads: int
    area: int
    contested: str
    measures: tuple[Measure, ...]
    words: str


@dataclass(frozen=True)
class ItemOutcome:
    """One item put to the vote: its choices, the shares the law asks for, and what follows; `passed` None is open.

    `told` are the choices whose areas may be published; `exact` is False where the area of 同意 is told only as far as it
    reaches its share.
    """

    code: str
    text: str
    choices: tuple[ChoiceLine, ...]
    measures: tuple[Measure, ...]
    passed: bool | None
    words: str
    followed: Followed | None = None
    told: Groups = APART
    exact: bool = True

    @property
    def title(self) -> str:
        """Its text as it stands within a sentence, without a full stop."""
        return self.text.rstrip("。；;. ")


@dataclass(frozen=True)
class Vote:
    """A vote that was closed. `channels` are (words, ballots); areas in 0.01 m², 0 where only heads count.

    `chain_seq` and `chain_digest` are the head of the audit chain when the result was declared, else when it was closed. `checks`
    says what the codes on the slips protect against, and what not; empty where they bear none.
    """

    title: str
    rule_title: str
    law: str
    legal: str
    opened_at: datetime
    closed_at: datetime
    extended: bool
    eligible_heads: int
    eligible_area: int
    participating_heads: int
    participating_area: int
    issued: int
    books: tuple[tuple[str, int], ...]
    channels: tuple[tuple[str, int], ...]
    duplicates: int
    spoiled: int
    counts_parking: bool | None
    closed_by: tuple[str, str]
    items: tuple[ItemOutcome, ...]
    is_survey: bool = False
    chain_seq: int = 0
    chain_digest: str = ""
    terms: tuple[tuple[str, str], ...] = ()
    checks: str = ""

    @property
    def with_area(self) -> bool:
        """Whether area votes beside heads."""
        return self.eligible_area > 0

    @property
    def chain_check(self) -> str:
        """`7F3A 29C1 0B5E 8D42`: the first sixteen digits of the chain's head, as they are printed and read out."""
        return " ".join(self.chain_digest[start : start + 4].upper() for start in range(0, 16, 4))

    @property
    def channel_words(self) -> str:
        """`手机扫码、纸质表决票`."""
        return "、".join(label for label, _ in self.channels) or "书面"


@dataclass(frozen=True)
class Ballot:
    """A vote that is still to come, as its call announces it; of an election with its `seats` and proxies in words.

    `terms` are the vote's own conditions by label; `follows` says that unreturned ballots follow the majority.
    """

    items: tuple[str, ...]
    opens_at: datetime | None
    closes_at: datetime
    rule_title: str
    law: str
    legal: str
    seats: int = 0
    is_recall: bool = False
    proxies: str = ""
    terms: tuple[tuple[str, str], ...] = ()
    follows: bool = False


@dataclass(frozen=True)
class PostedNotice:
    """A notice that was put up: where, when, and how many objections it met."""

    title: str
    place: str
    posted_on: date
    objections: int = 0
    answered: int = 0

    @property
    def words(self) -> str:
        """`结果公示，2026年3月5日在小区公告栏张贴`."""
        return f"{self.title}，{day_words(self.posted_on)}在{self.place}张贴"
