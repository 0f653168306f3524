"""What a vote's page shows of every slip and every room: large, so that it is asked for in pieces while votes come in.

Another thread would be no help: each word that Qt asks of Python for its painting would wait for that thread.
"""

from collections import defaultdict
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass

from consult_app.storage.store import Store
from consult_app.voting import queries as voting
from consult_app.voting.choices import MotionState
from consult_app.voting.queries import Building as Rooms
from consult_app.voting.queries import Case, Cell, MotionFacts, SlipLine, WaitingPaper
from ui.pages.vote.slips import newest_first
from ui.pages.vote.turnout import arranged
from ui.widgets.building_grid import Building

ISSUED_ON = (MotionState.ISSUED, MotionState.OPEN, MotionState.CLOSED, MotionState.DECLARED)
PIECE = 200
"""Slips or voters that are asked for at once: two or three milliseconds."""


@dataclass(frozen=True)
class Large:
    """The doubtful ballots, the papers that wait for a second teller, the log of slips, the rooms."""

    cases: Sequence[Case]
    waiting: Sequence[WaitingPaper]
    slips: Sequence[SlipLine]
    buildings: Sequence[Building]


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
