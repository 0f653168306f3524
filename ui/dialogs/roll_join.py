"""Decide that two lines of a roll are one person, or undo what was decided."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QCompleter, QWidget

from consult_app.kernel.errors import Blank
from consult_app.rolls.actions import join_people, separate_people
from consult_app.rolls.joins import Proposal
from consult_app.rolls.parting import ask_again
from consult_app.rolls.queries import JoinFacts, PartFacts
from consult_app.rolls.rules import Person
from ui.desk import Desk
from ui.dialogs.form_sheet import FormSheet
from ui.widgets.form import NoWheelCombo


class JoinSheet(FormSheet):
    """Asks for the evidence, with what speaks for it filled in."""

    def __init__(self, desk: Desk, proposal: Proposal, parent: QWidget | None = None) -> None:
        super().__init__(
            f"「{proposal.name}」是同一人",
            "合并后，名下房屋合在一起按一人计票、面积相加。冻结名册前随时可以撤销。",
            action="合并为一人",
            decide=self._join,
            parent=parent,
        )
        self.desk, self.proposal = desk, proposal
        self.form.text(
            "evidence",
            "依据",
            rows=3,
            value="；".join(proposal.grounds),
            note="请写明核对了什么，如：电话核实、核对不动产权证。",
            needed=True,
        )

    def _join(self) -> None:
        proposal = self.proposal
        joining = self.desk.do(join_people, proposal.person, proposal.same_as, self.form.values()["evidence"])
        self.desk.say(
            f"已把「{proposal.name}」合并为一人。",
            undo=lambda: self.desk.do(separate_people, joining, "刚才的合并点错了，撤销"),
        )


class SeparateSheet(FormSheet):
    """Asks why a joining is undone."""

    def __init__(self, desk: Desk, joining: JoinFacts, parent: QWidget | None = None) -> None:
        super().__init__(
            f"撤销「{joining.name}」的合并",
            f"合并的依据是：{joining.evidence}。撤销后重新按两人计票。",
            action="撤销合并",
            look="danger",
            decide=self._separate,
            parent=parent,
        )
        self.desk, self.joining = desk, joining
        self.form.text("reason", "理由", rows=2, hint="如：经核对是两位同名业主", needed=True)

    def _separate(self) -> None:
        self.desk.do(separate_people, self.joining.id, self.form.values()["reason"])
        self.desk.say(f"已撤销「{self.joining.name}」的合并。")


class AskAgainSheet(FormSheet):
    """Asks why two that were kept apart are looked at again."""

    def __init__(self, desk: Desk, parting: PartFacts, parent: QWidget | None = None) -> None:
        grounds = f"当时的依据是：{parting.evidence}。" if parting.evidence else ""
        super().__init__(
            f"撤销「{parting.name}」不是同一人的认定",
            f"{grounds}撤销后这两行重新列入待确认。",
            action="撤销认定",
            look="danger",
            decide=self._ask_again,
            parent=parent,
        )
        self.desk, self.parting = desk, parting
        self.form.text("reason", "理由", rows=2, hint="如：核对证件，确是同一人", needed=True)

    def _ask_again(self) -> None:
        self.desk.do(ask_again, self.parting.id, self.form.values()["reason"])
        self.desk.say("已撤销，这两行重新列入待确认。")


class SameAsSheet(FormSheet):
    """Asks which other owner of the roll is this one under another name; `others` are ids with words."""

    def __init__(
        self, desk: Desk, person: Person, others: Sequence[tuple[int, str]], parent: QWidget | None = None
    ) -> None:
        super().__init__(
            f"「{person.name}」与另一行是同一人",
            "用于改名、错字或曾用名。合并后，名下房屋合在一起按一人计票、面积相加。",
            action="合并为一人",
            decide=self._join,
            parent=parent,
        )
        self.desk, self.person = desk, person
        field = NoWheelCombo()
        for other, words in others:
            field.addItem(words, other)
        field.setEditable(True)
        field.setCurrentIndex(-1)
        self.form.add(
            "same_as",
            "另一行的业主",
            field,
            lambda: field.itemData(field.findText(field.currentText())),  # what is typed, not what was chosen before
            note="输入姓名或房号查找，再从中选定。",
            needed=True,
        )
        field.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        completer = field.completer()
        assert completer is not None  # an editable box has one
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        self.form.text("evidence", "依据", rows=3, hint="如：曾用名，见户口簿", needed=True)

    def _join(self) -> None:
        typed = self.form.values()
        if typed["same_as"] is None:
            raise Blank(what="另一行的业主", field="same_as")
        self.desk.do(join_people, self.person.id, typed["same_as"], typed["evidence"])
        self.desk.say(f"已把「{self.person.name}」与另一行合并为一人。")
