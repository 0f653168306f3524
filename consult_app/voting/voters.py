"""Everything casting must know of a voter, in one read: the right to vote, the slip, the motion, and whether they have voted."""

from collections.abc import Sequence
from typing import Any, TypeVar

from sqlalchemy import Row, Select, and_, bindparam, select
from sqlalchemy.orm import Session

from consult_app.voting.choices import SlipState
from consult_app.voting.credentials import is_human_code, is_token, normalised, token_digest
from consult_app.voting.tables import Credential, Elector, Motion, Participation, Proxy

Voter = Row[Any]
T = TypeVar("T")


def by_token(db: Session, token: str) -> Voter | None:
    """The voter a scanned slip belongs to; None when no slip bears the token."""
    return by_tokens(db, [token])[0]


def by_tokens(db: Session, tokens: Sequence[str]) -> list[Voter | None]:
    """The voters of many scanned slips, in the order of the tokens; None for each that no slip bears."""
    digests = [token_digest(token) if is_token(token) else "" for token in tokens]
    found = {voter.token_digest: voter for voter in db.execute(_BY_TOKENS, {"keys": filled_up(sorted(set(digests)))})}
    return [found.get(key) for key in digests]


def filled_up(keys: list[T]) -> list[T]:
    """Keys with the last one repeated up to the next of `SIZES`."""
    size = next((size for size in SIZES if size >= len(keys)), len(keys))
    return keys + keys[-1:] * (size - len(keys))


def by_code(db: Session, human_code: str) -> Voter | None:
    """The voter whose slip bears a typed code; None when none does."""
    if not is_human_code(human_code):
        return None
    return db.execute(_BY_CODE, {"key": normalised(human_code)}).first()


def of_elector(db: Session, elector_id: int) -> Voter:
    """A voter by number, with the live slip if there is one."""
    return db.execute(_OF_ELECTOR, {"key": elector_id}).one()


def _voters() -> Select[*tuple[Any, ...]]:
    return (
        select(
            Elector.id.label("elector_id"),
            Elector.heads,
            Elector.area,
            Motion.id.label("motion_id"),
            Motion.state,
            Motion.closes_at,
            Motion.closed_at,
            Motion.item_count,
            Motion.legal_mode,
            Motion.secret,
            Motion.by_hands,
            Motion.slip_key,
            Credential.id.label("credential_id"),
            Credential.token_digest,
            Credential.serial,
            Credential.state.label("slip_state"),
            Participation.at.label("voted_at"),
            Participation.channel,
            Participation.form_digest,
            Participation.credential_id.label("voted_with"),
            Proxy.id.label("proxy_id"),
            Proxy.agent,
        )
        .select_from(Elector)
        .join(Motion, Motion.id == Elector.motion_id)
        .outerjoin(Participation, Participation.elector_id == Elector.id)
        .outerjoin(Proxy, and_(Proxy.elector_id == Elector.id, Proxy.revoked_at.is_(None)))
        .with_for_update(of=Elector)
    )


_SLIPS = _voters().join(Credential, Credential.elector_id == Elector.id)
_BY_CODE = _SLIPS.where(Credential.human_code == bindparam("key"))
_BY_TOKENS = _SLIPS.where(Credential.token_digest.in_(bindparam("keys", expanding=True)))
_OF_ELECTOR = (
    _voters()
    .outerjoin(Credential, and_(Credential.elector_id == Elector.id, Credential.state == SlipState.LIVE))
    .where(Elector.id == bindparam("key"))
)
SIZES = (1, 4, 16, 64, 250, 500)
"""Lengths of the list of digests: it is filled up to the next, so that the database prepares six statements, not five hundred."""
