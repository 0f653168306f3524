"""检查与恢复: what was found after a crash, said in plain words, with the way out beside it."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel

from consult_app.audit import medium, medium_folder, second_medium
from consult_app.storage import journal
from consult_app.voting import recovery
from consult_app.voting.recovery import Report, Weight
from tests.consult_app.voting import estate
from tests.consult_app.voting.estate import FOR
from tests.fixtures import SECRETARY
from ui.dialogs.second_medium import SecondMediumCard
from ui.pages.recovery import CRASHED, _verdict


@pytest.fixture
def stick(tmp_path: Path, monkeypatch, app) -> Path:
    """A second medium."""
    found = tmp_path / "stick"
    found.mkdir()
    monkeypatch.setattr(second_medium, "PATIENCE", 60.0)  # a busy machine may take seconds for a sync
    medium_folder.choose(app.settings.data, found)
    return found


@pytest.fixture
def page(qtbot, stick, store, owners_body, tmp_path, window):
    """The page after a crash in an open vote of one ballot."""
    estate.owners_roll(store, tmp_path, owners_body)
    estate.opened(store, owners_body).cast(0, FOR)
    window.go("recovery", took_over=True)
    found = window.page()
    qtbot.waitUntil(lambda: found.verdict.text() != "正在检查……", timeout=20_000)
    return found


def words(page) -> str:
    """All that the page says of its findings."""
    return "\n".join(label.text() for label in page.findChildren(QLabel) if label.isVisibleTo(page))


def test_after_a_crash_everything_that_fits_is_said_to_fit(qtbot, page):
    qtbot.waitUntil(lambda: "副本介质相符" in words(page))
    assert page.verdict.text() == "数据完好，没有丢票"
    assert page.lead.text() == CRASHED
    assert page.last.text() == "最后一票：选票 0001，2026年11月22日 09:00，手机"
    assert page.server.isVisible()
    assert not page.renew.isVisible()


def test_a_lost_vote_is_red_with_its_slip_and_what_to_do(qtbot, page, stick, app):
    (path,) = stick.glob("*.txt")
    reading = journal.read(path)
    lost = journal.Line(10**6, "", "ballot.cast", "motion:1", "f" * 64, "0007", "手机")
    journal.append(path, journal.tail_of(reading), [lost])
    page.examine()
    qtbot.waitUntil(lambda: "选票 0007" in words(page), timeout=20_000)
    assert "重新投票" in words(page)
    qtbot.waitUntil(page.renew.isVisible, timeout=20_000)
    old = app.medium.renew(SECRETARY, "已通知重投")
    assert journal.read(old).last == lost
    qtbot.waitUntil(lambda: page.verdict.text() == "数据完好，没有丢票", timeout=10_000)


def test_the_way_on_leads_home(page, window):
    page.proceed.click()
    assert window.place == ("home", {})


def test_a_hint_is_not_called_a_fault():
    note = recovery.Finding("副本", Weight.NOTE, "没有设副本介质，无从对照。")
    assert _verdict(Report((note,), None, "")) == "数据完好，没有丢票，有一处提示"


def test_the_card_of_the_settings_says_how_the_medium_stands(qtbot, window, desk, stick):
    window.go("settings")
    (card,) = window.page().findChildren(SecondMediumCard)
    card.set_folder(stick)
    assert card.place.text() == f"{stick}　正常"
    assert "同一块磁盘" in card.note.text()
    stick.rename(stick.with_name("pulled"))
    qtbot.waitUntil(lambda: "没有插好" in card.place.text(), timeout=60_000)
    card.stop.click()
    assert card.place.text() == "还没有设。建议开会前插一个 U 盘。"
    assert desk.ask(medium.medium).place == ""
