"""会场体检: all well, with faults, and what is asked before a rehearsal."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from PySide6.QtWidgets import QWidget

from consult_app.voting.issuing import IssuedSlip
from consult_app.web.room import Room
from tests.consult_app.voting import estate
from tests.screens import Shot, Stage
from ui.dialogs.rehearse import Rehearse, scene
from ui.dialogs.trial_slip import TrialSlip
from ui.pages.room import page
from ui.projector.window import ProjectorWindow

WELL = Room(
    addresses=("192.168.31.20",), served="192.168.31.20:8080", printed="192.168.31.20:8080", answers=True, phones=3,
    reached=True, free=50 * 1024**3, medium="E:\\六步议事副本", on_mains=True, now="2026年11月22日 09:00",
)  # fmt: skip


class _Running:
    """A vote server that only says where it is."""

    address, addresses, port, phones, failed, alive = "http://192.168.31.20:8080", (), 8080, 3, "", True

    def stop(self) -> None:
        """Nothing runs."""


def _page(stage: Stage, room: Room, served: bool = True) -> QWidget:
    body = stage.body()
    estate.owners_roll(stage.store, Path(stage.app.settings.data), body, 84)
    vote = estate.issued(stage.store, body)
    if served:
        stage.desk.server._child = _Running()
        stage.desk.memory.put("wifi.name", "示范小区议事厅")
        stage.desk.memory.put("wifi.password", "yishi2026")
    stage.replace(page, "looked_over", lambda *_: room)  # not this computer's room
    return stage.window("room", id=vote.motion)


def well(stage: Stage) -> QWidget:
    return _page(stage, WELL)


def faults(stage: Stage) -> QWidget:
    room = replace(
        WELL, addresses=("192.168.31.99",), answers=False, phones=0, reached=False, free=300 * 1024**2,
        leap=timedelta(minutes=-12), medium_there=False, on_mains=False,
    )  # fmt: skip
    return _page(stage, room)


def off(stage: Stage) -> QWidget:
    return _page(
        stage,
        replace(WELL, addresses=(), served="", printed="", answers=False, phones=0, reached=False, medium=""),
        False,
    )


def sheet(stage: Stage) -> QWidget:
    stage.body()
    return Rehearse(stage.desk, None)


class _Trial:
    """A test slip whose vote has come."""

    voted = True
    slip = IssuedSlip(
        "0001", "0" * 13, "7K2M9QXT", "HTTP://192.168.31.20:49160/0123456789ABC", "1幢1单元101", "1幢1单元101",
        ("练习业主1",), (("4839", "1756", "9022"),),
    )  # fmt: skip

    def close(self) -> bool:
        """Nothing runs."""
        return True


def trial(stage: Stage) -> QWidget:
    stage.body()
    stage.desk.memory.put("wifi.name", "示范小区议事厅")
    return TrialSlip(stage.desk, _Trial())  # type: ignore[arg-type]


def big_screen(stage: Stage) -> QWidget:
    window = ProjectorWindow()
    window.show_scene(scene(18, 30))
    return window


SHOTS = (
    Shot("room-well", well),
    Shot("room-faults", faults),
    Shot("room-off", off),
    Shot("room-sheet", sheet),
    Shot("room-trial", trial),
    Shot("room-screen", big_screen),
)
