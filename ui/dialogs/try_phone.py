"""用您的手机试一试: the server's own page as a code to scan, before voters do."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.dialogs.sheet import Sheet
from ui.projector.codes import code_of
from ui.vote_server import VoteServer
from ui.widgets.layout import boxed, row
from ui.widgets.state_dot import StateDot
from ui.widgets.text import Words

SIDE, QUIET = 220, 30
"""Pixels across, and of light around a code: four modules of the smallest, so that all codes are equally large."""


class CodePicture(QWidget):
    """A QR code with its quiet zone."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.code = code_of(text)
        self.setAccessibleName(f"二维码：{text}")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(SIDE, SIDE)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor("white"))
        count = len(self.code)
        edges = [QUIET + (SIDE - 2 * QUIET) * place // count for place in range(count + 1)]  # whole pixels: sharp edges
        for y, line in enumerate(self.code):
            for x, dark in enumerate(line):
                if dark:
                    corners = QPoint(edges[x], edges[y]), QPoint(edges[x + 1] - 1, edges[y + 1] - 1)
                    painter.fillRect(QRect(*corners), QColor("black"))
        painter.end()


class TryPhone(Sheet):
    """What to scan, and what to look at when the page does not open."""

    def __init__(self, server: VoteServer, wifi: str = "", parent: QWidget | None = None) -> None:
        network = f"手机先连会场 Wi-Fi「{wifi}」，" if wifi else "手机先连和这台电脑相同的网络，"
        super().__init__(
            "用您的手机试一试",
            network + "再扫这个码。看到投票首页，就说明会场的手机都能打开。",
            leave="完成",
            parent=parent,
        )
        self.server = server
        picture = CodePicture(f"http://{server.address}/")
        self.body.addWidget(picture, alignment=Qt.AlignmentFlag.AlignHCenter)
        self.body.addWidget(Words(f"http://{server.address}"), alignment=Qt.AlignmentFlag.AlignHCenter)
        self.light, self.heard = StateDot("waiting", 12), Words()
        self.body.addWidget(boxed(row(self.light, self.heard)), alignment=Qt.AlignmentFlag.AlignHCenter)
        server.phones_changed.connect(self.show_light)
        self.show_light()
        note = "打不开时：看手机是否连对了 Wi-Fi；看电脑防火墙是否允许「六步议事」；看路由器是否开了「访客隔离」。"
        self.add(Words(note, "small", wrap=True))

    def show_light(self) -> None:
        """Green as soon as a phone has opened a page."""
        reached = self.server.reached
        self.light.show_state("on" if reached else "waiting")
        self.heard.say(
            f"手机连上了（近 10 分钟 {self.server.phones} 部）" if reached else "还没有手机连上",
            "pine" if reached else "",
        )
