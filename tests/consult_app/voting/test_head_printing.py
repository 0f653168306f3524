"""When the head of the chain is due on paper."""

from datetime import timedelta

import pytest

from consult_app.voting.head_printing import heads_due, open_votes, print_head
from tests.consult_app.voting import estate
from tests.consult_app.voting.estate import SECRETARY

HOUR = timedelta(hours=1)


@pytest.fixture
def vote(store, owners_body, tmp_path):
    """An open vote of nine."""
    estate.owners_roll(store, tmp_path, owners_body)
    return estate.opened(store, owners_body)


def test_threat_08_the_head_is_due_an_hour_after_the_opening_and_after_each_print(store, clock, vote):
    opened = store.now()
    assert store.ask(heads_due, opened + HOUR - timedelta(minutes=1)) == ()
    assert [due.motion_id for due in store.ask(heads_due, opened + HOUR)] == [vote.motion]
    store.do(SECRETARY, print_head, vote.motion)
    assert store.ask(heads_due, store.now() + HOUR - timedelta(minutes=1)) == ()
    assert [due.motion_id for due in store.ask(heads_due, store.now() + HOUR)] == [vote.motion]


def test_a_closed_vote_asks_for_no_more(store, vote):
    assert store.ask(open_votes) == (vote.motion,)
    vote.close()
    assert store.ask(open_votes) == ()
    assert store.ask(heads_due, store.now() + 5 * HOUR) == ()
