"""`consult minutes`: the minutes of a meeting as PDF."""

from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy.orm import Session

from consult_app.cli.context import LARGEST, Context
from consult_app.documents import drafting, issuing, queries
from consult_app.documents.queries import DocumentLine
from consult_app.documents.rules import MINUTES, DocumentState
from consult_app.kernel.errors import Refused, reason_of
from consult_app.meetings import queries as meetings
from consult_app.proposals import queries as proposals
from consult_app.storage.store import Work
from consult_app.voting import queries as voting

app = typer.Typer(help="会议纪要", no_args_is_help=True)


class CannotWrite(Refused):
    """The PDF cannot be written where it should go."""

    text = "写不到「{path}」：{reason}。"


@app.command("export")
def export(
    ctx: typer.Context,
    meeting: Annotated[int, typer.Argument(metavar="ID", max=LARGEST, help="会议编号")],
    pdf: Annotated[Path, typer.Option("--pdf", help="写到哪个 PDF 文件")],
) -> None:
    """Write the minutes of a meeting: the issued ones, else the draft, marked as one; a draft is made where none is.

    Once the meeting's vote is closed, only minutes that tell its result will do.
    """
    context: Context = ctx.obj
    store = context.store()
    motion = store.ask(closed_motion, meeting)
    line = store.ask(minutes_of, meeting, motion)
    if line is None:
        made = store.do(context.actor, draft, meeting, motion)
        line = store.ask(queries.document, made).line
    content = issuing.preview(store, line.id)
    try:
        pdf.write_bytes(content)
    except OSError as error:
        raise CannotWrite(path=pdf, reason=reason_of(error)) from error
    is_issued = line.state is DocumentState.ISSUED
    context.say(
        f"{pdf}（{'已印发' if is_issued else '草稿'}，编号 {line.code}）",
        {"document": line.id, "code": line.code, "issued": is_issued, "pdf": str(pdf), "bytes": len(content)},
    )


def minutes_of(db: Session, meeting_id: int, motion_id: int | None) -> DocumentLine | None:
    """The newest standing minutes of a meeting (and of its closed vote, if any), issued ones first; None when there are none."""
    proposal_id = meetings.meeting(db, meeting_id).proposal_id
    found = [
        line
        for line in queries.documents(db, proposal_id)
        if line.kind in MINUTES
        and line.artefact
        and line.meeting_id == meeting_id
        and (motion_id is None or line.motion_id == motion_id)
        and line.state is not DocumentState.VOID
    ]
    return max(found, key=lambda line: (line.state is DocumentState.ISSUED, line.id), default=None)


def closed_motion(db: Session, meeting_id: int) -> int | None:
    """The newest vote of a meeting that is closed; None when there is none."""
    proposal_id = meetings.meeting(db, meeting_id).proposal_id
    body_id = proposals.proposal(db, proposal_id).body_id
    found = (voting.motion(db, line.id) for line in voting.motions(db, body_id, proposal_id))
    return next((motion.id for motion in found if motion.meeting_id == meeting_id and motion.closed_at), None)


def draft(work: Work, meeting_id: int, motion_id: int | None) -> int:
    """Draft a meeting's minutes, for owners those of their assembly once it has voted."""
    if motion_id is not None and voting.motion(work.db, motion_id).rule.electorate == "owners":
        return drafting.draft_owners_minutes(work, motion_id)
    return drafting.draft_minutes(work, meeting_id, motion_id=motion_id)
