"""`consult motion explain` and `what-if`: how every voter counts, and what could turn the result."""

from typing import Annotated, Any

import typer

from consult_app.cli.context import LARGEST, Context
from consult_app.cli.motion_voter import voter
from consult_app.kernel.text import area_plain
from consult_app.voting import queries
from consult_app.voting.queries import VoterLine

Motion = Annotated[int, typer.Argument(max=LARGEST, help="表决事项编号")]


def explain(
    ctx: typer.Context,
    motion: Motion,
    who: Annotated[str, typer.Option("--voter", help="只说明这一人：编号、姓名、房号或选票代码")] = "",
) -> None:
    """Tell the chain from each line of the roll to the count; choices and verdict only once closed."""
    context: Context = ctx.obj
    store = context.store()
    found = store.ask(queries.explanation, motion)
    only = voter(store, motion, who) if who else None
    voters = [line for line in found.voters if only in (None, line.elector_id)]
    told = [f"{item.code}. {item.text}：{item.outcome}\n  " + "\n  ".join(item.shares) for item in found.items]
    chains = [f"{line.elector_id}\t{line.label}\n  " + "\n  ".join(line.chain) for line in voters]
    context.say(
        "\n".join((*(told if only is None else ()), f"依据：{found.basis}", *chains)),
        {
            "basis": found.basis,
            "items": [
                {"code": item.code, "text": item.text, "outcome": item.outcome, "shares": item.shares}
                for item in found.items
            ],
            "voters": [_facts(line) for line in voters],
        },
    )


def what_if(ctx: typer.Context, motion: Motion) -> None:
    """Tell which doubtful ballots or joinings would turn the result; refused before closing."""
    context: Context = ctx.obj
    found = context.store().ask(queries.what_if, motion)
    lines = [f"第 {code} 项：{one.words}" + "".join(f"\n  {flip.words}" for flip in one.flips) for code, one in found]
    context.say(
        "\n".join(lines),
        [
            {
                "item": code,
                "doubts": len(one.doubts),
                "together": one.together,
                "words": one.words,
                "flips": [
                    {
                        "kind": flip.doubt.kind.value,
                        "who": flip.doubt.label,
                        "if": flip.alternative.words,
                        "verdict": flip.verdict.to_dict(),
                    }
                    for flip in one.flips
                ],
            }
            for code, one in found
        ],
    )


def _facts(line: VoterLine) -> dict[str, Any]:
    return {
        "voter": line.elector_id,
        "label": line.label,
        "rooms": line.rooms,
        "heads": line.heads,
        "area": area_plain(line.area),
        "steps": [{"step": name, "words": words} for name, words in line.steps],
        "agent": line.agent or None,
        "channel": line.channel.value if line.channel else None,
        "counted": line.counted,
        "choices": {code: choice.value for code, choice in line.choices},
    }
