"""What one can ask about an election: its candidates, how far the tellers are, and once declared who is elected by what."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult_app.kernel.text import area_words
from consult_app.voting import queries
from consult_app.voting.choices import MotionState
from consult_app.voting.election_count import ElectionCount, agreed, elected
from consult_app.voting.election_rounds import OPEN_SEATS, leading, left_over
from consult_app.voting.facts import MotionFacts
from consult_app.voting.measures import Measure
from consult_app.voting.rule import Kind, Rule
from consult_app.voting.rules import Weight
from consult_app.voting.tables import Candidacy, Election, ElectionTally, HandCount, Item, Motion
from consult_app.voting.tellers import Sheet, Sheets, compared
from consult_app.voting.verdicts import CODE_WORDS, Code, Verdict


class Fate(StrEnum):
    """What an election has made of one name."""

    ELECTED = "elected"
    TIED = "tied"
    ALTERNATE = "alternate"
    NOT_ELECTED = "not_elected"


FATE_WORDS = {
    Fate.ELECTED: "当选",
    Fate.TIED: "票数相同，再次投票",
    Fate.ALTERNATE: "候补",
    Fate.NOT_ELECTED: "未当选",
}


@dataclass(frozen=True)
class CandidateFacts:
    """A candidate; `consented_at` is None until the consent is recorded."""

    name: str
    nominated_by: str
    consent: str
    consented_at: datetime | None


@dataclass(frozen=True)
class Standing:
    """One name of a declared election: votes, the shares it needs, and its fate. `written_in` was no candidate (另选他人)."""

    name: str
    votes: Weight
    fate: Fate
    measures: tuple[Measure, ...]
    written_in: bool

    @property
    def words(self) -> str:
        """`当选`, `候补`, …."""
        return FATE_WORDS[self.fate]


@dataclass(frozen=True)
class ElectionFacts:
    """An election or a recall. `count`, `standings` and `verdict` are None or empty until it is declared.

    `standings` go by votes, those elected first; a recall has one, whose fate says nothing. `left_over` may stand for the
    seats left open, `leading` usually do.
    """

    motion: MotionFacts
    candidates: tuple[CandidateFacts, ...]
    sheets: Sheets
    follows_id: int | None
    followed_by: tuple[int, ...]
    voided_at: datetime | None
    void_reason: str
    voided_by: tuple[str, ...]
    count: ElectionCount | None = None
    tellers: tuple[str, ...] = ()
    verdict: Verdict | None = None
    standings: tuple[Standing, ...] = ()
    left_over: tuple[str, ...] = ()
    leading: tuple[str, ...] = ()

    @property
    def is_recall(self) -> bool:
        """Whether somebody is to be recalled rather than elected."""
        return self.motion.rule.kind is Kind.RECALL

    @property
    def with_area(self) -> bool:
        """Whether area votes beside heads."""
        return "area" in self.motion.rule.measures

    @property
    def open_seats(self) -> int:
        """Seats that the declared result leaves open."""
        if self.verdict is None or self.verdict.code not in OPEN_SEATS or self.is_recall:
            return 0
        return self.motion.seats - len(self.verdict.facts["elected"])

    @property
    def verdict_is_tie(self) -> bool:
        """Whether votes are equal at the last seat, so that the tied are voted on again."""
        return self.verdict is not None and self.verdict.code is Code.TIE_REVOTE

    @property
    def outcome(self) -> str:
        """The result in one sentence; empty until it is declared."""
        if self.verdict is None:
            return ""
        if self.is_recall:
            name = self.candidates[0].name
            return (
                f"罢免{name}获得通过。"
                if self.verdict.passed
                else f"罢免{name}未获通过：{CODE_WORDS[self.verdict.code]}。"
            )
        names = "、".join(self.verdict.facts["elected"])
        open_words = "" if self.verdict.passed else f"{CODE_WORDS[self.verdict.code]}。"
        return (f"{names}当选。" if names else "没有人当选。") + open_words

    def of_fate(self, fate: Fate) -> tuple[Standing, ...]:
        """The names of one fate, most votes first."""
        return tuple(standing for standing in self.standings if standing.fate is fate)


def election(db: Session, motion_id: int) -> ElectionFacts:
    """An election with all that may be told of it now."""
    motion = queries.motion(db, motion_id)
    row = db.get(Election, motion_id)
    later = select(Election.motion_id).where(Election.follows_id == motion_id).order_by(Election.motion_id)
    facts = ElectionFacts(
        motion=motion,
        candidates=_candidates(db, motion_id),
        sheets=sheets(db, motion_id) if motion.state is MotionState.CLOSED else Sheets(),
        follows_id=row.follows_id if row else None,
        followed_by=tuple(db.scalars(later)),
        voided_at=row.voided_at if row else None,
        void_reason=row.void_reason if row else "",
        voided_by=tuple(row.voided_by) if row else (),
    )
    return _declared(db, facts) if motion.state is MotionState.DECLARED else facts


def sheets(db: Session, motion_id: int) -> Sheets:
    """How far the tellers of an election are; what one has entered is told only once another has too."""
    rows = db.scalars(select(ElectionTally).where(ElectionTally.motion_id == motion_id).order_by(ElectionTally.id))
    with_area = "area" in queries.motion(db, motion_id).rule.measures
    latest: dict[str, Sheet] = {}
    for row in rows:
        latest.pop(row.teller, None)
        latest[row.teller] = _sheet(ElectionCount.from_dict(row.counts), with_area)
    return compared(latest)


def hand_sheets(db: Session, motion_id: int) -> Sheets:
    """How far the tellers of a show of hands are, as for an election."""
    rows = db.scalars(select(HandCount).where(HandCount.motion_id == motion_id).order_by(HandCount.id))
    latest: dict[str, Sheet] = {}
    for row in rows:
        latest.pop(row.teller, None)
        latest[row.teller] = _hands(row.present, row.counts)
    return compared(latest)


def _declared(db: Session, facts: ElectionFacts) -> ElectionFacts:
    motion = facts.motion
    shared = agreed(db, motion.id)
    assert shared is not None, "a declared election was counted"
    count, tellers = shared
    verdict = elected(motion.rule, motion.seats, count)
    row = db.get_one(Motion, motion.id)
    names = {candidate.name for candidate in facts.candidates}
    standings = [
        _standing(name, weight, verdict, motion.rule, name not in names) for name, weight in count.votes.items()
    ]
    order = list(Fate)
    standings.sort(key=lambda one: (order.index(one.fate), -one.votes.heads, -one.votes.area))
    return ElectionFacts(
        motion, facts.candidates, facts.sheets, facts.follows_id, facts.followed_by, facts.voided_at,
        facts.void_reason, facts.voided_by, count, tellers, verdict, tuple(standings),
        () if facts.is_recall else left_over(db, row), () if facts.is_recall else leading(db, row),
    )  # fmt: skip


def _standing(name: str, weight: Weight, verdict: Verdict, rule: Rule, written_in: bool) -> Standing:
    measures = tuple(one for one in verdict.measures if one.name.partition(":")[2] == name)
    return Standing(name, weight, _fate(name, verdict, rule), measures, written_in)


def _fate(name: str, verdict: Verdict, rule: Rule) -> Fate:
    facts = verdict.facts
    if name in facts.get("elected", ()):
        return Fate.ELECTED
    if name in facts.get("tied", ()):
        return Fate.TIED
    if rule.kind is Kind.OWNERS_ELECTION and name in facts.get("alternates", ()):
        return Fate.ALTERNATE
    return Fate.NOT_ELECTED


def _candidates(db: Session, motion_id: int) -> tuple[CandidateFacts, ...]:
    rows = db.execute(
        select(Item.text, Candidacy.nominated_by, Candidacy.consent, Candidacy.consented_at)
        .outerjoin(Candidacy, Candidacy.item_id == Item.id)
        .where(Item.motion_id == motion_id)
        .order_by(Item.id)
    )
    return tuple(CandidateFacts(name, by or "", consent or "", at) for name, by, consent, at in rows)


def _sheet(count: ElectionCount, with_area: bool) -> Sheet:
    """A teller's sheet in words, field by field."""

    def said(weight: Weight, unit: str) -> str:
        return f"{weight.heads:,} {unit}" + (f"，{area_words(weight.area)} ㎡" if with_area else "")

    return {
        "参加投票": said(count.voters, "人"),
        "收回选票": f"{count.collected:,} 张",
        "废票": f"{count.invalid:,} 张",
        **{f"{name}得票": said(weight, "票") for name, weight in count.votes.items()},
    }


def _hands(present: int, counts: Mapping[str, Mapping[str, int]]) -> Sheet:
    words = {"for": "同意", "against": "反对", "abstain": "弃权"}
    lines = {
        f"第 {code} 项{words[choice]}": f"{people:,} 人"
        for code, row in counts.items()
        for choice, people in row.items()
    }
    return {"到会": f"{present:,} 人", **lines}
