"""`consult recount`: count an exported vote a second time, by code that shares nothing with the first count."""

from pathlib import Path
from typing import Annotated

import typer

from consult_app.cli.context import Context
from consult_app.kernel.errors import Refused
from consult_app.recount.reading import Unreadable
from consult_app.recount.recounting import recount

DIFFERS = 2


class NotExported(Refused):
    """The folder holds no exported vote that can be read."""

    text = "无法重新计票：{why}。"
    field = "folder"


def run(ctx: typer.Context, folder: Annotated[Path, typer.Argument(help="导出的表决文件夹")]) -> int:
    """重新计票: exit code 0 when both counts agree, 2 when they differ, with where."""
    context: Context = ctx.obj
    try:
        found = recount(folder)
    except Unreadable as wrong:
        raise NotExported(why=str(wrong))
    except (KeyError, ValueError, TypeError, AttributeError) as wrong:
        raise NotExported(why=f"文件内容不完整（{type(wrong).__name__}：{wrong}）")
    outcome = "重新计票与原结果一致。" if found.agrees else "重新计票与原结果不一致："
    context.say(
        "\n".join((*found.found, outcome, *found.differences)),
        {"agrees": found.agrees, "found": found.found, "differences": found.differences},
    )
    return 0 if found.agrees else DIFFERS
