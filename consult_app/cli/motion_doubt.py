"""`consult motion doubt`: the doubtful ballots of a motion, and how two people decide about them."""

from pathlib import Path
from typing import Annotated, Any

import typer

from consult_app.cli.context import LARGEST, Context
from consult_app.cli.motion_voter import scan, voter
from consult_app.kernel.errors import Refused
from consult_app.voting import actions, queries
from consult_app.voting.doubtful import GROUND_WORDS, OUTCOME_WORDS, RAISED, Ground, Outcome
from consult_app.voting.queries import Case

app = typer.Typer(help="疑难票", no_args_is_help=True)

Motion = Annotated[int, typer.Argument(max=LARGEST, help="表决事项编号")]
First = Annotated[str, typer.Option(help="第一位监票人")]
Second = Annotated[str, typer.Option(help="第二位监票人")]
Reason = Annotated[str, typer.Option(help="裁定的理由")]
Choices = Annotated[list[str] | None, typer.Option("--choice", help="各项意见，如 1=for、2=against；可写多次")]


class BadWord(Refused):
    """A word that must be one of a few."""

    text = "「{typed}」不在可选的范围内：{known}。"


@app.command("list")
def list_doubts(ctx: typer.Context, motion: Motion) -> None:
    """List every case, what is open first; after closing with the result with and without each ballot."""
    context: Context = ctx.obj
    found = context.store().ask(queries.doubtful_ballots, motion)
    lines = (f"{case.kind}\t{case.id}\t{case.title}\t{case.facts}\t{case.decided or '待裁定'}" for case in found)
    context.say("\n".join(lines), [_facts(case) for case in found])


@app.command("raise")
def raise_doubt(
    ctx: typer.Context,
    motion: Motion,
    who: Annotated[str, typer.Option("--voter", help="谁的票：编号、姓名、房号或选票代码")],
    ground: Annotated[str, typer.Option(help="疑问：" + "、".join(RAISED))],
    note: Annotated[str, typer.Option(help="情况说明")],
) -> None:
    """Question a ballot; no result is declared until it is decided."""
    context: Context = ctx.obj
    if ground not in tuple(RAISED):
        raise BadWord(typed=ground, known="、".join(f"{one}（{GROUND_WORDS[one]}）" for one in RAISED))
    store = context.store()
    id = store.do(context.actor, actions.raise_doubt, motion, voter(store, motion, who), Ground(ground), note)
    context.say(f"已列入疑难票 {id}。", {"doubt": id})


@app.command("settle")
def settle(
    ctx: typer.Context,
    doubt: Annotated[int, typer.Argument(max=LARGEST, help="疑难票编号")],
    outcome: Annotated[str, typer.Option(help="裁定：counted、excluded、restated")],
    reason: Reason,
    first: First,
    second: Second,
    choice: Choices = None,
    document: Annotated[Path | None, typer.Option(help="书面意见的扫描件")] = None,
) -> None:
    """Decide about a questioned ballot, after closing."""
    context: Context = ctx.obj
    if outcome not in tuple(Outcome):
        raise BadWord(typed=outcome, known="、".join(f"{one}（{OUTCOME_WORDS[one]}）" for one in Outcome))
    choices = dict(one.split("=", 1) for one in choice or () if "=" in one)
    context.store().do(
        context.actor,
        actions.settle_doubt,
        doubt,
        outcome,
        reason,
        first,
        second,
        choices=choices or None,
        document=scan(document),
    )
    context.say(f"疑难票 {doubt} 已裁定。", {"doubt": doubt, "outcome": outcome})


@app.command("majority")
def majority(
    ctx: typer.Context,
    motion: Motion,
    item: Annotated[str, typer.Option(help="第几项")],
    reason: Reason,
    first: First,
    second: Second,
) -> None:
    """Decide that on one question the unreturned follow no majority."""
    context: Context = ctx.obj
    id = context.store().do(context.actor, actions.settle_majority, motion, item, reason, first, second)
    context.say(f"第 {item} 项已裁定。", {"doubt": id, "item": item})


@app.command("pair")
def pair(
    ctx: typer.Context,
    conflict: Annotated[int, typer.Argument(max=LARGEST, help="重复票编号")],
    first: First,
    second: Second,
    counted: Annotated[
        str, typer.Option(help="推选的共有人的票：phone、paper、assisted、hand；没有推选：neither")
    ] = "",
) -> None:
    """Confirm a pair of ballots by one voter."""
    context: Context = ctx.obj
    context.store().do(context.actor, actions.decide_conflict, conflict, first, second, counted)
    context.say(f"重复票 {conflict} 已裁定。", {"pair": conflict})


def nominate(
    ctx: typer.Context,
    motion: Motion,
    who: Annotated[str, typer.Option("--voter", help="共有的房屋：编号、房号或选票代码")],
    nominee: Annotated[str, typer.Option(help="推选的人")],
    document: Annotated[Path, typer.Option(help="推选书的扫描件")],
) -> None:
    """Record whom co-owners chose to vote for their one head."""
    context: Context = ctx.obj
    store = context.store()
    paper = scan(document)
    assert paper is not None, "the option is needed"
    id = store.do(context.actor, actions.nominate, motion, voter(store, motion, who), nominee, paper)
    context.say(f"已登记推选{nominee}。", {"nomination": id})


def _facts(case: Case) -> dict[str, Any]:
    return {
        "kind": case.kind.value,
        "id": case.id,
        "ground": case.ground.value if case.ground else None,
        "voter": case.elector_id,
        "title": case.title,
        "facts": case.facts,
        "rule": case.rule,
        "item": case.item or None,
        "open": case.is_open,
        "decided": case.decided,
        "ways": [
            {"item": way.code, "with": way.with_it.to_dict(), "without": way.without_it.to_dict(), "turns": way.turns}
            for way in case.ways
        ],
    }
