"""`consult verify`: recompute a result from the published list of ballots alone, its PDF or its data file.

A list whose lines and sums were changed together recomputes as well; only the chain, on the data's own computer, tells it
from the one that was published.
"""

from pathlib import Path
from typing import Annotated

import typer

from consult_app.cli.context import Context
from consult_app.cli.recount import DIFFERS
from consult_app.kernel.errors import Refused
from consult_app.recount.listed import verify
from consult_app.recount.reading import Unreadable
from consult_app.voting.publishing import Witness, witness

ALONE = "只核对了清单本身，没有与存证链核对。要查清是不是公布的那一份，请在保存数据的电脑上加 --chain 再核对一次。"


class NotListed(Refused):
    """The file is no published list that can be read."""

    text = "无法核对：{why}。"
    field = "file"


def run(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(help="公布的逐票清单，PDF 或 JSON")],
    chain: Annotated[bool, typer.Option("--chain", help="并与存证链核对，用 --data 指明数据文件夹")] = False,
) -> int:
    """核对逐票清单: exit code 0 when the list gives the declared result, with --chain also is a published one; 2 when not."""
    context: Context = ctx.obj
    try:
        found = verify(file)
    except Unreadable as wrong:
        raise NotListed(why=str(wrong))
    told = context.store().ask(witness, file.read_bytes()) if chain else None
    outcome = "按清单重新计票，与宣布的结果一致。" if found.agrees else "按清单重新计票，与宣布的结果不一致："
    context.say(
        "\n".join((*found.found, outcome, *found.differences, *(told.words if told else (ALONE,)))),
        {
            "agrees": found.agrees,
            "found": found.found,
            "differences": found.differences,
            "chain": told and _as_json(told),
        },
    )
    return 0 if found.agrees and (told is None or told.holds) else DIFFERS


def _as_json(told: Witness) -> dict[str, object]:
    return {
        "published": told.holds,
        "entry": told.entry and told.entry.seq,
        "others": told.others,
        "broken": told.broken and told.broken.seq,
        "words": told.words,
    }
