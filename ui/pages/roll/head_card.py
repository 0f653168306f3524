"""票权是这样形成的: from the title lines over who is one person to the head, with the evidence and the way back."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtWidgets import QGridLayout, QWidget

from consult_app.kernel.text import area_words, moment_words
from consult_app.rolls.heads import Head
from consult_app.rolls.queries import JoinFacts, PartFacts
from consult_app.rolls.rules import Person
from ui.pages.roll.acts import RollActs
from ui.pages.roll.table import Lens
from ui.pages.roll.view import UnitRow, View
from ui.widgets.button import quiet
from ui.widgets.card import Card
from ui.widgets.layout import boxed, column, row
from ui.widgets.text import Words, muted, small

MOST = 12
"""Rooms or members named before the rest is only counted."""


class HeadCard(Card):
    """How the head of one unit was formed; `find` opens another room, `same` the pairs that wait."""

    def __init__(
        self,
        view: View,
        line: UnitRow,
        lens: Lens,
        acts: RollActs,
        find: Callable[[str], object],
        same: Callable[[], object],
    ) -> None:
        super().__init__("票权是这样形成的")
        head = line.head
        assert head is not None
        self.acts = acts
        self.add(Words(f"{head.reason}。", wrap=True))
        self.add(
            pairs_grid(
                [("票权人", Words(head.label or "—", wrap=True)), ("计票面积", Words(f"{area_words(head.area)} ㎡"))]
            )
        )
        if took_part := lens.took_part(head.key):
            self.add(Words(f"本次表决{took_part}", tone="pine" if took_part == "已投" else "grey"))
        self._add_rooms(head, line.line.place, find)
        self._add_findings(view, head, line, same)

    def _add_rooms(self, head: Head, place: str, find: Callable[[str], object]) -> None:
        others = [room for room in head.rooms if room != place]
        if others:
            self.add(small("合在一起计票的房屋："))
            for room in others[:MOST]:
                self.add(row(quiet(room, partial(find, room)), None, gap=0))
            if len(others) > MOST:
                self.add(small(f"等共 {len(head.rooms)} 套"))

    def _add_findings(self, view: View, head: Head, line: UnitRow, same: Callable[[], object]) -> None:
        """Who was found to be one or two, what waits, and for a sole owner the way to join them to another."""
        here = _everyone(view, head) | set(line.line.persons)
        joined = [each for each in view.joined if {each.person, each.same_as} & here]
        parted = [each for each in view.parted if each.pair & here]
        waiting = [each for each in view.proposals if {each.person, each.same_as} & here]
        for joining in joined[:MOST]:
            self.add(self._finding(_joined_words(view, joining), joining, partial(self.acts.separate, joining)))
        for parting in parted[:MOST]:
            other = parting.person if parting.other in here else parting.other
            words = f"已认定与{_side(view, other)}不是同一人"
            self.add(self._finding(words, parting, partial(self.acts.ask_again, parting)))
        if waiting:
            count = muted(f"有 {len(waiting)} 处同名待确认，合并后计票会变。", wrap=True)
            ask = row(count, quiet("去核对", same), gap=8)
            ask.setStretch(0, 1)
            self.add(ask)
        if self.acts.is_open and len(line.line.persons) == 1 and line.line.persons[0] in view.people:
            person: Person = view.people[line.line.persons[0]]
            self.add(row(quiet("与另一行是同一人…", partial(self.acts.join_other, person), icon="users"), None, gap=0))

    def _finding(self, words: str, found: JoinFacts | PartFacts, undo: Callable[[], object]) -> QWidget:
        evidence = f"依据：{found.evidence}" if found.evidence else "没有写依据"
        said = column(
            Words(words, wrap=True),
            muted(evidence, wrap=True),
            small(f"{moment_words(found.decided_at)}　{found.decided_by}"),
            gap=2,
        )
        across = row(said, gap=8)
        across.setStretch(0, 1)
        if self.acts.is_open:
            across.addWidget(quiet("撤销…", undo))
        return boxed(across)


def pairs_grid(pairs: Sequence[tuple[str, QWidget]]) -> QGridLayout:
    """Names at the left, values at the right."""
    grid = QGridLayout()
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(12)
    grid.setVerticalSpacing(6)
    grid.setColumnStretch(1, 1)
    for at, (name, value) in enumerate(pairs):
        repeated = at > 0 and pairs[at - 1][0] == name
        grid.addWidget(muted("" if repeated else name), at, 0)
        grid.addWidget(value, at, 1)
    return grid


def _everyone(view: View, head: Head) -> set[int]:
    """The people of a head with all who were found to be one of them."""
    found = set(head.persons)
    while more := {each.person for each in view.joined if each.same_as in found} - found:
        found |= more
    return found


def _joined_words(view: View, joining: JoinFacts) -> str:
    """`「甲」（1号楼1单元101）与「乙」（1号楼1单元102）合并为一人`."""
    sides = (_side(view, joining.person), _side(view, joining.same_as))
    return f"{'与'.join(sides)}合并为一人"


def _side(view: View, person: int) -> str:
    rooms = [row.line.place for row in view.rows if isinstance(row, UnitRow) and person in row.line.persons]
    where = f"（{'、'.join(rooms[:3])}{' 等' if len(rooms) > 3 else ''}）" if rooms else ""
    name = view.people[person].name if person in view.people else "—"
    return f"「{name}」{where}"
