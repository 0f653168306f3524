"""Look the room over: what the window knows is asked here, what may take a moment in another thread."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from consult_app.audit import chain, medium
from consult_app.kernel.text import moment_words
from consult_app.storage.reserve import Reserve
from consult_app.voting import queries as voting
from consult_app.voting.choices import MotionState
from consult_app.web import room as rooms
from consult_app.web.address import lan_addresses
from consult_app.web.room import Room
from ui.desk import Desk

RUNNING = (MotionState.FROZEN, MotionState.ISSUED, MotionState.OPEN)
"""Where a closing time lies ahead, unless the clock is wrong."""


def known(desk: Desk, motion_id: int | None) -> Room:
    """What the window knows at once."""
    seq, _ = desk.ask(chain.head)
    newest = desk.ask(chain.since, seq - 1)
    gone = desk.now - newest[-1].at if newest else timedelta()
    motion = desk.ask(voting.motion, motion_id) if motion_id is not None else None
    past = motion is not None and motion.state in RUNNING and motion.closes_at <= desk.now
    kept = desk.ask(medium.medium)
    printed = str(desk.memory.get(f"slips.{motion_id}") or "") if motion_id is not None else ""
    return Room(
        addresses=(),
        served=desk.server.address,
        printed=printed,
        phones=desk.server.phones,
        reached=desk.server.reached,
        leap=desk.app.leap,
        behind=max(-gone, timedelta()),
        idle=max(gone, timedelta()),
        last=moment_words(newest[-1].at) if newest else "",
        closed=moment_words(motion.closes_at) if motion is not None and past else "",
        medium=kept.place,
        fault=kept.fault,
        now=moment_words(desk.now),
    )


def looked_over(desk_data: Path, url: str, room: Room) -> Room:
    """The rest: addresses, the own page, disk, medium and power. Runs in any thread; takes some seconds at most."""
    return replace(
        room,
        addresses=lan_addresses() or _own(room.served),
        answers=bool(url) and rooms.answers(url),
        free=Reserve(desk_data).room,
        medium_there=not room.medium or Path(room.medium).is_dir(),
        on_mains=rooms.on_mains(),
    )


def _own(served: str) -> tuple[str, ...]:
    """This computer's own loop, where the server was opened there on purpose to be tried out."""
    return ("127.0.0.1",) if served.startswith("127.") else ()
