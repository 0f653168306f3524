"""平板投票台: where a tablet on the table goes, and the PIN that opens it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from ui.dialogs.sheet import Sheet
from ui.dialogs.try_phone import CodePicture
from ui.vote_server import VoteServer
from ui.widgets.text import Words, muted

PLACE = "/desk"


class Kiosk(Sheet):
    """The address as a code, and the PIN in large figures."""

    def __init__(self, server: VoteServer, parent: QWidget | None = None) -> None:
        note = "平板连上会场 Wi-Fi，扫这个码，输入口令和两人姓名，就可以逐位协助投票。每票投完自动回到开始。"
        super().__init__("平板投票台", note, leave="完成", parent=parent)
        middle = Qt.AlignmentFlag.AlignHCenter
        if not server.pin:
            self.add(Words("请先开启投票服务。", tone="amber", wrap=True))
            return
        self.pin = Words(f"{server.pin[:3]} {server.pin[3:]}", "figure")
        self.pin.setAccessibleName(f"口令 {server.pin}")
        self.body.addWidget(CodePicture(f"{server.url}{PLACE}"), alignment=middle)
        self.body.addWidget(Words(f"{server.url}{PLACE}"), alignment=middle)
        self.body.addWidget(muted("口令"), alignment=middle)
        self.body.addWidget(self.pin, alignment=middle)
        self.add(
            Words("口令只告诉协助人员，投票服务重新开启后更换。协助人员和见证人记入每一票的记录。", "small", wrap=True)
        )
