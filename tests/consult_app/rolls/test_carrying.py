from datetime import date

import pytest

from consult_app.audit import chain
from consult_app.rolls import actions, queries
from consult_app.rolls.rules import RollKind
from consult_app.storage.store import Actor
from tests.consult_app.rolls.books import book, number, rows_of, taken
from tests.fixtures import SECRETARY

DAY = date(2026, 11, 22)
FIRST, SECOND = ("1-1-101", "甲", 80, "", "13800000000", ""), ("1-1-102", "甲", 90, "", "13800000000", "")


@pytest.fixture
def importing(store, tmp_path, owners_body):
    """Accept a roll of these lines and return its number."""

    def accept(*rows):
        return store.do(SECRETARY, actions.accept_import, owners_body, rows_of(tmp_path, *rows), DAY)

    return accept


@pytest.fixture
def joined(store, importing):
    """The number of a roll whose two lines were found to be one person, by another clerk."""
    roll = importing(FIRST, SECOND)
    (pair,) = store.ask(queries.proposals, roll)
    store.do(Actor("网格员甲"), actions.join_people, pair.person, pair.same_as, "本人到场，出示证件")
    return roll


def account(store, roll):
    return store.ask(queries.roll, roll).report["joinings"]


def test_a_joining_is_carried_over_where_the_same_evidence_holds(store, clock, importing, joined):
    clock.forward(days=30)
    newer = importing(("2-1-101", "乙", 70, "", "", ""), FIRST, SECOND)
    (held,) = [head for head in store.ask(queries.heads, newer) if head.names == ("甲",)]
    assert held.area == 17000
    (was,), (now,) = store.ask(queries.joinings, joined), store.ask(queries.joinings, newer)
    assert (now.evidence, now.decided_by, now.decided_at) == (was.evidence, "网格员甲", was.decided_at)
    assert account(store, newer)["carried"][0]["where"] == ["1号楼1单元102", "1号楼1单元101"]
    assert store.ask(queries.proposals, newer) == ()
    assert "沿用上一名册的合并 1 项" in store.ask(chain.history, [f"roll:{newer}"])[0].words
    assert store.ask(chain.verify).broken is None


@pytest.mark.parametrize(
    ("line", "why"),
    [
        (("1-1-102", "甲", 90, "", "13900000000", ""), "联系电话相同"),
        (("1-1-103", "甲", 90, "", "13800000000", ""), "找不到与原来相符的“甲”（1号楼1单元102）"),
        (("1-1-102", "甲", 90, number(1), "13800000000", ""), "找不到与原来相符的“甲”"),
    ],
)
def test_a_joining_whose_evidence_changed_lapses_and_is_proposed_again(store, importing, joined, line, why):
    newer = importing(FIRST, line)
    assert store.ask(queries.joinings, newer) == ()
    (lapsed,) = account(store, newer)["lapsed"]
    assert why in lapsed["lapsed"]
    assert len(store.ask(queries.proposals, newer)) == 1
    assert len(store.ask(queries.heads, newer)) == 2


def test_a_new_doubt_lets_a_joining_lapse(store, importing):
    roll = importing(("1-1-101", "甲", 80, "", "", ""), ("1-1-102", "甲", 90, "", "", ""))
    (pair,) = store.ask(queries.proposals, roll)
    store.do(SECRETARY, actions.join_people, pair.person, pair.same_as, "出示证件")
    newer = importing(("1-1-101", "甲", 80, "", "13800000000", ""), ("1-1-102", "甲", 90, "", "13900000000", ""))
    assert "联系电话不同" in account(store, newer)["lapsed"][0]["lapsed"]


def test_a_unit_sold_to_another_lets_a_joining_lapse(store, importing, joined):
    newer = importing(FIRST, ("1-1-102", "乙", 90, "", "", ""))
    assert len(account(store, newer)["lapsed"]) == 1
    assert store.ask(queries.proposals, newer) == ()


def test_two_lines_with_one_number_need_no_joining_any_more(store, importing, joined):
    newer = importing((*FIRST[:3], number(1), *FIRST[4:]), (*SECOND[:3], number(1), *SECOND[4:]))
    assert account(store, newer) == {"carried": [], "lapsed": []}
    assert len(store.ask(queries.heads, newer)) == 1


def test_an_undone_joining_is_not_carried_over(store, importing, joined):
    (joining,) = store.ask(queries.joinings, joined)
    store.do(SECRETARY, actions.separate_people, joining.id, "误认")
    newer = importing(FIRST, SECOND)
    assert store.ask(queries.joinings, newer) == ()
    assert "joinings" not in store.ask(queries.roll, newer).report


def test_villagers_are_known_again_by_household_and_birth(store, tmp_path, village_body):
    heading = ("户号", "姓名", "出生日期")
    rows = [("01", "甲", "1970-01-01"), ("02", "甲", "1970-01-01"), ("03", "甲", "1980-01-01")]
    found = taken(book(tmp_path / "a.xlsx", [heading, *rows]), RollKind.PEOPLE)
    old = store.do(SECRETARY, actions.accept_import, village_body, found, DAY)
    first, second, _ = store.ask(queries.people, old)
    store.do(SECRETARY, actions.join_people, second.id, first.id, "一人两户登记")
    newer = store.do(SECRETARY, actions.accept_import, village_body, found, DAY)
    assert [each["where"] for each in account(store, newer)["carried"]] == [["02户", "01户"]]
