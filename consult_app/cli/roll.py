"""`consult roll`: bring in a body's roll from a spreadsheet, look at it, list its electors."""

from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from consult_app.bodies import queries as bodies
from consult_app.cli import roll_life, roll_lines, roll_pairs
from consult_app.cli.context import LARGEST, Context
from consult_app.cli.roll_life import NoRoll
from consult_app.kernel.errors import Refused, reason_of
from consult_app.kernel.text import area_plain, legal_day
from consult_app.rolls import actions, queries
from consult_app.rolls.difference import Difference, Lines, difference
from consult_app.rolls.export import exported
from consult_app.rolls.extract import extract, report
from consult_app.rolls.plan import plan
from consult_app.rolls.rules import Electorate, RollKind
from consult_app.rolls.workbook import read
from consult_app.storage.store import Store

app = typer.Typer(help="名册", no_args_is_help=True)
app.add_typer(roll_life.app)
app.add_typer(roll_lines.app)
app.add_typer(roll_pairs.app)


class CannotWrite(Refused):
    """The workbook cannot be written where it should go."""

    text = "写不到「{path}」：{reason}。"


Day = Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="名册所指的日期，默认今天")]


@app.command("import")
def import_roll(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(help="Excel 或 CSV 文件")],
    body: Annotated[int, typer.Option(max=LARGEST, help="议事主体编号")],
    sheet: Annotated[str | None, typer.Option(help="只读这一个工作表")] = None,
    on: Day = None,
    members: Annotated[bool, typer.Option(help="导入委员会成员名单")] = False,
    accept: Annotated[bool, typer.Option(help="采用为现行名册；不加则只查看")] = False,
) -> None:
    """Read a file and print what it yields, with every problem by sheet, row and column; write only with --accept."""
    context: Context = ctx.obj
    store = context.store()
    kind = RollKind.MEMBERS if members else actions.roll_kind(store.ask(bodies.body, body).kind)
    remembered = store.ask(queries.remembered, kind)
    found = extract(plan(read(file), kind, sheet, remembered))
    day = _day(store, on)
    facts = report(found, day) | {"difference": _difference(store, body, kind, Lines(found.units, found.people))}
    roll_id = store.do(context.actor, actions.accept_import, body, found, day) if accept else None
    joinings = store.ask(queries.roll, roll_id).report.get("joinings") if roll_id else None
    context.out(facts | {"accepted": accept, "roll": roll_id, "joinings": joinings})


@app.command("export")
def export_roll(
    ctx: typer.Context,
    body: Annotated[int, typer.Option(max=LARGEST, help="议事主体编号")],
    file: Annotated[Path, typer.Option("--xlsx", help="写到哪个 Excel 文件")],
    masked: Annotated[bool, typer.Option(help="隐去姓名、房号、证件号码和电话")] = False,
) -> None:
    """Write the current roll as xlsx, in full or masked, with the account of its import."""
    context: Context = ctx.obj
    roll = _current(context.store(), body, None)
    if roll is None:
        raise NoRoll
    content = context.store().ask(exported, roll, masked=masked)
    try:
        file.write_bytes(content)
    except OSError as error:
        raise CannotWrite(path=file, reason=reason_of(error)) from error
    context.out({"roll": roll, "file": str(file), "masked": masked, "bytes": len(content)})


@app.command("heads")
def list_heads(ctx: typer.Context, body: Annotated[int, typer.Option(max=LARGEST, help="议事主体编号")]) -> None:
    """Print how every head of the current owners' roll was formed."""
    context: Context = ctx.obj
    roll = _current(context.store(), body, RollKind.OWNERS)
    found = context.store().ask(queries.heads, roll) if roll else ()
    context.out(
        [
            {
                "key": head.key,
                "label": head.label,
                "rooms": head.rooms,
                "area": area_plain(head.area),
                "why": head.reason,
            }
            for head in found
        ]
    )


@app.command("electors")
def list_electors(
    ctx: typer.Context,
    body: Annotated[int, typer.Option(max=LARGEST, help="议事主体编号")],
    electorate: Annotated[Electorate, typer.Option(help="由谁表决")],
    on: Day = None,
) -> None:
    """Print who may vote on a day."""
    context: Context = ctx.obj
    store = context.store()
    kind = RollKind.MEMBERS if electorate is Electorate.MEMBERS else None
    roll = _current(store, body, kind)
    found = store.ask(queries.electors, roll, electorate, _day(store, on)) if roll else ()
    context.out(
        [
            {
                "key": e.key,
                "label": e.label,
                "rooms": e.rooms,
                "area": area_plain(e.area),
                "heads": e.heads,
                "why": e.reason,
            }
            for e in found
        ]
    )


def _day(store: Store, on: datetime | None) -> date:
    return on.date() if on else legal_day(store.now())


def _current(store: Store, body: int, kind: RollKind | None) -> int | None:
    store.ask(bodies.body, body)
    found = store.ask(queries.current_roll, body, kind)
    return found.id if found else None


def _difference(store: Store, body: int, kind: RollKind, new: Lines) -> dict[str, Any] | None:
    """What the file changes against the current roll, by name and number; None where there is none yet."""
    roll = _current(store, body, kind)
    if roll is None:
        return None
    found: Difference = difference(Lines(store.ask(queries.units, roll), store.ask(queries.people, roll)), new)
    changes = {"owners": found.owners, "areas": found.areas, "others": found.others}
    words = {
        name: [{"what": each.what, "before": each.before, "after": each.after} for each in listed]
        for name, listed in changes.items()
    }
    return {"new": found.new, "gone": found.gone, **words}
