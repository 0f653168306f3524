"""Which buildings and entrances decide: a tree of the owners' roll with boxes to tick."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QTreeWidget, QTreeWidgetItem, QWidget

from consult_app.rolls.rules import place_words
from consult_app.voting.scope import Building, Part

_CHECKED, _OPEN = Qt.CheckState.Checked, Qt.CheckState.Unchecked
_ROWS = 6


class ScopePicker(QTreeWidget):
    """Buildings, under each its entrances; a ticked building holds all of them."""

    changed = Signal()

    def __init__(self, buildings: Sequence[Building], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tops: list[tuple[QTreeWidgetItem, list[QTreeWidgetItem]]] = []
        self.setHeaderHidden(True)
        self.setRootIsDecorated(any(building.entrances for building in buildings))
        for building in buildings:
            self._add(building)
        height = self.fontMetrics().height() + 10
        self.setFixedHeight(height * min(_ROWS, max(3, len(buildings) + 1)) + 6)
        self.itemChanged.connect(lambda _item, _column: self.changed.emit())

    @property
    def scope(self) -> tuple[Part, ...]:
        """What is ticked: a whole building as one part, else its ticked entrances."""
        found: list[Part] = []
        for top, entrances in self._tops:
            ticked = [top] if _is_ticked(top) else [item for item in entrances if _is_ticked(item)]
            found += [_part(item) for item in ticked]
        return tuple(found)

    def take(self, scope: Sequence[Sequence[str]]) -> None:
        """Tick these parts."""
        wanted = {(building, entrance) for building, entrance in scope}
        for top, entrances in self._tops:
            whole = _part(top) in wanted
            for item in (top, *entrances):
                item.setCheckState(0, _CHECKED if whole or _part(item) in wanted else _OPEN)

    def _add(self, building: Building) -> None:
        top = _item(f"{place_words(building.name, '', '')}　{building.units} 套", (building.name, ""))
        entrances = [
            _item(f"{place_words('', entrance, '') or '其他'}　{units} 套", (building.name, entrance))
            for entrance, units in building.entrances
        ]
        top.addChildren(entrances)
        if entrances:
            top.setFlags(top.flags() | Qt.ItemFlag.ItemIsAutoTristate)
        self.addTopLevelItem(top)
        self._tops.append((top, entrances))


def _item(words: str, part: Part) -> QTreeWidgetItem:
    item = QTreeWidgetItem([words])
    item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable)
    item.setCheckState(0, _OPEN)
    item.setData(0, Qt.ItemDataRole.UserRole, list(part))
    return item


def _is_ticked(item: QTreeWidgetItem) -> bool:
    return item.checkState(0) is _CHECKED


def _part(item: QTreeWidgetItem) -> Part:
    building, entrance = item.data(0, Qt.ItemDataRole.UserRole)
    return building, entrance
