"""The line along the bottom: vote server, last backup, second medium, head of the audit chain, database."""

from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from consult_app.audit import medium
from consult_app.kernel.text import clock_words, legal_day, short_day
from ui.desk import Desk
from ui.vote_server import VoteServer
from ui.widgets.layout import row
from ui.widgets.state_dot import StateDot
from ui.widgets.text import Words


class StatusLine(QWidget):
    """Five standing facts. `show_server` is called by whoever starts or stops the vote server."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setProperty("look", "status")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName("状态")
        self.desk = desk
        self.dot, self.server = StateDot("off", 9), Words()
        self.backup, self.medium, self.chain, self.database = Words(), Words(), Words(), Words()
        layout = row(
            self.dot,
            self.server,
            18,
            self.backup,
            18,
            self.medium,
            18,
            self.chain,
            None,
            self.database,
            gap=6,
            margins=(24, 5, 24, 5),
        )
        self.setLayout(layout)
        desk.moved.connect(lambda _seq, _head: self.refresh())
        desk.server.phones_changed.connect(self.refresh)

    def refresh(self) -> None:
        """Ask for all of them again."""
        settings = self.desk.app.settings
        server = self.desk.server
        self.dot.show_state("off" if not server.address else "on" if server.reached else "soon")
        self.server.say(f"投票服务 {server.address} · {phones_words(server)}" if server.address else "投票服务未开启")
        self.backup.say(_backup_words(settings.backups, self.desk.now))
        self._show_medium()
        self.chain.say(f"存证链 {short_head(self.desk.head)}")
        self.database.say("数据存在本机" if settings.is_sqlite else "数据存在共用数据库")

    def _show_medium(self) -> None:
        found = self.desk.ask(medium.medium)
        words = "未设副本" if not found.place else "副本中断" if found.fault else "副本正常"
        self.medium.say(words, "cinnabar" if found.fault else "")


def phones_words(server: VoteServer) -> str:
    """`近 10 分钟 23 部手机`; green only once one came: the computer cannot tell by itself that phones reach it."""
    if not server.reached:
        return "还没有手机连上"
    return f"近 10 分钟 {server.phones} 部手机"


def short_head(digest: str) -> str:
    """The first eight digits of the chain's head, as 7F3A·29C1."""
    return "尚无记录" if not digest.strip("0") else f"{digest[:4]}·{digest[4:8]}".upper()


def _backup_words(folder: Path, now: datetime) -> str:
    copies = list(folder.glob("*.db")) if folder.is_dir() else []
    if not copies:
        return "尚未备份"
    latest = datetime.fromtimestamp(max(copy.stat().st_mtime for copy in copies), UTC)
    day = "今天" if legal_day(latest) == legal_day(now) else short_day(legal_day(latest))
    return f"上次备份 {day} {clock_words(latest)}"
