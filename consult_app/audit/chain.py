"""Append to the chain, verify it, and read what came after a number."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from json.encoder import encode_basestring as _quoted
from typing import Any

from sqlalchemy import Text, bindparam, column, insert, literal_column, select, table, update
from sqlalchemy.orm import Session

from consult_app.audit import events
from consult_app.audit.tables import Entry, Head
from consult_app.storage.base import canonical, table_of
from consult_app.storage.rows import Question, Rows
from consult_app.storage.store import Work

GENESIS = "0" * 64


@dataclass(frozen=True)
class Change:
    """One entry of the chain as the rest of the program sees it."""

    seq: int
    at: datetime
    actor: str
    event: str
    subject: str
    facts: dict[str, Any]
    digest: str

    @property
    def words(self) -> str:
        """The entry as a Chinese sentence."""
        return events.words(self.event, self.facts)


@dataclass(frozen=True)
class Break:
    """The first entry that does not fit: its number and what is wrong with it."""

    seq: int
    reason: str


@dataclass(frozen=True)
class Standing:
    """The state of the chain: entries checked, digest of the head, and the first break if there is one."""

    entries: int
    head: str
    broken: Break | None


def append(work: Work, event: str, subject: str, **facts: Any) -> int:
    """Append one entry to the chain and return its number.

    `event` is a name from `events.CATALOGUE`; `subject` is `noun:id`; facts are JSON values and hold no choice of a secret vote.
    """
    return append_all(work, [(event, subject, facts)])


def append_all(work: Work, acts: Sequence[tuple[str, str, dict[str, Any]]]) -> int:
    """Append an entry for each act (event, subject, facts), in this order, and return the number of the last."""
    found = _LOCKED_HEAD.ask(work.db, 1)
    seq, digest = found[0] if found else (0, GENESIS)
    begin = f'{{"actor":{_quoted(work.actor.name)},"at":"{_instant(work.now)}","event":'
    part = f',"part":{_quoted(work.actor.part)},"previous":"'
    rows: list[dict[str, Any]] = []
    for event, subject, facts in acts:
        if event not in events.CATALOGUE:
            raise KeyError(f"no such event in the catalogue: {event}")
        seq += 1
        told, previous = canonical(facts), digest
        # The canonical JSON of `digest_of`, put together of what is the same in all and what is written down anyway.
        text = f'{begin}"{event}","facts":{told}{part}{previous}","seq":{seq},"subject":{_quoted(subject)}}}'
        digest = hashlib.sha256(text.encode()).hexdigest()
        rows.append(
            {
                "seq": seq,
                "at": work.now,
                "actor": work.actor.name,
                "part": work.actor.part,
                "event": event,
                "subject": subject,
                "facts": told,
                "previous": previous,
                "digest": digest,
            }
        )
    _ENTRIES.put(work.db, rows)
    if found:
        _MOVED_HEAD.put(work.db, [{"to_seq": seq, "to_digest": digest}])
    else:
        work.db.execute(insert(Head).values(id=1, seq=seq, digest=digest))
    work.witnessed += len(rows)
    return seq


def digest_of(row: dict[str, Any]) -> str:
    """SHA-256 (64 hex digits) over the canonical JSON of an entry without its own digest."""
    return hashlib.sha256(canonical({**row, "at": _instant(row["at"])}).encode()).hexdigest()


def head(db: Session) -> tuple[int, str]:
    """Number and digest of the newest entry; (0, zeros) for an empty chain."""
    row = db.execute(select(Head.seq, Head.digest).where(Head.id == 1)).first()
    return (row.seq, row.digest) if row else (0, GENESIS)


def since(db: Session, seq: int, limit: int = 1000) -> tuple[Change, ...]:
    """The entries after number `seq`, oldest first, at most `limit`."""
    rows = db.execute(select(*_COLUMNS).where(Entry.seq > seq).order_by(Entry.seq).limit(limit))
    return tuple(Change(*row) for row in rows)


def happened(db: Session, after: int, to: int) -> frozenset[str]:
    """The names of the events whose entries come after number `after`, up to and with `to`: a hall's votes are one name."""
    return frozenset(db.scalars(select(Entry.event).where(Entry.seq > after, Entry.seq <= to).distinct()))


