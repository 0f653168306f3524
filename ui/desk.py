"""The only bridge between the window and the core: do, ask, watch. Refusals are said, bugs are reported, long work is carried.

    desk.do(add_body, "owners", name)        # an action, in one transaction; what is refused below is said in the bar
    lines = desk.ask(proposals, body_id)     # a query
    desk.watch(self.refresh, "proposal.")    # ask again when such an event is appended, by whichever process

`do` and `ask` raise what the core raises. A slot need not catch it: what leaves a slot is caught here, a refusal is said in the
message bar (or beside its field, see `Form.guard`), anything else is a bug and goes to the log.
"""

import sys
import traceback
import weakref
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Concatenate, ParamSpec, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from consult_app.app import App
from consult_app.audit import chain
from consult_app.kernel.errors import Refused
from consult_app.kernel.text import legal_day, moment_words
from consult_app.storage.store import Actor, Work
from ui.alarms import Alarms
from ui.memory import Memory
from ui.projector.screen import BigScreen
from ui.task import Task
from ui.vote_server import VoteServer
from ui.watchman import Watchman

P = ParamSpec("P")
T = TypeVar("T")

POLL = 100
"""How often the chain's head is looked at, in milliseconds."""

RETRY = 1000
"""How often it is looked at while the database does not answer."""

UNNAMED = "社区书记"


@dataclass(frozen=True)
class Message:
    """One thing to say in the message bar. `tone` is pine (done), cinnabar (refused), amber (attention) or grey."""

    text: str
    tone: str = "pine"
    action: str = ""
    act: Callable[[], object] | None = None


@dataclass(frozen=True)
class _Watcher:
    refresh: Callable[[], Callable[[], object] | None]
    prefixes: tuple[str, ...]


