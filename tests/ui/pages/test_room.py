"""会场体检 in the window: faults named, codes shown, a rehearsal that leaves nothing, and the empty box on paper."""

import socket
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel

from consult_app.audit import chain
from consult_app.demo.rehearsal import folder
from consult_app.documents import queries as documents
from consult_app.storage import reserve
from consult_app.voting import queries as voting
from consult_app.voting.rehearsing import note_rehearsal
from consult_app.web.room import Light
from tests.consult_app.papers import text_of
from tests.consult_app.voting import estate
from tests.faults import hall
from ui.dialogs import trial_slip
from ui.dialogs.issue_slips import LOOPBACK
from ui.dialogs.rehearse import Rehearse, scene
from ui.dialogs.trial_slip import TrialSlip
from ui.dialogs.try_phone import CodePicture
from ui.pages.room import looking


@pytest.fixture
def room(window, desk, owners_body, qtbot):
    """The page for an issued vote of nine, once it has looked."""
    estate.owners_roll(desk.store, Path(desk.app.settings.data), owners_body)
    desk.turn_to(owners_body)
    vote = estate.issued(desk.store, owners_body)
    window.go("room", id=vote.motion)
    page = window.page()
    qtbot.waitUntil(lambda: bool(page.findings.found), timeout=10_000)
    return page, vote


def found(page) -> dict:
    return {one.key: one for one in page.findings.found}


def look(page, qtbot) -> None:
    """Look again, and wait for what is found."""
    qtbot.waitUntil(lambda: not page.looking, timeout=10_000)
    page.look()
    qtbot.waitUntil(lambda: not page.looking, timeout=10_000)


def test_without_a_server_there_is_no_code_to_print(room):
    page, _ = room
    assert not page.codes.put_up.isEnabled()
    assert "投票服务开启后" in page.codes.note.text()


def test_no_address_is_named(room, desk, qtbot, monkeypatch):
    page, _ = room
    monkeypatch.setattr(looking, "lan_addresses", tuple)
    look(page, qtbot)
    assert found(page)["address"].light is Light.RED
    assert "没有连到任何网络" in found(page)["address"].words


def test_a_changed_address_is_named(room, desk, qtbot, monkeypatch):
    page, vote = room
    desk.memory.put(f"slips.{vote.motion}", "192.168.31.20:8080")
    monkeypatch.setattr(looking, "lan_addresses", lambda: ("192.168.31.99",))
    look(page, qtbot)
    assert "192.168.31.99" in found(page)["address"].words


def test_a_closed_port_is_named(room, desk, qtbot):
    page, _ = room

    class Deaf:
        """A server whose port nobody answers at."""

        addresses, phones, failed, alive = (), 0, "", True

        def __init__(self, port: int) -> None:
            self.address, self.port = f"http://127.0.0.1:{port}", port

        def stop(self) -> None:
            """Nothing runs."""

    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        desk.server._child = Deaf(closed.getsockname()[1])
        look(page, qtbot)
        assert found(page)["port"].light is Light.RED
        desk.server._child = None


def test_a_full_disk_and_a_pulled_stick_are_named(room, desk, qtbot, monkeypatch, tmp_path):
    from consult_app.audit import medium

    page, _ = room
    desk.do(medium.set_medium, str(tmp_path / "gone"))
    monkeypatch.setattr(reserve, "free_space", lambda _folder: 1024**2)
    look(page, qtbot)
    assert (found(page)["disk"].light, found(page)["medium"].light) == (Light.RED, Light.RED)


def test_a_clock_set_back_is_named(room, desk, qtbot, clock):
    page, _ = room
    clock.forward(hours=-5)
    look(page, qtbot)
    assert found(page)["clock"].light is Light.RED


def test_a_clock_past_the_closing_time_or_long_after_the_newest_record_is_asked_about(room, qtbot, clock):
    page, _ = room
    clock.forward(hours=2, minutes=59)
    look(page, qtbot)
    assert found(page)["clock"].light is Light.GREEN
    clock.forward(minutes=1)
    look(page, qtbot)
    assert "已过这项表决的截止时间（2026年11月22日 12:00）" in found(page)["clock"].words
    page.motion_id = None
    clock.forward(days=1)
    look(page, qtbot)
    assert (found(page)["clock"].light, "晚 27 小时" in found(page)["clock"].words) == (Light.AMBER, True)


