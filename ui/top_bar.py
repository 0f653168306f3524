"""The bar along the top: which body this window works for, and the search."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from consult_app.bodies import queries
from consult_app.bodies.rules import KIND_WORDS, LEVEL_WORDS
from ui.desk import Desk
from ui.search import SearchBox
from ui.widgets.button import quiet
from ui.widgets.chip import Chip
from ui.widgets.layout import row
from ui.widgets.text import literal


class TopBar(QWidget):
    """Body switcher at the left, search at the right."""

    def __init__(self, desk: Desk, go: Callable[..., None], add_body: Callable[[], object]) -> None:
        super().__init__()
        self.setProperty("look", "bar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.desk, self._add_body = desk, add_body
        self.switch = QPushButton()
        self.switch.setProperty("look", "switch")
        self.switch.setCursor(Qt.CursorShape.PointingHandCursor)
        self.switch.setAutoDefault(False)
        self.menu = QMenu(self.switch)
        self.switch.setMenu(self.menu)
        self.practice = Chip("练习数据，可以随意尝试", "amber")
        self.back = quiet("返回正式数据")
        self.practice.hide()
        self.back.hide()
        self.search = SearchBox(desk, go)
        self.setLayout(row(self.switch, self.practice, self.back, None, self.search, gap=12, margins=(16, 8, 24, 9)))
        desk.watch(self.refresh, "body.", "venue.")
        desk.turned.connect(self.refresh)

    def mark(self, practising: bool) -> None:
        """Show by the whole bar that these are practice data, with the way back."""
        self.practice.setVisible(practising)
        self.back.setVisible(practising)
        self.setProperty("practising", practising)
        self.style().unpolish(self)
        self.style().polish(self)

    def refresh(self) -> None:
        """Ask for the bodies and fill the switcher."""
        bodies = self.desk.ask(queries.bodies)
        if bodies and self.desk.body_id not in {body.id for body in bodies}:
            self.desk.turn_to(bodies[0].id)
            return
        self.menu.clear()
        self.switch.setText("还没有议事主体  ▾")
        self.switch.setAccessibleName("还没有议事主体")
        for body in bodies:
            chosen = body.id == self.desk.body_id
            entry = self.menu.addAction(literal(f"{body.name}（{KIND_WORDS[body.kind]}）"))
            entry.setCheckable(True)
            entry.setChecked(chosen)
            entry.triggered.connect(lambda _checked=False, body_id=body.id: self.desk.turn_to(body_id))
            if chosen:
                self.switch.setText(literal(f"{body.name}  ▾"))
                self.switch.setAccessibleName(f"议事主体：{body.name}")
        if self.desk.body_id is not None:
            self._venues(self.desk.body_id)
        self.menu.addSeparator()
        self.menu.addAction("添加议事主体…").triggered.connect(lambda: self._add_body())

    def _venues(self, body_id: int) -> None:
        self.menu.addSection("议事平台")
        everywhere = self.menu.addAction("全部平台")
        everywhere.setCheckable(True)
        everywhere.setChecked(self.desk.venue_id is None)
        everywhere.triggered.connect(lambda: self.desk.turn_to(body_id, None))
        for venue in self.desk.ask(queries.venues, body_id):
            entry = self.menu.addAction(literal(f"{LEVEL_WORDS[venue.level]} · {venue.name}"))
            entry.setCheckable(True)
            entry.setChecked(venue.id == self.desk.venue_id)
            entry.triggered.connect(lambda _checked=False, venue_id=venue.id: self.desk.turn_to(body_id, venue_id))
            if venue.id == self.desk.venue_id:
                self.switch.setText(
                    f"{self.switch.text().removesuffix('  ▾')}  {literal(f'{LEVEL_WORDS[venue.level]} · {venue.name}')}  ▾"
                )
