"""The page of the roll: its life on one strip, its lines, who may be one person, and its records."""

from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QWidget

from consult_app.bodies import queries as bodies
from consult_app.rolls import queries
from consult_app.rolls.actions import begin_by_hand, roll_kind
from consult_app.rolls.life import Act, Stage
from consult_app.rolls.queries import RollFacts
from consult_app.rolls.rules import RollKind
from consult_app.voting import queries as voting
from consult_app.voting.choices import MotionState
from ui.desk import Desk
from ui.pages import Go
from ui.pages.roll.acts import RollActs
from ui.pages.roll.empty import no_body, no_roll
from ui.pages.roll.head import RollHead
from ui.pages.roll.lines import RollLines
from ui.pages.roll.records import Records
from ui.pages.roll.same import SamePersons
from ui.pages.roll.strip import LifeStrip
from ui.pages.roll.table import Lens
from ui.pages.roll.view import LARGE, View, gather, glance
from ui.task import Task
from ui.widgets.drop_area import dropped_file
from ui.widgets.layout import boxed, column
from ui.widgets.table_paper import export, print_table

VOTES_WAIT = 1000
"""Milliseconds between looks at who has voted while votes come in."""

_UNDER_WAY = (MotionState.FROZEN, MotionState.ISSUED, MotionState.OPEN)
_RECORDS = (Stage.PUBLISHED, Stage.OBJECTED, Stage.FROZEN, Stage.AMENDED)