def test_a_test_slip_turns_green_when_its_vote_has_come_and_leaves_nothing(room, desk, qtbot, monkeypatch):
    page, _ = room
    printed: list[bytes] = []
    monkeypatch.setattr(trial_slip, "print_pdf", lambda content, _parent: printed.append(content))
    desk.memory.put("vote.host", LOOPBACK)
    head = desk.ask(chain.head)
    page.try_slip()
    qtbot.waitUntil(lambda: bool(page.findChildren(TrialSlip)), timeout=30_000)
    (sheet,) = page.findChildren(TrialSlip)
    sheet.print_slip()
    assert "演练，不计票" in text_of(printed[0])
    assert sheet.light.state == "waiting"
    assert hall.press(sheet.trial.serving.port, sheet.trial.slip.token).status == 200
    qtbot.waitUntil(lambda: sheet.light.state == "on")
    sheet.reject()
    qtbot.waitUntil(lambda: not folder(desk.app.settings).exists(), timeout=20_000)
    assert not sheet.trial.serving.alive
    look(page, qtbot)
    assert found(page)["phones"].words == "2026年11月22日 09:00 用手机试投成功。"
    assert desk.ask(chain.head) == head


def test_a_rehearsal_is_told_and_leaves_nothing(room, desk, qtbot):
    page, vote = room
    sheet = Rehearse(desk, vote.motion, page)
    sheet.told.connect(page.outcome.say)
    sheet.form.fill(phones=5)
    with qtbot.waitSignal(sheet.told, timeout=60_000):
        sheet._start()
    assert "5 部模拟手机，收到回执 5 份，存入 5 票" in page.outcome.text()
    assert not folder(desk.app.settings).exists()
    assert desk.ask(chain.newest, "room.rehearsed") is not None
    assert desk.screen.rehearsal is None


def test_the_big_screen_shows_the_rehearsal_as_one_and_goes_back(room, desk):
    _, vote = room
    desk.screen.show("title", motion_id=vote.motion)
    before = desk.screen.window.scene
    desk.screen.show_rehearsal(scene(3, 9))
    assert desk.screen.window.scene.title == "演练，不计票"
    desk.screen.end_rehearsal()
    assert desk.screen.window.scene == before


def test_the_zero_report_is_printed_for_the_scrutineers(room, desk, qtbot, monkeypatch):
    from ui import outbox

    kept: list[bytes] = []
    monkeypatch.setattr(outbox, "put_out", lambda _desk, _name, content: kept.append(content))
    page, vote = room
    page.report_zero()
    qtbot.waitUntil(lambda: bool(kept), timeout=20_000)
    told = text_of(kept[0])
    assert "零票报告" in told
    assert "9张（0001—0009）" in told
    (line,) = desk.ask(documents.documents, desk.ask(voting.motion, vote.motion).proposal_id)
    assert desk.ask(documents.pdf, line.id) == kept[0]


def test_the_newest_rehearsal_is_told_whoever_held_it(room, desk, window):
    page, vote = room
    assert page.outcome.text() == "还没有演练过。"
    desk.do(note_rehearsal, vote.motion, "2 部模拟手机，存入 2 票")
    window.go("room", id=vote.motion)
    assert "2 部模拟手机，存入 2 票" in page.outcome.text()


def test_both_codes_are_equally_large_with_their_words_centred_below(room, desk, qtbot):
    class Running:
        """A server that only says where it is."""

        address, pin, phones, failed, alive = "http://192.168.31.20:8080", "", 0, "", True

        def stop(self) -> None:
            """Nothing runs."""

    page, _ = room
    desk.memory.put("wifi.name", "示范小区议事厅")
    desk.memory.put("wifi.password", "yishi2026" * 3)
    desk.server._child = Running()
    page.codes.show_codes()
    found = page.codes.findChildren(CodePicture)
    qtbot.waitUntil(lambda: all(picture.size() == picture.sizeHint() for picture in found))
    assert len({len(picture.code) for picture in found}) == 2, "one holds more than the other"
    assert len({dark_part(picture) for picture in found}) == 1
    for picture in found:
        for words in picture.parent().findChildren(QLabel):
            assert abs(words.geometry().center().x() - picture.geometry().center().x()) <= 1
    desk.server._child = None


def dark_part(picture: CodePicture) -> tuple[int, int, int, int]:
    """Where the code itself stands in its picture, quiet zone without."""
    image = picture.grab().toImage()
    dark = [
        (x, y) for x in range(image.width()) for y in range(image.height()) if image.pixelColor(x, y).lightness() < 128
    ]
    across, down = [x for x, _ in dark], [y for _, y in dark]
    return min(across), min(down), max(across), max(down)
