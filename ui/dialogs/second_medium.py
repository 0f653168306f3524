"""副本介质: the card that chooses where every vote is kept a second time, says how that place stands, and begins anew."""

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from consult_app.audit import medium, medium_folder
from ui.desk import Desk
from ui.dialogs.form_sheet import FormSheet
from ui.widgets.button import plain, quiet
from ui.widgets.card import Card
from ui.widgets.layout import row
from ui.widgets.text import Words, muted, small


class SecondMediumCard(Card):
    """A card for the settings page; it keeps itself up to date."""

    def __init__(self, desk: Desk) -> None:
        super().__init__("副本介质")
        self.desk = desk
        self.place, self.note = Words(wrap=True), small(wrap=True)
        self.stop = quiet("停用", self._unset)
        self.add(
            muted(
                "每收一票，先存数据库，再往 U 盘写一行，然后才答复投票人。副本不含选择，用来查对有没有丢票。", wrap=True
            ),
            self.place,
            self.note,
            row(plain("选 U 盘或文件夹…", self._choose, icon="hard-drive"), self.stop, None, gap=8),
        )
        desk.watch(self.refresh, "journal.")
        self.refresh()

    def refresh(self) -> None:
        """Say where the second medium is and how it stands."""
        folder = medium_folder.chosen(self.desk.app.settings.data)
        found = self.desk.ask(medium.medium)
        self.stop.setVisible(folder is not None)
        self.note.hide()
        if folder is None:
            self.place.say("还没有设。建议开会前插一个 U 盘。", "amber")
            return
        fault = found.fault if found.place == str(folder) else ""
        self.place.say(f"{folder}　{fault or '正常'}", "cinnabar" if fault else "pine")
        if medium_folder.shares_disk(self.desk.app.settings.data, folder):
            self.note.say("这个文件夹与数据在同一块磁盘上，磁盘坏了会一起丢，最好换成 U 盘。")
            self.note.show()

    def set_folder(self, folder: Path) -> None:
        """Keep every vote there too from now on."""
        medium_folder.choose(self.desk.app.settings.data, folder)
        self.desk.do(medium.set_medium, str(folder))
        self.refresh()
        self.desk.say("已设副本介质，从下一票起每票另存一份，以前的自动补齐。")

    def _choose(self) -> None:
        name = QFileDialog.getExistingDirectory(self, "选择副本介质")
        if name:
            self.set_folder(Path(name))

    def _unset(self) -> None:
        medium_folder.choose(self.desk.app.settings.data, None)
        self.desk.do(medium.unset_medium)
        self.refresh()


class Renew(FormSheet):
    """Begin a new journal and keep the one that does not fit any more, with the reason."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        note = "旧副本改名留在介质上作为证据，不会删除；新副本从数据库补齐。"
        super().__init__("另建新副本", note, action="另建", decide=self._decide_it, parent=parent)
        self.desk = desk
        self.form.line("reason", "理由", hint="如：已恢复备份，漏的 2 票已通知重投", needed=True)

    def _decide_it(self) -> None:
        old = self.desk.app.medium.renew(self.desk.actor, **self.form.values())
        self.desk.say(f"旧副本已留存为 {old.name}，新副本即将补齐。")
