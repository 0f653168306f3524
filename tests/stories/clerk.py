"""The secretary's hands on the window: press what bears the words, fill in the sheet that is open, wait until it shows."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from ui.desk import Desk
from ui.window import Window

PATIENCE = 30_000
"""Milliseconds the window may take on a machine that is busy with other things."""


class Clerk:
    """One person at one window."""

    def __init__(self, window: Window, desk: Desk, qtbot: QtBot) -> None:
        self.window, self.desk, self.qtbot = window, desk, qtbot

    @property
    def page(self) -> Any:
        """The page that is shown."""
        return self.window.page()

    @property
    def sheet(self) -> Any:
        """The dialog that is open on top."""
        found = QApplication.activeModalWidget()
        assert isinstance(found, QDialog), "no dialog is open"
        return found

    def wait(self, condition: Callable[[], object]) -> None:
        """Until something is so."""
        self.qtbot.waitUntil(lambda: bool(condition()), timeout=PATIENCE)

    def press(self, words: str) -> None:
        """Press the button that begins with the words, in the dialog on top or else on the page."""
        self.wait(lambda: self._button(words))
        self.qtbot.mouseClick(self._button(words), Qt.MouseButton.LeftButton)

    def type(self, field: QLineEdit, words: str) -> None:
        """Type words into a line and press Enter."""
        field.setFocus()
        field.setText(words)
        field.textEdited.emit(words)
        self.qtbot.keyClick(field, Qt.Key.Key_Return)

    def fill(self, files: dict[str, Path] | None = None, /, **values: Any) -> None:
        """Fill in the sheet on top, and decide; nothing may be refused."""
        sheet = self.sheet
        sheet.form.fill(**values)
        for name, path in (files or {}).items():
            sheet.pickers[name].take((path,))
        self.wait(sheet.action_button.isEnabled)
        self.qtbot.mouseClick(sheet.action_button, Qt.MouseButton.LeftButton)
        refused = [sheet.form.error_of(name) for name in sheet.form.fields if sheet.form.error_of(name)]
        assert not refused + [words for words in (sheet.form.general.text(),) if not sheet.form.general.isHidden()]
        self.desk.look()

    def confirm(self) -> None:
        """Press the one button of the dialog on top."""
        self.qtbot.mouseClick(self.sheet.action_button, Qt.MouseButton.LeftButton)
        self.desk.look()

    def take_up(self, artefact: str) -> None:
        """Press the button of an artefact on the page of a matter."""
        button = self.page.cards.cards[artefact].button
        assert button is not None, f"nothing to do about {artefact}"
        assert button.isEnabled(), button.toolTip()
        self.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)

    def complete(self) -> None:
        """Complete the present step of the matter."""
        assert self.page.complete.isEnabled(), self.page.complete.toolTip()
        self.qtbot.mouseClick(self.page.complete, Qt.MouseButton.LeftButton)
        self.desk.look()

    def _button(self, words: str) -> QPushButton | None:
        place: QWidget = QApplication.activeModalWidget() or self.window
        found = (one for one in place.findChildren(QPushButton) if one.text().startswith(words))
        return next((one for one in found if one.isVisible() and one.isEnabled()), None)
