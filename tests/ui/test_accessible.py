"""Every page and sheet by keyboard and screen reader: each thing one can operate has a name in words, and Tab comes to it."""

import re
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QHeaderView,
    QLineEdit,
    QScrollBar,
    QTabBar,
    QWidget,
)

from tests.screens import Shot, Stage, shots

_STATES = (
    *("home-empty", "home-usual", "matters-usual", "matter-1-propose", "matter-4-decide", "register-refused"),
    *("meetings-usual", "meeting-running", "votes-usual", "vote-drafted", "vote-open", "vote-declared"),
    *("roll-opened", "roll-empty", "roll-import-usual", "roll-import-empty", "notices-usual", "document-draft"),
    *("document-issued", "archive-waiting", "archive-broken", "settings-usual", "recovery-lost"),
    *("sheet-screening-chosen", "sheet-meeting", "sheet-scan", "sheet-filing", "sheet-review", "sheet-work-order"),
    *("dialog-add-body", "dialog-two-people", "meeting-sheet-attendance", "meeting-sheet-opinion", "roll-unit-sheet"),
    *("vote-sheet-draft", "vote-sheet-paper", "vote-sheet-issue", "vote-sheet-hand"),
)
"""One usual state of every page, and the sheets."""

_KNOWN = {shot.name: shot for shot in shots()}


@pytest.fixture(params=_STATES, scope="module")
def shown(
    request: pytest.FixtureRequest, qapp: QApplication, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[QWidget]:
    """A page or sheet in a usual state, on the screen; drawn once for all that is asked of it."""
    shot: Shot = _KNOWN[request.param]
    stage = Stage(tmp_path_factory.mktemp("shot"))
    widget = shot.draw(stage)
    assert isinstance(widget, QWidget)
    widget.show()
    assert QTest.qWaitForWindowExposed(widget)
    yield widget
    widget.close()
    stage.close()
    widget.deleteLater()


def test_every_control_has_a_name_in_words(shown: QWidget) -> None:
    nameless = [_where(control) for control in _controls(shown) if not re.search(r"\w", _name(control))]
    assert not nameless, "\n".join(nameless)


def test_tab_comes_to_every_control(shown: QWidget) -> None:
    reached = set[QWidget]()
    at = shown.nextInFocusChain()
    while at is not None and at is not shown and at not in reached:
        reached.add(at)
        at = at.nextInFocusChain()
    lost = [
        _where(control) for control in _controls(shown) if control.isEnabled() and not _comes_by_tab(control, reached)
    ]
    assert not lost, "\n".join(lost)


def _comes_by_tab(control: QWidget, reached: set[QWidget]) -> bool:
    """Whether Tab stops here, or at what this is a part of: of several that exclude each other, the arrow keys choose."""
    group = control.group() if isinstance(control, QAbstractButton) else None
    stops = group.buttons() if group is not None and group.exclusive() else [control]
    return any(stop in reached and bool(stop.focusPolicy() & Qt.FocusPolicy.TabFocus) for stop in stops)


def _controls(shown: QWidget) -> list[QWidget]:
    """What one can operate, without the parts that Qt makes inside its own controls."""
    found = [one for one in shown.findChildren(QWidget) if one.isVisible() and _is_control(one)]
    return [one for one in found if not isinstance(one.parent(), QAbstractSpinBox | QComboBox | QLineEdit)]


def _is_control(widget: QWidget) -> bool:
    if isinstance(widget, QHeaderView | QScrollBar | QTabBar) or widget.inherits("QTableCornerButton"):
        return False
    if isinstance(widget, QAbstractButton | QLineEdit | QComboBox | QAbstractSpinBox | QAbstractItemView):
        return True
    if isinstance(widget, QAbstractScrollArea) and widget.focusPolicy() == Qt.FocusPolicy.NoFocus:
        return False
    return bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)


def _name(control: QWidget) -> str:
    spoken = QAccessible.queryAccessibleInterface(control)
    return spoken.text(QAccessible.Text.Name) if spoken is not None else control.accessibleName()


def _where(control: QWidget) -> str:
    """A control as a developer finds it: its kind inside the kinds around it."""
    kinds: list[str] = []
    at: QWidget | None = control
    while at is not None and len(kinds) < 4:
        kinds.append(type(at).__name__)
        at = at.parentWidget()
    words = getattr(control, "text", lambda: "")()
    return f"{' < '.join(kinds)} {words!r}"
