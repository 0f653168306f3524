"""A flow outlives its pieces: Qt may delete one while the page around it goes away."""

import shiboken6
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from ui.widgets.flow import Flow, flowing


def widget_of(qtbot: QtBot, flow: Flow, *words: str) -> QWidget:
    """A shown widget with a button for each word."""
    for word in words:
        flow.addWidget(QPushButton(word))
    widget = flowing(flow)
    qtbot.addWidget(widget)
    widget.show()
    return widget


def test_a_piece_that_qt_deleted_is_no_longer_there(qtbot: QtBot) -> None:
    flow = Flow()
    widget = widget_of(qtbot, flow, "一", "二")
    first = flow.itemAt(0)
    assert first is not None
    shiboken6.delete(first)
    assert flow.count() == 1
    assert flow.minimumSize().height() > 0
    widget.resize(300, 200)
    widget.setStyleSheet("QPushButton { padding: 9px; }")
    assert flow.itemAt(1) is None


def test_a_button_that_is_deleted_leaves_the_others_side_by_side(qtbot: QtBot) -> None:
    flow = Flow()
    widget = widget_of(qtbot, flow, "一", "二", "三")
    shiboken6.delete(widget.findChildren(QPushButton)[1])
    assert flow.count() == 2
    assert flow.heightForWidth(2000) == flow.sizeHint().height()
