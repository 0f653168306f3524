"""Forms: label, field, and the error beside it. What was typed stays whatever happens.

form = Form()
form.line("title", "议题名称", hint="如：加装电梯", needed=True)
form.choice("kind", "主体类型", (("owners", "业主大会"), ("village", "村民会议")))
...
with form.guard():                     # a refusal is put beside its field by name
    desk.do(register, **form.values())
    ...                                # runs only when it was not refused
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from PySide6.QtCore import QDate, QDateTime, QEvent, QObject, Qt, QTime, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDateEdit,
    QDateTimeEdit,
    QLineEdit,
    QPlainTextEdit,
    QSizePolicy,
    QSpinBox,
    QWidget,
)

from consult_app.kernel.errors import Refused
from consult_app.kernel.text import CHINA
from ui.widgets.layout import column, row
from ui.widgets.text import Words, literal, small


@dataclass
class _Field:
    widget: QWidget
    read: Callable[[], Any]
    write: Callable[[Any], None]
    error: Words
    block: QWidget


class Form(QWidget):
    """Fields one under the other, in `columns` columns; each is named as the action's argument is."""

    changed = Signal()
    """The user changed a field."""

    def __init__(self, columns: int = 1) -> None:
        super().__init__()
        self.fields: dict[str, _Field] = {}
        self.general = Words("", "error", wrap=True)
        self.general.hide()
        self._columns = [column(None, gap=12) for _ in range(columns)]
        self._next = 0
        self._fixed: int | None = None
        across = row(*self._columns, gap=24)
        for place in range(columns):
            across.setStretch(place, 1)
        self.setLayout(column(across, self.general, gap=8))

    # fields

    def line(
        self, name: str, label: str, *, value: str = "", hint: str = "", note: str = "", needed: bool = False
    ) -> QLineEdit:
        """One line of text."""
        field = QLineEdit(value)
        field.setPlaceholderText(hint)
        field.textEdited.connect(lambda: self._touched(name))
        self.add(name, label, field, field.text, lambda found: field.setText(found or ""), note=note, needed=needed)
        return field

    def text(
        self,
        name: str,
        label: str,
        *,
        value: str = "",
        hint: str = "",
        note: str = "",
        rows: int = 4,
        needed: bool = False,
    ) -> QPlainTextEdit:
        """Several lines of text; Tab goes on to the next field."""
        field = QPlainTextEdit(value)
        field.setPlaceholderText(hint)
        field.setTabChangesFocus(True)
        field.setFixedHeight(field.fontMetrics().lineSpacing() * rows + 24)
        field.textChanged.connect(lambda: self._touched(name))
        self.add(
            name,
            label,
            field,
            field.toPlainText,
            lambda found: field.setPlainText(found or ""),
            note=note,
            needed=needed,
        )
        return field

    def choice(
        self,
        name: str,
        label: str,
        options: Sequence[tuple[Any, str]] = (),
        *,
        value: Any = None,
        note: str = "",
        needed: bool = False,
    ) -> QComboBox:
        """One of several (value, words); `form.offer(name, options)` changes them."""
        field = NoWheelCombo()
        self.add(
            name,
            label,
            field,
            field.currentData,
            lambda found: field.setCurrentIndex(_place_of(field, found)),
            note=note,
            needed=needed,
        )
        self.offer(name, options)
        if value is not None:
            field.setCurrentIndex(_place_of(field, value))
        field.activated.connect(lambda: self._touched(name))
        return field

    def day(
        self, name: str, label: str, *, value: date | None = None, note: str = "", needed: bool = False
    ) -> QDateEdit:
        """A day with a calendar."""
        field = QDateEdit()
        field.setCalendarPopup(True)
        field.setDisplayFormat("yyyy年M月d日")
        if value is not None:
            field.setDate(_qdate(value))
        field.dateChanged.connect(lambda: self._touched(name))
        self.add(
            name,
            label,
            field,
            lambda: _pydate(field.date()),
            lambda found: field.setDate(_qdate(found)),
            note=note,
            needed=needed,
        )
        return field

    def moment(
        self, name: str, label: str, *, value: datetime | None = None, note: str = "", needed: bool = False
    ) -> QDateTimeEdit:
        """A day and time in China; read as an aware datetime."""
        field = QDateTimeEdit()
        field.setCalendarPopup(True)
        field.setDisplayFormat("yyyy年M月d日 HH:mm")

        def write(found: datetime) -> None:
            here = found.astimezone(CHINA)
            field.setDateTime(QDateTime(_qdate(here.date()), QTime(here.hour, here.minute)))

        if value is not None:
            write(value)
        field.dateTimeChanged.connect(lambda: self._touched(name))
        self.add(name, label, field, lambda: _pymoment(field), write, note=note, needed=needed)
        return field

    def number(
        self, name: str, label: str, *, value: int = 0, least: int = 0, most: int = 9999, unit: str = "", note: str = ""
    ) -> QSpinBox:
        """A whole number."""
        field = QSpinBox()
        field.setRange(least, most)
        field.setValue(value)
        field.setSuffix(f" {unit}" if unit else "")
        field.lineEdit().setTextMargins(8, 0, 8, 0)
        field.valueChanged.connect(lambda: self._touched(name))
        self.add(name, label, field, field.value, field.setValue, note=note)
        return field

    def tick(self, name: str, words: str, *, value: bool = False, note: str = "") -> QCheckBox:
        """Yes or no, said in words beside the box."""
        field = QCheckBox(literal(words))
        field.setChecked(value)
        field.toggled.connect(lambda: self._touched(name))
        self.add(name, "", field, field.isChecked, lambda found: field.setChecked(bool(found)), note=note)
        field.setAccessibleName(words)
        return field

    def add(
        self,
        name: str,
        label: str,
        widget: QWidget,
        read: Callable[[], Any],
        write: Callable[[Any], None] = lambda _value: None,
        *,
        note: str = "",
        needed: bool = False,
    ) -> QWidget:
        """Any other widget as a field: how it is read and written."""
        words, error = Words(literal(label) + (" *" if needed else "")), Words("", "error", wrap=True)
        words.setBuddy(widget)
        words.setVisible(bool(label))
        error.hide()
        widget.setAccessibleName(label)
        widget.setAccessibleDescription(note)
        if not isinstance(widget, QCheckBox):
            widget.setSizePolicy(QSizePolicy.Policy.Expanding, widget.sizePolicy().verticalPolicy())
        inside = column(words, widget, gap=4)
        if note:
            inside.addWidget(small(note, wrap=True))
        inside.addWidget(error)
        block = QWidget()
        block.setLayout(inside)
        words.setVisible(bool(label))
        self.fields[name] = _Field(widget, read, write, error, block)
        under = self._columns[self._next % len(self._columns) if self._fixed is None else self._fixed]
        under.insertWidget(under.count() - 1, block)  # above the stretch that keeps columns at the top
        self._next += 1
        return widget

    def into(self, column: int) -> None:
        """Put the fields that follow into this column, from 0, one under the other."""
        self._fixed = column

    # values

    def values(self, *names: str) -> dict[str, Any]:
        """What the fields hold, by name; of some fields only when named."""
        return {name: field.read() for name, field in self.fields.items() if not names or name in names}

    def fill(self, **values: Any) -> None:
        """Set fields by name, without counting as a change by the user."""
        self.blockSignals(True)
        for name, value in values.items():
            self.fields[name].write(value)
        self.blockSignals(False)

    def offer(self, name: str, options: Sequence[tuple[Any, str]]) -> None:
        """Change the options of a choice; keeps the chosen one if it is still among them."""
        field = self.fields[name].widget
        assert isinstance(field, QComboBox)
        kept = field.currentData()
        field.clear()
        for value, words in options:
            field.addItem(words, value)
        if kept is not None and (place := _place_of(field, kept)) >= 0:
            field.setCurrentIndex(place)

    def show_only(self, *names: str) -> None:
        """Hide all fields but these."""
        for name, field in self.fields.items():
            field.block.setVisible(name in names)

    def lock(self, locked: bool = True) -> None:
        """Make all fields read-only, or not."""
        for field in self.fields.values():
            field.widget.setEnabled(not locked)

    # errors

    @contextmanager
    def guard(self) -> Iterator[None]:
        """Say a refusal of what runs inside beside its field; a refusal of no field here under the form."""
        self.clear_errors()
        try:
            yield
        except Refused as refused:
            self.show_refusal(refused)

    def show_refusal(self, refused: Refused) -> None:
        """Say a refusal beside the field it names, else under the form, and put the cursor there."""
        field = self.fields.get(refused.field or "")
        words = field.error if field else self.general
        words.say(str(refused))
        words.show()
        if field:
            _mark(field.widget, True)
            field.widget.setAccessibleDescription(str(refused))
            field.widget.setFocus(Qt.FocusReason.OtherFocusReason)

    def clear_errors(self) -> None:
        """Take all errors away."""
        self.general.hide()
        for name in self.fields:
            self._clear(name)

    def error_of(self, name: str) -> str:
        """The error beside a field; empty when there is none."""
        return "" if self.fields[name].error.isHidden() else self.fields[name].error.text()

    def _clear(self, name: str) -> None:
        field = self.fields[name]
        if not field.error.isHidden():
            field.error.hide()
            _mark(field.widget, False)

    def _touched(self, name: str) -> None:
        if name in self.fields:
            self._clear(name)
        self.changed.emit()


class NoWheelCombo(QComboBox):
    """A combo box that the wheel does not change while a page is scrolled past it."""

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(8)
        self.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Wheel and not self.hasFocus():
            event.ignore()
            return True
        return super().eventFilter(watched, event)


def _mark(widget: QWidget, wrong: bool) -> None:
    widget.setProperty("wrong", wrong)
    widget.style().unpolish(widget)
    widget.style().polish(widget)


def _place_of(field: QComboBox, value: Any) -> int:
    return next((place for place in range(field.count()) if field.itemData(place) == value), -1)


def _qdate(day: date) -> QDate:
    return QDate(day.year, day.month, day.day)


def _pydate(day: QDate) -> date:
    return date(day.year(), day.month(), day.day())


def _pymoment(field: QDateTimeEdit) -> datetime:
    day, time = field.date(), field.time()
    return datetime(day.year(), day.month(), day.day(), time.hour(), time.minute(), tzinfo=CHINA)
