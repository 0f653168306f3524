"""What can be done with the roll that is shown: each act opens a sheet, or is done at once with a way back."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFileDialog, QWidget

from consult_app.bodies import queries as bodies
from consult_app.documents.roll_poster import freezing_pdf, print_poster
from consult_app.files import queries as files
from consult_app.kernel.errors import reason_of
from consult_app.rolls import standing
from consult_app.rolls.export import exported
from consult_app.rolls.joins import Proposal
from consult_app.rolls.parting import ask_again, keep_apart
from consult_app.rolls.queries import JoinFacts, PartFacts
from consult_app.rolls.rules import Person
from consult_app.rolls.standing import ObjectionFacts
from ui import outbox
from ui.desk import Desk
from ui.dialogs.attachment import ShowAttachment
from ui.dialogs.roll_amend import AmendSheet, RenewSheet
from ui.dialogs.roll_freeze import FreezeSheet
from ui.dialogs.roll_join import AskAgainSheet, JoinSheet, SameAsSheet, SeparateSheet
from ui.dialogs.roll_line import PERSON, UNIT, LineSheet, StrikeSheet, noun_of
from ui.dialogs.roll_publish import AnswerSheet, ObjectionSheet, PosterSheet, PostSheet
from ui.pages import Go
from ui.pages.roll.table import summary
from ui.pages.roll.view import Row, UnitRow, View
from ui.task import Task
from ui.widgets.table_paper import CannotWrite

_SLIP = "刚才点错了，撤销"
_SERIAL = re.compile(r"(?:第|序号)?\s*([0-9]{1,6})\s*[行号]?")


class RollActs:
    """The acts of a page; `view` is the roll it shows, `is_current` whether it may be worked on at all."""

    def __init__(self, desk: Desk, go: Go, parent: QWidget) -> None:
        self.desk, self.go, self.parent = desk, go, parent
        self.shown: View | None = None
        self.is_current = True

    @property
    def view(self) -> View:
        """The roll that is shown."""
        assert self.shown is not None
        return self.shown

    @property
    def is_open(self) -> bool:
        """Whether lines and findings may still change."""
        return self.is_current and self.shown is not None and not self.shown.frozen

    # lines

    def add(self) -> None:
        """Add a line by hand."""
        if not self.is_current:
            self.desk.say("这是已被取代的名册，只能查看。请到现行名册增加。", tone="amber")
        elif self.view.frozen:
            self.desk.say("名册已经冻结，不能增加。请在更新名册以后增加。", tone="amber")
        else:
            LineSheet(self.desk, UNIT if self.view.of_units else PERSON, self.view.roll.id, None, self.parent).open()

    def correct(self, line: Row) -> None:
        """Correct a line; of a frozen roll, record what became of it."""
        if self.view.frozen:
            AmendSheet(self.desk, line.id, _words(line), self.parent).open()
            return
        noun, number = noun_of(line.id)
        LineSheet(self.desk, noun, self.view.roll.id, number, self.parent).open()

    def strike(self, line: Row) -> None:
        """Strike a line."""
        StrikeSheet(self.desk, line.id, _words(line), self.parent).open()

    # who is one person

    def join(self, proposal: Proposal) -> None:
        """Ask for the evidence, and make the pair one."""
        JoinSheet(self.desk, proposal, self.parent).open()

    def join_other(self, person: Person) -> None:
        """Ask which other owner is this one, under whatever name."""
        others = [
            (other, f"{self.view.people[other].name}　{row.line.place}")
            for row in self.view.rows
            if isinstance(row, UnitRow)
            for other in row.line.persons
            if other != person.id and other in self.view.people
        ]
        SameAsSheet(self.desk, person, tuple(dict(others).items()), self.parent).open()

    def separate(self, joining: JoinFacts) -> None:
        """Ask for the reason, and make them two again."""
        SeparateSheet(self.desk, joining, self.parent).open()

    def keep_apart(self, proposal: Proposal) -> None:
        """Record that the pair are two, on the grounds of what speaks against their being one."""
        found = self.desk.do(keep_apart, proposal.person, proposal.same_as, "；".join(proposal.doubts))
        self.desk.say(
            f"已认定「{proposal.name}」不是同一人，各按一人计票。", undo=lambda: self.desk.do(ask_again, found, _SLIP)
        )

    def ask_again(self, parting: PartFacts) -> None:
        """Ask for the reason, and list the pair as undecided again."""
        AskAgainSheet(self.desk, parting, self.parent).open()

    # publication

    def print_poster(self) -> None:
        """Ask what the paper says, set it beside the window, keep it and open it."""
        desk, roll = self.desk, self.view.roll
        actor, store = desk.actor, desk.store

        def make(**values: Any) -> None:
            desk.work("正在排版公示稿", lambda _task: print_poster(store, actor, roll.id, **values), done)

        def done(_poster: int) -> None:
            found = desk.ask(standing.poster, roll.id)
            if found is not None:
                outbox.put_out(desk, "名册公示.pdf", desk.ask(files.content, found.document))
                desk.say("公示稿已打开。请打印张贴、拍照，再登记张贴。")

        PosterSheet(desk, roll.kind, desk.ask(bodies.body, roll.body_id).name, make, self.parent).open()

    def post(self) -> None:
        """Record that the paper was put up."""
        poster = self.desk.ask(standing.poster, self.view.roll.id)
        if poster is None:
            self.desk.say("名册在制作公示稿以后有改动，请重新制作。", tone="amber")
        else:
            PostSheet(self.desk, poster, self.parent).open()

    def show_file(self, attachment_id: int) -> None:
        """Look at a photo or paper."""
        ShowAttachment(self.desk, attachment_id, self.parent).open()

    def hear(self, line: str = "") -> None:
        """Record an objection, of a line where one is named."""
        notice = self.desk.ask(standing.notices, self.view.roll.id)[0]
        ObjectionSheet(self.desk, notice, line, self.parent).open()

    def answer(self, objection: ObjectionFacts | None = None) -> None:
        """Answer an objection, by default the one that waits longest."""
        heard = self.desk.ask(standing.objections, self.view.roll.id)
        found = objection or next((each for each in heard if each.answered_at is None), None)
        if found is not None:
            AnswerSheet(self.desk, found, self.parent).open()

    def seek(self, words: str) -> None:
        """Go to the line an objection speaks of: by its serial on the paper, else by the place or name it gives."""
        serial = _SERIAL.fullmatch(words.strip())
        if serial and 0 < int(serial[1]) <= len(self.view.rows):
            self.go("roll", line=self.view.rows[int(serial[1]) - 1].id)
        else:
            self.go("roll", find=words)

    # freezing

    def freeze(self) -> None:
        """Freeze the roll."""
        view = self.view
        published = bool(self.desk.ask(standing.notices, view.roll.id)) or view.roll.kind == "members"
        FreezeSheet(
            self.desk,
            view.roll.id,
            summary(view),
            published=published,
            pairs=len(view.proposals),
            parent=self.parent,
        ).open()

    def print_freezing(self) -> None:
        """Open the certificate of the freezing, to be printed and signed."""
        store, roll = self.desk.store, self.view.roll.id
        self.desk.work(
            "正在排版冻结说明",
            lambda _task: freezing_pdf(store, roll),
            lambda content: outbox.put_out(self.desk, "名册冻结说明.pdf", content),
        )

    def renew(self) -> None:
        """Make the next roll."""
        RenewSheet(self.desk, self.view.roll.id, len(self.view.amendments), self.parent).open()

    # taking out

    def export(self, masked: bool) -> Callable[[], None]:
        """What asks where and writes the whole roll as xlsx, in full or masked."""
        return lambda: self._export(masked)

    def _export(self, masked: bool) -> None:
        name = "名册（公示版）.xlsx" if masked else "名册（完整）.xlsx"
        chosen, _ = QFileDialog.getSaveFileName(self.parent, "导出名册", name, "Excel (*.xlsx)")
        if chosen:
            self.write(Path(chosen).with_suffix(".xlsx"), masked)

    def write(self, path: Path, masked: bool) -> None:
        """Write the whole roll as xlsx, beside the window."""
        store, roll = self.desk.store, self.view.roll.id

        def done(content: bytes) -> None:
            try:
                path.write_bytes(content)
            except OSError as error:
                raise CannotWrite(name=path.name, reason=reason_of(error)) from error
            full = "" if masked else "内有证件号码和电话，请妥善保管。"
            self.desk.say(f"已导出：{path.name}。{full}")

        def make(task: Task) -> bytes:
            task.progress(words="读取名册")
            return store.ask(exported, roll, masked=masked, tell=lambda rows: task.progress(words=f"已写 {rows:,} 行"))

        self.desk.work("正在导出名册", make, done)


def _words(line: Row) -> str:
    return line.line.place if isinstance(line, UnitRow) else line.person.name
