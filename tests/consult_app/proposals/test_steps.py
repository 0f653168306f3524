from datetime import date, timedelta

import pytest

from consult_app.bodies.actions import add_body
from consult_app.kernel.errors import Blank
from consult_app.kernel.text import legal_day
from consult_app.proposals import actions, queries, steps
from consult_app.proposals.records import Ended
from consult_app.proposals.rules import StepState
from consult_app.storage.store import Store
from consult_app.workflow.template import templates
from tests.consult_app.proposals.matters import complete, fulfil, lacking, registered, screened, walk_to
from tests.fixtures import SECRETARY, HandClock

WAYS_BACK = [
    (template, step, back) for template in templates() for step in template.steps for back in step.back_targets
]


def states(store: Store, matter: int) -> list[StepState]:
    return [step.state for step in store.ask(queries.proposal, matter).steps]


@pytest.mark.parametrize("template", templates(), ids=lambda template: template.id)
def test_every_template_can_be_walked_to_its_end(store: Store, clock: HandClock, template) -> None:
    matter = registered(store, store.do(SECRETARY, add_body, template.applies_to[0], "示范"), template_id=template.id)
    for _ in template.steps:
        complete(store, clock, matter)
    facts = store.ask(queries.proposal, matter)
    assert (facts.outcome, facts.due_on, facts.obstacles) == ("done", None, ())
    assert {step.state for step in facts.steps} == {StepState.DONE}


@pytest.mark.parametrize(("template", "step", "back"), WAYS_BACK, ids=lambda value: getattr(value, "code", None))
def test_every_way_back_makes_void_what_follows_and_begins_anew(
    store: Store, clock: HandClock, template, step, back
) -> None:
    matter = registered(store, store.do(SECRETARY, add_body, template.applies_to[0], "示范"), template_id=template.id)
    walk_to(store, clock, matter, step.code)
    fulfil(store, matter)
    store.do(SECRETARY, actions.send_back, matter, back, "情况有变")
    facts = store.ask(queries.proposal, matter)
    assert facts.step_code == back
    ordinal = template.ordinal(back)
    for one in facts.steps:
        standing = [reached for artefact in one.artefacts for reached in artefact.reached]
        old = [version for artefact in one.artefacts for version in artefact.versions]
        if one.ordinal < ordinal:
            assert (one.state, bool(standing), old) == (StepState.DONE, True, [])
        elif one.ordinal <= template.ordinal(step.code):
            assert one.state is (StepState.PRESENT if one.code == back else StepState.RETURNED)
            assert (standing, one.return_reason) == ([], "情况有变")
            assert {version.void_reason for version in old} == {"退回：情况有变"}
        else:
            assert one.state is StepState.WAITING
    complete(store, clock, matter)
    assert store.ask(queries.proposal, matter).ordinal == ordinal + 1


def test_a_step_with_something_missing_is_not_completed_and_says_what(store: Store, owners_body: int) -> None:
    matter = registered(store, owners_body)
    with pytest.raises(steps.StepIncomplete) as refused:
        store.do(SECRETARY, actions.complete_step, matter)
    assert refused.value.facts["obstacles"] == ["registration.signed"]
    assert str(refused.value) == (
        "第 1 步「提事」还不能完成：议题登记表还缺签字（提议人或代录人），由社区工作人员办理，11月24日前。"
    )


@pytest.mark.parametrize("template", templates(), ids=lambda template: template.id)
def test_no_step_is_completed_while_any_one_artefact_is_missing(store: Store, clock: HandClock, template) -> None:
    matter = registered(store, store.do(SECRETARY, add_body, template.applies_to[0], "示范"), template_id=template.id)
    for step in template.steps:
        while missing := lacking(store, matter):
            with pytest.raises(steps.StepIncomplete) as refused:
                store.do(SECRETARY, actions.complete_step, matter)
            assert missing[0] in list(refused.value.facts["obstacles"])  # type: ignore[call-overload]
            if missing[0] == "screening.recorded":
                screened(store, matter)
            else:
                fulfil(store, matter, *missing[1:], most=1)
        assert store.ask(queries.proposal, matter).step_code == step.code
        complete(store, clock, matter)


def test_a_notice_must_hang_its_days_before_the_screening_is_done(
    store: Store, clock: HandClock, owners_body: int
) -> None:
    matter = registered(store, owners_body)
    walk_to(store, clock, matter, "screen")
    screened(store, matter)
    fulfil(store, matter)
    clock.forward(days=14)
    with pytest.raises(steps.StepIncomplete, match="会前公告须张贴满 15 天，还需 1 天"):
        store.do(SECRETARY, actions.complete_step, matter)
    clock.forward(days=1)
    store.do(SECRETARY, actions.complete_step, matter)
    assert store.ask(queries.proposal, matter).step_code == "deliberate"


