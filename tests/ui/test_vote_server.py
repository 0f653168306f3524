"""The vote server as the window shows it: off, on and not yet reached, reached by phones; and who guesses codes."""

from types import SimpleNamespace
from typing import Any

import pytest

from consult_app.audit import chain
from consult_app.storage.store import SYSTEM
from consult_app.web.child import Child
from ui.dialogs.try_phone import TryPhone


@pytest.fixture
def served(desk):
    """A desk whose server runs, as far as the window can tell."""
    process: Any = SimpleNamespace(poll=lambda: 0 if desk.server._child is None else None, stdout=None)
    desk.server._child = Child("http://192.168.31.20:8080", (), 8080, process)
    desk.server.changed.emit()
    return desk.server


def test_the_light_turns_green_at_the_first_phone_and_stays(window, served):
    status = window.status
    assert (status.dot.state, status.server.text()) == ("soon", "投票服务 192.168.31.20:8080 · 还没有手机连上")
    served._child.phones = 23
    served._check()
    assert (status.dot.state, status.server.text()) == ("on", "投票服务 192.168.31.20:8080 · 近 10 分钟 23 部手机")
    served._child.phones = 0
    served._check()
    assert status.dot.state == "on"
    served.stop()
    assert (status.dot.state, status.server.text()) == ("off", "投票服务未开启")


def test_trying_with_a_phone_shows_its_own_light(qtbot, window, served):
    sheet = TryPhone(served, parent=window)
    qtbot.addWidget(sheet)
    assert (sheet.light.state, sheet.heard.text()) == ("waiting", "还没有手机连上")
    served._child.phones = 1
    served._check()
    assert (sheet.light.state, sheet.heard.text()) == ("on", "手机连上了（近 10 分钟 1 部）")


def test_threat_04_an_alarm_is_shown_to_the_secretary_at_once(window, desk):
    desk.store.do(SYSTEM, chain.append, "server.alarm", "server:0", device="192.168.31.77")
    desk.look()
    window.tell_of_guessing()
    assert "192.168.31.77" in window.message.message.text
    assert "输错选票代码" in window.message.message.text
