from datetime import date

import pytest

from consult_app.documents.roll_freezing import roll_freezing_of
from consult_app.documents.roll_poster import freezing_pdf, print_poster
from consult_app.files import queries as files
from consult_app.kernel.errors import Blank
from consult_app.kernel.resources import path as resource
from consult_app.rolls import actions, freezing, standing
from consult_app.rolls.amending import NotFrozen
from consult_app.rolls.canonical import check_number
from consult_app.rolls.publicity import TooShort
from tests.consult_app.papers import text_of
from tests.consult_app.rolls.books import taken
from tests.fixtures import SECRETARY

DAY = date(2026, 11, 22)


@pytest.fixture
def roll(store, owners_body):
    """The number of the accepted sample roll."""
    found = taken(resource("samples", "owners-small.xlsx"))
    return store.do(SECRETARY, actions.accept_import, owners_body, found, DAY)


def test_the_poster_is_kept_as_it_will_be_put_up(store, roll):
    made = print_poster(store, SECRETARY, roll, issuer="示范小区业主大会筹备组", contact="社区居委会", days=10)
    poster = store.ask(standing.poster, roll)
    assert poster is not None
    assert (poster.id, poster.days, poster.digest) == (made, 10, store.ask(standing.digest, roll))
    text = text_of(store.ask(files.content, poster.document))
    assert "异议期10日" in text
    assert "草稿" not in text


def test_a_period_shorter_than_the_law_leaves_no_poster(store, roll):
    with pytest.raises(TooShort):
        print_poster(store, SECRETARY, roll, issuer="筹备组", contact="社区居委会", days=0)
    assert store.ask(standing.poster, roll) is None


def test_a_poster_says_who_issues_it_and_who_hears_objections(store, roll):
    for issuer, contact in ((" ", "社区居委会"), ("筹备组", "")):
        with pytest.raises(Blank):
            print_poster(store, SECRETARY, roll, issuer=issuer, contact=contact)


def test_the_freezing_is_told_with_the_number_that_is_read_out(store, roll):
    with pytest.raises(NotFrozen):
        store.ask(roll_freezing_of, roll)
    digest = store.do(SECRETARY, freezing.freeze_roll, roll, "沿用上月已公示的名册")
    words = "".join(store.ask(roll_freezing_of, roll).texts())
    assert check_number(digest) in words
    assert digest in words
    assert "没有公示，理由：沿用上月已公示的名册" in words
    assert "109 个，11,805.86 ㎡" in words
    assert check_number(digest).replace(" ", "") in text_of(freezing_pdf(store, roll))
