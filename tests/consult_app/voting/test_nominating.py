"""Co-owners are one head and choose one of them to vote (指导规则25)."""

import pytest

from consult_app.voting import actions, queries
from consult_app.voting.nominating import NotCoOwned, NotCoOwner
from tests.consult_app.voting import estate
from tests.consult_app.voting.estate import SECRETARY

SCAN = ("推选书.pdf", b"%PDF-1.4\n%%EOF\n")
LINES = [
    "楼栋,单元,房号,建筑面积,业主姓名,身份证号,交付情况",
    "1,1,101,80.00,业主甲、业主乙,,已交付",
    "1,1,102,81.00,业主丙,,已交付",
]


@pytest.fixture
def shared(store, owners_body, tmp_path):
    estate.import_roll(store, tmp_path / "shared.csv", owners_body, LINES)
    return estate.opened(store, owners_body)


def nominate(vote, place, name):
    voter = vote.store.ask(queries.electors, vote.motion)[place]
    return vote.store.do(SECRETARY, actions.nominate, vote.motion, voter.id, name, SCAN)


def test_the_newest_choice_stands_and_is_told(store, shared):
    nominate(shared, 0, "业主甲")
    nominate(shared, 0, "业主乙")
    found = store.ask(queries.explanation, shared.motion).voters[0]
    assert found.nominee == "业主乙"
    assert "共有人推选业主乙表决" in found.chain


def test_only_a_co_owner_can_be_chosen(shared):
    with pytest.raises(NotCoOwner):
        nominate(shared, 0, "业主丙")
    with pytest.raises(NotCoOwned):
        nominate(shared, 1, "业主丙")
