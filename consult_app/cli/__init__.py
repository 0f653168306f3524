"""The command line: all the window can do to data, one module a noun.

Exit code 0 done, 2 refused or bad input with one clear line in Chinese, 1 a bug.
"""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy.exc import DatabaseError

from consult_app.app import failing
from consult_app.cli.context import Context
from consult_app.cli.usage import WRONG, wrong_usage
from consult_app.kernel.errors import Refused
from consult_app.kernel.garbage import load
from consult_app.settings import settings

NOUNS = ("community", "body", "roll", "rule", "motion", "election", "minutes", "audit", "archive")
VERBS = ("serve", "demo", "desk", "recount", "verify")

root = typer.Typer(help="六步议事", no_args_is_help=False, add_completion=False, pretty_exceptions_enable=False)


@root.callback(invoke_without_command=True)
def consult(
    ctx: typer.Context,
    data: Annotated[Path | None, typer.Option(help="数据文件夹")] = None,
    database: Annotated[str | None, typer.Option(help="数据库地址，默认为数据文件夹中的 SQLite 文件")] = None,
    community: Annotated[str, typer.Option(help="共用数据库中的社区代码")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="用 JSON 回答")] = False,
) -> None:
    """Note the global options; without a command, start the desktop."""
    ctx.obj = Context(settings(data, database, community), as_json)
    if ctx.invoked_subcommand is None:
        from consult_app.cli.desk import start

        start(ctx.obj.settings)


def _gather(words: Sequence[str]) -> None:
    """Load the commands the words ask for (none: the desktop), so that a start pays for no other; all of them for help."""
    every = {*NOUNS, *VERBS}
    wanted = every & set(words) or ({"desk"} if "--help" not in words else every)
    for name in (name for name in NOUNS if name in wanted):
        root.add_typer(load(f"consult_app.cli.{name}").app, name=name)
    for name in (name for name in VERBS if name in wanted):
        root.command(name)(load(f"consult_app.cli.{name}").run)


def main() -> None:
    """Run the command line; the one place where it turns refusals and wrong usage into an exit code."""
    _gather(sys.argv[1:])
    try:
        code = root(standalone_mode=False)
    except Refused as refused:
        sys.exit(_refuse(str(refused)))
    except DatabaseError as error:
        failed = failing(error)
        if failed is None:
            raise
        sys.exit(_refuse(str(failed)))
    except typer.Abort:
        sys.exit(_refuse("已取消。"))
    except WRONG as wrong:
        sys.exit(_refuse(str(wrong_usage(wrong))))
    sys.exit(code if isinstance(code, int) else 0)


def _refuse(line: str) -> int:
    sys.stderr.write(line.replace("\n", " ") + "\n")
    return 2
