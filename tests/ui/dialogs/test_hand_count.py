"""举手计数: two tellers count apart; what differs is shown field by field, a single count to nobody."""

import pytest

from consult_app.voting import actions, queries
from tests.consult_app.voting import estate
from tests.fixtures import SECRETARY
from ui.dialogs.hand_count import HandCount


@pytest.fixture
def motion(store, village_body, tmp_path):
    """An open vote of six representatives, by hands."""
    estate.village_roll(store, tmp_path, village_body)
    found = estate.draft(store, village_body, "village.reps")
    store.do(SECRETARY, actions.freeze, found)
    store.do(SECRETARY, actions.open_vote, found)
    return found


def counted(store, motion, teller, in_favour):
    store.do(SECRETARY, actions.enter_hand_count, motion, teller, {"1": {"for": in_favour, "against": 1}}, 6)


def sheet(qtbot, desk, store, motion):
    found = HandCount(desk, store.ask(queries.motion, motion))
    qtbot.addWidget(found)
    return found


def test_one_count_alone_is_not_shown(qtbot, desk, store, motion):
    counted(store, motion, "计票人甲", 4)
    shown = sheet(qtbot, desk, store, motion)
    assert shown.standing.text() == "计票人甲已录入，等待另一名计票人清点后录入。"
    assert shown.differing.text() == ""


def test_two_counts_that_differ_are_shown_field_by_field(qtbot, desk, store, motion):
    counted(store, motion, "计票人甲", 4)
    counted(store, motion, "计票人乙", 5)
    shown = sheet(qtbot, desk, store, motion)
    assert "有 1 处不一致" in shown.standing.text()
    assert shown.differing.text() == "第 1 项同意：计票人甲 4 人，计票人乙 5 人"


def test_two_counts_alike_are_adopted(qtbot, desk, store, motion):
    counted(store, motion, "计票人甲", 4)
    counted(store, motion, "计票人乙", 4)
    assert sheet(qtbot, desk, store, motion).standing.text() == "计票人甲、计票人乙录入一致。"
