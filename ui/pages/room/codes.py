"""入场码: the Wi-Fi's code beside the vote page's."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from consult_app.documents.room_poster import KIND, room_poster
from ui import outbox
from ui.desk import Desk
from ui.dialogs.try_phone import CodePicture
from ui.projector.codes import wifi
from ui.widgets.button import plain
from ui.widgets.card import Card
from ui.widgets.layout import boxed, column, refill, row
from ui.widgets.text import muted, small


class CodesCard(Card):
    """The two codes, and their sheet to put up."""

    def __init__(self, desk: Desk) -> None:
        super().__init__("入场码")
        self.desk = desk
        self._made_for: tuple[str, str, str] | None = None
        self.codes = row(gap=16)
        self.note = muted("投票服务开启后，这里显示 Wi-Fi 和投票首页的码。", wrap=True)
        self.put_up = plain("打印入场码", self.print_codes, icon="printer")
        self.head.addWidget(self.put_up)
        self.add(boxed(self.codes), self.note)

    def show_codes(self) -> None:
        """Show the codes of the network and address as they are now."""
        memory = self.desk.memory
        name, password = str(memory.get("wifi.name") or ""), str(memory.get("wifi.password") or "")
        wanted = (self.desk.server.url, name, password)
        if wanted == self._made_for:
            return
        self._made_for = wanted
        url = self.desk.server.url
        pieces = []
        if name:
            pieces.append(_code(wifi(name, password), "会场 Wi-Fi", name))
        if url:
            pieces.append(_code(f"{url}/", "投票首页（手机试一试）", url))
        refill(self.codes, None, *pieces, None)
        self.put_up.allow("" if url else "先开启投票服务。")
        hint = "没有填会场 Wi-Fi，发放选票时可以填写。" if url and not name else ""
        self.note.say(hint if url else "投票服务开启后，这里显示投票首页的码。")
        self.note.setVisible(bool(self.note.text()))

    def print_codes(self) -> None:
        """Open the sheet with both codes."""
        assert self._made_for is not None
        url, name, password = self._made_for
        content = room_poster("扫码投票", f"{url}/", name, wifi(name, password) if name else "", self.desk.now)
        outbox.put_out(self.desk, f"{KIND}.pdf", content)


def _code(text: str, name: str, words: str) -> QWidget:
    """A code with its name and words centred under it."""
    middle = Qt.AlignmentFlag.AlignHCenter
    stack = column(gap=4)
    for piece in (CodePicture(text), small(name), muted(words)):
        stack.addWidget(piece, alignment=middle)
    return boxed(stack)
