"""Rows, columns and the scrolling body of a page, on the 4-8-12-16-24-32 grid."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLayout, QScrollArea, QVBoxLayout, QWidget

Piece = QWidget | QLayout | int | None


def row(*pieces: Piece, gap: int = 8, margins: tuple[int, int, int, int] = (0, 0, 0, 0)) -> QHBoxLayout:
    """Pieces side by side; a number is an empty space in pixels, None takes up what is left."""
    layout = QHBoxLayout()
    _fill(layout, pieces, gap, margins)
    return layout


def column(*pieces: Piece, gap: int = 8, margins: tuple[int, int, int, int] = (0, 0, 0, 0)) -> QVBoxLayout:
    """Pieces one under the other; a number is an empty space in pixels, None takes up what is left."""
    layout = QVBoxLayout()
    _fill(layout, pieces, gap, margins)
    return layout


def boxed(layout: QLayout, margins: bool = False) -> QWidget:
    """A widget around a layout; the layout's own margins are kept when asked for."""
    widget = QWidget()
    if not margins:
        layout.setContentsMargins(0, 0, 0, 0)
    widget.setLayout(layout)
    return widget


def scrolling(layout: QLayout, margins: tuple[int, int, int, int] = (24, 20, 24, 24)) -> QScrollArea:
    """A page body that scrolls up and down when the window is small."""
    inside = _Inside()
    inside.setProperty("look", "page")
    layout.setContentsMargins(*margins)
    inside.setLayout(layout)
    area = QScrollArea()
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(inside)
    return area


class _Inside(QWidget):
    """What scrolls. Its height follows its width: without one, wrapped words ask for more lines than they will take."""

    def minimumSizeHint(self) -> QSize:
        hint = super().minimumSizeHint()
        return QSize(hint.width(), 0) if self.hasHeightForWidth() else hint


def clear(layout: QLayout) -> None:
    """Empty a layout; its widgets are deleted."""
    while item := layout.takeAt(0):
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
        elif (inner := item.layout()) is not None:
            clear(inner)


def refill(layout: QBoxLayout, *pieces: Piece) -> None:
    """Empty a row or column and fill it anew."""
    clear(layout)
    _add(layout, pieces)


def each(items: Any, make: Callable[[Any], QWidget]) -> list[QWidget]:
    """One widget for each item."""
    return [make(item) for item in items]


def _fill(layout: QBoxLayout, pieces: tuple[Piece, ...], gap: int, margins: tuple[int, int, int, int]) -> None:
    layout.setSpacing(gap)
    layout.setContentsMargins(*margins)
    _add(layout, pieces)


def _add(layout: QBoxLayout, pieces: tuple[Piece, ...]) -> None:
    for piece in pieces:
        if piece is None:
            layout.addStretch(1)
        elif isinstance(piece, int):
            layout.addSpacing(piece)
        elif isinstance(piece, QLayout):
            layout.addLayout(piece)
        else:
            layout.addWidget(piece)
