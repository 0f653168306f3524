"""议题: the list, its tabs and filter, and its empty states."""

import pytest
from pytestqt.qtbot import QtBot

from consult_app.bodies.actions import add_body
from consult_app.proposals.actions import end
from tests.consult_app.proposals.matters import registered
from tests.fixtures import HandClock
from ui.desk import Desk
from ui.pages.matters import MattersPage
from ui.window import Window


@pytest.fixture
def page(window: Window, desk: Desk) -> MattersPage:
    desk.turn_to(desk.do(add_body, "owners", "示范小区业主大会"))
    window.go("matters")
    found = window.page()
    assert isinstance(found, MattersPage)
    return found


def titles(page: MattersPage) -> list[str]:
    return [line.title for line in page.table.rows.shown]


def test_the_empty_list_says_what_to_do(page: MattersPage) -> None:
    assert page.stack.currentWidget() is page.empty
    assert page.empty.accessibleName() == "还没有议题"
    assert page.register.isVisible()


def test_without_a_body_the_list_asks_for_one(window: Window) -> None:
    window.go("matters")
    page = window.page()
    assert isinstance(page, MattersPage)
    assert page.empty.accessibleName() == "还没有议事主体"


def test_tabs_count_what_is_running_late_and_ended(page: MattersPage, desk: Desk, clock: HandClock) -> None:
    body_id = desk.body_id or 0
    registered(desk.store, body_id, title="甲")
    clock.forward(days=30)
    registered(desk.store, body_id, title="乙")
    desk.do(end, registered(desk.store, body_id, title="丙"), "withdrawn", "撤回")
    page.refresh()
    assert [tab.text() for tab in page.tabs.values()] == ["进行中 2", "已逾期 1", "已结束 1", "全部 3"]
    page.tabs["late"].click()
    assert titles(page) == ["甲"]
    page.tabs["ended"].click()
    assert titles(page) == ["丙"]


def test_a_matter_is_found_by_pinyin_initials(page: MattersPage, desk: Desk) -> None:
    registered(desk.store, desk.body_id or 0, title="加装电梯")
    registered(desk.store, desk.body_id or 0, title="垃圾分类")
    page.refresh()
    page.search.setText("jzdt")
    assert titles(page) == ["加装电梯"]
    assert page.count.text() == "共 2 件，筛选出 1 件"


def test_a_line_opens_its_matter(page: MattersPage, desk: Desk, window: Window) -> None:
    id = registered(desk.store, desk.body_id or 0)
    page.refresh()
    page.table.opened.emit(page.table.rows.shown[0])
    assert window.place == ("matter", {"id": id})


def test_a_matter_registered_elsewhere_appears(page: MattersPage, desk: Desk, qtbot: QtBot) -> None:
    registered(desk.store, desk.body_id or 0, title="别处登记")
    qtbot.waitUntil(lambda: titles(page) == ["别处登记"])
    assert page.stack.currentIndex() == 0


def test_due_days_sort_with_the_late_first(page: MattersPage, desk: Desk, clock: HandClock) -> None:
    registered(desk.store, desk.body_id or 0, title="早")
    clock.forward(days=3)
    registered(desk.store, desk.body_id or 0, title="晚")
    page.refresh()
    page.table.sortByColumn(3, page.table.horizontalHeader().sortIndicatorOrder().AscendingOrder)
    assert titles(page) == ["早", "晚"]
