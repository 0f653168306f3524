"""名册的经过: the stages of a roll on one line, what to do next or why to wait, and the one button that does it."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from consult_app.rolls.life import STAGE_WORDS, Act, Stage
from ui.pages.roll.view import View
from ui.widgets.button import primary
from ui.widgets.layout import boxed, column, row
from ui.widgets.step_track import StepTrack, TrackStep
from ui.widgets.text import Words

ACT_WORDS = {
    Act.COMPLETE: "查看待补正的行",
    Act.DECIDE: "核对同名业主",
    Act.PRINT: "制作公示稿…",
    Act.POST: "登记张贴…",
    Act.ANSWER: "答复异议…",
    Act.FREEZE: "冻结名册…",
    Act.VOTE: "去发起表决",
}
"""What the button says; where time has to pass there is none."""


class LifeStrip(QWidget):
    """`show_view(view, current)`; the button does the next act, `chosen(stage)` tells which stage was clicked."""

    chosen = Signal(object)

    def __init__(self, acts: Mapping[Act, Callable[[], object]]) -> None:
        super().__init__()
        self._acts = acts
        self._stages: tuple[Stage, ...] = ()
        self._act, self._may = Act.WAIT, False
        self.track, self.words = StepTrack(), Words("", wrap=True)
        self.button = primary("", self._do)
        self.track.chosen.connect(self._choose)
        side = boxed(column(self.words, row(self.button, None), gap=8))
        across = row(self.track, side, gap=24)
        across.setStretch(0, 3)
        across.setStretch(1, 2)
        self.setLayout(across)

    def show_view(self, view: View, current: bool, motion: str = "") -> None:
        """Show where a roll stands; of one that is not `current` nothing is to be done.

        `motion` is the title of a vote that rests on it: its weights are kept with the vote, whatever changes here.
        """
        if (life := view.life) is None:
            self._wait()
            return
        self._stages = tuple(each.stage for each in life.stages)
        self._act = life.act
        self.track.show_steps([TrackStep(each.name, each.state, each.note, each.tone) for each in life.stages])
        words = life.words if current else "这是已被新名册取代的名册，只能查看。"
        if motion and not view.frozen:
            words = f"「{motion}」用的是当时冻结的票权清册，现在的更正不影响它。下次表决前，请公示并冻结名册。"
        self.words.say(words, life.tone if current else "grey")
        self.button.rename(ACT_WORDS.get(life.act, ""))
        self._may = current
        self.underline(None)

    def underline(self, stage: Stage | None, doing: Act | None = None) -> None:
        """Mark the stage whose records the page shows; while the page is at the next act, its button rests."""
        place = self._stages.index(stage) if stage in self._stages else -1
        self.track.show_steps(self.track.steps, place)
        self.button.setVisible(self._may and self._act in ACT_WORDS and self._act is not doing)

    def _choose(self, place: int) -> None:
        if place < len(self._stages):
            self.chosen.emit(self._stages[place])

    def _wait(self) -> None:
        """Keep the place while the rest of a large roll is read."""
        self._stages, self._may = (), False
        self.track.show_steps([TrackStep(name, "waiting") for name in STAGE_WORDS.values()])
        self.words.say("正在读取名册…", "grey")
        self.button.hide()

    def _do(self) -> None:
        self._acts[self._act]()
