from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import insert, select, text

from consult_app.audit import chain
from consult_app.audit.tables import Entry
from consult_app.bodies import actions, queries
from consult_app.bodies.tables import Body
from consult_app.storage.store import Store, Unwitnessed, Work
from tests.fixtures import SECRETARY, HandClock
from tests.postgres.databases import of_sqlite


def test_write_without_an_audit_entry_is_rolled_back(store: Store) -> None:
    def silent(work: Work) -> None:
        work.db.execute(insert(Body).values(kind="owners", name="无声", policy={}, added_at=work.now))

    with pytest.raises(Unwitnessed, match="silent"):
        store.do(SECRETARY, silent)
    assert store.ask(queries.bodies) == ()


def test_refused_action_leaves_nothing_behind(store: Store, owners_body: int) -> None:
    with pytest.raises(actions.NameTaken, match="示范小区业主大会"):
        store.do(SECRETARY, actions.add_body, "village", "示范小区业主大会")
    assert [body.id for body in store.ask(queries.bodies)] == [owners_body]


def test_reads_cannot_write(store: Store, owners_body: int) -> None:
    store.ask(lambda db: db.execute(text("update body set name = 'x'")))
    assert store.ask(queries.body, owners_body).name == "示范小区业主大会"


def test_work_carries_the_stores_instant(store: Store, clock: HandClock) -> None:
    seen = store.do(SECRETARY, lambda work: (chain.append(work, "server.stopped", "server:1"), work.now)[1])
    assert seen == clock.now
    assert store.ask(lambda db: db.scalar(select(Entry.at))) == clock.now


@of_sqlite
def test_sqlite_keeps_acknowledged_writes_on_disk(store: Store) -> None:
    mode = store.ask(lambda db: db.execute(text("pragma journal_mode")).scalar())
    level = store.ask(lambda db: db.execute(text("pragma synchronous")).scalar())
    assert (mode, level) == ("wal", 2)


def test_writers_queue_and_none_is_lost(store: Store) -> None:
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda n: store.do(SECRETARY, actions.add_body, "owners", f"小区{n}"), range(40)))
    assert len(store.ask(queries.bodies)) == 40
    assert store.ask(chain.verify).broken is None
