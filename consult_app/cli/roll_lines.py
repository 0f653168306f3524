"""`consult roll lines|amend|amendments|renew`: the lines of a roll, and what became of them after it was frozen."""

from dataclasses import fields, replace
from datetime import date, datetime
from typing import Annotated, Any, TypeVar

import typer

from consult_app.cli.context import LARGEST, Context
from consult_app.cli.roll_life import Body, Members, current
from consult_app.kernel.errors import Missing, Refused
from consult_app.kernel.text import area_plain, day_words, legal_day
from consult_app.rolls import amending, listing, queries, standing
from consult_app.rolls.amending import AMENDMENT_WORDS, AmendmentKind
from consult_app.rolls.entries import FIELD_WORDS, PersonEntry, UnitEntry
from consult_app.rolls.rules import RollKind

app = typer.Typer()

Entry = TypeVar("Entry", UnitEntry, PersonEntry)

MOST = 1000
"""People a search lists."""


class WrongChange(Refused):
    """A change is not `field=value` of a field that lines have."""

    text = "看不懂“{given}”。请写成 字段=内容，字段为：{known}。"


@app.command("lines")
def list_lines(
    ctx: typer.Context,
    body: Body,
    find: Annotated[str, typer.Option(help="姓名、房号、电话或拼音首字母")] = "",
    members: Members = False,
) -> None:
    """List the lines of the current roll by the names other commands call them: unit:1, person:1."""
    context: Context = ctx.obj
    store = context.store()
    roll = current(store, body, members)
    found: list[dict[str, Any]]
    if store.ask(queries.roll, roll).kind is RollKind.OWNERS:
        found = [
            {
                "line": f"unit:{line.id}",
                "what": line.place,
                "owners": line.owners,
                "people": line.persons,
                "area": area_plain(line.area),
            }
            for line in store.ask(listing.lines, roll, search=find)
        ]
    else:
        people = store.ask(listing.find_people, roll, find, MOST) if find else store.ask(queries.people, roll)
        found = [{"line": f"person:{each.id}", "what": each.name} for each in people]
    context.say("\n".join("\t".join((each["line"], each["what"], each.get("owners", ""))) for each in found), found)


@app.command("amend")
def amend(
    ctx: typer.Context,
    line: Annotated[str, typer.Argument(help="哪一行，如 unit:12、person:5")],
    kind: Annotated[AmendmentKind, typer.Option(help="类别")],
    reason: Annotated[str, typer.Option(help="理由")],
    on: Annotated[datetime, typer.Option(formats=["%Y-%m-%d"], help="发生日期")],
    change: Annotated[list[str] | None, typer.Option("--set", help="字段=内容，可以重复")] = None,
    owner: Annotated[list[str] | None, typer.Option(help="变更后的业主：姓名 空格 证件号码，可以重复")] = None,
    gone: Annotated[bool, typer.Option(help="自下一份名册起划去这一行")] = False,
) -> None:
    """Record what became of a line after its roll was frozen; the frozen line stays."""
    context: Context = ctx.obj
    store = context.store()
    noun, _, number = line.partition(":")
    if noun not in ("unit", "person") or not number.isdecimal() or int(number) > LARGEST:
        raise Missing(what="名册中的行", id=line)
    facts: dict[str, Any] = {"kind": kind, "happened_on": on.date(), "reason": reason}
    if noun == "unit":
        unit = store.ask(amending.amended_unit, int(number))
        entry = None if gone or unit is None else _changed(unit, change or [])
        if entry is not None and owner:
            entry = replace(entry, owners=tuple(_owner(each) for each in owner))
        made = store.do(context.actor, amending.amend_unit, int(number), entry, **facts)
    else:
        person = store.ask(amending.amended_person, int(number))
        kept = None if gone or person is None else _changed(person, change or [])
        made = store.do(context.actor, amending.amend_person, int(number), kept, **facts)
    context.say(f"变更 {made} 已登记，自下一份名册起生效。", {"amendment": made, "line": line})


@app.command("amendments")
def list_amendments(ctx: typer.Context, body: Body, members: Members = False) -> None:
    """List what changed after the current roll was frozen, with the rule that applies."""
    context: Context = ctx.obj
    store = context.store()
    found = store.ask(standing.amendments, current(store, body, members))
    context.say(
        "\n".join(
            f"{day_words(each.happened_on)}\t{AMENDMENT_WORDS[AmendmentKind(each.kind)]}\t{each.line}\t{each.reason}"
            for each in found
        ),
        [
            {
                "id": each.id,
                "line": each.line,
                "kind": each.kind,
                "on": each.happened_on,
                "rule": each.rule,
                "before": each.before,
                "after": each.after,
                "reason": each.reason,
            }
            for each in found
        ],
    )


@app.command("renew")
def renew(
    ctx: typer.Context,
    body: Body,
    on: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="新名册所指的日期，默认今天")] = None,
    members: Members = False,
) -> None:
    """Make the next roll of the frozen one with its amendments applied."""
    context: Context = ctx.obj
    store = context.store()
    roll = current(store, body, members)
    day: date = on.date() if on else legal_day(store.now())
    made = store.do(context.actor, amending.renew_roll, roll, day)
    context.say(f"已更新为名册 {made}。", {"roll": made, "old": roll})


def _changed(entry: Entry, changes: list[str]) -> Entry:
    """The entry with `字段=内容` applied, by Chinese or English name of the field."""
    known = {FIELD_WORDS[field.name]: field.name for field in fields(entry) if field.name != "owners"}
    found: dict[str, Any] = {}
    for given in changes:
        name, sign, value = given.partition("=")
        name = known.get(name.strip(), name.strip())
        if not sign or name not in known.values():
            raise WrongChange(given=given, known="、".join(known))
        found[name] = value.strip() in ("是", "1", "true") if name == "representative" else value.strip()
    return replace(entry, **found)


def _owner(given: str) -> tuple[str, str]:
    name, _, number = given.strip().rpartition(" ")
    return (name.strip(), number) if name and any(char.isdigit() for char in number) else (given.strip(), "")
