"""The voters of an election: those of the body's roll, line by line, or their number as the published list has it."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from consult_app.kernel.errors import Refused
from consult_app.voting.drafting import NoRoll, RollUnfit, elector_row, voters_of
from consult_app.voting.motions import digest
from consult_app.voting.rule import Rule
from consult_app.voting.rules import Weight
from consult_app.voting.snapshot import snapshot
from consult_app.voting.tables import Elector, Motion

MOST = 99_999_999
"""Voters that an election may have."""


class NobodyRegistered(Refused):
    """An election needs registered voters, of owners their area too, and no more than there can be."""

    text = "登记参加选举的人数{area}须大于零，人数不超过 {most}。"
    field = "registered"


@dataclass(frozen=True)
class RollVoters:
    """Whom a body's roll has as voters on a day: how many, or why it cannot say."""

    weight: Weight
    fault: str = ""


def roll_voters(db: Session, motion_id: int) -> RollVoters:
    """What the roll offers for an election that is drafted: everybody of age, of whom the published list may hold fewer."""
    motion = db.get_one(Motion, motion_id)
    try:
        _, rows = _rows(db, motion, Rule.from_dict(motion.rule))
    except (NoRoll, RollUnfit) as refused:
        return RollVoters(Weight(), refused.text.format(**refused.facts))
    return RollVoters(_sum(rows))


def put_voters(db: Session, motion: Motion, rule: Rule, registered: Weight | None) -> None:
    """Fix an election's voters; `registered` None takes them from the roll and keeps each with the motion."""
    if registered is not None:
        by_area = "area" in rule.measures
        if not 0 < registered.heads <= MOST or (by_area and registered.area <= 0):
            raise NobodyRegistered(area="和面积" if by_area else "", most=f"{MOST:,}")
        motion.eligible_heads, motion.eligible_area = registered.heads, registered.area if by_area else 0
        return
    roll_id, rows = _rows(db, motion, rule)
    db.execute(insert(Elector), rows)
    total = _sum(rows)
    motion.roll_id = roll_id
    motion.roll_digest = digest([{key: row[key] for key in ("key", "names", "rooms", "heads", "area")} for row in rows])
    motion.eligible_heads, motion.eligible_area = total.heads, total.area


def _rows(db: Session, motion: Motion, rule: Rule) -> tuple[int, list[dict[str, Any]]]:
    roll_id, found = voters_of(db, motion, rule)
    kept = snapshot(db, roll_id)
    return roll_id, [elector_row(motion.id, elector, kept) for elector in found]


def _sum(rows: list[dict[str, Any]]) -> Weight:
    return Weight(sum(row["area"] for row in rows), sum(row["heads"] for row in rows))
