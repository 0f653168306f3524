"""The bridge: do, ask, watch, refusals, bugs, long work."""

import threading

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLabel

from consult_app.bodies import queries
from consult_app.bodies.actions import NameTaken, add_body
from tests.fixtures import SECRETARY


class Seen:
    """Counts how often it was asked to refresh."""

    def __init__(self):
        self.count = 0

    def refresh(self):
        self.count += 1


def test_what_is_done_is_there_to_be_asked(desk):
    body_id = desk.do(add_body, "owners", "示范小区业主大会")
    assert [body.id for body in desk.ask(queries.bodies)] == [body_id]


def test_a_watcher_hears_of_what_the_desk_does(qtbot, desk):
    seen = Seen()
    desk.watch(seen.refresh, "body.")
    desk.do(add_body, "owners", "示范小区业主大会")
    qtbot.waitUntil(lambda: seen.count == 1)
    assert seen.count == 1


def test_a_watcher_hears_of_what_another_process_does(qtbot, desk, store):
    seen = Seen()
    desk.watch(seen.refresh, "body.")
    store.do(SECRETARY, add_body, "owners", "示范小区业主大会")
    qtbot.waitUntil(lambda: seen.count == 1)
    assert seen.count == 1


def test_a_watcher_is_not_told_of_other_events(qtbot, desk):
    seen, other = Seen(), Seen()
    desk.watch(seen.refresh, "motion.")
    desk.watch(other.refresh, "venue.")
    desk.do(add_body, "owners", "示范小区业主大会")
    qtbot.waitUntil(lambda: other.count == 1)
    assert seen.count == 0


def test_a_widget_out_of_sight_is_left_alone(qtbot, desk):
    class Page(QLabel):
        count = 0

        def refresh(self):
            self.count += 1

    hidden, shown = Page(), Page()
    qtbot.addWidget(hidden)
    qtbot.addWidget(shown)
    shown.show()
    for page in (hidden, shown):
        desk.watch(page.refresh, "body.")
    desk.do(add_body, "owners", "示范小区业主大会")
    qtbot.waitUntil(lambda: shown.count == 1)
    assert hidden.count == 0


def test_a_forgotten_watcher_is_dropped(qtbot, desk):
    seen, other = Seen(), Seen()
    desk.watch(seen.refresh, "body.")
    desk.watch(other.refresh, "body.")
    del seen
    desk.do(add_body, "owners", "示范小区业主大会")
    qtbot.waitUntil(lambda: other.count == 1)
    assert other.count == 1


def test_do_raises_what_the_core_refuses(desk):
    desk.do(add_body, "owners", "示范小区业主大会")
    with pytest.raises(NameTaken):
        desk.do(add_body, "owners", "示范小区业主大会")


def test_a_refusal_that_leaves_a_slot_is_said(qtbot, desk):
    desk.do(add_body, "owners", "示范小区业主大会")
    with qtbot.waitSignal(desk.said) as said:
        QTimer.singleShot(0, lambda: desk.do(add_body, "owners", "示范小区业主大会"))
    assert "已经存在" in said.args[0].text
    assert said.args[0].tone == "cinnabar"


def test_a_bug_that_leaves_a_slot_is_logged_and_said(qtbot, desk, capsys):
    with qtbot.waitSignal(desk.said) as said:
        QTimer.singleShot(0, lambda: 1 // 0)
    log = desk.app.settings.data / "logs" / "errors.log"
    assert "ZeroDivisionError" in log.read_text("utf-8")
    assert said.args[0].action == "查看详情"
    assert "ZeroDivisionError" in capsys.readouterr().err


def test_long_work_runs_on_another_thread_and_is_delivered_in_the_window(qtbot, desk):
    got = []
    desk.work(
        "示例", lambda task: threading.current_thread(), lambda thread: got.append((thread, threading.current_thread()))
    )
    qtbot.waitUntil(lambda: bool(got))
    assert got[0][0] is not got[0][1]
    assert got[0][1] is threading.main_thread()


def test_cancelled_work_delivers_nothing(qtbot, desk):
    started, go_on = threading.Event(), threading.Event()
    got: list[object] = []
    failed: list[object] = []

    def long(task):
        started.set()
        go_on.wait(5)
        task.progress(1, 2)

    task = desk.work("示例", long, got.append, failed=lambda: failed.append(True))
    assert started.wait(5)
    task.cancel()
    go_on.set()
    qtbot.waitUntil(lambda: bool(failed))
    assert got == []


def test_a_refusal_in_long_work_is_said(qtbot, desk):
    desk.do(add_body, "owners", "示范小区业主大会")
    with qtbot.waitSignal(desk.said) as said:
        desk.work(
            "示例", lambda task: desk.store.do(SECRETARY, add_body, "owners", "示范小区业主大会"), lambda result: None
        )
    assert "已经存在" in said.args[0].text


def test_another_body_is_told(qtbot, desk):
    body_id = desk.do(add_body, "owners", "示范小区业主大会")
    with qtbot.waitSignal(desk.turned):
        desk.turn_to(body_id)
    assert desk.body_id == body_id


def test_the_clerk_is_named_in_the_record(desk):
    assert desk.actor.name == "社区书记"
    desk.memory.put("clerk", "示例经办人")
    assert desk.actor.name == "示例经办人"
