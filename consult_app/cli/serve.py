"""`consult serve`: the vote server alone, for one data folder or for a town."""

import json
import os
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typer

from consult_app.app import is_town
from consult_app.cli.context import Context
from consult_app.kernel.errors import Refused
from consult_app.kernel.garbage import search_seldom
from consult_app.storage.mark import Mark
from consult_app.web import kiosk, server
from consult_app.web.misses import Misses
from consult_app.web.report import Report
from consult_app.web.server import Listening

ALONE = "没有连接到网络，手机打不开投票页，只能在本机试用。请先连接会场的路由器，再重新开启投票服务。"


class OneProcess(Refused):
    """SQLite takes one writer; more processes would only wait for each other."""

    text = "数据文件只需要一个服务进程。多个进程（--workers）请配合 PostgreSQL 数据库使用。"


class NoJournal(Refused):
    """The journal is written by one process, of one community; a town's copy is its database server's affair."""

    text = "副本介质（--journal）只能由一个服务进程为一个社区写。全镇共用的服务器请用数据库自己的备份和复制。"
    field = "journal"


class NoTablet(Refused):
    """Who stands at a tablet is known to one process, of one community."""

    text = "平板投票台（--tablet）只能由一个服务进程为一个社区开。请不用 --workers，并用 --community 指明社区。"
    field = "tablet"


def run(
    ctx: typer.Context,
    host: Annotated[str, typer.Option(help="监听地址，默认所有网络")] = "0.0.0.0",
    port: Annotated[int | None, typer.Option(help="端口，默认 80（用不了则 8080），0 为任一空闲端口")] = None,
    journal: Annotated[Path | None, typer.Option(help="副本介质的文件夹，每票另存一份，默认按设置")] = None,
    workers: Annotated[int, typer.Option(min=1, max=64, help="服务进程数，多于一个须用 PostgreSQL")] = 1,
    trust: Annotated[str, typer.Option(help="反向代理的地址，只采信它转告的来访地址")] = "",
    tablet: Annotated[bool, typer.Option("--tablet", help="开平板投票台，并说出它的网址和口令")] = False,
    say_phones: Annotated[bool, typer.Option("--say-phones", hidden=True, help="随时报告连上的手机数")] = False,
    socket: Annotated[int | None, typer.Option(hidden=True, help="上级进程交来的套接字")] = None,
    misses: Annotated[Path | None, typer.Option(hidden=True, help="各进程合记输错次数的文件")] = None,
) -> None:
    """Serve the vote pages until told to end; says where once phones can connect.

    On a town's database without a community's code, all communities are served, each under its code.
    """
    context: Context = ctx.obj
    if workers > 1 and context.settings.is_sqlite:
        raise OneProcess
    if journal is not None and (workers > 1 or is_town(context.settings)):
        raise NoJournal
    if tablet and (workers > 1 or is_town(context.settings)):
        raise NoTablet
    if socket is not None:
        serving = _Serving(context, server.adopt(socket), host, trust, announces=False)
    else:
        place = server.listen(host, server.shortest_port() if port is None else port)
        serving = _Serving(context, place, host, trust)
    if workers > 1:
        serving.by_workers(workers)
    elif is_town(context.settings):
        serving.a_town(misses)
    else:
        serving.one_community(journal, tablet, say_phones, misses)


class _Serving:
    """The ways to serve: one community, a town's, or by several workers that do either."""

    def __init__(
        self, context: Context, listening: Listening, host: str, trust: str, *, announces: bool = True
    ) -> None:
        search_seldom()
        self.context, self.listening = context, listening
        self._host, self._trust, self._announces, self._pin = host, trust, announces, ""

    def one_community(self, journal: Path | None, tablet: bool, says: bool, misses: Path | None) -> None:
        """Serve a data folder, or one community of a database; a window, which is told of phones, always has its tablets."""
        store, medium = self.context.store(), self.context.app.medium
        if journal is not None:
            medium.use(journal)

        def write(line: str) -> None:
            if says:
                sys.stdout.write(line)
                sys.stdout.flush()

        medium.start()
        self._pin = kiosk.pin(store) if tablet or says else ""
        mark = Mark(self.context.settings.data, "serving")
        mark.leave(pid=os.getpid(), addresses=self.listening.addresses, port=self.listening.port, pin=self._pin)
        report = Report(self.context.app, write).tick
        server.run(
            store, self.listening, self._announce,
            report=report, trusted_proxy=self._trust, pin=self._pin, misses=Misses(misses),
        )  # fmt: skip
        self.context.app.close()
        mark.take_away()

    def a_town(self, misses: Path | None) -> None:
        """Serve all communities of a database."""
        from consult_app.town import Town
        from consult_app.web.town import TownSite

        town = Town(self.context.settings)
        server.serve(TownSite(town, misses), self.listening, self._announce, trusted_proxy=self._trust)
        town.close()

    def by_workers(self, count: int) -> None:
        """Bring the tables to the newest revision, or refuse, before there are several at it; then keep the workers."""
        from consult_app.web.child import program
        from consult_app.web.workers import Workers

        if is_town(self.context.settings):
            from consult_app.town import Town

            town = Town(self.context.settings)
            for community in town.communities():
                town.store(community.code)
            town.close()
        else:
            self.context.store()
            self.context.app.close()
        data = self.context.settings.data
        data.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(prefix="workers-", dir=data) as folder:  # the system's own is swept while we run
            command = [*program(self.context.settings), "serve", "--trust", self._trust]
            command += ["--misses", str(Path(folder, "misses.db")), "--socket"]
            Workers(command, self.listening, count).run(self._announce)

    def _announce(self) -> None:
        """Say where, once phones can connect."""
        if not self._announces:
            return
        places = self.listening.addresses
        found = {"address": places[0], "addresses": places, "port": self.listening.port}
        words = f"投票服务已开启：{'  '.join(places)}  按 Ctrl+C 关闭"
        if self._pin:
            found |= {"pin": self._pin, "tablet": places[0] + kiosk.PLACE}
            words += f"\n平板投票台：{places[0]}{kiosk.PLACE}  口令 {self._pin}，只告诉协助人员"
        sys.stdout.write((json.dumps(found) if self.context.as_json else words) + "\n")
        sys.stdout.flush()
        if self._host == server.EVERYWHERE and not self.listening.is_reachable:
            sys.stderr.write(ALONE + "\n")