def history(db: Session, subjects: Sequence[str], limit: int = 200) -> tuple[Change, ...]:
    """The newest entries about any of the subjects (`noun:id`), newest first."""
    rows = db.execute(select(*_COLUMNS).where(Entry.subject.in_(subjects)).order_by(Entry.seq.desc()).limit(limit))
    return tuple(Change(*row) for row in rows)


def of_events(db: Session, events: Sequence[str]) -> Iterator[Change]:
    """The entries of the named events, oldest first."""
    rows = db.execute(select(*_COLUMNS).where(Entry.event.in_(events)).order_by(Entry.seq)).yield_per(1000)
    return (Change(*row) for row in rows)


def facts_of(db: Session, subject: str, event: str) -> Iterator[dict[str, Any]]:
    """What the entries of one event about one subject say, oldest first."""
    rows = db.scalars(select(Entry.facts).where(Entry.subject == subject, Entry.event == event).order_by(Entry.seq))
    return iter(rows.yield_per(1000))


def newest(db: Session, event: str) -> Change | None:
    """The newest entry of an event; None when it never happened."""
    row = db.execute(select(*_COLUMNS).where(Entry.event == event).order_by(Entry.seq.desc()).limit(1)).first()
    return Change(*row) if row else None


def verify(db: Session) -> Standing:
    """Recompute the whole chain and name the first entry that was changed, removed or added.

    A chain cut off at its end is found by comparing the last entry with the recorded head; a head that was rewritten
    as well can only be told by a printed one.
    """
    try:
        return _followed(db, batch=1000)
    except _UNREADABLE:  # some entry is no longer JSON or has no time: reading one at a time finds which
        return _followed(db, batch=1)


def _followed(db: Session, batch: int) -> Standing:
    expected, previous = 1, GENESIS
    names = ("seq", "at", "actor", "part", "event", "subject", "facts", "previous", "digest")
    entries = select(*(getattr(Entry, name) for name in names)).order_by(Entry.seq)
    try:
        with db.execute(entries.execution_options(yield_per=batch)) as rows:
            for found in rows:
                row = dict(zip(names, found, strict=True))
                claimed = row.pop("digest")
                fault = _fault(row, claimed, expected, previous)
                if fault:
                    return Standing(expected - 1, previous, Break(expected, fault))
                expected, previous = expected + 1, claimed
    except _UNREADABLE:
        if batch > 1:
            raise
        return Standing(expected - 1, previous, Break(expected, "内容被改动，已无法读取"))
    seq, digest = head(db)
    if (seq, digest) != (expected - 1, previous):
        return Standing(expected - 1, previous, Break(max(expected, seq), "链尾与登记的链头不符"))
    return Standing(expected - 1, previous, None)


def _fault(row: dict[str, Any], claimed: str, expected: int, previous: str) -> str:
    """What is wrong with one entry where number `expected` should stand; empty when it fits."""
    if row["seq"] != expected:
        return "缺少这一条记录"
    if row["previous"] != previous:
        return "与上一条记录不衔接"
    return "" if digest_of(row) == claimed else "内容被改动"


def _instant(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


_UNREADABLE = (ValueError, TypeError, AttributeError, RecursionError)
"""What reading or hashing an entry raises whose columns were overwritten with something of another kind."""

# Every write of the program comes this way, each vote too: the statements are built once and pass the mapper by.
_HEAD, _ENTRY = table_of(Head), table_of(Entry)
_LOCKED_HEAD = Question(select(_HEAD.c.seq, _HEAD.c.digest).where(_HEAD.c.id == bindparam("key")).with_for_update())
_WRITTEN = table(_ENTRY.name, *(column(c.name, Text() if c.name == "facts" else c.type) for c in _ENTRY.c))
_ENTRIES = Rows(insert(_WRITTEN), _ENTRY.c.keys())
_MOVED_HEAD = Rows(
    update(_HEAD)
    .where(_HEAD.c.id == literal_column("1"))
    .values(seq=bindparam("to_seq"), digest=bindparam("to_digest")),
    (),
)

_COLUMNS = (Entry.seq, Entry.at, Entry.actor, Entry.event, Entry.subject, Entry.facts, Entry.digest)
