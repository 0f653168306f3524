"""`consult motion dispute`: the sheet for one voter who objects."""

from pathlib import Path
from typing import Annotated

import typer

from consult_app.cli.context import LARGEST, Context
from consult_app.cli.motion_voter import VoterUnclear
from consult_app.cli.sheet_out import put_out
from consult_app.documents.dispute_sheet import dispute_pdf
from consult_app.voting.arrivals import register
from consult_app.voting.disputing import dispute as dispute_facts


def dispute(
    ctx: typer.Context,
    motion: Annotated[int, typer.Argument(max=LARGEST, help="表决事项编号")],
    room: Annotated[str, typer.Argument(help="房号（3-2-501）、姓名、选票代码或编号")],
    out: Annotated[Path, typer.Option(help="核查单（PDF）写到哪个文件")],
) -> None:
    """Write the dispute sheet of one voter; with --json also the whole path to the printed head."""
    context: Context = ctx.obj
    store = context.store()
    fitting = store.ask(register, motion).find(room)
    if len(fitting) != 1:
        raise VoterUnclear(typed=room, count=len(fitting))
    put_out(out, dispute_pdf(store, context.actor, motion, fitting[0].elector_id))
    found = store.ask(dispute_facts, motion, fitting[0].elector_id)
    context.say(
        f"已写到 {out}：{found.voter.label}，选票 {'、'.join(slip.serial for slip in found.slips) or '（无）'}",
        {
            "out": str(out),
            "voter": found.voter.elector_id,
            "label": found.voter.label,
            "rooms": found.voter.rooms,
            "slips": [{"serial": slip.serial, "state": slip.state} for slip in found.slips],
            "entries": [{"seq": one.seq, "event": one.event, "digest": one.digest} for one in found.entries],
            "path": [{"seq": link.seq, "digest": link.digest} for link in found.path],
            "head": {"seq": found.head.seq, "digest": found.head.digest, "printed": found.printed},
        },
    )
