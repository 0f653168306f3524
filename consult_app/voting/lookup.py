"""A motion by its number, and a slip by what names it: the token that was scanned or the code that was typed.

A hall opens its slips at one moment. Those are looked up together: one read for all of them, and each motion once.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, bindparam, select
from sqlalchemy.orm import Session

from consult_app.bodies.rules import LegalMode
from consult_app.bodies.tables import Body
from consult_app.kernel.errors import Missing
from consult_app.storage.among import among, keys
from consult_app.voting.choices import Channel, DuplicatePolicy, MotionState, SlipState
from consult_app.voting.credentials import is_human_code, is_token, normalised, scanned, serial_words, token_digest
from consult_app.voting.facts import ItemFacts, MotionFacts, SlipFacts
from consult_app.voting.receipts import Receipt
from consult_app.voting.rule import Rule
from consult_app.voting.rules import Weight
from consult_app.voting.tables import Credential, Elector, Item, Motion, Participation
from consult_app.voting.words import hall_word

_NO_CODE = "--------"
"""What no slip bears."""


def motion(db: Session, motion_id: int) -> MotionFacts:
    """One motion; refused when there is none of that number."""
    row = db.get(Motion, motion_id)
    if row is None:
        raise Missing(what="表决事项", id=motion_id)
    items = db.execute(select(Item.code, Item.text).where(Item.motion_id == motion_id).order_by(Item.id))
    return MotionFacts(
        id=row.id,
        proposal_id=row.proposal_id,
        body_id=row.body_id,
        body_name=db.scalar(select(Body.name).where(Body.id == row.body_id)) or "",
        meeting_id=row.meeting_id,
        title=row.title,
        items=tuple(ItemFacts(*item) for item in items),
        rule=Rule.from_dict(row.rule),
        rule_digest=row.rule_digest,
        roll_id=row.roll_id,
        roll_digest=row.roll_digest,
        plan_digest=row.plan_digest,
        voted_on=row.voted_on,
        legal_mode=LegalMode(row.legal_mode),
        duplicate_policy=DuplicatePolicy(row.duplicate_policy),
        secret=row.secret,
        by_hands=row.by_hands,
        state=MotionState(row.state),
        closes_at=row.closes_at,
        drafted_at=row.drafted_at,
        frozen_at=row.frozen_at,
        issued_at=row.issued_at,
        opened_at=row.opened_at,
        closed_at=row.closed_at,
        closed_by=tuple(row.closed_by),
        declared_at=row.declared_at,
        eligible=Weight(row.eligible_area, row.eligible_heads),
        verdict=row.verdict,
        verdict_digest=row.verdict_digest,
        scope=tuple((building, entrance) for building, entrance in row.scope),
        seats=row.seats,
        follow_clause=row.follow_clause,
        legal_item=row.legal_item,
        rule_reason=row.rule_reason,
        scope_reason=row.scope_reason,
        hall_word=hall_word(row.slip_key),
    )


def slip_by_token(db: Session, token: str) -> SlipFacts | None:
    """The slip a scanned token belongs to; None when there is none."""
    return slips_by_tokens(db, [token])[0]


def slips_by_tokens(db: Session, tokens: Sequence[str]) -> list[SlipFacts | None]:
    """The slips of many scanned tokens, in the order of the tokens; None for each that no slip bears."""
    digests = [token_digest(token) if is_token(token) else "" for token in tokens]
    rows = {row.token_digest: row for row in db.execute(_BY_TOKENS, {"keys": keys(digests)})}
    found = [rows.get(digest) for digest in digests]
    motions = {number: motion(db, number) for number in {row.motion_id for row in found if row is not None}}
    return [None if row is None else _slip(row, motions[row.motion_id]) for row in found]


def slip_by_code(db: Session, human_code: str) -> SlipFacts | None:
    """The slip that bears a typed code; None when there is none. What is no code is looked up too: it takes as long."""
    code = normalised(human_code) if is_human_code(human_code) else _NO_CODE
    row = db.execute(_BY_CODE, {"key": code}).first()
    return None if row is None else _slip(row, motion(db, row.motion_id))


def slip_named(db: Session, typed: str) -> SlipFacts | None:
    """The slip of an address that was scanned or a code that was typed; None when there is none."""
    name = scanned(typed)
    return slip_by_token(db, name) if is_token(name) else slip_by_code(db, name)


def _slip(row: Row[Any], of: MotionFacts) -> SlipFacts:
    serial = serial_words(row.serial)
    voted = Receipt(serial, row.at, Channel(row.channel)) if row.at else None
    return SlipFacts(of, row.id, serial, SlipState(row.state), row.label, tuple(row.rooms), voted)


_SLIPS = (
    select(
        Credential.id,
        Credential.motion_id,
        Credential.token_digest,
        Credential.serial,
        Credential.state,
        Elector.label,
        Elector.rooms,
        Participation.at,
        Participation.channel,
    )
    .join(Elector, Elector.id == Credential.elector_id)
    .outerjoin(Participation, Participation.elector_id == Elector.id)
)
_BY_CODE = _SLIPS.where(Credential.human_code == bindparam("key"))
_BY_TOKENS = _SLIPS.where(among(Credential.token_digest, "keys"))
