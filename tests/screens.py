"""Draw every page, dialog and scene in its states into build/screens: `python -m tests.screens [part of a name...]`.

`--help-pictures` draws the pictures of README and help anew into resources/help.

Each module of `tests/screens_of` gives `SHOTS`, a tuple of `Shot`. A shot gets a fresh `Stage` (empty data folder, clock standing at
22 November 2026 09:00, Store, Desk) and returns the widget to draw, or a QImage:

    SHOTS = (
        Shot("matters-empty", lambda stage: stage.window("matters")),
        Shot("matters-usual", with_matters),         # def with_matters(stage): ...; return stage.window("matters")
        Shot("projector-result", result, sizes=SCREENS),
    )
"""

import gc
import importlib
import os
import pkgutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QEventLoop, QTimer
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from consult_app.app import open_app
from consult_app.settings import settings
from tests.fixtures import SECRETARY, CountingTokens, HandClock, emptied

SIZES = ((1366, 768), (1920, 1080))
"""The office laptop and the large monitor."""
SCREENS = ((1920, 1080), (1024, 768))
"""16:9 and 4:3, for the big screen."""

SETTLING = 320
"""Milliseconds until a window has come to rest."""

FOLDER = Path(__file__).resolve().parents[1] / "build" / "screens"


@dataclass(frozen=True)
class Shot:
    """One picture: its name, what makes it, and the sizes (pixels) to draw it in; a dialog is drawn in its own size."""

    name: str
    draw: Callable[["Stage"], QWidget | QImage]
    sizes: tuple[tuple[int, int], ...] = SIZES


class Stage:
    """A fresh program on an empty data folder, for one picture."""

    def __init__(self, folder: Path) -> None:
        from ui.desk import Desk
        from ui.memory import Memory

        self.clock = HandClock(datetime(2026, 11, 22, 1, 0, tzinfo=UTC))
        self.app = open_app(emptied(settings(folder)), self.clock, CountingTokens())
        self.store = self.app.store
        self.desk = Desk(self.app, Memory(folder / "window.json"))
        self.desk.stand_guard()
        gc.disable()  # a worker's thread must not end dead widgets (`ui.cycles`)
        self._replaced: list[tuple[object, str, object]] = []

    def replace(self, owner: object, name: str, value: object) -> None:
        """Put something else in the place of an attribute, until this picture is drawn."""
        self._replaced.append((owner, name, getattr(owner, name)))
        setattr(owner, name, value)

    def do(self, action: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        """Run an action as the secretary."""
        return self.store.do(SECRETARY, action, *args, **kwargs)

    def body(self, kind: str = "owners", name: str = "示范小区业主大会") -> int:
        """Add a body and turn the desk to it."""
        from consult_app.bodies.actions import add_body

        body_id: int = self.do(add_body, kind, name)
        self.desk.turn_to(body_id)
        return body_id

    def window(self, page: str = "home", **place: Any) -> QWidget:
        """The whole window, open at a page."""
        from ui.window import Window

        window = Window(self.desk)
        window.go(page, **place)
        return window

    def close(self) -> None:
        """Give everything back."""
        self.desk.close()
        gc.enable()
        while self._replaced:
            setattr(*self._replaced.pop())
        self.app.close()


def shots() -> Iterator[Shot]:
    """All registered shots."""
    from tests import screens_of

    for module in pkgutil.iter_modules(screens_of.__path__):
        yield from importlib.import_module(f"tests.screens_of.{module.name}").SHOTS


def draw(shot: Shot, folder: Path = FOLDER) -> list[Path]:
    """Draw one shot in its sizes; returns the pictures."""
    written = []
    folder.mkdir(parents=True, exist_ok=True)
    for width, height in shot.sizes:
        with tempfile.TemporaryDirectory() as data:
            stage = Stage(Path(data))
            try:
                drawn = shot.draw(stage)
                path = folder / f"{shot.name}-{width}x{height}.png"
                if isinstance(drawn, QWidget):
                    grab(drawn, width, height).save(str(path))
                else:
                    drawn.save(str(path))
            finally:
                stage.close()  # gives the exception hook back, so that a shot that fails says why
                # The timers of what was drawn must not ask in the next picture.
                QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
            written.append(path)
            if isinstance(drawn, QDialog):
                break
    return written


def grab(widget: QWidget, width: int, height: int) -> QImage:
    """The picture of a widget once it has come to rest; a dialog keeps its own size (pixels)."""
    if not isinstance(widget, QDialog):
        widget.resize(width, height)
    widget.show()
    settled = QEventLoop()  # layouts settle, watchers look, the message bar slides in
    QTimer.singleShot(SETTLING, settled.quit)
    settled.exec()
    if (focused := QApplication.focusWidget()) is not None:
        focused.clearFocus()
    picture = widget.grab().toImage()
    widget.close()
    widget.deleteLater()
    return picture


def main(parts: list[str]) -> None:
    """Draw the shots whose names contain one of the parts; all without any. With `--help-pictures`, those of README and help."""
    from ui import theme
    from ui.__main__ import start_qt

    theme.dress(start_qt())
    if "--help-pictures" in parts:
        from tests.help_pictures import draw_all

        for path in draw_all([part for part in parts if part != "--help-pictures"]):
            sys.stdout.write(f"{path.relative_to(FOLDER.parents[1])} {path.stat().st_size:,}\n")
        return
    for shot in shots():
        if not parts or any(part in shot.name for part in parts):
            for path in draw(shot):
                sys.stdout.write(f"{path.relative_to(FOLDER.parents[1])}\n")


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    main(sys.argv[1:])
