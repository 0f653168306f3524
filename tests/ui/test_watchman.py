"""What is wrong is said on every page and on the big screen for as long as it lasts, and taken back when it is over."""

from datetime import timedelta

import pytest
from sqlalchemy.exc import OperationalError

from consult_app.audit import chain, medium
from consult_app.bodies import queries
from consult_app.bodies.actions import add_body
from consult_app.storage import reserve
from consult_app.storage.failure import StorageFailed
from consult_app.storage.reserve import FULL, SIZE
from tests.fixtures import SECRETARY
from ui.alarms import Alarm
from ui.desk import Desk
from ui.memory import Memory
from ui.watchman import HALTED


class Broken(OperationalError):
    """What the driver raises when the file is out of reach."""

    def __init__(self):
        error = type("E", (Exception,), {"sqlite_errorname": "SQLITE_IOERR_READ"})()
        super().__init__("select", {}, error)


@pytest.fixture
def unreadable(desk, monkeypatch):
    """A database that cannot be read; call it to make it well again."""
    whole = desk.store.ask

    def ask(query, *args, **kwargs):
        if broken:
            raise Broken
        return whole(query, *args, **kwargs)

    broken = [True]
    monkeypatch.setattr(desk.store, "ask", ask)
    return broken.clear


def test_a_database_that_comes_back_is_looked_at_again(qtbot, desk, window, unreadable):
    qtbot.waitUntil(lambda: bool(desk.alarms.standing))
    assert "磁盘读写出错" in window.alarm.accessibleName()
    assert window.alarm.isVisible()
    unreadable()
    qtbot.waitUntil(lambda: not desk.alarms.standing, timeout=5000)
    assert window.message.message.text == "数据库已恢复正常。"
    seen = []
    desk.watch(lambda: seen.append(1), "body.")
    desk.store.do(SECRETARY, add_body, "owners", "示范小区业主大会")
    qtbot.waitUntil(lambda: bool(seen))
    assert len(desk.ask(queries.bodies)) == 1


def test_threat_17_a_lost_medium_is_said_on_every_screen_until_it_is_back(qtbot, desk, window):
    desk.screen.show("blank")
    desk.store.do(SECRETARY, medium.set_medium, "/stick")
    desk.store.do(SECRETARY, medium.lose_medium, "/stick", "没有插好，或已被拔出")
    qtbot.waitUntil(lambda: window.alarm.isVisible())
    assert "投票照常进行" in window.alarm.accessibleName()
    assert window.status.medium.text() == "副本中断"
    assert desk.screen.window.note == "副本介质中断，投票照常进行"
    desk.store.do(SECRETARY, medium.regain_medium, "/stick", 3)
    qtbot.waitUntil(lambda: not window.alarm.isVisible())
    assert desk.screen.window.note == ""
    assert window.status.medium.text() == "副本正常"


def test_threat_17_a_vote_server_that_cannot_store_stops_the_vote_visibly(qtbot, desk, window, monkeypatch):
    desk.screen.show("blank")
    monkeypatch.setattr(type(desk.server), "failed", "磁盘已满")
    desk.watchman.look()
    (alarm,) = desk.alarms.standing
    assert (alarm.tone, "磁盘已满" in alarm.text) == ("cinnabar", True)
    assert desk.screen.window.note == HALTED
    monkeypatch.setattr(type(desk.server), "failed", "")
    desk.watchman.look()
    assert desk.alarms.standing == ()
    assert window.message.message.text == "数据已能正常保存，投票继续。"


def test_a_store_that_failed_is_tried_again_by_itself(qtbot, desk, window):
    desk.store._writer.failed = StorageFailed(reason="磁盘读写出错")
    desk.watchman.look()
    assert desk.alarms.standing
    qtbot.waitUntil(lambda: desk.store.failed is None)
    desk.watchman.look()
    assert desk.alarms.standing == ()


def test_the_gravest_alarm_stands_first_and_speaks_to_the_hall(desk):
    desk.alarms.sound(Alarm("a", "甲", "甲"))
    desk.alarms.sound(Alarm("b", "乙", "乙", "cinnabar"))
    assert [alarm.key for alarm in desk.alarms.standing] == ["b", "a"]
    assert desk.alarms.hall == "乙"


def test_an_alarm_that_stood_before_the_window_opened_is_said_at_once(store, app, qtbot):
    store.do(SECRETARY, chain.append, "server.started", "server:0", address="")
    store.do(SECRETARY, medium.lose_medium, "/stick", "已经写满")
    desk = Desk(app, Memory(app.settings.data / "window.json"))
    assert "已经写满" in desk.alarms.standing[0].text
    desk.close()


def test_threat_18_a_clock_that_was_set_is_shown_and_put_on_record_once(qtbot, desk, window, monkeypatch):
    monkeypatch.setattr(type(desk.app), "leap", timedelta(hours=-5))
    desk.watchman.look()
    desk.watchman.look()
    (alarm,) = desk.alarms.standing
    assert "电脑时钟被拨慢了 5 小时" in alarm.text
    assert [entry.event for entry in desk.ask(chain.since, 0)] == ["clock.jumped"]
    monkeypatch.setattr(type(desk.app), "leap", timedelta())
    desk.watchman.look()
    assert desk.alarms.standing == ()


def test_an_address_that_was_lost_is_said_until_it_is_back(desk, window, monkeypatch):
    monkeypatch.setattr(type(desk.server), "address", "203.0.113.7:8080")
    desk.watchman.look()
    (alarm,) = desk.alarms.standing
    assert (alarm.tone, "203.0.113.7" in alarm.text) == ("cinnabar", True)
    monkeypatch.setattr(type(desk.server), "address", "127.0.0.1:8080")
    desk.watchman.look()
    assert desk.alarms.standing == ()
    assert window.message.message.text == "网络已恢复，手机可以继续投票。"


def test_threat_18_a_clock_before_the_newest_entry_is_said_when_the_window_opens(desk, store, app, clock):
    store.do(SECRETARY, chain.append, "server.started", "server:0", address="")
    clock.forward(hours=-2)
    later = Desk(app, Memory(app.settings.data / "window.json"))
    assert "早于最后一条记录" in later.alarms.standing[0].text
    later.close()


def test_threat_17_room_given_back_is_said_until_it_is_taken_again(desk, window, monkeypatch):
    free = [FULL + SIZE]
    monkeypatch.setattr(reserve, "free_space", lambda _folder: free[0])
    desk.app.make_room()
    desk.watchman.look()
    assert desk.alarms.standing == ()
    free[0] = 0
    desk.watchman.look()
    (alarm,) = desk.alarms.standing
    assert (alarm.tone, "预留的 128 MB 空间已经启用" in alarm.text) == ("cinnabar", True)
    free[0] = FULL + SIZE
    desk.watchman.look()
    assert desk.alarms.standing == ()
    assert window.message.message.text == "磁盘空间已够，备用空间已重新留出。"
