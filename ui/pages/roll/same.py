"""同一人: pairs of lines that may be one person, with the evidence side by side; a human decides, and can undo."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from consult_app.kernel.text import moment_words
from consult_app.rolls.joins import Proposal
from consult_app.rolls.masking import masked_id
from consult_app.rolls.queries import JoinFacts, PartFacts
from consult_app.rolls.rules import Person
from ui.pages.roll.acts import RollActs
from ui.pages.roll.table import Lens
from ui.pages.roll.view import UnitRow, View
from ui.widgets.button import plain, quiet
from ui.widgets.card import Card
from ui.widgets.chip import Chip
from ui.widgets.layout import boxed, clear, column, row, scrolling
from ui.widgets.text import Words, heading, muted, small

MOST = 40
"""Pairs shown at once; those that are decided make room for the next."""

_WHY = "姓名相同的几行可能是同一人；同一人的房屋合在一起按一人计票。请核对后决定，不会自动合并。"
_CLOSED = "名册已经冻结，同一人的认定不能再改动。"


class SamePersons(QWidget):
    """`show_view(...)` the pairs of a roll that wait, and what was decided."""

    def __init__(self, lens: Lens, acts: RollActs) -> None:
        super().__init__()
        self._lens, self.acts = lens, acts
        self.pairs, self.standing = column(gap=12), column(gap=12)
        self.phones: list[tuple[Words, Sequence[str]]] = []
        self.why = muted(_WHY, wrap=True)
        self.hold = plain("按住显示电话", icon="eye")
        self.hold.pressed.connect(lambda: self._reveal(True))
        self.hold.released.connect(lambda: self._reveal(False))
        head = row(self.why, self.hold, gap=12)
        head.setStretch(0, 1)
        head.setAlignment(self.hold, Qt.AlignmentFlag.AlignTop)
        area = scrolling(column(self.pairs, self.standing, None, gap=16), (0, 0, 8, 16))
        self.setLayout(column(head, area, gap=12))

    def show_view(self, view: View) -> None:
        """Show the pairs of a roll that wait, the findings that stand, and joinings that were not carried over."""
        clear(self.pairs)
        clear(self.standing)
        self.phones = []
        self.why.say(_CLOSED if view.frozen else _WHY)
        phones = _phones(view)
        if not view.proposals:
            self.pairs.addWidget(muted("没有需要确认的同名业主。"))
        for proposal in view.proposals[:MOST]:
            self.pairs.addWidget(self._pair(view, proposal, phones))
        if len(view.proposals) > MOST:
            self.pairs.addWidget(muted(f"还有 {len(view.proposals) - MOST} 处，处理完上面的再显示。"))
        self._show_findings(view)

    def _show_findings(self, view: View) -> None:
        if view.joined:
            self.standing.addWidget(
                Card("已合并为同一人", f"{len(view.joined)} 处").add(*[self._joining(each) for each in view.joined])
            )
        if view.parted:
            self.standing.addWidget(
                Card("已认定不是同一人", f"{len(view.parted)} 处").add(*[self._parting(each) for each in view.parted])
            )
        lost = [each for each in view.roll.report.get("joinings", {}).get("lapsed", ())]
        if lost and not view.frozen:
            card = Card("上一名册的合并没有沿用", f"{len(lost)} 处")
            for each in lost:
                card.add(
                    Words(f"{each['name']}　{'、'.join(each['where'])}", wrap=True), small(each["lapsed"], wrap=True)
                )
            self.standing.addWidget(card)

    def _reveal(self, held: bool) -> None:
        self._lens.open = held
        self.reveal()

    def reveal(self) -> None:
        """Show phones through the lens as it is now."""
        for words, numbers in self.phones:
            words.say(self._phone_words(numbers))

    def _pair(self, view: View, proposal: Proposal, phones: Mapping[int, Sequence[str]]) -> QWidget:
        sides = row(
            self._side("一方", view.people.get(proposal.person), proposal.rooms, phones),
            self._side("另一方", view.people.get(proposal.same_as), proposal.same_as_rooms, phones),
            gap=24,
        )
        words = [Words(f"✓ {ground}", tone="pine") for ground in proposal.grounds]
        words += [Words(f"？{doubt}", tone="amber") for doubt in proposal.doubts]
        buttons = row(*words, None, gap=12)
        if self.acts.is_open:
            buttons.addWidget(plain("不是同一人", lambda: self.acts.keep_apart(proposal)))
            buttons.addWidget(plain("合并为一人…", lambda: self.acts.join(proposal), icon="users"))
        sides.setStretch(0, 1)
        sides.setStretch(1, 1)
        card = Card().add(row(heading(proposal.name), _chip(proposal), None, gap=8), sides)
        if proposal.lapsed:
            card.add(Words(f"上一名册曾合并为一人，没有沿用：{proposal.lapsed}。", tone="amber", wrap=True))
        return card.add(buttons)

    def _side(
        self, side: str, person: Person | None, rooms: Sequence[str], phones: Mapping[int, Sequence[str]]
    ) -> QWidget:
        listed = "、".join(rooms[:6]) + (f" 等 {len(rooms)} 套" if len(rooms) > 6 else "")
        number = masked_id(person.id_number) if person and person.id_number else "没有填写"
        numbers = phones.get(person.id, ()) if person else ()
        self.phones.append((called := muted(self._phone_words(numbers), wrap=True), numbers))
        return boxed(
            column(
                small(f"{side}　{person.name}" if person else side),
                Words(listed or "—", wrap=True),
                muted(f"证件号码：{number}", wrap=True),
                called,
                gap=4,
            )
        )

    def _phone_words(self, numbers: Sequence[str]) -> str:
        return f"电话：{'、'.join(map(self._lens.phone, numbers)) or '没有填写'}"

    def _joining(self, joining: JoinFacts) -> QWidget:
        undo = quiet("撤销…", lambda: self.acts.separate(joining), icon="undo-2")
        return self._finding(joining, undo)

    def _parting(self, parting: PartFacts) -> QWidget:
        undo = quiet("撤销…", lambda: self.acts.ask_again(parting), icon="undo-2")
        return self._finding(parting, undo)

    def _finding(self, found: JoinFacts | PartFacts, undo: QWidget) -> QWidget:
        words = Words(f"{found.name}　{found.evidence}", wrap=True)
        when = small(f"{moment_words(found.decided_at)}　{found.decided_by}")
        line = row(column(words, when, gap=2), undo, gap=12)
        line.setStretch(0, 1)
        undo.setVisible(self.acts.is_open)
        return boxed(line)


def _chip(proposal: Proposal) -> Chip:
    if proposal.lapsed:
        return Chip("须重新核对", "amber")
    return Chip("依据较充分", "pine") if proposal.strong else Chip("只有姓名相同", "grey")


def _phones(view: View) -> dict[int, list[str]]:
    """The phones of everyone, their own and those of their units."""
    found: dict[int, list[str]] = {}
    for line in view.rows:
        if isinstance(line, UnitRow) and line.line.phone:
            for person in line.line.persons:
                if line.line.phone not in found.setdefault(person, []):
                    found[person].append(line.line.phone)
    return found
