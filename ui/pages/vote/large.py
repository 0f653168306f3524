"""What a vote's page shows of every slip and every room: large, so that it is asked for in pieces while votes come in.

Another thread would be no help: each word that Qt asks of Python for its painting would wait for that thread.
"""

from collections import defaultdict
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass
from time import monotonic

from PySide6.QtCore import QObject, QTimer, Signal

from consult_app.storage.store import Store
from consult_app.voting import queries as voting
from consult_app.voting.choices import MotionState
from consult_app.voting.queries import Building as Rooms
from consult_app.voting.queries import Case, Cell, MotionFacts, SlipLine, WaitingPaper
from ui.pages.vote.slips import newest_first
from ui.pages.vote.turnout import arranged
from ui.widgets.building_grid import Building

ISSUED_ON = (MotionState.ISSUED, MotionState.OPEN, MotionState.CLOSED, MotionState.DECLARED)
SETTLE = 400
"""Milliseconds after a vote until it is read again; the bars follow at once."""

SLICE, PAUSE = 0.006, 12
"""Seconds of reading at a time, and milliseconds from one time to the next: the window draws in between."""

PIECE = 200
"""Slips or voters that are asked for at once: two or three milliseconds."""


@dataclass(frozen=True)
class Large:
    """The doubtful ballots, the papers that wait for a second teller, the log of slips, the rooms."""

    cases: Sequence[Case]
    waiting: Sequence[WaitingPaper]
    slips: Sequence[SlipLine]
    buildings: Sequence[Building]


class Reading(QObject):
    """Reads it again when something happened, once votes pause; `arrived` hands it over."""

    arrived = Signal(object)
    """A `Large`, of the motion that was last followed."""

    def __init__(self, store: Store, parent: QObject) -> None:
        super().__init__(parent)
        self._store = store
        self._motion: MotionFacts | None = None
        self._pieces: Iterator[None] = iter(())
        self._stale = False
        self._settle = QTimer(self, interval=SETTLE, singleShot=True)
        self._settle.timeout.connect(self._begin)
        self._work = QTimer(self, interval=PAUSE)
        self._work.timeout.connect(self._go_on)

    @property
    def is_reading(self) -> bool:
        """Whether it is in the midst of its pieces."""
        return self._work.isActive()

    @property
    def is_behind(self) -> bool:
        """Whether something happened that was not handed over yet."""
        return self.is_reading or self._settle.isActive()

    def follow(self, motion: MotionFacts) -> None:
        """Something happened to a motion."""
        self._motion = motion
        if self.is_reading:
            self._stale = True
        elif not self._settle.isActive():
            self._settle.start()

    def now(self, motion: MotionFacts) -> Large:
        """All of it at once: a page is opened, or the motion went on."""
        self._settle.stop()
        self._work.stop()
        return whole(self._store, motion)

    def _begin(self) -> None:
        if self._motion is not None:
            self._pieces, self._stale = in_pieces(self._store, self._motion), False
            self._work.start()

    def _go_on(self) -> None:
        """Read some more, for as long as nobody sees the window stand still."""
        until = monotonic() + SLICE
        try:
            next(self._pieces)
            while monotonic() < until:
                next(self._pieces)
        except StopIteration as end:
            self._work.stop()
            self.arrived.emit(end.value)
            if self._stale:
                self._settle.start()


def in_pieces(store: Store, motion: MotionFacts) -> Generator[None, None, Large]:
    """Ask for all of it and lay it out, pausing after each piece."""
    issued = motion.state in ISSUED_ON
    cases = store.ask(voting.doubtful_ballots, motion.id) if motion.opened_at else ()
    waiting = store.ask(voting.paper_waiting, motion.id) if issued else ()
    yield
    slips: list[SlipLine] = []
    for piece in _slips(store, motion.id) if issued else ():
        slips += piece
        yield
    rooms: dict[str, list[Cell]] = defaultdict(list)
    for part in _rooms(store, motion.id, sorted({slip.elector_id for slip in slips})) if issued else ():
        for building in part:
            rooms[building.name] += building.cells
        yield
    buildings: list[Building] = []
    for name, cells in rooms.items():
        buildings.append(arranged(Rooms(name, tuple(cells))))
        yield
    return Large(cases, waiting, newest_first(slips), buildings)


def whole(store: Store, motion: MotionFacts) -> Large:
    """All of it at once."""
    pieces = in_pieces(store, motion)
    while True:
        try:
            next(pieces)
        except StopIteration as end:
            found: Large = end.value
            return found


def _slips(store: Store, motion_id: int) -> Iterator[Sequence[SlipLine]]:
    before: int | None = None
    while piece := store.ask(voting.slips, motion_id, before, PIECE):
        yield piece
        before = int(piece[-1].serial)


def _rooms(store: Store, motion_id: int, voters: Sequence[int]) -> Iterator[Sequence[Rooms]]:
    """The rooms of some voters at a time; the last piece is open, for those who have no slip."""
    after = 0
    for to in voters[PIECE::PIECE]:
        yield store.ask(voting.grid, motion_id, after, to)
        after = to
    yield store.ask(voting.grid, motion_id, after)
