"""`consult audit`: check the audit chain."""

import typer

from consult_app.audit import chain
from consult_app.cli.context import Context
from consult_app.kernel.errors import Refused
from consult_app.voting import witnessing

app = typer.Typer(help="存证链", no_args_is_help=True)


class Broken(Refused):
    """The audit chain does not hold."""

    text = "存证链在第 {seq} 条断开：{reason}。"


@app.command("verify")
def verify(ctx: typer.Context) -> None:
    """Recompute the chain and hold the votes against it; prints its head, or refuses with the first broken entry."""
    context: Context = ctx.obj
    standing = context.store().ask(witnessing.verify)
    if standing.broken:
        raise Broken(seq=standing.broken.seq, reason=standing.broken.reason)
    context.say(
        f"存证链完整，共 {standing.entries} 条，链头 {standing.head}",
        {"entries": standing.entries, "head": standing.head, "ok": True},
    )


@app.command("head")
def head(ctx: typer.Context) -> None:
    """Print the number and digest of the newest entry."""
    context: Context = ctx.obj
    seq, digest = context.store().ask(chain.head)
    context.say(f"{seq} {digest}", {"entries": seq, "head": digest})
