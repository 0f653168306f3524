"""The vote server as the window shows it: reached by phones or not yet, tried with a phone; slips and an extension."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

from PySide6.QtWidgets import QWidget

from consult_app.audit import chain
from consult_app.storage.store import SYSTEM
from consult_app.voting import queries
from consult_app.web.child import Child
from tests.consult_app.voting import estate
from tests.screens import Shot, Stage
from ui.dialogs.extend import Extend
from ui.dialogs.issue_slips import IssueSlips
from ui.dialogs.try_phone import TryPhone


def _served(stage: Stage, phones: int) -> estate.Vote:
    """An open vote, and a server that so many phones came to."""
    body = stage.body()
    estate.owners_roll(stage.store, Path(stage.app.settings.data), body, 24)
    vote = estate.opened(stage.store, body, legal_mode="assisted")
    server = stage.desk.server
    process: Any = SimpleNamespace(poll=lambda: 0 if stage.desk.server._child is None else None, stdout=None)
    server._child = Child("http://192.168.31.20", (), 80, process, phones)
    server._check()
    return vote


def guessed(stage: Stage) -> QWidget:
    """An alarm while phones vote."""
    vote = _served(stage, 23)
    window = stage.window("vote", id=vote.motion)
    stage.store.do(SYSTEM, chain.append, "server.alarm", "server:0", device="192.168.31.77")
    window.tell_of_guessing()  # type: ignore[attr-defined]
    return window


def tried(stage: Stage, phones: int) -> QWidget:
    """The code to try with, before and after the first phone."""
    _served(stage, phones)
    return TryPhone(stage.desk.server, "YISHI")


def extending(stage: Stage) -> QWidget:
    """The dialog that extends a vote."""
    vote = _served(stage, 0)
    return Extend(stage.desk, stage.store.ask(queries.motion, vote.motion))


def issuing(stage: Stage) -> QWidget:
    """The dialog that asks where slips lead."""
    stage.body()
    stage.desk.memory.put("vote.port", 80)
    return IssueSlips(stage.desk, 84)


SHOTS = (
    Shot("server-guessed", guessed),
    Shot("server-tried-not-yet", lambda stage: tried(stage, 0)),
    Shot("server-tried", lambda stage: tried(stage, 3)),
    Shot("server-extend", extending),
    Shot("server-issue", issuing),
)
