"""What the short digest on every vote page stands for: the plan as it was frozen (threat 14)."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult_app.voting.motions import digest
from consult_app.voting.tables import Item, Motion

GROUNDS = ("legal_item", "rule_reason", "scope_reason")


def plan_digest(db: Session, motion: Motion) -> str:
    """The digest over what is put to the vote, under which rule and to whom, as it stands now."""
    return digest(_election(db, motion) if motion.seats else _vote(db, motion))


def stands(db: Session, motion: Motion, frozen: str) -> bool:
    """Whether a plan is still the one that was frozen, and its rule the one that the plan names."""
    # The rule's own text is hashed as it is stored: a later version of the program may know more of a rule.
    return plan_digest(db, motion) == frozen and digest(motion.rule) == motion.rule_digest


def _vote(db: Session, motion: Motion) -> dict[str, Any]:
    items = db.execute(select(Item.code, Item.text).where(Item.motion_id == motion.id).order_by(Item.id)).all()
    return {
        **({"scope": motion.scope} if motion.scope else {}),
        **{name: said for name in GROUNDS if (said := getattr(motion, name))},
        **({"follow_clause": motion.follow_clause} if motion.follow_clause else {}),
        "title": motion.title,
        "items": {code: text for code, text in items},
        "rule": motion.rule_digest,
        "roll": motion.roll_digest,
        "legal_mode": motion.legal_mode,
        "duplicate_policy": motion.duplicate_policy,
        "secret": motion.secret,
    }


def _election(db: Session, motion: Motion) -> dict[str, Any]:
    candidates = db.scalars(select(Item.text).where(Item.motion_id == motion.id).order_by(Item.id))
    return {
        "title": motion.title,
        "candidates": list(candidates),
        "seats": motion.seats,
        "rule": motion.rule_digest,
        "roll": motion.roll_digest,
        "registered": [motion.eligible_heads, motion.eligible_area],
    }
