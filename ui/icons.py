"""The line icons (Lucide, ISC) in any colour and size."""

from functools import cache

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from consult_app.kernel import resources
from ui import theme


def icon(name: str, colour: str = theme.INK, active: str | None = None) -> QIcon:
    """The icon of a name in `resources/icons`; `active` is its colour when its button is checked. Always with a word beside it."""
    found = QIcon()
    for size in (16, 20, 24, 32, 48):
        found.addPixmap(pixmap(name, size, colour))
        found.addPixmap(pixmap(name, size, "#A5A49E"), QIcon.Mode.Disabled)
        if active:
            found.addPixmap(pixmap(name, size, active), QIcon.Mode.Normal, QIcon.State.On)
    return found


def pixmap(name: str, size: int, colour: str = theme.INK, ratio: float = 1.0) -> QPixmap:
    """The icon as a picture of `size` logical pixels at a screen's pixel ratio."""
    picture = QPixmap(QSize(round(size * ratio), round(size * ratio)))
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    QSvgRenderer(QByteArray(_drawing(name).replace("currentColor", colour).encode())).render(
        painter, QRectF(0, 0, picture.width(), picture.height())
    )
    painter.end()
    picture.setDevicePixelRatio(ratio)
    return picture


@cache
def _drawing(name: str) -> str:
    text = resources.path("icons", f"{name}.svg").read_text(encoding="utf-8")
    return text.replace('stroke-width="2"', 'stroke-width="1.6"')
