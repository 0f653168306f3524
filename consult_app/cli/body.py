"""`consult body`: the bodies that decide."""

from typing import Annotated

import typer

from consult_app.bodies import actions, queries
from consult_app.bodies.rules import KIND_WORDS, BodyKind
from consult_app.cli.context import Context

app = typer.Typer(help="议事主体", no_args_is_help=True)


@app.command("add")
def add(
    ctx: typer.Context,
    kind: Annotated[BodyKind, typer.Option(help="业主大会 owners、村 village 或居民议事会 residents")],
    name: Annotated[str, typer.Option(help="名称")],
) -> None:
    """Found a body with its three venues; prints its number."""
    context: Context = ctx.obj
    found = context.store().do(context.actor, actions.add_body, kind, name)
    context.say(str(found), {"id": found})


@app.command("list")
def list_bodies(ctx: typer.Context) -> None:
    """List the bodies: number, kind, name."""
    context: Context = ctx.obj
    found = context.store().ask(queries.bodies)
    lines = "\n".join(f"{body.id}\t{KIND_WORDS[body.kind]}\t{body.name}" for body in found)
    context.say(lines, [{"id": body.id, "kind": body.kind, "name": body.name} for body in found])