def test_a_step_cannot_go_back_where_its_template_does_not_lead(
    store: Store, clock: HandClock, owners_body: int
) -> None:
    matter = registered(store, owners_body)
    walk_to(store, clock, matter, "deliberate")
    with pytest.raises(steps.NoWayBack, match="「议事」不能退回「提事」。可以退回的步骤：「定题」。"):
        store.do(SECRETARY, actions.send_back, matter, "propose", "不清楚")
    with pytest.raises(Blank, match="请填写退回理由"):
        store.do(SECRETARY, actions.send_back, matter, "screen", " ")
    assert store.ask(queries.proposal, matter).step_code == "deliberate"


def test_a_recount_keeps_the_frozen_plan_and_roll(store: Store, clock: HandClock, owners_body: int) -> None:
    matter = registered(store, owners_body)
    walk_to(store, clock, matter, "decide")
    fulfil(store, matter)
    keep = ("ballot_plan", "voting_roll")
    store.do(SECRETARY, actions.send_back, matter, "decide", "异议成立，重新计票", keep)
    assert lacking(store, matter) == ["count_sheet.recorded", "resolution.issued", "result_notice.issued"]


def test_completing_can_be_undone_until_the_next_step_is_worked_on(
    store: Store, clock: HandClock, owners_body: int
) -> None:
    matter = registered(store, owners_body)
    complete(store, clock, matter)
    clock.forward(minutes=1)
    store.do(SECRETARY, actions.reopen_step, matter)
    assert states(store, matter) == [StepState.PRESENT] + [StepState.WAITING] * 5
    store.do(SECRETARY, actions.complete_step, matter)
    clock.forward(minutes=1)
    screened(store, matter)
    with pytest.raises(steps.NothingToReopen):
        store.do(SECRETARY, actions.reopen_step, matter)
    assert store.ask(queries.proposal, matter).step_code == "screen"


def test_nothing_can_be_undone_where_nothing_was_completed(store: Store, owners_body: int) -> None:
    matter = registered(store, owners_body)
    with pytest.raises(steps.NothingToReopen):
        store.do(SECRETARY, actions.reopen_step, matter)


def test_a_step_is_due_by_working_days_and_by_the_timetable(store: Store, clock: HandClock, owners_body: int) -> None:
    matter = registered(store, owners_body)
    assert store.ask(queries.proposal, matter).due_on == date(2026, 11, 24)  # Sunday, then two working days
    walk_to(store, clock, matter, "screen")
    assert store.ask(queries.proposal, matter).due_on == date(2026, 11, 27)
    planned = legal_day(clock.now) + timedelta(days=40)
    screened(store, matter, timetable={"deliberate": planned})
    complete(store, clock, matter)
    assert store.ask(queries.proposal, matter).due_on == planned


def test_a_matter_overdue_twice_is_flagged_to_the_next_level(store: Store, clock: HandClock, owners_body: int) -> None:
    matter = registered(store, owners_body)
    clock.forward(days=5)
    today = legal_day(clock.now)
    store.do(SECRETARY, actions.postpone, matter, today + timedelta(days=1), "等待材料")
    assert not store.ask(queries.line, matter).is_flagged(today)
    clock.forward(days=4)
    today = legal_day(clock.now)
    assert store.ask(queries.line, matter).is_flagged(today)
    (late,) = store.ask(queries.home, owners_body, today).overdue
    assert (late.flagged, late.note) == (True, "已 2 次逾期，应报大党委议事督办")


def test_a_due_day_in_the_past_is_refused(store: Store, owners_body: int) -> None:
    matter = registered(store, owners_body)
    with pytest.raises(steps.DayPassed) as refused:
        store.do(SECRETARY, actions.postpone, matter, date(2026, 11, 21), "写错")
    assert refused.value.field == "due_on"


def test_an_ended_matter_moves_no_more(store: Store, owners_body: int) -> None:
    matter = registered(store, owners_body)
    store.do(SECRETARY, actions.end, matter, "withdrawn", "提议人撤回")
    for action, args in (
        (actions.complete_step, ()),
        (actions.send_back, ("propose", "x")),
        (actions.reopen_step, ()),
        (actions.postpone, (date(2026, 12, 1), "x")),
        (actions.void, ("registration.recorded", "x")),
        (actions.change, ()),
        (actions.end, ("declined", "x")),
    ):
        with pytest.raises(Ended, match="议题 2026-001 已经结束（撤回），不能再办理。"):
            store.do(SECRETARY, action, matter, *args)
    assert store.ask(queries.proposal, matter).outcome_words == "撤回"
