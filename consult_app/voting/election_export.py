"""A declared election as plain files: the rule, the result, and each teller's last sheet, name by name. No ballots: they are secret."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult_app.kernel.errors import Refused
from consult_app.kernel.text import area_plain
from consult_app.voting.choices import MotionState
from consult_app.voting.election_count import ElectionCount
from consult_app.voting.tables import ElectionTally, Item, Motion

SHEETS = "sheets.csv"
HEADINGS = (
    "计票人", "登记", "登记面积", "参加投票", "参加投票面积", "收回选票", "废票", "姓名", "候选人", "得票", "得票面积",
)  # fmt: skip


class ElectionUntold(Refused):
    """What the tellers counted is told to nobody before the result is declared."""

    text = "「{title}」还没有宣布结果，不能导出。"


def facts(db: Session, motion: Motion) -> dict[str, Any]:
    """The election for machines: rule, seats, candidates and the declared result. Refused: `ElectionUntold`."""
    if motion.state != MotionState.DECLARED:
        raise ElectionUntold(title=motion.title)
    return {
        "motion": motion.id,
        "title": motion.title,
        "seats": motion.seats,
        "rule": motion.rule,
        "candidates": list(_candidates(db, motion.id)),
        "closed_by": motion.closed_by,
        "plan_digest": motion.plan_digest,
        "roll_digest": motion.roll_digest,
        "result": motion.verdict,
        "result_digest": motion.verdict_digest,
    }


def lines(db: Session, motion: Motion) -> Iterable[tuple[str, ...]]:
    """The last sheet of each teller, a line for each name, the newest sheet last."""
    candidates = set(_candidates(db, motion.id))
    rows = db.scalars(select(ElectionTally).where(ElectionTally.motion_id == motion.id).order_by(ElectionTally.id))
    latest: dict[str, ElectionCount] = {}
    for row in rows:
        latest.pop(row.teller, None)
        latest[row.teller] = ElectionCount.from_dict(row.counts)
    for teller, count in latest.items():
        whole = (
            teller, str(count.registered.heads), area_plain(count.registered.area), str(count.voters.heads),
            area_plain(count.voters.area), str(count.collected), str(count.invalid),
        )  # fmt: skip
        for name, votes in count.votes.items():
            stood = "是" if name in candidates else "另选他人"
            yield (*whole, name, stood, str(votes.heads), area_plain(votes.area))


def _candidates(db: Session, motion_id: int) -> Iterable[str]:
    return db.scalars(select(Item.text).where(Item.motion_id == motion_id).order_by(Item.id))
