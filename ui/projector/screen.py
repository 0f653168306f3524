"""The remote of the big screen: `desk.screen.show("voting", motion_id=3)`; it follows events and the clock by itself."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from ui.projector import scenes

if TYPE_CHECKING:
    from ui.desk import Desk
    from ui.projector.window import ProjectorWindow

WORDS = {
    "title": "标题",
    "agenda": "议程",
    "matter": "议题正文",
    "how": "如何投票",
    "voting": "投票中",
    "result": "结果",
    "blank": "空白",
}
"""What can be shown, in the order of a meeting."""


class BigScreen(QObject):
    """One big screen. `kind` is what it shows now, empty while it is off."""

    changed = Signal()

    def __init__(self, desk: "Desk") -> None:
        super().__init__(desk)
        self.desk = desk
        self.kind, self.place = "", dict[str, Any]()
        self.window: ProjectorWindow | None = None
        self.rehearsal: scenes.Scene | None = None
        self._clock = QTimer(self)
        self._clock.setInterval(1000)
        self._clock.timeout.connect(self.refresh)
        desk.alarms.changed.connect(self._note)
        desk.watch(self.refresh, "motion.", "ballot.", "hands.", "credential.", "meeting.", "proposal.")

    @property
    def words(self) -> str:
        """What is shown now, in words; empty while it is off."""
        return WORDS.get(self.kind, "")

    def show(self, kind: str, **place: Any) -> None:
        """Show a scene: `title` and `matter` of a meeting_id, proposal_id or motion_id, `agenda` of a meeting_id,
        `how`, `voting`, `result` of a motion_id (and item), `blank`. Refused as the question behind it is.
        """
        scene = self._scene(kind, place)
        from ui.projector.window import ProjectorWindow

        if self.window is None:
            self.window = ProjectorWindow()
            self.window.closed.connect(self._closed)
        self.kind, self.place = kind, place
        self.window.show_scene(scene)
        self.window.show_note(self.desk.alarms.hall)
        if not self.window.isVisible():
            self.window.appear()
        self._clock.start()
        self.changed.emit()

    def next(self) -> None:
        """Show what comes after, for the same place, as far as there is something to show."""
        order = list(WORDS)
        at = order.index(self.kind) if self.kind in order else -1
        for kind in order[at + 1 :]:
            if self._fits(kind):
                self.show(kind, **self.place)
                return

    def refresh(self) -> None:
        """Ask anew for what is shown."""
        if self.window is not None and self.kind:
            self.window.show_scene(self.rehearsal or self._scene(self.kind, self.place))

    def show_rehearsal(self, scene: scenes.Scene) -> None:
        """Show a rehearsal in place of what is shown, where the screen is on; `end_rehearsal` gives the place back."""
        self.rehearsal = scene
        self.refresh()

    def end_rehearsal(self) -> None:
        """Show again what was shown before."""
        self.rehearsal = None
        self.refresh()

    def close(self) -> None:
        """Turn the big screen off."""
        if self.window is not None:
            self.window.close()

    def _note(self) -> None:
        if self.window is not None:
            self.window.show_note(self.desk.alarms.hall)

    def _fits(self, kind: str) -> bool:
        wanted = {"agenda": "meeting_id", "how": "motion_id", "voting": "motion_id", "result": "motion_id"}.get(kind)
        return wanted is None or wanted in self.place

    def _scene(self, kind: str, place: dict[str, Any]) -> scenes.Scene:
        if kind == "blank":
            return scenes.Blank()
        from ui.projector import feed

        make: dict[str, tuple[Callable[..., scenes.Scene], tuple[str, ...]]] = {
            "title": (feed.title, ("meeting_id", "motion_id")),
            "agenda": (feed.agenda, ("meeting_id",)),
            "matter": (feed.matter, ("proposal_id", "motion_id")),
            "how": (feed.how_to_vote, ("motion_id",)),
            "voting": (feed.turnout, ("motion_id",)),
            "result": (feed.result, ("motion_id", "item")),
        }
        function, names = make[kind]
        return function(self.desk, **{name: place[name] for name in names if name in place})

    def _closed(self) -> None:
        self._clock.stop()
        self.kind, self.place, self.window = "", {}, None
        self.changed.emit()
