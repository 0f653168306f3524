"""`consult community`: the communities of a town that share a PostgreSQL database."""

from typing import Annotated

import typer

from consult_app.cli.context import Context
from consult_app.kernel.text import moment_words
from consult_app.town import Town

app = typer.Typer(help="共用数据库中的社区", no_args_is_help=True)


@app.command("add")
def add(
    ctx: typer.Context,
    code: Annotated[str, typer.Argument(help="代码，2 至 8 个大写字母或数字，写在选票网址中")],
    name: Annotated[str, typer.Argument(help="名称")],
) -> None:
    """Enter a community and make its tables."""
    context: Context = ctx.obj
    town = Town(context.settings)
    found = town.add(context.actor, code, name)
    town.close()
    context.say(f"{found.code}\t{found.name}", {"code": found.code, "name": found.name})


@app.command("list")
def list_communities(ctx: typer.Context) -> None:
    """List the communities: code, name, since when."""
    context: Context = ctx.obj
    town = Town(context.settings)
    found = town.communities()
    town.close()
    lines = "\n".join(f"{each.code}\t{each.name}\t{moment_words(each.added_at)}" for each in found)
    context.say(lines, [{"code": each.code, "name": each.name, "added_at": each.added_at} for each in found])
