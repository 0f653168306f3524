"""`consult roll joinings|join|separate|apart|ask-again`: which lines of a roll name one person, and which two."""

from typing import Annotated

import typer

from consult_app.cli.context import LARGEST, Context
from consult_app.cli.roll_life import Body, current
from consult_app.rolls import actions, parting, queries
from consult_app.rolls.joins import that_matter

app = typer.Typer()

Person = Annotated[int, typer.Argument(max=LARGEST, help="人员编号，见 roll joinings")]


@app.command("joinings")
def list_pairs(ctx: typer.Context, body: Body) -> None:
    """List the pairs that wait for a decision and would change a count, with their evidence, and the findings that stand."""
    context: Context = ctx.obj
    store = context.store()
    roll = current(store, body)
    waiting = that_matter(store.ask(queries.proposals, roll), store.ask(queries.units, roll))
    joined, apart = store.ask(queries.joinings, roll), store.ask(queries.partings, roll)
    lines = [f"待确认\t{each.person} {each.same_as}\t{each.name}\t{'；'.join(each.grounds)}" for each in waiting]
    lines += [f"已合并\t{each.id}\t{each.name}\t{each.evidence}" for each in joined]
    lines += [f"不是同一人\t{each.id}\t{each.name}\t{each.evidence}" for each in apart]
    context.say(
        "\n".join(lines),
        {
            "waiting": [
                {
                    "person": each.person,
                    "same_as": each.same_as,
                    "name": each.name,
                    "rooms": each.rooms,
                    "same_as_rooms": each.same_as_rooms,
                    "grounds": each.grounds,
                    "doubts": each.doubts,
                    "lapsed": each.lapsed,
                }
                for each in waiting
            ],
            "joined": [
                {"id": each.id, "person": each.person, "same_as": each.same_as, "evidence": each.evidence}
                for each in joined
            ],
            "apart": [
                {"id": each.id, "person": each.person, "other": each.other, "evidence": each.evidence} for each in apart
            ],
        },
    )


@app.command("join")
def join(
    ctx: typer.Context, person: Person, same_as: Person, evidence: Annotated[str, typer.Option(help="合并的依据")]
) -> None:
    """Record that two people are one."""
    context: Context = ctx.obj
    made = context.store().do(context.actor, actions.join_people, person, same_as, evidence)
    context.say(f"合并 {made} 已登记。", {"joining": made})


@app.command("separate")
def separate(
    ctx: typer.Context,
    joining: Annotated[int, typer.Argument(max=LARGEST, help="合并编号")],
    reason: Annotated[str, typer.Option(help="撤销的理由")],
) -> None:
    """Undo a joining."""
    context: Context = ctx.obj
    context.store().do(context.actor, actions.separate_people, joining, reason)
    context.say("已撤销合并。", {"joining": joining})


@app.command("apart")
def apart(
    ctx: typer.Context, person: Person, other: Person, evidence: Annotated[str, typer.Option(help="认定的依据")] = ""
) -> None:
    """Record that two people are two, so that no one asks again."""
    context: Context = ctx.obj
    made = context.store().do(context.actor, parting.keep_apart, person, other, evidence)
    context.say(f"认定 {made} 已登记：不是同一人。", {"parting": made})


@app.command("ask-again")
def ask_again(
    ctx: typer.Context,
    finding: Annotated[int, typer.Argument(metavar="PARTING", max=LARGEST, help="认定编号")],
    reason: Annotated[str, typer.Option(help="撤销的理由")],
) -> None:
    """Undo a finding that two people are two."""
    context: Context = ctx.obj
    context.store().do(context.actor, parting.ask_again, finding, reason)
    context.say("已撤销认定。", {"parting": finding})
