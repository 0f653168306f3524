"""`consult audit`: check the audit chain, and look everything through after a crash."""

import sys
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from consult_app.audit import chain
from consult_app.audit.heads import first_unlike, read_head
from consult_app.cli.context import LARGEST, Context
from consult_app.cli.sheet_out import put_out
from consult_app.documents.head_sheet import head_sheet
from consult_app.kernel.errors import Refused
from consult_app.voting import recovery, witnessing
from consult_app.voting.head_printing import open_votes
from consult_app.voting.recovery import Report, Weight

app = typer.Typer(help="存证链", no_args_is_help=True)


class Broken(Refused):
    """The audit chain does not hold."""

    text = "存证链在第 {seq} 条断开：{reason}。"


class WhichVote(Refused):
    """A printed head belongs to one open vote."""

    text = "正在投票的表决有 {count} 项，请用 --motion 写明是哪一项。"
    field = "motion"


@app.command("verify")
def verify(
    ctx: typer.Context,
    head: Annotated[list[str] | None, typer.Option(help="纸上或照片里的链头，序号:校验值，可写多次")] = None,
) -> None:
    """Recompute the chain, hold the votes and printed heads against it; prints its head, or refuses with the first broken entry."""
    context: Context = ctx.obj
    printed = [read_head(typed) for typed in head or ()]
    standing = context.store().ask(witnessing.verify)
    unlike = context.store().ask(first_unlike, printed)
    breaks = [found for found in (standing.broken, unlike) if found]
    if breaks:
        first = min(breaks, key=lambda found: found.seq)
        raise Broken(seq=first.seq, reason=first.reason)
    fits = f"，与印出的 {len(printed)} 个链头相符" if printed else ""
    context.say(
        f"存证链完整，共 {standing.entries} 条，链头 {standing.head}{fits}",
        {"entries": standing.entries, "head": standing.head, "ok": True, "compared": len(printed)},
    )


@app.command("head")
def head(
    ctx: typer.Context,
    out: Annotated[Path | None, typer.Option(help="链头单（PDF）写到哪个文件，并记入存证链")] = None,
    motion: Annotated[int | None, typer.Option(max=LARGEST, help="表决事项编号，只有一项在投票时可不写")] = None,
) -> None:
    """Print the number and digest of the newest entry; with --out as a sheet for the scrutineers of an open vote."""
    context: Context = ctx.obj
    if out is None:
        seq, digest = context.store().ask(chain.head)
        context.say(f"{seq} {digest}", {"entries": seq, "head": digest})
        return
    made = head_sheet(context.store(), context.actor, _the_vote(context) if motion is None else motion)
    put_out(out, made.content)
    seq, digest = made.head.seq, made.head.digest
    context.say(f"已写到 {out}：第 {seq} 条 {digest}", {"entries": seq, "head": digest, "out": str(out)})


def _the_vote(context: Context) -> int:
    """The one vote that is open."""
    found = context.store().ask(open_votes)
    if len(found) != 1:
        raise WhichVote(count=len(found))
    return found[0]


@app.command("recover")
def recover(
    ctx: typer.Context,
    journal: Annotated[Path | None, typer.Option(help="副本介质的文件夹，默认为设置中选定的")] = None,
) -> None:
    """Hold database, chain, ballots and the second medium's journal together; exit code 2 when a vote was lost or changed."""
    context: Context = ctx.obj
    report = context.store().ask(recovery.examine, journal or context.app.medium.folder)
    if context.as_json:
        context.out(_as_json(report))
    else:
        sys.stdout.writelines(_lines(report))
    if report.weight is Weight.GRAVE:
        raise typer.Exit(2)


def _as_json(report: Report) -> dict[str, object]:
    return {
        "ok": report.weight is not Weight.GRAVE,
        "summary": report.summary,
        "head": report.head,
        "last_vote": asdict(report.last) if report.last else None,
        "findings": [asdict(finding) for finding in report.findings],
    }


def _lines(report: Report) -> list[str]:
    found = []
    for finding in report.findings:
        found.append(f"{finding.part}　{finding.text}{finding.advice}\n")
        if finding.serials:
            found.append(f"　　　选票 {'、'.join(finding.serials)}\n")
    if report.last:
        found.append(f"最后一票　{report.last.words}。\n")
    return [*found, report.summary + "\n"]
