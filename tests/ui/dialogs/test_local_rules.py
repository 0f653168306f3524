from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from consult_app.voting import local_rules
from consult_app.voting.rulebook import BadPack
from tests.consult_app.voting.test_adopting import CITY
from ui.desk import Desk
from ui.dialogs.local_rules import LocalRules, Withdraw


@pytest.fixture
def card(qtbot: QtBot, desk: Desk) -> LocalRules:
    found = LocalRules(desk)
    qtbot.addWidget(found)
    found.show()
    return found


def words(card: LocalRules) -> str:
    return "\n".join(label.text() for label in card.findChildren(QLabel))


def test_an_adopted_pack_is_listed_and_can_be_withdrawn_with_a_reason(
    qtbot: QtBot, card: LocalRules, desk: Desk, tmp_path: Path
) -> None:
    assert "目前只用国家规则" in words(card)
    file = tmp_path / "示范市.toml"
    file.write_text(CITY, "utf-8")
    card.adopt(file)
    qtbot.waitUntil(lambda: "示范市规则" in words(card))
    next(button for button in card.findChildren(QPushButton) if button.text() == "停用…").click()
    sheet = card.findChild(Withdraw)
    assert sheet is not None
    sheet.action_button.click()
    assert sheet.isVisible()
    assert sheet.form.error_of("reason")
    sheet.form.fill(reason="地方规定已经废止")
    sheet.action_button.click()
    assert desk.ask(local_rules.packs) == ()
    qtbot.waitUntil(lambda: "目前只用国家规则" in words(card))


def test_a_pack_below_the_law_is_shown_with_its_warning(card: LocalRules, qtbot: QtBot, tmp_path: Path) -> None:
    file = tmp_path / "示范市.toml"
    file.write_text(CITY.replace("2/3", "1/3"), "utf-8")
    card.adopt(file)
    qtbot.waitUntil(lambda: "低于国家规定的全体的过半数。表决时请以法律为准。" in words(card))


def test_a_wrong_file_is_refused_and_the_list_stays(card: LocalRules, tmp_path: Path) -> None:
    file = tmp_path / "信.toml"
    file.write_text("这是一封信", "utf-8")
    with pytest.raises(BadPack, match="信"):
        card.adopt(file)
    assert "目前只用国家规则" in words(card)
