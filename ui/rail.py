"""The left rail: icon and word of each page, with a badge where something is late."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QButtonGroup, QPushButton, QSizePolicy, QWidget

from ui import theme
from ui.icons import icon, icon_size
from ui.pages import PAGES, RAIL
from ui.widgets.layout import column, row
from ui.widgets.text import Words

WIDTH = 148


class Rail(QWidget):
    """The way to the eight pages; Alt+1 to Alt+8."""

    def __init__(self, go: Callable[[str], None]) -> None:
        super().__init__()
        self.setProperty("look", "rail")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName("页面")
        self.buttons: dict[str, QPushButton] = {}
        self.badges: dict[str, Words] = {}
        self._group = QButtonGroup(self)
        name = row(Words("六步", "heading"), Words("议事", "heading", "cinnabar"), None, gap=0, margins=(8, 6, 0, 14))
        layout = column(name, gap=2, margins=(10, 12, 10, 12))
        for place, (page, picture) in enumerate(RAIL, 1):
            layout.addWidget(self._button(page, picture, place, go))
        layout.addStretch(1)
        self.setLayout(layout)
        self.fit()

    def fit(self) -> None:
        """Take the width the words need at this font size."""
        size = self.fontMetrics().height()
        for button in self.buttons.values():
            button.setIconSize(icon_size(size))
        self.setFixedWidth(max(WIDTH, self.fontMetrics().horizontalAdvance("首页") * 2 + 3 * size + 28))

    def mark(self, page: str) -> None:
        """Show which page is open."""
        self.buttons[PAGES[page].rail].setChecked(True)

    def warn(self, page: str, count: int) -> None:
        """Put a number on a page; 0 takes it away."""
        badge = self.badges[page]
        badge.setText(str(count) if count < 100 else "99+")
        badge.setVisible(count > 0)
        self.buttons[page].setAccessibleDescription(f"{count} 件已逾期" if count else "")

    def _button(self, page: str, picture: str, place: int, go: Callable[[str], None]) -> QWidget:
        words = PAGES[page].name
        button = QPushButton("  " + words)
        button.setProperty("look", "rail")
        button.setCheckable(True)
        button.setIcon(icon(picture, theme.INK, theme.PINE))
        button.setCursor(Qt.CursorShape.PointingHandCursor)
        button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        button.setAccessibleName(words)
        button.setToolTip(f"{words}（Alt+{place}）")
        button.clicked.connect(lambda: go(page))
        badge = Words("", "badge")
        badge.setAlignment(Qt.AlignmentFlag.AlignCenter)
        badge.hide()
        button.setLayout(row(None, badge, margins=(0, 0, 10, 0)))
        self._group.addButton(button)
        self.buttons[page], self.badges[page] = button, badge
        QShortcut(QKeySequence(f"Alt+{place}"), self, lambda: go(page))
        return button
