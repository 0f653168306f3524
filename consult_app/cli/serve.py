"""`consult serve`: the vote server alone."""

import json
import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from consult_app.cli.context import Context
from consult_app.storage.mark import Mark

ALONE = "没有连接到网络，手机打不开投票页，只能在本机试用。请先连接会场的路由器，再重新开启投票服务。"


def run(
    ctx: typer.Context,
    host: Annotated[str, typer.Option(help="监听地址，默认所有网络")] = "0.0.0.0",
    port: Annotated[int, typer.Option(help="端口，0 为任一空闲端口")] = 8080,
    say_phones: Annotated[bool, typer.Option("--say-phones", hidden=True, help="随时报告连上的手机数")] = False,
    journal: Annotated[Path | None, typer.Option(help="副本介质的文件夹，每票另存一份，默认按设置")] = None,
) -> None:
    """Serve the vote pages until told to end; says where once phones can connect."""
    from consult_app.web import server
    from consult_app.web.report import Report

    context: Context = ctx.obj
    listening = server.listen(host, port)
    store = context.store()
    if journal is not None:
        context.app.medium.use(journal)

    def announce() -> None:
        found = {"address": listening.addresses[0], "addresses": listening.addresses, "port": listening.port}
        words = f"投票服务已开启：{'  '.join(listening.addresses)}  按 Ctrl+C 关闭"
        sys.stdout.write((json.dumps(found) if context.as_json else words) + "\n")
        sys.stdout.flush()
        if host == server.EVERYWHERE and not listening.is_reachable:
            sys.stderr.write(ALONE + "\n")

    def write(line: str) -> None:
        if say_phones:
            sys.stdout.write(line)
            sys.stdout.flush()

    context.app.medium.start()
    mark = Mark(context.settings.data, "serving")
    mark.leave(pid=os.getpid(), addresses=listening.addresses, port=listening.port)
    server.run(store, listening, announce, report=Report(store, write).tick)
    context.app.close()
    mark.take_away()
