"""`consult motion dispute`: the sheet for one voter who objects."""

from pathlib import Path
from typing import Annotated

import typer

from consult_app.cli.context import LARGEST, Context
from consult_app.cli.motion_voter import VoterUnclear
from consult_app.cli.sheet_out import put_out
from consult_app.documents.issuing import issue_at_once
from consult_app.documents.polling import draft_dispute_sheet
from consult_app.documents.rules import code_words
from consult_app.voting.arrivals import register
from consult_app.voting.disputing import dispute as dispute_facts


def dispute(
    ctx: typer.Context,
    motion: Annotated[int, typer.Argument(max=LARGEST, help="表决事项编号")],
    room: Annotated[str, typer.Argument(help="房号（3-2-501）、姓名、选票代码或编号")],
    out: Annotated[Path, typer.Option(help="核查单（PDF）写到哪个文件")],
) -> None:
    """Issue the dispute sheet of one voter as a paper of the matter, and write it; --json tells the whole path to the head."""
    context: Context = ctx.obj
    store = context.store()
    fitting = store.ask(register, motion).find(room)
    if len(fitting) != 1:
        raise VoterUnclear(typed=room, count=len(fitting))
    found = store.ask(dispute_facts, motion, fitting[0].elector_id)
    made = issue_at_once(store, context.actor, draft_dispute_sheet, motion, fitting[0].elector_id)
    put_out(out, made.content)
    context.say(
        f"已写到 {out}：{found.voter.label}，选票 {'、'.join(slip.serial for slip in found.slips) or '（无）'}，"
        f"编号 {code_words(made.line.code)}",
        {
            "out": str(out),
            "document": made.line.id,
            "code": made.line.code,
            "voter": found.voter.elector_id,
            "label": found.voter.label,
            "rooms": found.voter.rooms,
            "slips": [{"serial": slip.serial, "state": slip.state} for slip in found.slips],
            "entries": [{"seq": one.seq, "event": one.event, "digest": one.digest} for one in found.entries],
            "path": [{"seq": link.seq, "digest": link.digest} for link in found.path],
            "head": {"seq": found.head.seq, "digest": found.head.digest, "printed": found.printed},
        },
    )
