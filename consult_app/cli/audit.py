"""`consult audit`: check the audit chain, and look everything through after a crash."""

import sys
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from consult_app.audit import chain
from consult_app.cli.context import Context
from consult_app.kernel.errors import Refused
from consult_app.voting import recovery, witnessing
from consult_app.voting.recovery import Report, Weight

app = typer.Typer(help="存证链", no_args_is_help=True)


class Broken(Refused):
    """The audit chain does not hold."""

    text = "存证链在第 {seq} 条断开：{reason}。"


@app.command("verify")
def verify(ctx: typer.Context) -> None:
    """Recompute the chain and hold the votes against it; prints its head, or refuses with the first broken entry."""
    context: Context = ctx.obj
    standing = context.store().ask(witnessing.verify)
    if standing.broken:
        raise Broken(seq=standing.broken.seq, reason=standing.broken.reason)
    context.say(
        f"存证链完整，共 {standing.entries} 条，链头 {standing.head}",
        {"entries": standing.entries, "head": standing.head, "ok": True},
    )


@app.command("head")
def head(ctx: typer.Context) -> None:
    """Print the number and digest of the newest entry."""
    context: Context = ctx.obj
    seq, digest = context.store().ask(chain.head)
    context.say(f"{seq} {digest}", {"entries": seq, "head": digest})


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
