"""Everything casting must know of a voter, in one read: the right to vote, the slip, the motion, and whether they have voted."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, and_, bindparam, select
from sqlalchemy.orm import Session

from consult_app.storage.among import among, keys
from consult_app.storage.base import table_of
from consult_app.storage.rows import Question
from consult_app.voting.choices import SlipState
from consult_app.voting.credentials import is_human_code, is_token, normalised, scanned, token_digest
from consult_app.voting.tables import Credential, Elector, Motion, Participation, Proxy

Voter = Any
"""A row with the columns of `_voters`."""


def by_token(db: Session, token: str) -> Voter | None:
    """The voter a scanned slip belongs to; None when no slip bears the token."""
    return by_tokens(db, [token])[0]


def by_tokens(db: Session, tokens: Sequence[str]) -> list[Voter | None]:
    """The voters of many scanned slips, in the order of the tokens; None for each that no slip bears."""
    digests = [token_digest(token) if is_token(token) else "" for token in tokens]
    found = {voter.token_digest: voter for voter in _BY_TOKENS.ask(db, keys(digests))}
    return [found.get(digest) for digest in digests]


def by_code(db: Session, human_code: str) -> Voter | None:
    """The voter whose slip bears a typed code; None when none does."""
    if not is_human_code(human_code):
        return None
    return db.execute(_BY_CODE, {"key": normalised(human_code)}).first()


def of_slip(db: Session, typed: str) -> Voter | None:
    """The voter whose slip was scanned, or its code typed; None when no slip bears it."""
    name = scanned(typed)
    return by_token(db, name) if is_token(name) else by_code(db, name)


def of_elector(db: Session, elector_id: int) -> Voter:
    """A voter by number, with the live slip if there is one."""
    return db.execute(_OF_ELECTOR, {"key": elector_id}).one()


_ELECTOR, _MOTION, _SLIP = table_of(Elector).c, table_of(Motion).c, table_of(Credential).c
_TAKEN, _PROXY = table_of(Participation).c, table_of(Proxy).c


def _voters() -> Select[*tuple[Any, ...]]:
    return (
        select(
            _ELECTOR.id.label("elector_id"),
            _ELECTOR.heads,
            _ELECTOR.area,
            _MOTION.id.label("motion_id"),
            _MOTION.state,
            _MOTION.closes_at,
            _MOTION.closed_at,
            _MOTION.item_count,
            _MOTION.legal_mode,
            _MOTION.secret,
            _MOTION.by_hands,
            _MOTION.slip_key,
            _SLIP.id.label("credential_id"),
            _SLIP.token_digest,
            _SLIP.serial,
            _SLIP.words,
            _SLIP.state.label("slip_state"),
            _TAKEN.at.label("voted_at"),
            _TAKEN.channel,
            _TAKEN.form_digest,
            _TAKEN.credential_id.label("voted_with"),
            _PROXY.id.label("proxy_id"),
            _PROXY.agent,
        )
        .select_from(table_of(Elector))
        .join(table_of(Motion), _MOTION.id == _ELECTOR.motion_id)
        .outerjoin(table_of(Participation), _TAKEN.elector_id == _ELECTOR.id)
        .outerjoin(table_of(Proxy), and_(_PROXY.elector_id == _ELECTOR.id, _PROXY.revoked_at.is_(None)))
        .with_for_update(of=table_of(Elector))
    )


_SLIPS = _voters().join(table_of(Credential), _SLIP.elector_id == _ELECTOR.id)
_BY_CODE = _SLIPS.where(_SLIP.human_code == bindparam("key"))
_BY_TOKENS = Question(_SLIPS.where(among(_SLIP.token_digest, "keys")))
_OF_ELECTOR = (
    _voters()
    .outerjoin(table_of(Credential), and_(_SLIP.elector_id == _ELECTOR.id, _SLIP.state == SlipState.LIVE.value))
    .where(_ELECTOR.id == bindparam("key"))
)
