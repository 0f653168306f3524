"""The artefacts of a step as cards: how each stands, and its one action."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QMenu, QSizePolicy, QWidget

from consult_app.kernel.text import short_day
from consult_app.proposals.queries import ArtefactFacts, ArtefactState, ReachedFacts, StepFacts
from consult_app.proposals.rules import ProposalState
from ui.pages.matter.acts import act_of
from ui.pages.matter.bench import Bench
from ui.pages.matter.more import more_of
from ui.pages.matter.notes import note_of
from ui.widgets.button import Button, plain, primary
from ui.widgets.layout import clear, column, row
from ui.widgets.state_dot import StateDot
from ui.widgets.text import OneLine, Words, muted, small, tip

_DOTS = {
    ArtefactState.MISSING: "waiting",
    ArtefactState.BEGUN: "half",
    ArtefactState.WAITING: "soon",
    ArtefactState.COMPLETE: "done",
}


class ArtefactCards(QWidget):
    """The cards of one step. `show_step(step, at_present, lead)`: with `lead` the first act that can be done is the page's primary."""

    def __init__(self, bench: Bench) -> None:
        super().__init__()
        self.bench = bench
        self.cards: dict[str, ArtefactCard] = {}
        self.lines = column(gap=8)
        self.setLayout(self.lines)

    def show_step(self, step: StepFacts, at_present: bool, lead: bool) -> None:
        """Show a step's artefacts: with their actions when it is the present one, else to be read with versions."""
        clear(self.lines)
        self.cards = {}
        for artefact in step.artefacts:
            if not artefact.needed and not artefact.reached and not artefact.versions:
                continue
            card = ArtefactCard(self.bench, artefact, at_present, lead)
            lead = lead and not card.leads
            self.cards[artefact.code] = card
            self.lines.addWidget(card)


class ArtefactCard(QFrame):
    """One artefact: dot, name, how it stands in words, the button for what it lacks, a menu for the rest."""

    def __init__(self, bench: Bench, artefact: ArtefactFacts, at_present: bool, lead: bool) -> None:
        super().__init__()
        self.bench, self.artefact = bench, artefact
        self.setProperty("look", "card")
        self.setAccessibleName(f"{artefact.name}，{artefact.state_words}")
        self.leads = False
        self.button: Button | None = None
        name = Words(artefact.name)
        name.setFixedWidth(name.fontMetrics().horizontalAdvance("决议（会议纪要）"))
        name.setWordWrap(True)
        pieces = column(*self._notes(at_present), gap=2)
        line = row(StateDot(_DOTS[artefact.state]), name, pieces, gap=12)
        line.setStretch(2, 1)
        if at_present:
            self._offer(line, lead)
        runs = bench.matter.state is ProposalState.RUNNING
        self.more = _menu_button(more_of(bench, artefact, at_present and runs))
        if self.more is not None:
            line.addWidget(self.more)
        self.setLayout(column(line, gap=4, margins=(16, 11, 14, 11)))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def _notes(self, at_present: bool) -> list[QWidget]:
        artefact = self.artefact
        notes: list[QWidget] = []
        if artefact.reached:
            latest = artefact.reached[-1]
            notes.append(OneLine(_reached_words(artefact.reached), "small"))
            notes[-1].setToolTip(tip(f"{latest.by} 登记"))
        if artefact.missing and at_present:
            tone = "amber" if artefact.state is ArtefactState.WAITING else ""
            notes.append(Words(_missing_words(artefact), "" if artefact.reached else "muted", tone, wrap=True))
        elif not artefact.reached:
            notes.append(muted("未形成"))
        if at_present and (under_way := note_of(self.bench, artefact)):
            notes.append(OneLine(under_way, "small"))
        notes += [small(_version_words(one), wrap=True) for one in artefact.versions] if not at_present else []
        if at_present and artefact.versions:
            notes.append(small(f"有 {len(artefact.versions)} 条作废的旧版本"))
        return notes

    def _offer(self, line, lead: bool) -> None:  # type: ignore[no-untyped-def]
        act = act_of(self.artefact)
        if act is None:
            return
        why_not = act.why_not(self.bench, self.artefact)
        words = act.label(self.bench, self.artefact)
        self.leads = lead and not why_not
        make = primary if self.leads else plain
        self.button = make(words, lambda: act.run(self.bench, self.artefact))
        self.button.setAccessibleName(f"{words}：{self.artefact.name}")
        self.button.allow(why_not)
        if why_not:
            line.addWidget(small(why_not))
        line.addWidget(self.button)


def _reached_words(reached: Sequence[ReachedFacts]) -> str:
    """`已印发 3月8日；已张贴 3月9日：…`: the states with their days, the last with what it says."""
    states = "，".join(f"{short_day(one.on)}{one.state_words}" for one in reached)
    last = reached[-1]
    return states if last.what == last.state_words else f"{states}：{last.what}"


def _missing_words(artefact: ArtefactFacts) -> str:
    by = f"，由{artefact.by}办理" if artefact.by and artefact.state is not ArtefactState.WAITING else ""
    until = f"，{short_day(artefact.due_on)}前" if artefact.due_on and by else ""
    missing = artefact.missing.removeprefix(artefact.name).replace(f"还缺{artefact.name}", "还没有形成")
    return f"{missing}{by}{until}"


def _version_words(one: ReachedFacts) -> str:
    return f"作废：{short_day(one.on)}{one.state_words}（{one.what}），理由：{one.void_reason}"


def _menu_button(entries: tuple) -> Button | None:  # type: ignore[type-arg]
    if not entries:
        return None
    button = Button("⋯", None, "quiet")
    button.setAccessibleName("更多")
    button.setToolTip("查看、打印、作废等")
    opened = QMenu(button)
    for words, act in entries:
        opened.addAction(words).triggered.connect(lambda _checked=False, act=act: act())
    button.setProperty("entries", [words for words, _ in entries])
    button.clicked.connect(lambda: opened.popup(button.mapToGlobal(button.rect().bottomLeft())))
    button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    return button
