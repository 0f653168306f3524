"""`consult verify`: recompute a result from the published list of ballots alone, its PDF or its data file."""

from pathlib import Path
from typing import Annotated

import typer

from consult_app.cli.context import Context
from consult_app.cli.recount import DIFFERS
from consult_app.kernel.errors import Refused
from consult_app.recount.listed import verify
from consult_app.recount.reading import Unreadable


class NotListed(Refused):
    """The file is no published list that can be read."""

    text = "无法核对：{why}。"
    field = "file"


def run(ctx: typer.Context, file: Annotated[Path, typer.Argument(help="公布的逐票清单，PDF 或 JSON")]) -> int:
    """核对逐票清单: exit code 0 when the list gives the declared result, 2 when it does not, with where."""
    context: Context = ctx.obj
    try:
        found = verify(file)
    except Unreadable as wrong:
        raise NotListed(why=str(wrong))
    except (KeyError, ValueError, TypeError, AttributeError, IndexError) as wrong:
        raise NotListed(why=f"文件内容不完整（{type(wrong).__name__}：{wrong}）")
    outcome = "按清单重新计票，与宣布的结果一致。" if found.agrees else "按清单重新计票，与宣布的结果不一致："
    context.say(
        "\n".join((*found.found, outcome, *found.differences)),
        {"agrees": found.agrees, "found": found.found, "differences": found.differences},
    )
    return 0 if found.agrees else DIFFERS
