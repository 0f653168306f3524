"""One matter: its head, the track of its steps, the artefacts of one step, and the side."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QStackedWidget, QWidget

from consult_app.kernel.text import number_words
from consult_app.proposals.actions import complete_step
from consult_app.proposals.queries import ProposalFacts, StepFacts, proposal
from consult_app.proposals.rules import ProposalState, StepState
from ui.desk import Desk
from ui.pages import Go
from ui.pages.matter.bench import Bench
from ui.pages.matter.cards import ArtefactCards
from ui.pages.matter.papers import flow_sheet
from ui.pages.matter.side import MatterSide
from ui.pages.matter.ways import undo_completion, ways
from ui.widgets.button import Button, plain, primary
from ui.widgets.chip import Chip
from ui.widgets.empty_state import EmptyState
from ui.widgets.layout import boxed, column, row, scrolling
from ui.widgets.step_track import StepTrack, TrackStep
from ui.widgets.text import OneLine, heading, small, title

_EVENTS = (
    "proposal.",
    "meeting.",
    "motion.",
    "document.",
    "notice.",
    "objection.",
    "work_order.",
    "review.",
    "archive.",
)


class MatterPage(QWidget):
    """A matter by its number; clicking the track opens an earlier step to be read."""

    def __init__(self, desk: Desk, go: Go) -> None:
        super().__init__()
        self.desk = desk
        self.bench = Bench(desk, go, self)
        self.id: int | None = None
        self.opened = ""
        self.number, self.venue, self.decision, self.outcome = small(), Chip(), Chip(), Chip()
        self.name, self.track = title(), StepTrack()
        self.track.chosen.connect(self._choose)
        self.flow = plain("议事流程单", lambda: flow_sheet(self.bench), icon="file-text")
        self.more = Button("更多 ▾", self._open_ways)
        self.step_name, self.why_not = heading(), OneLine("", "muted")
        self.complete = primary("完成这一步", self._complete)
        self.back_to_present = plain("回到当前步骤", lambda: self._open_step(self.bench.matter.step_code))
        self.cards, self.side = ArtefactCards(self.bench), MatterSide(desk)
        self.stack = QStackedWidget()
        self.stack.addWidget(
            EmptyState("请从议题列表打开一件议题", icon="file-text", action="议题列表", act=lambda: go("matters"))
        )
        self.stack.addWidget(self._usual())
        self.setLayout(column(self.stack, gap=0))
        desk.watch(self.refresh, *_EVENTS)

    def show_for(self, id: int | None = None) -> None:
        """Show a matter at its present step."""
        if id is not None and id != self.id:
            self.id, self.opened = id, ""
        self.refresh()

    def refresh(self) -> None:
        """Ask for the matter anew."""
        if self.id is None:
            self.stack.setCurrentIndex(0)
            return
        before = getattr(self.bench, "matter", None)
        matter = self.bench.matter = self.desk.ask(proposal, self.id, self.desk.today)
        if before is None or before.id != matter.id or before.step_code != matter.step_code or not self.opened:
            self.opened = matter.step_code
        self._show_head(matter)
        self._show_step(matter)
        self.side.show_matter(matter)
        self.stack.setCurrentIndex(1)

    def _usual(self) -> QWidget:
        chips = row(self.number, self.venue, self.decision, self.outcome, None, gap=8)
        words = column(chips, self.name, gap=4)
        head = row(words, self.flow, self.more, gap=8)
        head.setStretch(0, 1)
        for button in (self.flow, self.more):
            head.setAlignment(button, Qt.AlignmentFlag.AlignTop)
        bar = row(self.step_name, self.why_not, self.back_to_present, self.complete, gap=12)
        bar.setStretch(1, 1)
        left = boxed(column(bar, self.cards, None, gap=10))
        across = row(left, self.side, gap=20)
        across.setStretch(0, 5)
        across.setStretch(1, 2)
        for piece in (left, self.side):
            across.setAlignment(piece, Qt.AlignmentFlag.AlignTop)
        return scrolling(column(head, self.track, across, None, gap=14))

    def _show_head(self, matter: ProposalFacts) -> None:
        self.number.say(f"议题 {matter.number}　·　{matter.source_words}")
        self.venue.say(matter.venue.name)
        self.decision.say(_decision(matter))
        tone = "pine" if matter.outcome == "done" else "grey"
        self.outcome.say(matter.outcome_words, tone)
        self.name.say(matter.title)
        steps = tuple(
            TrackStep(step.name, step.state.value, step.note(self.desk.today), _tone(step, self.desk))
            for step in matter.steps
        )
        self.track.show_steps(steps, self._place(matter))
        self.more.setVisible(matter.state is ProposalState.RUNNING)

    def _show_step(self, matter: ProposalFacts) -> None:
        step = matter.steps[self._place(matter)]
        runs = matter.state is ProposalState.RUNNING
        at_present = runs and step.code == matter.step_code
        # the last step's filing may be made up after the matter has ended
        open_to_work = at_present or (not runs and step.ordinal == len(matter.steps) and matter.outcome == "done")
        lacks = matter.obstacles if at_present else ()
        self.step_name.say(f"第{number_words(step.ordinal)}步　{step.name}")
        self.complete.setVisible(at_present)
        self.complete.allow("；".join(one.words for one in lacks))
        self.back_to_present.setVisible(not at_present and runs)
        self.why_not.say(_why_not(lacks) if at_present else _reading(step, runs))
        self.cards.show_step(step, open_to_work, lead=at_present and bool(lacks))

    def _choose(self, place: int) -> None:
        self._open_step(self.bench.matter.steps[place].code)

    def _open_step(self, code: str) -> None:
        self.opened = code
        self._show_head(self.bench.matter)
        self._show_step(self.bench.matter)

    def _place(self, matter: ProposalFacts) -> int:
        return next((place for place, step in enumerate(matter.steps) if step.code == self.opened), 0)

    def _complete(self) -> None:
        done = self.bench.matter.present
        self.desk.do(complete_step, self.bench.matter.id)
        self.opened = ""
        self.refresh()
        if self.bench.matter.state is ProposalState.RUNNING:
            self.desk.say(f"已完成「{done.name}」。", undo=lambda: undo_completion(self.bench))
        else:
            self.desk.say("议题已经办结。")

    def _open_ways(self) -> None:
        menu = self.ways_menu()
        menu.popup(self.more.mapToGlobal(self.more.rect().bottomLeft()))

    def ways_menu(self) -> QMenu:
        """The ways open to the matter now, as a menu."""
        menu = QMenu(self.more)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for words, act in ways(self.bench):
            menu.addAction(words).triggered.connect(lambda _checked=False, act=act: act())
        return menu


def _decision(matter: ProposalFacts) -> str:
    item = matter.item.partition("：")[0].replace("民法典第", "民法典 第")
    return " ".join(part for part in (matter.decision_words, item) if part)


def _tone(step: StepFacts, desk: Desk) -> str:
    if step.state is not StepState.PRESENT:
        return ""
    return "cinnabar" if step.due_on and step.due_on < desk.today else "amber"


def _why_not(lacks: tuple) -> str:  # type: ignore[type-arg]
    if not lacks:
        return "材料已齐，可以完成这一步"
    return lacks[0].words if len(lacks) == 1 else f"还差 {len(lacks)} 项才能完成：{lacks[0].text}"


def _reading(step: StepFacts, runs: bool) -> str:
    if step.return_reason and step.state is StepState.RETURNED:
        return f"已退回，理由：{step.return_reason}"
    if step.completed_at:
        return f"{step.completed_by}完成，只供查看"
    return "还没有开始" if runs else "只供查看"
