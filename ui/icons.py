"""The line icons (Lucide, ISC) in any colour and size."""

from functools import cache

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from consult_app.kernel import resources
from ui import theme

SINKING = 0.07
"""How far an icon sinks, in parts of its size: Chinese characters stand below the middle of their line."""

GAP = 0.25
"""The space between an icon and its word, in parts of the icon's size."""

SMALLEST, LARGEST, STEP = 16, 36, 4
"""The sizes drawn, in pixels: from the smallest font to the largest."""


@cache
def icon(name: str, colour: str = theme.INK, active: str | None = None, gap: float = 0) -> QIcon:
    """The icon of a name in `resources/icons`; `active` is its colour when its button is checked. Always with a word beside it.

    `gap` leaves room after it, in parts of its size: the picture is then wider than high.
    """
    found = QIcon()
    for size in range(SMALLEST, LARGEST + 1, STEP):
        for ink, mode, state in _inks(colour, active):
            found.addPixmap(_beside_words(name, size, ink, gap), mode, state)
    return found


def icon_size(line: int, gap: float = 0) -> QSize:
    """The size of an icon beside words whose line is so many pixels high; always one that `icon` has drawn."""
    size = max(SMALLEST, min(LARGEST, line // STEP * STEP))
    return QSize(round(size * (1 + gap)), size)


def _inks(colour: str, active: str | None) -> list[tuple[str, QIcon.Mode, QIcon.State]]:
    inks = [(colour, QIcon.Mode.Normal, QIcon.State.Off), ("#A5A49E", QIcon.Mode.Disabled, QIcon.State.Off)]
    return inks + ([(active, QIcon.Mode.Normal, QIcon.State.On)] if active else [])


def _beside_words(name: str, size: int, colour: str, gap: float) -> QPixmap:
    picture = QPixmap(icon_size(size, gap))
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    _draw(painter, name, colour, QRectF(0, size * SINKING, size, size))
    painter.end()
    return picture


def pixmap(name: str, size: int, colour: str = theme.INK, ratio: float = 1.0) -> QPixmap:
    """The icon as a picture of `size` logical pixels at a screen's pixel ratio."""
    picture = QPixmap(QSize(round(size * ratio), round(size * ratio)))
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    _draw(painter, name, colour, QRectF(0, 0, picture.width(), picture.height()))
    painter.end()
    picture.setDevicePixelRatio(ratio)
    return picture


def _draw(painter: QPainter, name: str, colour: str, place: QRectF) -> None:
    _renderer(name, colour).render(painter, place)


@cache
def _renderer(name: str, colour: str) -> QSvgRenderer:
    text = resources.path("icons", f"{name}.svg").read_text(encoding="utf-8")
    thinner = text.replace('stroke-width="2"', 'stroke-width="1.6"')
    return QSvgRenderer(QByteArray(thinner.replace("currentColor", colour).encode()))
