import pytest

from consult_app.bodies import actions, queries
from consult_app.bodies.rules import LegalMode, VenueLevel, next_level
from consult_app.kernel.errors import Blank, Missing
from consult_app.storage.store import Store
from tests.fixtures import SECRETARY


def test_a_body_is_founded_with_its_three_venues(store: Store, owners_body: int) -> None:
    levels = [venue.level for venue in store.ask(queries.venues, owners_body)]
    assert levels == [VenueLevel.COURTYARD, VenueLevel.GRID, VenueLevel.PARTY_COMMITTEE]


def test_owners_votes_are_assisted_unless_said_otherwise(store: Store, owners_body: int, village_body: int) -> None:
    assert store.ask(queries.body, owners_body).legal_mode is LegalMode.ASSISTED
    assert store.ask(queries.body, village_body).legal_mode is LegalMode.BINDING
    store.do(SECRETARY, actions.set_policy, owners_body, legal_mode="binding")
    assert store.ask(queries.body, owners_body).legal_mode is LegalMode.BINDING


def test_more_venues_can_be_added_once_each(store: Store, owners_body: int) -> None:
    store.do(SECRETARY, actions.add_venue, owners_body, "grid", "第三网格")
    with pytest.raises(actions.NameTaken):
        store.do(SECRETARY, actions.add_venue, owners_body, "grid", "第三网格")
    assert "第三网格" in [venue.name for venue in store.ask(queries.venues, owners_body)]


def test_blank_name_is_refused_beside_its_field(store: Store) -> None:
    with pytest.raises(Blank) as refused:
        store.do(SECRETARY, actions.add_body, "owners", "  ")
    assert refused.value.field == "name"


def test_unknown_body_is_refused(store: Store) -> None:
    with pytest.raises(Missing, match="找不到议事主体 9"):
        store.ask(queries.body, 9)


def test_matters_go_up_to_the_party_committee_and_no_further() -> None:
    assert next_level(VenueLevel.COURTYARD) is VenueLevel.GRID
    assert next_level(VenueLevel.PARTY_COMMITTEE) is None


def test_a_name_is_one_line(store: Store) -> None:
    found = store.do(SECRETARY, actions.add_body, "owners", " 示范\n小区\t业主大会 ")
    assert store.ask(queries.body, found).name == "示范 小区 业主大会"
