"""`consult demo`: play the whole story of one matter without a window."""

from pathlib import Path
from typing import Annotated

import typer

from consult_app.app import system_clock
from consult_app.cli.context import Context
from consult_app.demo.player import Stage, play


def run(
    ctx: typer.Context,
    out: Annotated[Path, typer.Option(help="放到哪个文件夹")],
    stage: Annotated[
        Stage, typer.Option(help="演到哪一步：voting 投票中、closed 已公布结果、filed 已归档")
    ] = Stage.FILED,
    voters: Annotated[int | None, typer.Option(min=1, max=20_000, help="虚构的投票人数，不填则用示例名册")] = None,
) -> None:
    """Play the story on a clock of its own up to a stage; prints where everything is, as JSON."""
    context: Context = ctx.obj
    played = play(out.expanduser().absolute(), stage, voters, system_clock())
    files = {name: str(path) if path else None for name, path in played.files.items()}
    numbers = {name: getattr(played, name) for name in ("body", "proposal", "meeting", "motion")}
    context.out({"data": str(played.data), **numbers, "files": files})