class Desk(QObject):
    """The bridge. One for each window; lives in the window's thread."""

    said = Signal(object)
    """A `Message` for the bar."""
    began = Signal(object)
    """A `Task` for the busy bar."""
    turned = Signal()
    """Another body or venue was chosen."""
    moved = Signal(int, str)
    """The audit chain has a new head: its number and digest."""

    def __init__(self, app: App, memory: Memory, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.app = app
        self.store = app.store
        self.memory = memory
        self.server = VoteServer(app.settings, self)
        self._watchers: list[_Watcher] = []
        self.alarms = Alarms(self)
        self.screen = BigScreen(self)
        self._tasks: set[Task] = set()
        self._looking = self._closed = False
        self._seq, self.head = self.store.ask(chain.head)
        self._poll = QTimer(self)
        self._poll.setInterval(POLL)
        self._poll.timeout.connect(self.look)
        self._poll.start()
        self.watchman = Watchman(self)

    # do, ask, watch

    def do(self, action: Callable[Concatenate[Work, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run one action in one transaction as the clerk at this desk; raises `Refused` when a rule says no."""
        result = self.store.do(self.actor, action, *args, **kwargs)
        self._look_soon()
        return result

    def ask(self, query: Callable[Concatenate[Any, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Answer one question from one consistent view of the data."""
        return self.store.ask(query, *args, **kwargs)

    def watch(self, refresh: Callable[[], object], *prefixes: str) -> None:
        """Call `refresh` after events whose names begin with any of the prefixes, at most once every 100 ms.

        A method is held weakly. A widget out of sight is left alone: the window calls `show_for` when it comes back.
        """
        owner = getattr(refresh, "__self__", None)
        held: Callable[[], Callable[[], object] | None]
        held = weakref.WeakMethod(refresh) if owner is not None else lambda: refresh
        self._watchers.append(_Watcher(held, prefixes))

    def look(self) -> None:
        """Look for new entries of the chain now, and refresh what watches them."""
        self._looking = False
        if self._closed:  # a look that was on its way
            return
        try:
            seq, self.head = self.store.ask(chain.head)
            if seq == self._seq:
                self._readable()
                return
            events = self.store.ask(chain.happened, self._seq, seq)
        except Exception as error:
            self._unreadable(error)
            return
        self._readable()
        self._seq = seq
        for watcher in tuple(self._watchers):
            if any(event.startswith(watcher.prefixes) for event in events):
                self._refresh(watcher)
        self.moved.emit(self._seq, self.head)

    # who and when

    @property
    def actor(self) -> Actor:
        """Who works at this desk, as the record will name them."""
        return Actor(self.memory.get("clerk") or UNNAMED)

    @property
    def now(self) -> datetime:
        """The instant, by the Store's clock."""
        return self.store.now()

    @property
    def today(self) -> date:
        """The day in China."""
        return legal_day(self.store.now())

    @property
    def body_id(self) -> int | None:
        """The body this window works for."""
        found = self.memory.get("body")
        return found if isinstance(found, int) else None

    @property
    def venue_id(self) -> int | None:
        """The venue whose matters are shown; None for all of the body's."""
        found = self.memory.get("venue")
        return found if isinstance(found, int) else None

    def turn_to(self, body_id: int | None, venue_id: int | None = None) -> None:
        """Work for another body, or another venue of it, from now on."""
        if (body_id, venue_id) != (self.body_id, self.venue_id):
            self.memory.put("body", body_id)
            self.memory.put("venue", venue_id)
            self.turned.emit()

    # say

    def say(self, text: str, undo: Callable[[], object] | None = None, *, tone: str = "pine") -> None:
        """Say in the message bar that something is done; with `undo`, offer 撤销."""
        self.said.emit(Message(text, tone, "撤销" if undo else "", undo))

    def refuse(self, refused: Refused) -> None:
        """Say a refusal in the message bar."""
        # not str(refused): Qt writes its own words before the message of what leaves an override
        self.said.emit(Message(refused.text.format(**refused.facts), "cinnabar"))

    def stand_guard(self) -> None:
        """Catch here whatever leaves a slot: the window's one edge."""
        sys.excepthook = self._hook

    def caught(self, error: BaseException) -> None:
        """Say a refusal; report anything else as a bug, with its traceback in the log."""
        if isinstance(error, Refused):
            self.refuse(error)
            return
        details = "".join(traceback.format_exception(error))
        log = self.log(details)
        text = "程序出错，刚才这一步没有完成，已存的数据不受影响。"
        self.said.emit(Message(text, "cinnabar", "查看详情", lambda: self._show_bug(details, log)))

    def log(self, details: str) -> Path:
        """Append a bug's traceback to the log in the data folder; returns the log's path."""
        path = self.app.settings.data / "logs" / "errors.log"
        sys.stderr.write(details)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("a", encoding="utf-8") as log:
                log.write(f"==== {moment_words(self.store.now())}\n{details}\n")
        except OSError:
            sys.stderr.write(f"the log {path} cannot be written\n")
        return path

    # long work

    def work(
        self,
        title: str,
        function: Callable[[Task], T],
        done: Callable[[T], object],
        *,
        failed: Callable[[], object] | None = None,
        quiet: bool = False,
    ) -> Task:
        """Run `function(task)` on another thread with a bar that shows progress and can cancel; `done(result)` runs in the window.

        `quiet` work has no bar: it is short and follows what the user types or looks at.

        The function calls `task.progress(part, whole, words)` now and then; that raises when the user has cancelled. A refusal is
        said as usual; `failed` runs after a refusal, a bug or a cancel.
        """
        task = Task(title, function, done, failed, self)
        self._tasks.add(task)
        task.finished.connect(self._task_finished)
        if not quiet:
            self.began.emit(task)
        task.start()
        return task

    def close(self) -> None:
        """Stop looking, cancel long work and wait for it, stop the vote server."""
        self._closed = True
        self._poll.stop()
        self.watchman.close()
        self.screen.close()
        self.server.stop()
        for task in tuple(self._tasks):
            task.cancel()
        Task.wait_for_all()
        if sys.excepthook == self._hook:
            sys.excepthook = sys.__excepthook__

    # inside

    def _look_soon(self) -> None:
        if not self._looking:
            self._looking = True
            QTimer.singleShot(0, self.look)

    def _unreadable(self, error: Exception) -> None:
        """Say it once, look on at a slower pace, and let the alarm stand until the database answers again."""
        if self._poll.interval() == POLL:
            self._poll.setInterval(RETRY)
            self.caught(error)
        self.watchman.unreadable(error)

    def _readable(self) -> None:
        if self._poll.interval() != POLL:
            self._poll.setInterval(POLL)
            self.watchman.readable()

    def _refresh(self, watcher: _Watcher) -> None:
        refresh = watcher.refresh()
        owner = getattr(refresh, "__self__", None)
        if refresh is None or (isinstance(owner, QObject) and not isValid(owner)):
            self._watchers.remove(watcher)
            return
        if isinstance(owner, QWidget) and not owner.isVisible():
            return
        try:
            refresh()
        except Exception as error:
            self.caught(error)

    def _task_finished(self, task: Task) -> None:
        self._tasks.discard(task)
        try:
            task.deliver()
        except Exception as error:
            self.caught(error)
        self._look_soon()

    def _hook(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if isinstance(error, Exception):
            self.caught(error)
        else:
            sys.__excepthook__(kind, error, trace)

    def _show_bug(self, details: str, log: Path) -> None:
        from ui.dialogs.bug import show_bug

        show_bug(details, log)
