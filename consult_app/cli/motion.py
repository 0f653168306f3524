"""`consult motion`: motions, their tally, and how they are closed."""

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer

from consult_app.cli import motion_box, motion_count, motion_dispute, motion_doubt, motion_proxy, motion_room
from consult_app.cli.context import LARGEST, Context
from consult_app.documents.list_files import publish_list
from consult_app.documents.vote_files import vote_files
from consult_app.kernel.errors import Refused, reason_of
from consult_app.kernel.text import moment_words
from consult_app.voting import actions, queries
from consult_app.voting.choices import STATE_WORDS

app = typer.Typer(help="表决", no_args_is_help=True)
app.add_typer(motion_proxy.app, name="proxy")
app.add_typer(motion_doubt.app, name="doubt")
app.command("keys")(motion_box.keys)
app.command("destroy")(motion_box.destroy_files)
app.command("open")(motion_box.open_box)
app.command("drop")(motion_box.drop)
app.command("papers")(motion_box.papers)
app.command("nominate")(motion_doubt.nominate)
app.command("explain")(motion_count.explain)
app.command("what-if")(motion_count.what_if)
app.command("dispute")(motion_dispute.dispute)
app.command("rehearse")(motion_room.rehearse)
app.command("zero")(motion_room.zero)


class CannotWrite(Refused):
    """The files cannot be written where they should go."""

    text = "写不到「{path}」：{reason}。"
    field = "out"


Motion = Annotated[int, typer.Argument(max=LARGEST, help="表决事项编号")]


@app.command("list")
def list_motions(ctx: typer.Context, body: Annotated[int, typer.Option(max=LARGEST, help="议事主体编号")]) -> None:
    """List the motions of a body: number, state, closing time, title."""
    context: Context = ctx.obj
    found = context.store().ask(queries.motions, body)
    lines = (f"{m.id}\t{STATE_WORDS[m.state]}\t{moment_words(m.closes_at)}\t{m.title}" for m in found)
    context.say(
        "\n".join(lines),
        [{"id": m.id, "state": m.state, "closes_at": m.closes_at.isoformat(), "title": m.title} for m in found],
    )


@app.command("tally")
def tally(ctx: typer.Context, motion: Motion) -> None:
    """Print the tally as JSON: turnout at any time, choices and verdict only once closed."""
    context: Context = ctx.obj
    context.out(context.store().ask(queries.tally, motion).to_dict())


@app.command("close")
def close(
    ctx: typer.Context,
    motion: Motion,
    first: Annotated[str, typer.Option(help="第一位监票人")] = "命令行操作人",
    second: Annotated[str, typer.Option(help="第二位监票人")] = "命令行见证人",
) -> None:
    """Close a vote in the name of two people."""
    context: Context = ctx.obj
    context.store().do(context.actor, actions.close_vote, motion, first, second)
    found = context.store().ask(queries.motion, motion)
    context.say(f"表决 {motion} 已截止。", {"motion": motion, "state": found.state})


@app.command("declare")
def declare(
    ctx: typer.Context, motion: Motion, missing: Annotated[int, typer.Option(max=LARGEST, help="未交回的选票张数")] = 0
) -> None:
    """Declare the result once the books balance."""
    context: Context = ctx.obj
    context.store().do(context.actor, actions.declare, motion, missing)
    context.out(context.store().ask(queries.tally, motion).to_dict())


@app.command("export")
def export(
    ctx: typer.Context,
    motion: Motion,
    out: Annotated[Path, typer.Option(help="写到哪个文件夹")],
    public: Annotated[bool, typer.Option(help="只写脱敏的公示版，不写逐户内容")] = False,
) -> None:
    """Write a closed motion as files: for `consult recount` and as workbooks; or the masked workbooks alone."""
    context: Context = ctx.obj
    store = context.store()
    files = store.ask(vote_files, motion, public=public)
    _write(out, files)
    names = [name for name, _ in files]
    context.say(f"已写到 {out}：{'、'.join(names)}", {"motion": motion, "out": str(out), "files": names})


@app.command("ballot-list")
def ballot_list(
    ctx: typer.Context,
    motion: Motion,
    out: Annotated[Path, typer.Option(help="写到哪个文件夹")],
) -> None:
    """Write the list of ballots of a declared motion for the notice board, with the files that check it."""
    context: Context = ctx.obj
    files = publish_list(context.store(), context.actor, motion)
    _write(out, files)
    names = [name for name, _ in files]
    context.say(f"已写到 {out}：{'、'.join(names)}", {"motion": motion, "out": str(out), "files": names})


def _write(out: Path, files: Iterable[tuple[str, bytes]]) -> None:
    try:
        out.mkdir(parents=True, exist_ok=True)
        for name, content in files:
            (out / name).write_bytes(content)
    except OSError as wrong:
        raise CannotWrite(path=out, reason=reason_of(wrong))
