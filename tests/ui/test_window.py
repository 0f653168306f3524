"""The window: rail, navigation, message bar, font size, body switcher, start and refused start."""

import sqlite3
import subprocess
import sys

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton

from consult_app.app import lock_desk
from consult_app.bodies.actions import add_body
from ui.desk import Message
from ui.dialogs.add_body import AddBody
from ui.dialogs.refused_start import RefusedStart
from ui.pages import PAGES, RAIL


@pytest.mark.parametrize(("place", "page"), list(enumerate((page for page, _ in RAIL), 1)))
def test_alt_and_a_number_opens_a_page(qtbot, window, place, page):
    key = Qt.Key(Qt.Key.Key_0 + place)
    window.go("settings" if page == "home" else "home")
    window.activateWindow()
    qtbot.keyClick(window, key, Qt.KeyboardModifier.AltModifier)
    assert window.place == (page, {})
    assert window.rail.buttons[page].isChecked()


def test_back_opens_the_place_before(window):
    window.go("matters")
    window.go("settings")
    window.back()
    assert window.place == ("matters", {})


def test_every_button_of_the_window_has_a_name(window):
    for page, _ in RAIL:
        window.go(page)
    assert [
        button for button in window.findChildren(QPushButton) if not button.accessibleName() and button.text()
    ] == []


def test_every_page_belongs_to_the_rail():
    assert {page.rail for page in PAGES.values()} == {page for page, _ in RAIL}


def test_an_empty_window_offers_to_found_a_body(qtbot, window, desk):
    button = next(button for button in window.page().findChildren(QPushButton) if button.text() == "建立")
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    dialog = window.findChild(AddBody)
    dialog.form.fill(kind="owners", name="示范小区业主大会")
    qtbot.mouseClick(dialog.action_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "示范小区业主大会" in window.top.switch.text())
    assert desk.body_id is not None


def test_a_refusal_stands_beside_its_field_and_what_was_typed_stays(qtbot, window, desk):
    desk.do(add_body, "owners", "示范小区业主大会")
    dialog = AddBody(desk, window)
    qtbot.addWidget(dialog)
    dialog.open()
    dialog.form.fill(name="示范小区业主大会")
    qtbot.mouseClick(dialog.action_button, Qt.MouseButton.LeftButton)
    assert "已经存在" in dialog.form.error_of("name")
    assert dialog.form.values()["name"] == "示范小区业主大会"
    assert dialog.isVisible()


def test_escape_leaves_a_dialog_without_doing(qtbot, window, desk):
    dialog = AddBody(desk, window)
    qtbot.addWidget(dialog)
    dialog.open()
    dialog.form.fill(name="示范小区业主大会")
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    assert desk.body_id is None


def test_a_message_offers_the_way_back(qtbot, window, desk):
    undone = []
    desk.say("已登记。", undo=lambda: undone.append(True))
    assert window.message.isVisible()
    qtbot.mouseClick(window.message.button, Qt.MouseButton.LeftButton)
    assert undone == [True]
    assert not window.message.isVisible()


def test_what_a_resident_typed_is_never_read_as_markup(window, desk):
    desk.said.emit(Message("<b>加粗</b>"))
    assert window.message.words.textFormat() == Qt.TextFormat.PlainText


def test_the_font_is_remembered_within_bounds(window, desk):
    window.resize_font(40)
    assert desk.memory.get("font") == 18
    window.resize_font(11)
    assert QApplication.font().pointSizeF() == 11


def test_search_finds_a_matter_by_pinyin(qtbot, window, desk):
    from tests.screens import Stage
    from tests.screens_of.home import matters

    stage = Stage.__new__(Stage)  # the stage of the shots, on this window's desk
    stage.store, stage.clock, stage.desk = desk.store, desk.store.clock, desk
    matters(stage, 3)
    window.top.search.setText("jzdt")
    window.top.search.search()
    assert window.top.search.found.item(0).text().startswith("议题　加装电梯")
    qtbot.keyClick(window.top.search, Qt.Key.Key_Return)
    assert window.place[0] == "matter"


def started(folder):
    command = [sys.executable, "-m", "consult_app", "--data", str(folder.data), "desk", "--quit-after-paint"]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)


def test_the_window_opens_and_ends_after_its_first_frame(folder):
    ended = started(folder)
    assert ended.returncode == 0, ended.stderr


def test_a_second_window_on_the_same_data_is_refused(app, folder):
    lock = lock_desk(folder)
    ended = started(folder)
    lock.release()
    assert ended.returncode == 2
    assert "另一个窗口" in ended.stderr


def test_data_of_a_newer_version_are_refused(app, folder):
    with sqlite3.connect(folder.database_file) as database:
        database.execute("update alembic_version set version_num = '9999'")
    ended = started(folder)
    assert ended.returncode == 2
    assert "更新版本" in ended.stderr


def test_a_refused_start_says_why(qtbot):
    page = RefusedStart("数据文件由更新版本的软件建立。")
    qtbot.addWidget(page)
    assert "更新版本" in page.note.text()
    assert not page.action_button.isVisible()
