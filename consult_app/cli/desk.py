"""`consult desk`: start the window."""

from typing import Annotated

import typer

from consult_app.kernel.garbage import load
from consult_app.settings import Settings


def run(
    ctx: typer.Context,
    quit_after_paint: Annotated[bool, typer.Option(hidden=True)] = False,
) -> None:
    """Start the desktop."""
    start(ctx.obj.settings, quit_after_paint)


def start(settings: Settings, quit_after_paint: bool = False) -> None:
    """Open the window on the data. The core knows it by name only: it is a whole program without one."""
    desk = load("ui.__main__")
    raise typer.Exit(desk.run(settings, quit_after_paint=quit_after_paint))
