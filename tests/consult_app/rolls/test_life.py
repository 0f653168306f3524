from datetime import date

import pytest

from consult_app.rolls.life import Act, RollState, Stage, life_of
from consult_app.rolls.publicity import period
from consult_app.rolls.rules import RollKind

DAY = date(2026, 11, 22)
LAST = date(2026, 11, 29)


def life(today=DAY, kind=RollKind.OWNERS, **facts):
    return life_of(RollState(kind, DAY, **{"lines": 9, **facts}), today)


def stage(found, wanted):
    return next(each for each in found.stages if each.stage is wanted)


POSTED = {"period": period(DAY, 7)}


@pytest.mark.parametrize(
    ("facts", "act", "words"),
    [
        ({"faults": 3, "pairs": 2}, Act.COMPLETE, "有 3 行缺少面积、业主或交付情况"),
        ({"lines": 0}, Act.COMPLETE, "名册还是空的"),
        ({"pairs": 2}, Act.DECIDE, "有 2 处同名"),
        ({}, Act.PRINT, "公示 7 天"),
        ({"left_out": 9}, Act.PRINT, "导入时有 9 行没有采用，请确认没有漏掉房屋。"),
        ({"left_out": 2, "kind": RollKind.MEMBERS}, Act.FREEZE, "请确认没有漏掉人员"),
        ({"poster_on": DAY}, Act.POST, "登记张贴"),
        (POSTED, Act.WAIT, "异议期到2026年11月29日，还有 7 天"),
        ({**POSTED, "answers_due": (date(2026, 11, 25),), "objections": 1}, Act.ANSWER, "最迟2026年11月25日"),
        ({**POSTED, "frozen_on": DAY}, Act.VOTE, "可以用于表决"),
        ({**POSTED, "frozen_on": DAY, "intact": False}, Act.INSPECT, "校验值不符"),
    ],
)
def test_the_next_act_is_named_with_its_reason(facts, act, words):
    found = life(**facts)
    assert found.act is act
    assert words in found.words


def test_rows_left_out_of_an_import_are_told_until_the_roll_was_published():
    assert stage(life(left_out=9), Stage.CHECKED).note == "9 行未采用"
    assert "没有采用" not in life(date(2026, 11, 30), left_out=9, **POSTED).words


def test_the_last_day_of_objection_is_still_waited_for_and_the_next_freezes():
    assert life(LAST, **POSTED).act is Act.WAIT
    assert "今天截止" in life(LAST, **POSTED).words
    assert stage(life(LAST, **POSTED), Stage.FROZEN).note == "11月30日起"
    assert life(date(2026, 11, 30), **POSTED).act is Act.FREEZE


def test_an_answer_is_late_after_its_third_day_and_not_before():
    due = {**POSTED, "answers_due": (date(2026, 11, 25),), "objections": 1}
    assert life(date(2026, 11, 25), **due).tone == "amber"
    assert life(date(2026, 11, 26), **due).tone == "cinnabar"


def test_a_correction_after_publication_is_said_before_freezing():
    assert "更正后" in life(date(2026, 11, 30), changed=True, **POSTED).words


def test_a_list_of_members_is_frozen_without_publication():
    found = life(kind=RollKind.MEMBERS)
    assert found.act is Act.FREEZE
    assert Stage.PUBLISHED not in [each.stage for each in found.stages]


def test_a_roll_frozen_unpublished_says_so():
    assert stage(life(frozen_on=DAY), Stage.PUBLISHED).note == "未公示"


def test_amendments_are_counted_once_the_roll_is_frozen():
    assert stage(life(), Stage.AMENDED).state == "waiting"
    assert stage(life(frozen_on=DAY, amendments=2), Stage.AMENDED).note == "2 项"


@pytest.mark.parametrize("kind", list(RollKind))
def test_exactly_one_stage_is_present_before_the_freeze(kind):
    for facts in ({"faults": 1}, {}, POSTED):
        found = life(kind=kind, **facts)
        assert [each.state for each in found.stages].count("present") <= 1
