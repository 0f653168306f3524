"""`consult motion rehearse, zero`: try the vote server with simulated phones, and show that the box is empty."""

from dataclasses import asdict, replace
from pathlib import Path
from typing import Annotated

import typer

from consult_app.audit import chain
from consult_app.cli.context import LARGEST, Context
from consult_app.cli.sheet_out import put_out
from consult_app.voting import queries
from consult_app.voting.rehearsing import note_rehearsal
from consult_app.voting.zeroing import zero as zero_facts

Motion = Annotated[int, typer.Argument(max=LARGEST, help="表决事项编号")]


def rehearse(
    ctx: typer.Context,
    motion: Motion,
    phones: Annotated[int, typer.Option(max=LARGEST, help="模拟手机数，1 到 300")] = 30,
    host: Annotated[str, typer.Option(help="监听地址，默认所有网络")] = "0.0.0.0",
    port: Annotated[int, typer.Option(help="端口，0 为任一空闲端口")] = 0,
) -> None:
    """Rehearse on data of its own, which are purged; exit code 2 when a phone, a vote or the purge failed."""
    from consult_app.demo import rehearsal

    context: Context = ctx.obj
    store = context.store()
    store.ask(queries.motion, motion)  # what does not exist is refused before the phones come
    found = rehearsal.rehearse(context.settings, phones, host=host, port=port)
    store.do(context.actor, note_rehearsal, motion, found.words)
    context.say(found.words, {"motion": motion, "passed": found.passed, **asdict(found)})
    if not found.passed:
        raise typer.Exit(2)


def zero(
    ctx: typer.Context, motion: Motion, out: Annotated[Path, typer.Option(help="零票报告（PDF）写到哪个文件")]
) -> None:
    """Put the empty box on record, issue its report as a paper of the matter, and write it."""
    from consult_app.documents.issuing import issue_at_once
    from consult_app.documents.polling import draft_zero_report
    from consult_app.documents.rules import code_words

    context: Context = ctx.obj
    store = context.store()
    made = issue_at_once(store, context.actor, draft_zero_report, motion)
    put_out(out, made.content)
    entry = store.ask(chain.newest, "room.zeroed")
    assert entry is not None, "the report was put on record"
    found = replace(store.ask(zero_facts, motion), seq=entry.seq, digest=entry.digest)  # as it is printed
    context.say(
        f"已写到 {out}：票箱为零，有效选票 {found.slips} 张，存证链第 {found.seq} 条，编号 {code_words(made.line.code)}",
        {"motion": motion, "out": str(out), "document": made.line.id, "code": made.line.code, **asdict(found)},
    )
