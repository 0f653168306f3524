"""A printed head against the chain: what was rewritten after it was printed is told, and between which entries."""

import pytest
from sqlalchemy import delete, select, update

from consult_app.audit import chain
from consult_app.audit.heads import HeadUnclear, PrintedHead, first_unlike, read_head
from consult_app.audit.tables import Entry, Head
from tests.fixtures import SECRETARY


@pytest.fixture
def heads(store) -> tuple[PrintedHead, ...]:
    """The heads after each of six entries, as scrutineers kept them."""
    kept = []
    for number in range(6):
        store.do(SECRETARY, chain.append, "server.started", "server:0", address=f"10.0.0.{number}")
        kept.append(PrintedHead(*store.ask(chain.head)))
    return tuple(kept)


def forge(work, changed: int) -> None:
    """Change an entry and make its digest and all later ones anew, as one who owns the file and the program can."""
    names = ("seq", "at", "actor", "part", "event", "subject", "facts", "previous")
    previous = chain.GENESIS
    for entry in work.db.scalars(select(Entry).order_by(Entry.seq)):
        entry.facts = {"address": "别处"} if entry.seq == changed else entry.facts
        entry.previous = previous
        entry.digest = previous = chain.digest_of({name: getattr(entry, name) for name in names})
        seq = entry.seq
    work.witnessed += 1  # past the store's own guard
    work.db.execute(update(Head).values(seq=seq, digest=previous))


def cut(work, after: int) -> None:
    """Take away the newest entries and let the head say so."""
    work.db.execute(delete(Entry).where(Entry.seq > after))
    digest = work.db.scalar(select(Entry.digest).where(Entry.seq == after))
    work.witnessed += 1  # past the store's own guard
    work.db.execute(update(Head).values(seq=after, digest=digest))


def test_threat_08_a_chain_made_anew_is_told_by_the_first_printed_head_after_the_change(store, heads):
    store.do(SECRETARY, forge, 4)
    assert store.ask(chain.verify).broken is None  # it holds in itself
    found = store.ask(first_unlike, [heads[5], heads[1], heads[4]])
    assert (found.seq, found.reason) == (5, "与印出的链头不符，第 3 条到第 5 条之间有改动")
    assert store.ask(first_unlike, heads).seq == 4
    assert store.ask(first_unlike, heads[:3]) is None


def test_threat_08_a_chain_cut_short_is_told_by_a_printed_head(store, heads):
    store.do(SECRETARY, cut, 4)
    assert store.ask(chain.verify).broken is None
    found = store.ask(first_unlike, [heads[5]])
    assert found.seq == 5
    assert "现在只有 4 条" in found.reason


def test_threat_08_the_short_head_of_a_photo_is_enough(store, heads):
    store.do(SECRETARY, forge, 2)
    assert store.ask(first_unlike, [read_head(f"3:{heads[2].digest[:4]}·{heads[2].digest[4:8]}")]).seq == 3


def test_heads_of_an_untouched_chain_fit(store, heads):
    assert store.ask(first_unlike, heads) is None


@pytest.mark.parametrize(
    ("typed", "seq", "digest"),
    [("12:7F3A29C1", 12, "7f3a29c1"), ("12：7f3a 29c1 0000", 12, "7f3a29c10000"), ("3: 7F3A·29C1", 3, "7f3a29c1")],
)
def test_a_head_is_read_as_people_write_it(typed, seq, digest):
    assert read_head(typed) == PrintedHead(seq, digest)


@pytest.mark.parametrize("typed", ["", "12", "12:7F3A", "x:7F3A29C1", "12:7F3A29CG", "12:" + "0" * 65])
def test_what_is_no_head_is_refused(typed):
    with pytest.raises(HeadUnclear):
        read_head(typed)


def test_a_head_reads_back_from_its_code(heads):
    assert [read_head(head.code) for head in heads] == list(heads)
