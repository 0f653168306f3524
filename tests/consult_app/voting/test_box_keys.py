"""The box of a secret vote: sealed till it is closed, opened by two scrutineers where they hold the key."""

import pytest
from sqlalchemy import text

from consult_app.audit import chain
from consult_app.voting import actions, queries, witnessing
from consult_app.voting.box_keys import GONE, AlreadyOpened, BoxSealed, BoxTampered, NotSecret
from consult_app.voting.choices import MotionState
from consult_app.voting.exporting import files
from consult_app.voting.motions import WrongState
from consult_app.voting.rules import Choice
from consult_app.voting.sealing import CardMisread, CardsTooFew
from tests.consult_app.voting import estate
from tests.consult_app.voting.estate import AGAINST, FOR, SECRETARY
from tests.postgres.databases import of_postgres


@pytest.fixture
def carded(store, village):
    """An open secret vote of six with its cards, four votes in the box."""
    vote = estate.issued(store, village, "village.reps", secret=True)
    cards = store.do(SECRETARY, actions.make_cards, vote.motion)
    store.do(SECRETARY, actions.open_vote, vote.motion)
    for number in range(4):
        vote.cast(number, FOR if number < 3 else AGAINST)
    return vote, cards.codes


def for_of(store, vote) -> int:
    return store.ask(queries.tally, vote.motion).items[0].counts[Choice.FOR].heads


def test_without_cards_the_box_is_opened_by_closing_and_the_key_erased(store, village):
    vote = estate.opened(store, village, "village.reps", secret=True)
    for number in range(4):
        vote.cast(number, FOR if number < 3 else AGAINST)
    assert store.ask(queries.box_facts, vote.motion).waiting == 4
    vote.close()
    assert for_of(store, vote) == 3
    assert (facts := store.ask(queries.box_facts, vote.motion)).opened
    assert facts.waiting == 0
    with store.engine.connect() as connection:
        assert connection.execute(text("select seed from box_key")).scalars().all() == [GONE]
    vote.declare()
    assert store.ask(witnessing.verify).broken is None


def test_with_cards_the_seed_is_never_stored(store, carded):
    with store.engine.connect() as connection:
        assert connection.execute(text("select seed from box_key")).scalars().all() == [GONE]


def test_with_cards_nothing_is_counted_till_two_are_laid(store, carded):
    vote, codes = carded
    vote.close()
    assert store.ask(queries.tally, vote.motion).items == ()
    with pytest.raises(BoxSealed):
        vote.declare()
    with pytest.raises(BoxSealed):
        store.ask(files, vote.motion)
    with pytest.raises(CardsTooFew):
        store.do(SECRETARY, actions.open_box, vote.motion, [codes[2]])
    assert store.do(SECRETARY, actions.open_box, vote.motion, [codes[2], codes[0]]) == 4
    assert for_of(store, vote) == 3
    vote.declare()
    assert store.ask(queries.motion, vote.motion).state is MotionState.DECLARED
    assert store.ask(witnessing.verify).broken is None
    assert store.ask(chain.newest, "box.opened").facts["by"] == "第 1 号卡、第 3 号卡开封"


def test_a_box_is_not_opened_before_closing_nor_twice(store, carded):
    vote, codes = carded
    with pytest.raises(WrongState):
        store.do(SECRETARY, actions.open_box, vote.motion, codes)
    vote.close()
    store.do(SECRETARY, actions.open_box, vote.motion, codes)
    with pytest.raises(AlreadyOpened):
        store.do(SECRETARY, actions.open_box, vote.motion, codes)


def test_cards_made_anew_void_those_before(store, village):
    vote = estate.issued(store, village, "village.reps", secret=True)
    before = store.do(SECRETARY, actions.make_cards, vote.motion).codes
    after = store.do(SECRETARY, actions.make_cards, vote.motion).codes
    store.do(SECRETARY, actions.open_vote, vote.motion)
    with pytest.raises(WrongState):
        store.do(SECRETARY, actions.make_cards, vote.motion)
    vote.cast(0)
    vote.close()
    with pytest.raises(CardMisread):
        store.do(SECRETARY, actions.open_box, vote.motion, before)
    assert store.do(SECRETARY, actions.open_box, vote.motion, after) == 1


def test_a_named_vote_has_no_cards(store, village):
    vote = estate.issued(store, village, "village.reps")
    with pytest.raises(NotSecret):
        store.do(SECRETARY, actions.make_cards, vote.motion)
    assert store.ask(queries.box_facts, vote.motion) is None


def test_the_cards_stand_in_no_entry_of_the_chain(store, carded):
    _, codes = carded
    said = str(store.ask(chain.since, 0))
    assert not any(code in said for code in codes)


@pytest.mark.parametrize(
    "statement",
    [
        "delete from sealed_ballot where id = (select min(id) from sealed_ballot)",
        "update sealed_ballot set box = (select box from sealed_ballot order by id limit 1)",
        "update box_key set public = '00'",
    ],
)
def test_threat_08_a_box_that_was_tampered_with_is_closed_but_not_opened(store, village, statement):
    vote = estate.opened(store, village, "village.reps", secret=True)
    for number in range(3):
        vote.cast(number)
    with store.engine.connect().execution_options(writes=True) as connection, connection.begin():
        connection.execute(text(statement))
        connection.execute(text("update box_key set seed = '0123456789ABCDEFGHJKMNPQR' where public = '00'"))
    vote.close()
    assert store.ask(queries.motion, vote.motion).state is MotionState.CLOSED
    with pytest.raises(BoxTampered):
        store.do(SECRETARY, actions.open_box, vote.motion)
    assert store.ask(queries.tally, vote.motion).items == ()


@of_postgres
def test_threat_09_postgresql_tells_neither_order_nor_transaction(store, village):
    vote = estate.opened(store, village, "village.reps", secret=True)
    for number in range(6):
        vote.cast(number)
    vote.close()
    with store.engine.connect() as connection:
        rows = connection.execute(text("select xmin::text, id from ballot order by ctid")).all()
        left = connection.execute(text("select count(*) from sealed_ballot")).scalar()
    assert len({xmin for xmin, _ in rows}) == 1
    assert [id for _, id in rows] == sorted(id for _, id in rows)
    assert left == 0
