"""会场签到 at a busy table, with a mandate, and when the room empties."""

from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QWidget

from consult_app.voting import actions, queries
from tests.consult_app.voting import estate
from tests.screens import Shot, Stage
from ui.dialogs.dispute import Dispute
from ui.dialogs.kiosk import Kiosk


def _hall(stage: Stage, units: int = 300) -> tuple[QWidget, estate.Vote]:
    body = stage.body()
    estate.owners_roll(stage.store, Path(stage.app.settings.data), body, units)
    vote = estate.opened(stage.store, body)
    return stage.window("hall", id=vote.motion), vote


def _page(window: QWidget) -> Any:
    return window.page()  # type: ignore[attr-defined]


def empty(stage: Stage) -> QWidget:
    return _hall(stage)[0]


def busy(stage: Stage) -> QWidget:
    window, vote = _hall(stage)
    page = _page(window)
    for slip in vote.slips[:8]:
        stage.clock.forward(seconds=7)
        page.line.setText(slip.url)
        page.enter()
        page.enter()
    page.line.setText("32-1-201")
    page.enter()
    return window


def several(stage: Stage) -> QWidget:
    window, _ = _hall(stage)
    _page(window).line.setText("yz05")
    _page(window).enter()
    _page(window).line.setText("201")
    _page(window).enter()
    return window


def mandate(stage: Stage) -> QWidget:
    window, vote = _hall(stage)
    page = _page(window)
    stage.do(
        actions.register_proxy, vote.motion, page.register.lines[4].elector_id, agent="受托人甲", authority="代为表决",
        property_staff=False, relation="朋友", document=("授权委托书.png", b"\x89PNG\r\n\x1a\n" + b"0" * 64),
    )  # fmt: skip
    page.line.setText(vote.slips[4].url)
    page.enter()
    return window


def taking_back(stage: Stage) -> QWidget:
    window, vote = _hall(stage)
    vote.close()
    page = _page(window)
    page.refresh()
    for slip in vote.slips[:3]:
        page.line.setText(slip.url)
        page.enter()
        page.enter()
    page.line.setText(vote.slips[3].serial)
    page.enter()
    return window


class _Running:
    """A vote server that only says where it is."""

    address, phones, failed, alive, pin = "http://192.168.31.20:8080", 3, "", True, "604821"

    def stop(self) -> None:
        """Nothing runs."""


def tablet(stage: Stage) -> QWidget:
    stage.body()
    stage.desk.server._child = _Running()
    return Kiosk(stage.desk.server)


def dispute(stage: Stage) -> QWidget:
    _, vote = _hall(stage, 9)
    return Dispute(stage.desk, stage.store.ask(queries.motion, vote.motion))


SHOTS = (
    Shot("hall-sheet-tablet", tablet),
    Shot("hall-sheet-dispute", dispute),
    Shot("hall-empty", empty),
    Shot("hall-busy", busy),
    Shot("hall-several", several),
    Shot("hall-mandate", mandate),
    Shot("hall-back", taking_back),
)
