"""A field that finds a person by room, name or pinyin initials: those of the meeting first, then those of the roll."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QStringListModel, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCompleter, QLineEdit

from consult_app.meetings import queries as meetings
from consult_app.meetings.queries import MeetingFacts
from consult_app.rolls import listing
from consult_app.rolls import queries as rolls
from consult_app.rolls.pinyin import initials
from ui.desk import Desk

MOST = 12
"""How many people are offered."""


@dataclass(frozen=True)
class Found:
    """Someone who fits: name, what they are here as, and how they stand in the list offered."""

    name: str
    capacity: str = ""
    where: str = ""

    @property
    def words(self) -> str:
        """`业主03　1-1-301`."""
        return "　".join(part for part in (self.name, self.where or self.capacity) if part)


class PersonLine(QLineEdit):
    """`chosen(Found)` when one is taken from the list, or Enter is pressed on what was typed."""

    chosen = Signal(object)

    def __init__(self, look: Callable[[str], tuple[Found, ...]], hint: str, name: str) -> None:
        super().__init__()
        self.setPlaceholderText(hint)
        self.setAccessibleName(name)
        self._look = look
        self.offered: tuple[Found, ...] = ()
        self._words = QStringListModel(self)
        self._completer = completer = QCompleter(self._words, self)
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setMaxVisibleItems(MOST)
        self.setCompleter(completer)
        self.textEdited.connect(self._offer)
        completer.activated.connect(self._take)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            popup = self._completer.popup()
            if popup is not None:
                popup.hide()
            self._offer(self.text())
            self.take_typed()
            return
        super().keyPressEvent(event)

    def take_typed(self) -> None:
        """Take the only one who fits what is typed, else the words as they are."""
        typed = self.text().strip()
        if not typed:
            return
        exact = [one for one in self.offered if one.name == typed]
        fitting = exact or list(self.offered)
        self.chosen.emit(fitting[0] if len(fitting) == 1 else Found(typed))

    def _offer(self, text: str) -> None:
        self.offered = self._look(text.strip()) if text.strip() else ()
        self._words.setStringList([one.words for one in self.offered])

    def _take(self, words: str) -> None:
        found = next((one for one in self.offered if one.words == words), Found(words))
        self.setText(found.name)
        self.chosen.emit(found)


def people(desk: Desk, meeting: MeetingFacts, typed: str) -> tuple[Found, ...]:
    """Who fits: people of the meeting, earlier speakers, then the roll."""
    words = typed.casefold()
    here = [Found(one.name, one.capacity) for one in meeting.attendance]
    here += [Found(name, capacity) for name, capacity in desk.ask(meetings.speakers, meeting.id)]
    found = {one.name: one for one in here if words in one.name.casefold() or initials(one.name).startswith(words)}
    roll = desk.ask(rolls.current_roll, desk.body_id) if desk.body_id is not None else None
    if roll is not None and len(found) < MOST:
        for one in desk.ask(listing.find_people, roll.id, typed, MOST):
            found.setdefault(one.name, Found(one.name, "", one.where))
    return tuple(found.values())[:MOST]
