"""Buttons. One primary button a page; a greyed one says why."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QMenu, QPushButton, QSizePolicy

from ui import theme
from ui.icons import GAP, icon_size
from ui.icons import icon as line_icon
from ui.widgets.text import literal, tip


class Button(QPushButton):
    """A button of a look (primary, plain, quiet, danger, tab), with an icon from `resources/icons` if named."""

    def __init__(self, text: str, clicked: Callable[[], object] | None = None, look: str = "", icon: str = "") -> None:
        super().__init__(literal(text))
        self.setProperty("look", look)
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(text)
        if icon:
            colour = {"primary": "#FFFFFF", "danger": theme.CINNABAR, "quiet": theme.PINE}.get(look, theme.INK)
            self.setIcon(line_icon(icon, colour, theme.PINE, GAP))
            self.setIconSize(icon_size(self.fontMetrics().height(), GAP))
        if clicked is not None:
            self.clicked.connect(lambda _checked=False: clicked())

    def allow(self, why_not: str = "") -> None:
        """Grey the button with the reason it cannot be used, or make it usable when there is none."""
        self.setEnabled(not why_not)
        self.setToolTip(tip(why_not))
        self.setAccessibleDescription(why_not)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and not self.icon().isNull():
            self.setIconSize(icon_size(self.fontMetrics().height(), GAP))

    def rename(self, text: str) -> None:
        """Change the word on the button."""
        self.setText(literal(text))
        self.setAccessibleName(text)


def primary(text: str, clicked: Callable[[], object] | None = None, icon: str = "") -> Button:
    """The one button a page leads to."""
    return Button(text, clicked, "primary", icon)


def plain(text: str, clicked: Callable[[], object] | None = None, icon: str = "") -> Button:
    """Any other button."""
    return Button(text, clicked, "", icon)


def quiet(text: str, clicked: Callable[[], object] | None = None, icon: str = "") -> Button:
    """A button that looks like a link."""
    return Button(text, clicked, "quiet", icon)


def danger(text: str, clicked: Callable[[], object] | None = None, icon: str = "") -> Button:
    """A button that ends or voids something."""
    return Button(text, clicked, "danger", icon)


def menu(text: str, entries: tuple[tuple[str, Callable[[], object]], ...], icon: str = "") -> Button:
    """A button that opens a menu of (words, what it does)."""
    button = Button(text + " ▾", None, "", icon)
    button.setAccessibleName(text)
    opened = QMenu(button)
    for words, act in entries:
        opened.addAction(literal(words)).triggered.connect(lambda _checked=False, act=act: act())
    button.clicked.connect(lambda: opened.exec(button.mapToGlobal(button.rect().bottomLeft())))
    return button
