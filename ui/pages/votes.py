"""表决: the motions of the body, by where they stand."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QStackedWidget, QWidget

from consult_app.bodies.rules import LEGAL_WORDS
from consult_app.kernel.text import moment_words
from consult_app.voting.choices import STATE_WORDS, MotionState
from consult_app.voting.queries import MotionLine, motions
from ui.desk import Desk
from ui.dialogs.election import DraftElection
from ui.dialogs.form_sheet import Drafts
from ui.dialogs.motion import DraftMotion
from ui.pages import Go
from ui.widgets.button import Button, plain, primary
from ui.widgets.data_table import Column, DataTable
from ui.widgets.empty_state import EmptyState
from ui.widgets.layout import boxed, column, row
from ui.widgets.text import muted, title

TABS = (("running", "进行中"), ("declared", "已宣布"), ("all", "全部"))
TONES = {MotionState.OPEN: "pine", MotionState.CLOSED: "amber", MotionState.DECLARED: "grey", MotionState.VOID: "grey"}
OVER = (MotionState.DECLARED, MotionState.VOID)


class VotesPage(QWidget):
    """Every motion, newest first; a line opens it."""

    def __init__(self, desk: Desk, go: Go) -> None:
        super().__init__()
        self.desk, self.go = desk, go
        self.lines: tuple[MotionLine, ...] = ()
        self.shown = "running"
        self.drafts: Drafts = {}
        self.tabs = {name: Button(words, partial(self._turn, name), "tab") for name, words in TABS}
        for tab in self.tabs.values():
            tab.setCheckable(True)
        self.table = DataTable(COLUMNS, "表决", desk.memory)
        self.table.opened.connect(lambda line: go("election" if line.seats else "vote", id=line.id))
        self.none, self.stack = muted(), QStackedWidget()
        self.bar = boxed(row(*self.tabs.values(), None, gap=6))
        self.stack.addWidget(boxed(column(self.bar, self.table, self.none, gap=12)))
        self.empty = EmptyState(
            "还没有表决", "议题审定后需要投票决定的，在这里起草表决事项、发放选票、计票。", icon="vote"
        )
        self.stack.addWidget(self.empty)
        self.draft_button = primary("起草表决…", self.draft, icon="plus")
        self.elect_button = plain("起草选举、罢免…", self.elect)
        self.setLayout(
            column(
                row(title("表决"), None, self.elect_button, self.draft_button),
                self.stack,
                gap=12,
                margins=(24, 20, 24, 16),
            )
        )
        desk.watch(self.refresh, "motion.", "ballot.")

    def show_for(self, draft: int | None = None) -> None:
        """Show the list; with `draft`, begin a motion on that matter."""
        self.refresh()
        if draft is not None:
            self.draft(draft)

    def refresh(self) -> None:
        """Ask for the motions."""
        body_id = self.desk.body_id
        self.lines = self.desk.ask(motions, body_id) if body_id is not None else ()
        for button in (self.draft_button, self.elect_button):
            button.allow("" if body_id is not None else "请先建立议事主体。")
        self.stack.setCurrentIndex(0 if self.lines else 1)
        self._show()

    def draft(self, proposal_id: int | None = None) -> None:
        """Draft a motion and go to it."""
        sheet = DraftMotion(self.desk, proposal_id, self)
        sheet.keep_in(self.drafts, "motion", str(proposal_id))
        sheet.accepted.connect(lambda: self.go("vote", id=sheet.made))
        sheet.open()

    def elect(self, proposal_id: int | None = None) -> None:
        """Draft an election or a recall and go to it."""
        sheet = DraftElection(self.desk, proposal_id, self)
        sheet.keep_in(self.drafts, "election", str(proposal_id))
        sheet.accepted.connect(lambda: self.go("election", id=sheet.made))
        sheet.open()

    def _turn(self, shown: str) -> None:
        self.shown = shown
        self._show()

    def _show(self) -> None:
        for name, words in TABS:
            self.tabs[name].rename(f"{words} {len(self._of(name))}")
            self.tabs[name].setChecked(name == self.shown)
        found = self._of(self.shown)
        self.table.show_rows(found)
        self.none.say("" if found else "没有这样的表决")
        self.none.setVisible(not found)

    def _of(self, name: str) -> Sequence[MotionLine]:
        if name == "all":
            return self.lines
        return [line for line in self.lines if (line.state in OVER) == (name == "declared")]


def _turnout(line: MotionLine) -> str:
    if line.state in (MotionState.DRAFTED, MotionState.FROZEN, MotionState.ISSUED) or not line.eligible.heads:
        return "—"
    return f"{line.participating_heads} / {line.eligible.heads}"


COLUMNS = (
    Column("表决事项", lambda line: line.title, 34),
    Column("状态", lambda line: STATE_WORDS[line.state], 9, sort=lambda line: list(MotionState).index(line.state),
           tone=lambda line: TONES.get(line.state, "")),
    Column("参与人数", _turnout, 12, sort=lambda line: line.participating_heads / max(1, line.eligible.heads)),
    Column("截止时间", lambda line: moment_words(line.closes_at), 20, sort=lambda line: line.closes_at),
    Column("法律效力", lambda line: LEGAL_WORDS[line.legal_mode], 22),
)  # fmt: skip
