"""同一人: pairs of lines that may be one person, with the evidence side by side; a human decides, and can undo."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from consult_app.kernel.text import moment_words
from consult_app.rolls.joins import Proposal
from consult_app.rolls.masking import masked_id
from consult_app.rolls.queries import JoinFacts, joinings
from consult_app.rolls.rules import Person
from ui.desk import Desk
from ui.dialogs.roll_join import JoinSheet, SeparateSheet
from ui.pages.roll.table import Lens
from ui.pages.roll.view import PersonRow, UnitRow, View
from ui.widgets.button import plain, quiet
from ui.widgets.card import Card
from ui.widgets.chip import Chip
from ui.widgets.layout import boxed, clear, column, row, scrolling
from ui.widgets.text import Words, heading, muted, small

MOST = 40
"""Pairs shown at once; those that are decided make room for the next."""


class SamePersons(QWidget):
    """`show_view(...)` the pairs of a roll; `decided` when the user has told that a pair are two people."""

    decided = Signal()

    def __init__(self, desk: Desk, lens: Lens) -> None:
        super().__init__()
        self.desk, self._lens = desk, lens
        self.pairs, self.standing = column(gap=12), column(gap=8)
        self.phones: list[tuple[Words, list[str]]] = []
        self.setLayout(column(scrolling(column(self.pairs, self.standing, None, gap=16), (0, 0, 8, 16)), gap=0))

    def waiting(self, view: View) -> list[Proposal]:
        """The pairs that wait for a decision."""
        apart = self._apart(view)
        return [each for each in view.proposals if [each.person, each.same_as] not in apart]

    def joined(self, view: View) -> tuple[JoinFacts, ...]:
        """The joinings that stand."""
        return self.desk.ask(joinings, view.roll.id)

    def show_view(self, view: View) -> None:
        """Show the pairs of a roll that wait, and the joinings that stand."""
        clear(self.pairs)
        clear(self.standing)
        self.phones = []
        waiting, joined, phones = self.waiting(view), self.joined(view), _phones(view)
        if not waiting:
            self.pairs.addWidget(muted("没有需要确认的同名业主。"))
        for proposal in waiting[:MOST]:
            self.pairs.addWidget(self._pair(view, proposal, phones))
        if len(waiting) > MOST:
            self.pairs.addWidget(muted(f"还有 {len(waiting) - MOST} 处，处理完上面的再显示。"))
        if joined:
            card = Card("已合并为同一人", f"{len(joined)} 处")
            for joining in joined:
                card.add(self._joining(joining))
            self.standing.addWidget(card)

    def join(self, proposal: Proposal) -> None:
        """Ask for the evidence, and make the pair one."""
        JoinSheet(self.desk, proposal, self).open()

    def separate(self, joining: JoinFacts) -> None:
        """Ask for the reason, and make them two again."""
        SeparateSheet(self.desk, joining, self).open()

    def keep_apart(self, view: View, proposal: Proposal) -> None:
        """Leave the pair two, and ask no more on this desk."""
        pair = [proposal.person, proposal.same_as]
        self._remember(view, [*self._apart(view), pair])
        self.desk.say(
            f"「{proposal.name}」仍按两人计票。",
            undo=lambda: self._remember(view, [kept for kept in self._apart(view) if kept != pair]),
        )

    def _apart(self, view: View) -> list[list[int]]:
        """The pairs this desk was told are two people; numbers only."""
        found = self.desk.memory.get(f"apart.{view.roll.id}", [])
        return found if isinstance(found, list) else []

    def _remember(self, view: View, pairs: list[list[int]]) -> None:
        self.desk.memory.put(f"apart.{view.roll.id}", pairs or None)
        self.decided.emit()

    def reveal(self) -> None:
        """Show phones through the lens as it is now."""
        for words, numbers in self.phones:
            words.say(self._phone_words(numbers))

    def _pair(self, view: View, proposal: Proposal, phones: dict[int, list[str]]) -> QWidget:
        card = Card()
        chip = Chip("依据较充分", "pine") if proposal.strong else Chip("只有姓名相同", "grey")
        sides = row(
            self._side("一方", view.people.get(proposal.person), proposal.rooms, phones),
            self._side("另一方", view.people.get(proposal.same_as), proposal.same_as_rooms, phones),
            gap=24,
        )
        words = [Words(f"✓ {ground}", tone="pine") for ground in proposal.grounds]
        words += [Words(f"？{doubt}", tone="amber") for doubt in proposal.doubts]
        buttons = row(
            *words,
            None,
            plain("不是同一人", lambda: self.keep_apart(view, proposal)),
            plain("合并为一人…", lambda: self.join(proposal), icon="users"),
            gap=12,
        )
        sides.setStretch(0, 1)
        sides.setStretch(1, 1)
        return card.add(row(heading(proposal.name), chip, None, gap=8), sides, buttons)

    def _side(self, name: str, person: Person | None, rooms: Sequence[str], phones: dict[int, list[str]]) -> QWidget:
        listed = "、".join(rooms[:6]) + (f" 等 {len(rooms)} 套" if len(rooms) > 6 else "")
        number = masked_id(person.id_number) if person and person.id_number else "没有填写"
        numbers = phones.get(person.id, []) if person else []
        self.phones.append((called := muted(self._phone_words(numbers), wrap=True), numbers))
        return boxed(
            column(
                small(name),
                Words(listed or "—", wrap=True),
                muted(f"证件号码：{number}", wrap=True),
                called,
                gap=4,
            )
        )

    def _phone_words(self, numbers: Sequence[str]) -> str:
        return f"电话：{'、'.join(map(self._lens.phone, numbers)) or '没有填写'}"

    def _joining(self, joining: JoinFacts) -> QWidget:
        words = Words(f"{joining.name}　{joining.evidence}", wrap=True)
        when = small(f"{moment_words(joining.decided_at)}　{joining.decided_by}")
        line = row(column(words, when, gap=2), quiet("撤销…", lambda: self.separate(joining), icon="undo-2"), gap=12)
        line.setStretch(0, 1)
        return boxed(line)


def _phones(view: View) -> dict[int, list[str]]:
    """The phones of everyone, their own and those of their units."""
    found: dict[int, list[str]] = {}
    for line in view.rows:
        if isinstance(line, PersonRow):
            continue
        assert isinstance(line, UnitRow)
        for person in line.line.persons:
            if line.line.phone and line.line.phone not in found.setdefault(person, []):
                found[person].append(line.line.phone)
    return found