class RollPage(QWidget):
    """One roll of the body: the current one unless an older or the members' is chosen."""

    def __init__(self, desk: Desk, go: Go) -> None:
        super().__init__()
        self.desk, self.go = desk, go
        self.lens, self.acts = Lens(), RollActs(desk, go, self)
        self.task: Task | None = None
        self.wanted: int | None = None
        self.part = ""
        self.setAcceptDrops(True)
        self.lines, self.records = RollLines(desk, self.lens, self.acts), Records(desk, self.acts)
        self.same = SamePersons(self.lens, self.acts)
        self.lines.panel.same_wanted.connect(lambda: self._turn("same"))
        self.head = RollHead(
            lambda roll: go("roll", roll=roll), self._same_clicked, lambda: go("roll_import"), self._more()
        )
        self.strip = LifeStrip(self._next_acts())
        self.strip.chosen.connect(self.show_stage)
        self.middle = QStackedWidget()
        for piece in (self.lines, self.same, self.records):
            self.middle.addWidget(piece)
        usual = column(self.head, self.strip, self.middle, gap=12, margins=(24, 16, 24, 16))
        usual.setStretch(2, 1)
        self.stack = QStackedWidget()
        for page in (no_body(go), no_roll(self.bring, self._begin_by_hand), boxed(usual, margins=True)):
            self.stack.addWidget(page)
        self.setLayout(column(self.stack, gap=0))
        self._votes_wait = QTimer(self)
        self._votes_wait.setSingleShot(True)
        self._votes_wait.setInterval(VOTES_WAIT)
        self._votes_wait.timeout.connect(self._show_votes)
        QShortcut(QKeySequence.StandardKey.Find, self, self.lines.sifting.search.setFocus)
        desk.watch(self.refresh, "roll.", "body.")
        desk.watch(self._votes_moved, "motion.", "ballot.")

    @property
    def view(self) -> View | None:
        """The roll that is shown."""
        return self.acts.shown

    def show_for(self, roll: int | None = None, line: str = "", find: str = "", view: str = "", **_place: Any) -> None:
        """Show the current roll, or one by its number.

        `line` (`unit:id`, `person:id`) opens it, `find` searches for a text, `view` is `same` for the namesakes or a stage.
        """
        self.wanted, self.lines.opened, self.part = roll, line, view
        if line or find:
            self.lines.sifting.reset()
        self.refresh()
        if find:
            self.lines.sifting.look_for(find)

    def refresh(self) -> None:
        """Ask for the roll anew."""
        if self.task is not None:
            self.task.cancel()
        body_id = self.desk.body_id
        facts = self._facts(body_id)
        if body_id is None or facts is None:
            self.acts.shown = None
            self.stack.setCurrentIndex(0 if body_id is None else 1)
            return
        self.stack.setCurrentIndex(2)
        self.acts.is_current = self.head.offer(self.desk.ask(queries.rolls, body_id), facts)
        parking = bool(self.desk.ask(bodies.body, body_id).policy.get("count_parking", False))
        on, store = self.desk.today, self.desk.store
        size = int(facts.report.get("units") or facts.report.get("people") or 0)
        if size <= LARGE:
            self._show(self.desk.ask(gather, facts, on, parking))
            return
        if self.view is None or self.view.roll.id != facts.id:
            self._show(self.desk.ask(glance, facts, on))
        self.task = self.desk.work("正在读取名册", lambda _task: store.ask(gather, facts, on, parking), self._show)

    def show_stage(self, stage: Stage) -> None:
        """Show what belongs to a stage: its records, the lines at fault, or the lines."""
        if stage in _RECORDS:
            self._turn(str(stage))
        elif stage is Stage.CHECKED:
            self._turn("")
            self.lines.sifting.choose_faults()
        else:
            self._turn("")
            self.lines.sifting.choose(0)

    def bring(self, path: Path) -> None:
        """Look at a file as a newer roll."""
        self.go("roll_import", path=str(path))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self.desk.body_id is not None and dropped_file(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        if path := dropped_file(event.mimeData()):
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            self.bring(path)

    # pieces

    def _more(self) -> Any:
        return (
            ("增加一行…", self.acts.add),
            ("导出整本名册，完整（Excel）…", self.acts.export(masked=False)),
            ("导出整本名册，公示版（Excel）…", self.acts.export(masked=True)),
            ("导出现在列出的行（Excel）…", lambda: export(self.lines.table)),
            ("打印现在列出的行…", lambda: print_table(self.lines.table)),
            ("公示、异议与冻结记录", lambda: self._turn(str(Stage.PUBLISHED))),
            ("导入委员会成员名单…", lambda: self.go("roll_import", kind=str(RollKind.MEMBERS))),
        )

    def _next_acts(self) -> Any:
        return {
            Act.COMPLETE: lambda: self.show_stage(Stage.CHECKED),
            Act.DECIDE: lambda: self._turn("same"),
            Act.PRINT: self.acts.print_poster,
            Act.POST: self.acts.post,
            Act.ANSWER: self.acts.answer,
            Act.FREEZE: self.acts.freeze,
            Act.VOTE: lambda: self.go("votes"),
        }

    # showing

    def _facts(self, body_id: int | None) -> RollFacts | None:
        if body_id is None:
            return None
        if self.wanted is not None:
            found = self.desk.ask(queries.roll, self.wanted)
            if found.body_id == body_id:
                return found
        return self.desk.ask(queries.current_roll, body_id)

    def _show(self, view: View) -> None:
        self.acts.shown = view
        self.head.show_view(view, self.acts.is_current)
        self.lines.show_view(view)
        self._show_votes()
        self._show_part()

    def _turn(self, part: str) -> None:
        """Show another part of the roll, one step back with Alt+←."""
        if part != self.part:
            self.go("roll", **({"view": part} if part else {}), **({"roll": self.wanted} if self.wanted else {}))
        else:
            self._show_part()

    def _same_clicked(self) -> None:
        self._turn("" if self.part else "same")

    def _show_part(self) -> None:
        if (view := self.view) is None or not view.whole:
            self.middle.setCurrentWidget(self.lines)
            return
        stage = next((each for each in _RECORDS if each == self.part), None)
        self.middle.setCurrentWidget(self.records if stage else self.same if self.part == "same" else self.lines)
        if stage is not None:
            self.records.show_view(view)
            self.records.bring(stage)
        elif self.part == "same":
            self.same.show_view(view)
        self.strip.underline(stage, Act.DECIDE if self.part == "same" else None)
        self.head.same_button.rename(_same_words(view, bool(self.part)))
        decided = view.proposals or view.joined or view.parted
        self.head.same_button.setVisible(bool(self.part or (view.of_units and decided)))

    def _show_votes(self) -> None:
        """Ask which vote rests on this roll, and who has taken part in it while it is open."""
        if (view := self.view) is None or self.desk.body_id is None:
            return
        resting = [
            line
            for line in self.desk.ask(voting.motions, self.desk.body_id)
            if line.state in _UNDER_WAY and self.desk.ask(voting.motion, line.id).roll_id == view.roll.id
        ]
        self.strip.show_view(view, self.acts.is_current, resting[0].title if resting else "")
        opened = next((line.id for line in resting if line.state is MotionState.OPEN), None)
        electors = self.desk.ask(voting.electors, opened) if opened is not None else ()
        self.lines.show_votes({elector.key: elector.at is not None for elector in electors})

    def _votes_moved(self) -> None:
        if not self._votes_wait.isActive():
            self._votes_wait.start()

    def _begin_by_hand(self) -> None:
        body_id = self.desk.body_id
        assert body_id is not None
        kind = roll_kind(self.desk.ask(bodies.body, body_id).kind)
        self.desk.do(begin_by_hand, body_id, kind, self.desk.today)
        self.refresh()
        self.acts.add()


def _same_words(view: View, elsewhere: bool) -> str:
    if elsewhere:
        return "回到名册"
    return f"同名待确认 {len(view.proposals)}" if view.proposals else "同一人的认定"
