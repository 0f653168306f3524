from datetime import date, timedelta
from typing import Any

import pytest

from consult_app.files.rules import UnknownKind
from consult_app.followup import actions, queries, rules
from consult_app.followup.rules import OrderState
from consult_app.kernel.errors import Blank, Missing, Refused, TooLong
from consult_app.kernel.text import legal_day
from consult_app.proposals import actions as proposals
from consult_app.proposals import queries as matters
from consult_app.proposals.records import Ended
from consult_app.proposals.steps import DayPassed
from consult_app.storage.store import Store
from tests.consult_app.proposals.matters import fulfil, lacking, paper, registered, walk_to
from tests.fixtures import SECRETARY, HandClock

PNG = ("完工.png", b"\x89PNG\r\n\x1a\n" + b"0" * 20)


@pytest.fixture
def matter(store: Store, clock: HandClock, owners_body: int) -> int:
    """A matter that has come to 办事."""
    found = registered(store, owners_body)
    walk_to(store, clock, found, "implement")
    return found


def assigned(store: Store, matter: int, **given: Any) -> int:
    facts: dict[str, Any] = {
        "responsible": "测试责任人",
        "unit": "物业服务人",
        "task": "北门增设非机动车通道",
        "due_on": legal_day(store.now()) + timedelta(days=20),
        "budget": 1_200_000,
    }
    return store.do(SECRETARY, actions.assign, matter, **facts | given)


def closed(store: Store, matter: int) -> int:
    order = assigned(store, matter)
    store.do(SECRETARY, actions.report, order, percent=100, text="已完工")
    store.do(SECRETARY, actions.close_out, order, text="通道已启用", evidence=[PNG])
    return order


def test_an_order_says_who_does_what_until_when_and_for_how_much(store: Store, matter: int) -> None:
    order = store.ask(queries.work_order, assigned(store, matter))
    assert (order.state, order.percent, order.budget_words) == (OrderState.ASSIGNED, 0, "12,000.00 元")
    line = store.ask(matters.line, matter)
    assert (line.responsible, line.due_on) == ("物业服务人 测试责任人", order.due_on)
    assert "work_order.signed" in lacking(store, matter)


def test_a_new_order_replaces_the_open_one_which_stays(store: Store, matter: int) -> None:
    first = assigned(store, matter)
    assigned(store, matter, responsible="另一责任人")
    assert [order.state for order in store.ask(queries.work_orders, matter)] == [
        OrderState.REPLACED,
        OrderState.ASSIGNED,
    ]
    with pytest.raises(actions.OrderClosed, match="这张办理责任单已改派，不能再登记。"):
        store.do(SECRETARY, actions.report, first, percent=10, text="开工")


@pytest.mark.parametrize(
    ("given", "refusal", "field"),
    [
        ({"responsible": ""}, Blank, "responsible"),
        ({"unit": " "}, Blank, "unit"),
        ({"task": "事" * 2001}, TooLong, "task"),
        ({"budget": -1}, rules.NegativeBudget, "budget"),
        ({"due_on": date(2026, 1, 1)}, DayPassed, "due_on"),
    ],
)
def test_a_bad_order_is_refused_beside_its_field(store: Store, matter: int, given, refusal, field) -> None:
    with pytest.raises(refusal) as refused:
        assigned(store, matter, **given)
    assert refused.value.field == field
    assert store.ask(queries.work_orders, matter) == ()


def test_nothing_is_assigned_before_it_is_decided(store: Store, clock: HandClock, owners_body: int) -> None:
    early = registered(store, owners_body)
    walk_to(store, clock, early, "decide")
    with pytest.raises(actions.TooEarly, match="议题还在第 4 步「决事」，到「办事」才能办理这一项。"):
        assigned(store, early)


def test_reports_are_added_never_changed(store: Store, matter: int) -> None:
    order = assigned(store, matter)
    store.do(SECRETARY, actions.report, order, percent=30, text="基础完成", evidence=[PNG])
    store.do(SECRETARY, actions.report, order, percent=60, text="铺装过半")
    found = store.ask(queries.work_order, order)
    assert [(one.percent, one.text, len(one.evidence)) for one in found.progress] == [
        (30, "基础完成", 1),
        (60, "铺装过半", 0),
    ]
    assert found.percent == 60
    assert [one.what for one in paper(store, matter, "progress").reached] == ["30%：基础完成", "60%：铺装过半"]


def test_a_bad_report_leaves_nothing(store: Store, matter: int) -> None:
    order = assigned(store, matter)
    bad: list[tuple[dict[str, Any], type[Refused]]] = [
        ({"percent": 101, "text": "完"}, rules.PercentOutOfRange),
        ({"percent": 50, "text": ""}, Blank),
        ({"percent": 50, "text": "过半", "evidence": [("a.exe", b"MZ...")]}, UnknownKind),
        ({"percent": 50, "text": "过半", "evidence": [PNG] * 21}, rules.TooManyFiles),
    ]
    for given, refusal in bad:
        with pytest.raises(refusal):
            store.do(SECRETARY, actions.report, order, **given)
    assert store.ask(queries.work_order, order).progress == ()


