from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult_app.workflow import engine
from consult_app.workflow.engine import Reached, obstacles
from consult_app.workflow.template import load, templates

SIX = load("six_step_default")
MONDAY = date(2026, 6, 1)


def reached(*codes: str, on: date = MONDAY, **evidence: int) -> dict[str, Reached]:
    return {code: Reached(on, evidence) for code in codes}


def texts(step: str, milestones: dict[str, Reached], today: date = MONDAY, flags=(), **waits: int) -> list[str]:
    return [one.text for one in obstacles(SIX, step, milestones, flags, waits, today)]


def everything(step_code: str) -> dict[str, Reached]:
    step = SIX.step(step_code)
    return reached(*(f"{artefact.code}.{state}" for artefact in step.artefacts for state in artefact.needs))


def test_an_artefact_lacks_one_thing_at_a_time_in_order() -> None:
    assert texts("propose", {}) == ["还缺议题登记表"]
    assert texts("propose", reached("registration.recorded")) == ["议题登记表还缺签字（提议人或代录人）"]
    assert texts("propose", reached("registration.recorded", "registration.signed")) == []


def test_a_missing_posting_is_said_with_who_and_until_when() -> None:
    done = everything("screen")
    del done["meeting_notice.posted"]
    (found,) = obstacles(SIX, "screen", done, (), {"notice": 15}, MONDAY, date(2026, 6, 5))
    assert found.text == "还缺会前公告的张贴记录"
    assert found.words == "还缺会前公告的张贴记录，由社区工作人员办理，6月5日前"


@pytest.mark.parametrize(("day", "says"), [(0, 15), (12, 3), (14, 1)])
def test_property_regulation_14_the_notice_must_hang_fifteen_days(day: int, says: int) -> None:
    found = texts("screen", everything("screen"), MONDAY + timedelta(days=day), notice=15)
    assert found == [f"会前公告须张贴满 15 天，还需 {says} 天"]


def test_property_regulation_14_the_fifteenth_day_is_enough() -> None:
    assert texts("screen", everything("screen"), MONDAY + timedelta(days=15), notice=15) == []


def test_objections_are_heard_through_the_whole_last_day() -> None:
    done = everything("decide")
    assert texts("decide", done, MONDAY + timedelta(days=7)) == ["结果公示异议期 7 天（到6月8日止）未满，还需 1 天"]
    assert texts("decide", done, MONDAY + timedelta(days=8)) == []


def test_civil_code_203_objections_are_heard_on_the_working_day_after_a_holiday() -> None:
    done = everything("decide") | reached("result_notice.posted", on=date(2026, 9, 24))
    (found,) = obstacles(SIX, "decide", done, (), {}, date(2026, 10, 8))
    assert found.opens_on == date(2026, 10, 9)


def test_without_today_a_wait_that_has_begun_stands() -> None:
    (found,) = obstacles(SIX, "screen", everything("screen"), (), {"notice": 15}, None)
    assert found.text == "会前公告须张贴满 15 天，到6月16日"


def test_a_flagged_artefact_is_asked_for_only_with_its_flag() -> None:
    without = [one.artefact for one in obstacles(SIX, "decide", {}, (), {}, MONDAY)]
    assert without == ["resolution", "result_notice"]
    with_vote = [one.artefact for one in obstacles(SIX, "decide", {}, ("vote",), {}, MONDAY)]
    assert with_vote == ["ballot_plan", "voting_roll", "count_sheet", "resolution", "result_notice"]


def test_villagers_committees_28_the_party_studies_first_what_needs_an_assembly() -> None:
    done = everything("screen")
    del done["party_opinion.recorded"]
    assert texts("screen", done, notice=0) == []
    assert texts("screen", done, flags=("needs_assembly",), notice=0) == ["还缺党组织研究意见"]


@pytest.mark.parametrize(
    ("present", "agreed", "says"),
    [
        (20, 10, None),
        (19, 19, "党员大会审议登记表：应到 30 人，实到 19 人，不足三分之二"),
        (21, 10, "党员大会审议登记表：实到 21 人，赞成 10 人，不足半数"),
    ],
)
def test_two_thirds_of_the_party_come_and_half_of_them_agree(present: int, agreed: int, says: str | None) -> None:
    done = reached("party_meeting.recorded", expected=30, present=present, agreed=agreed)
    found = obstacles(load("four_discuss_two_open"), "party_review", done, (), {}, MONDAY)
    assert found[0].text == (says or "党员大会审议登记表还缺签字（主持人、记录人）")


def test_a_result_is_due_three_days_after_the_resolution() -> None:
    (found,) = (
        one
        for one in obstacles(SIX, "decide", reached("resolution.issued"), (), {}, MONDAY)
        if one.artefact == "result_notice"
    )
    assert found.until == date(2026, 6, 4)


def test_reminders_come_at_half_and_at_four_fifths() -> None:
    assert engine.reminders(SIX.step("implement"), MONDAY, MONDAY + timedelta(days=30)) == (
        MONDAY + timedelta(days=15),
        MONDAY + timedelta(days=24),
    )


STEPS = [(template, step) for template in templates() for step in template.steps]


@given(st.data())
def test_one_more_milestone_never_adds_an_obstacle_but_its_own_wait(data) -> None:
    template, step = data.draw(st.sampled_from(STEPS))
    codes = [f"{artefact.code}.{state}" for artefact in step.artefacts for state in artefact.needs]
    some = data.draw(st.sets(st.sampled_from(codes)))
    one = data.draw(st.sampled_from(codes))
    flags = data.draw(st.sets(st.sampled_from(["vote", "needs_assembly", "committee_changed"])))
    counts: Any = {"expected": 3, "present": 3, "agreed": 3}
    before = obstacles(template, step.code, reached(*some, **counts), flags, {}, MONDAY)
    after = obstacles(template, step.code, reached(*some, one, **counts), flags, {}, MONDAY)
    assert len(after) <= len(before)
    assert {found.artefact for found in after} <= {found.artefact for found in before}


@given(st.dates(date(2024, 1, 1), date(2026, 12, 31)), st.integers(0, 60), st.integers(0, 120))
def test_a_wait_once_over_stays_over(posted: date, days: int, later: int) -> None:
    done = everything("screen") | reached("meeting_notice.posted", on=posted)
    today = posted + timedelta(days=later)
    over = obstacles(SIX, "screen", done, (), {"notice": days}, today) == ()
    assert over == (later >= days)
