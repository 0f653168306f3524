"""Statements compiled once give and take what Core does, and fail as Core does."""

import pytest
from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError

from consult_app.audit.tables import Entry
from consult_app.bodies.tables import Body
from consult_app.storage.among import among, keys
from consult_app.storage.base import table_of
from consult_app.storage.rows import Question, Rows
from consult_app.storage.store import Store, Unwitnessed
from consult_app.voting.tables import Elector, Motion
from tests.consult_app.voting import estate
from tests.fixtures import SECRETARY

ENTRY, MOTION, ELECTOR = table_of(Entry), table_of(Motion), table_of(Elector)
BY_EVENT = Question(select(*ENTRY.c).where(among(ENTRY.c.event, "keys")).order_by(ENTRY.c.seq))


@pytest.fixture
def vote(store, owners_body, tmp_path):
    estate.owners_roll(store, tmp_path, owners_body)
    return estate.opened(store, owners_body)


def test_an_answer_has_the_values_that_core_gives(store: Store, vote) -> None:
    """Moments in UTC, yes and no, JSON, numbers, and what is empty."""
    joined = select(*MOTION.c, ELECTOR.c.names, ELECTOR.c.area.label("own")).join(
        ELECTOR, ELECTOR.c.motion_id == MOTION.c.id
    )
    expected = store.ask(lambda db: [tuple(row) for row in db.execute(joined.order_by(ELECTOR.c.id))])
    question = Question(joined.where(among(MOTION.c.title, "keys")).order_by(ELECTOR.c.id))
    title = str(store.ask(lambda db: db.scalar(select(Motion.title))))
    found = store.ask(question.ask, keys([title]))
    assert list(map(tuple, found)) == expected
    assert found[0].own == expected[0][-1]
    assert found[0].closes_at.tzinfo is not None


@pytest.mark.parametrize("wanted", [[], ["motion.opened"], ["motion.opened", "motion.frozen", "无", "'--", '"']])
def test_among_finds_what_is_one_of_the_keys(store: Store, vote, wanted) -> None:
    found = {row.event for row in store.ask(BY_EVENT.ask, keys(wanted))}
    assert found == {"motion.opened", "motion.frozen"} & set(wanted)


def test_a_broken_constraint_is_told_as_core_tells_it(store: Store, vote) -> None:
    head = store.ask(lambda db: dict(db.execute(select(*ENTRY.c).where(ENTRY.c.seq == 1)).one()._mapping))
    rows = Rows(insert(ENTRY), ENTRY.c.keys())
    with pytest.raises(IntegrityError):
        store.do(SECRETARY, lambda work: rows.put(work.db, [head]))


def test_rows_without_a_witness_are_not_kept(store: Store) -> None:
    body = {"kind": "owners", "name": "示范小区", "policy": {}, "added_at": store.now()}
    rows = Rows(insert(table_of(Body)).inline(), list(body))
    with pytest.raises(Unwitnessed):
        store.do(SECRETARY, lambda work: rows.put(work.db, [body]))
    assert store.ask(lambda db: db.scalars(select(Body.name)).all()) == []