def test_an_order_is_closed_with_a_report_and_evidence_only(store: Store, matter: int) -> None:
    order = assigned(store, matter)
    with pytest.raises(actions.NotReported):
        store.do(SECRETARY, actions.close_out, order, text="完成", evidence=[PNG])
    store.do(SECRETARY, actions.report, order, percent=100, text="已完工")
    with pytest.raises(actions.NoEvidence) as refused:
        store.do(SECRETARY, actions.close_out, order, text="完成", evidence=[])
    assert refused.value.field == "evidence"
    store.do(SECRETARY, actions.close_out, order, text="通道已启用", evidence=[PNG])
    found = store.ask(queries.work_order, order)
    assert (found.state, found.closing, len(found.evidence), found.was_late()) == (
        OrderState.CLOSED,
        "通道已启用",
        1,
        False,
    )
    assert "closing.recorded" not in lacking(store, matter)
    with pytest.raises(actions.OrderClosed):
        store.do(SECRETARY, actions.close_out, order, text="再次", evidence=[PNG])


def test_an_unknown_order_is_refused(store: Store) -> None:
    with pytest.raises(Missing, match="找不到办理责任单 5"):
        store.do(SECRETARY, actions.report, 5, percent=1, text="x")


def test_an_order_of_a_matter_sent_back_is_not_worked_on(store: Store, matter: int) -> None:
    order = assigned(store, matter)
    store.do(SECRETARY, proposals.send_back, matter, "deliberate", "现场条件不允许")
    with pytest.raises(actions.TooEarly):
        store.do(SECRETARY, actions.report, order, percent=10, text="开工")


@pytest.fixture
def done(store: Store, clock: HandClock, matter: int) -> int:
    """A matter that has come to 评事."""
    closed(store, matter)
    walk_to(store, clock, matter, "review")
    return matter


def test_the_sheet_counts_once_the_proposer_has_rated(store: Store, done: int) -> None:
    store.do(SECRETARY, actions.review, done, reviewer="测试住户乙", role="resident", rating="不满意", comment="太窄")
    assert "satisfaction.recorded" in lacking(store, done)
    store.do(SECRETARY, actions.review, done, reviewer="测试住户甲", role="proposer", rating="满意")
    assert "satisfaction.recorded" not in lacking(store, done)
    counted = store.ask(queries.satisfaction, done)
    assert (counted.words, counted.suggests_rework) == ("满意 1、基本满意 0、不满意 1，共 2 份", True)
    assert [form.role_words for form in store.ask(queries.reviews, done)] == ["居民", "提议人"]


def test_nobody_rates_twice_in_a_round(store: Store, done: int) -> None:
    store.do(SECRETARY, actions.review, done, reviewer="测试住户乙", role="resident", rating="满意")
    with pytest.raises(actions.AlreadyRated) as refused:
        store.do(SECRETARY, actions.review, done, reviewer=" 测试住户乙", role="resident", rating="不满意")
    assert refused.value.field == "reviewer"


def test_after_rework_people_rate_anew_and_the_old_round_stays(store: Store, clock: HandClock, done: int) -> None:
    store.do(SECRETARY, actions.review, done, reviewer="测试住户甲", role="proposer", rating="不满意")
    store.do(SECRETARY, proposals.send_back, done, "implement", "不满意超过三分之一，返工")
    assert "work_order.assigned" in lacking(store, done)
    closed(store, done)
    walk_to(store, clock, done, "review")
    store.do(SECRETARY, actions.review, done, reviewer="测试住户甲", role="proposer", rating="满意")
    assert store.ask(queries.satisfaction, done).words == "满意 1、基本满意 0、不满意 0，共 1 份"
    assert [(form.round, form.rating) for form in store.ask(queries.reviews, done)] == [(1, "不满意"), (2, "满意")]


def test_a_call_afterwards_is_kept(store: Store, done: int) -> None:
    store.do(SECRETARY, actions.follow_up, done, visited="测试住户甲", means="上门", text="通道好用。\n希望加装照明。")
    (call,) = store.ask(queries.follow_ups, done)
    assert (call.visited, call.means, call.text) == ("测试住户甲", "上门", "通道好用。\n希望加装照明。")
    assert "follow_up.recorded" not in lacking(store, done)
    assert "回访测试住户甲：通道好用。" in [one.words for one in store.ask(matters.history, done)]


def test_a_call_without_words_is_refused(store: Store, done: int) -> None:
    with pytest.raises(Blank, match="请填写回访情况"):
        store.do(SECRETARY, actions.follow_up, done, visited="测试住户甲", means="电话", text="")


def test_months_of_satisfaction_are_counted_apart(store: Store, clock: HandClock, done: int, owners_body: int) -> None:
    store.do(SECRETARY, actions.review, done, reviewer="测试住户甲", role="proposer", rating="满意")
    first = legal_day(clock.now).replace(day=1)
    clock.forward(days=31)
    store.do(SECRETARY, actions.review, done, reviewer="测试住户乙", role="resident", rating="基本满意")
    months = store.ask(queries.satisfaction_by_month, owners_body)
    assert [(month, counted.returned) for month, counted in months] == [
        (first, 1),
        (legal_day(clock.now).replace(day=1), 1),
    ]


def test_the_matter_is_done_when_all_is_rated_and_filed(store: Store, done: int) -> None:
    store.do(SECRETARY, actions.review, done, reviewer="测试住户甲", role="proposer", rating="满意")
    store.do(SECRETARY, actions.follow_up, done, visited="测试住户甲", means="电话", text="满意")
    fulfil(store, done)
    store.do(SECRETARY, proposals.complete_step, done)
    assert store.ask(matters.proposal, done).outcome_words == "办结"
    with pytest.raises(Ended):
        store.do(SECRETARY, actions.review, done, reviewer="测试住户丙", role="resident", rating="满意")
