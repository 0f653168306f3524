"""Votes on the made-up estate and village."""

import pytest

from tests.consult_app.voting import estate


@pytest.fixture
def owners(store, owners_body, tmp_path):
    """An owners' assembly with a roll of nine flats of 80.00 to 88.00 m²."""
    estate.owners_roll(store, tmp_path, owners_body)
    return owners_body


@pytest.fixture
def village(store, village_body, tmp_path):
    """A village with six representatives."""
    estate.village_roll(store, tmp_path, village_body)
    return village_body


@pytest.fixture
def vote(store, owners):
    """An open owners' vote, binding, with its nine slips."""
    return estate.opened(store, owners)
