from dataclasses import replace
from datetime import date

import pytest

from consult_app.audit import chain
from consult_app.kernel.errors import Refused
from consult_app.kernel.resources import path as resource
from consult_app.rolls import actions, amending, freezing, queries, standing
from consult_app.rolls.rules import RollKind, UnitStatus
from tests.consult_app.rolls.books import rows_of, taken
from tests.fixtures import SECRETARY

DAY = date(2026, 11, 22)


@pytest.fixture
def roll(store, tmp_path, owners_body):
    """The number of a frozen roll of three units, two of them joined."""
    found = rows_of(
        tmp_path,
        ("1-1-101", "甲", 80, "", "", ""),
        ("1-1-102", "甲", 90, "", "", ""),
        ("1-1-103", "嘉和示范房地产开发有限公司", 70, "", "", "未售"),
    )
    made = store.do(SECRETARY, actions.accept_import, owners_body, found, DAY)
    (pair,) = store.ask(queries.proposals, made)
    store.do(SECRETARY, actions.join_people, pair.person, pair.same_as, "出示证件")
    store.do(SECRETARY, freezing.freeze_roll, made, "演示")
    return made


def amend(store, unit, kind="transfer", on=DAY, **changes):
    entry = replace(store.ask(amending.amended_unit, unit), **changes)
    return store.do(SECRETARY, amending.amend_unit, unit, entry, kind=kind, happened_on=on, reason="过户")


def units_of(store, roll):
    return store.ask(queries.units, roll)


def test_a_sale_during_the_vote_is_dated_with_its_rule_and_leaves_the_frozen_roll(store, roll):
    digest = store.ask(standing.frozen_digest, roll)
    amend(store, units_of(store, roll)[0].id, owners=(("乙", ""),))
    (amendment,) = store.ask(standing.amendments, roll)
    assert (amendment.kind, amendment.happened_on) == ("transfer", DAY)
    assert "本次表决以冻结的名册为准" in amendment.rule
    assert (amendment.before["owners"], amendment.after["owners"]) == ([["甲", ""]], [["乙", ""]])
    facts = store.ask(standing.freezing, roll)
    assert facts is not None
    assert (facts.digest, facts.intact) == (digest, True)
    assert [head.names for head in store.ask(queries.heads, roll)] == [("甲",), ("嘉和示范房地产开发有限公司",)]
    assert "1号楼1单元101（业主），2026年11月22日发生" in store.ask(chain.history, [f"roll:{roll}"])[0].words


@pytest.mark.parametrize("kind", list(amending.AmendmentKind))
def test_every_kind_of_amendment_has_words_and_a_rule(kind):
    assert amending.AMENDMENT_WORDS[kind]
    assert amending.AMENDMENT_RULES[kind].startswith("冻结后")


def test_the_next_roll_has_the_amendments_applied_and_the_frozen_one_has_not(store, roll, owners_body):
    first, second, unsold = units_of(store, roll)
    amend(store, unsold.id, "delivery", owners=(("丙", ""),), status=UnitStatus.DELIVERED)
    amend(store, unsold.id, "error", area="70.50")
    store.do(SECRETARY, amending.amend_unit, second.id, None, kind="error", happened_on=DAY, reason="并入 101")
    renewed = store.do(SECRETARY, amending.renew_roll, roll, DAY)
    assert store.ask(queries.current_roll, owners_body).id == renewed
    people = {person.id: person.name for person in store.ask(queries.people, renewed)}
    assert [(u.room, u.area, people[u.owners[0]]) for u in units_of(store, renewed)] == [
        ("101", 8000, "甲"), ("103", 7050, "丙"),
    ]  # fmt: skip
    assert len(units_of(store, roll)) == 3
    assert first.area == 8000


def test_a_roll_renewed_without_amendments_is_the_same_roll(store, roll):
    renewed = store.do(SECRETARY, amending.renew_roll, roll, DAY)
    assert store.ask(standing.digest, renewed) == store.ask(standing.frozen_digest, roll)
    assert len(store.ask(queries.joinings, renewed)) == 1


def test_villagers_move_in_the_next_roll(store, village_body):
    found = taken(resource("samples", "village.xlsx"), RollKind.PEOPLE)
    roll = store.do(SECRETARY, actions.accept_import, village_body, found, DAY)
    store.do(SECRETARY, freezing.freeze_roll, roll, "演示")
    gone, moved = store.ask(queries.people, roll)[:2]
    facts = {"kind": "person", "happened_on": DAY, "reason": "公安户籍"}
    store.do(SECRETARY, amending.amend_person, gone.id, None, **facts)
    entry = replace(store.ask(amending.amended_person, moved.id), household="9999")
    store.do(SECRETARY, amending.amend_person, moved.id, entry, **facts)
    renewed = store.ask(queries.people, store.do(SECRETARY, amending.renew_roll, roll, DAY))
    assert len(renewed) == len(store.ask(queries.people, roll)) - 1
    assert (renewed[0].name, renewed[0].household) == (moved.name, "9999")


def test_what_cannot_be_is_refused_and_leaves_no_trace(store, roll, tmp_path, owners_body):
    unit = units_of(store, roll)[0].id
    for changes, refusal in (
        ({"on": date(2026, 11, 23), "area": "81"}, amending.NotYet),
        ({}, amending.NothingChanged),
        ({"area": "八十"}, Refused),
        ({"owners": ()}, Refused),
    ):
        with pytest.raises(refusal):
            amend(store, unit, **changes)
    assert store.ask(standing.amendments, roll) == ()
    opened = store.do(
        SECRETARY, actions.accept_import, owners_body, rows_of(tmp_path, ("1-1-101", "甲", 80, "", "", "")), DAY
    )
    with pytest.raises(amending.NotFrozen):
        amend(store, units_of(store, opened)[0].id, area="81")
    with pytest.raises(amending.NotFrozen):
        store.do(SECRETARY, amending.renew_roll, opened, DAY)
