"""无记名表决: the scrutineers' key cards, the opening of the box, the stubs of its papers and their count."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QGridLayout, QSpinBox, QWidget

from consult_app.documents.key_cards import key_cards_pdf
from consult_app.documents.secret_papers import destroy, write_cards
from consult_app.kernel.errors import Refused
from consult_app.voting.actions import box_paper, enter_paper_count, make_cards, open_box
from consult_app.voting.queries import MotionFacts, paper_sheets, papers_boxed, slip_named
from consult_app.voting.rules import CHOICE_WORDS, Choice
from consult_app.voting.secret_files import SECRET_WORDS, Secret, secret_files
from consult_app.voting.secret_paper import COUNTED
from ui.desk import Desk
from ui.dialogs.form_sheet import FormSheet
from ui.dialogs.sheet import Sheet
from ui.widgets import pdf_paper
from ui.widgets.button import quiet
from ui.widgets.form import Form
from ui.widgets.text import Words, muted


class NoPrinter(Refused):
    """No printer was chosen; the key is not changed."""

    text = "没有选打印机，没有制卡。"


class MakeCards(Sheet):
    """Make the key of a secret vote and print its three cards from memory, in the scrutineers' presence."""

    def __init__(self, desk: Desk, motion: MotionFacts, made: bool, parent: QWidget | None = None) -> None:
        note = (
            "选票在投出时即密封，密钥分成三张卡，由三名监票人各持一张；截止后凭任意两张开封。"
            "设了密钥卡，组织者拿着全部数据也看不到谁投了什么。"
        )
        super().__init__("监票人密钥", note, action="制卡并打印…", decide=self._print, width=520, parent=parent)
        self.desk, self.motion = desk, motion
        self.add(
            Words("请三名监票人都到场再制卡。丢失两张，票箱就不能开封，只能重新表决。", tone="amber", wrap=True),
            muted("密钥卡直接送到打印机，不写成文件。没有打印机的，可以写成三个文件，每张卡各用监票人自己的 U 盘。", wrap=True),
            muted("不设密钥卡也可以表决：截止时由电脑开封，随即销毁密钥。截止以前，拿到数据文件的人有可能看到选票。", wrap=True),
        )  # fmt: skip
        if made:
            self.add(Words("已经制过卡。重新制卡后，原来三张全部作废，请一并收回。", tone="amber", wrap=True))
            self.action_button.setText("重新制卡并打印…")
        self.buttons.insertWidget(0, quiet("写成文件…", self._write, icon="file-down"))

    def _print(self) -> None:
        printer = pdf_paper.ask_printer(self)  # first: the cards are told once
        if printer is None:
            raise NoPrinter
        pdf_paper.print_on(printer, self._cards)
        self.desk.say("密钥卡已送往打印机，电脑里没有留下文件。请核对印出三张，当面分给监票人；没有印好的，重新制卡。")

    def _cards(self) -> bytes:
        return key_cards_pdf(self.motion, self.desk.do(make_cards, self.motion.id), self.desk.now)

    def _write(self) -> None:
        folders: list[Path] = []
        for number in (1, 2, 3):
            start = str(folders[-1]) if folders else ""
            chosen = QFileDialog.getExistingDirectory(self, f"第 {number} 号卡写到哪里（监票人的 U 盘）", start)
            if not chosen:
                return
            folders.append(Path(chosen))
        try:
            write_cards(self.desk.store, self.desk.actor, self.motion.id, folders, self.desk.app.settings.data)
        except Refused as refused:
            self.show_refusal(refused)
            return
        self.desk.say(
            "三张卡已各写成一个文件。交给监票人或者印好以后，请点「销毁制卡文件」；销毁以前，电脑里的文件就是密钥。"
        )
        self.accept()


class DestroyFiles(Sheet):
    """Overwrite and delete the files that hold a secret of a vote; the chain tells of it."""

    def __init__(self, desk: Desk, motion: MotionFacts, kind: Secret, parent: QWidget | None = None) -> None:
        words = SECRET_WORDS[kind]
        note = (
            f"先覆盖内容，再删除文件，并记入存证链，不能撤销。{_BEFORE[kind]}"
            "固态硬盘和 U 盘可能另留副本，U 盘请由监票人自己保管；打开过的程序、打印队列里的也请清除。"
        )
        super().__init__(
            f"销毁{words}", note, action="销毁", decide=self._destroy, look="danger", width=560, parent=parent
        )
        self.desk, self.motion, self.kind = desk, motion, kind
        for file in desk.ask(secret_files, motion.id):
            if file.kind is kind:
                self.add(Words(f"{file.path}{'' if file.path.exists() else '（现在不在原处）'}", wrap=True))

    def _destroy(self) -> None:
        self.desk.say(destroy(self.desk.store, self.desk.actor, self.motion.id, self.kind).words)


_BEFORE = {
    Secret.CARDS: "请先确认三名监票人都已拿到自己的卡。",
    Secret.SLIPS: "请先确认选票已经印好；销毁后不能重印，遗失的用「补发」。",
}


class OpenBox(FormSheet):
    """Two scrutineers lay their cards; the box is opened and counted."""

    def __init__(self, desk: Desk, motion: MotionFacts, parent: QWidget | None = None) -> None:
        note = "两名监票人各自扫描或输入自己的密钥卡。开封后密封选票打乱次序、当场计票，密钥随即销毁，不能撤销。"
        super().__init__("票箱开封", note, action="开封", decide=self._open, look="danger", width=560, parent=parent)
        self.desk, self.motion = desk, motion
        for name, label in (("cards", "第一张密钥卡"), ("second", "第二张密钥卡")):
            self.form.line(name, label, hint="扫描卡上的码，或输入八组字", needed=True)

    def _open(self) -> None:
        typed = self.form.values()
        count = self.desk.do(open_box, self.motion.id, [typed["cards"], typed["second"]])
        self.desk.say(f"票箱已开封，密封选票 {count} 张。")


class DropStubs(Sheet):
    """One stub after another: the paper goes into the box once its stub is registered."""

    def __init__(self, desk: Desk, motion: MotionFacts, parent: QWidget | None = None) -> None:
        note = "先撕下写着代码的存根，在这里登记；登记成功，再把不带代码的选票投入票箱。已投过票的，选票不能入箱。"
        super().__init__("纸质选票入箱登记", note, action="登记，下一张", decide=lambda: None, leave="完成", width=520,
                         parent=parent)  # fmt: skip
        self.desk, self.motion = desk, motion
        self.form = Form(columns=1)
        self.code = self.form.line("human_code", "存根代码", hint="扫描或输入", needed=True)
        self.owner, self.outcome = muted(" "), Words("", tone="pine", wrap=True)
        self.add(self.form, self.owner, self.outcome)
        self.code.textChanged.connect(self._look_up)

    def _look_up(self, typed: str) -> None:
        slip = self.desk.ask(slip_named, typed)
        mine = slip is not None and slip.motion.id == self.motion.id
        self.owner.say(f"选票 {slip.serial}　{'、'.join(slip.rooms) or slip.label}" if mine and slip else " ")

    def _act(self) -> None:
        self.form.clear_errors()
        self.outcome.say("")
        try:
            serial = self.desk.do(box_paper, self.motion.id, self.form.values()["human_code"])
        except Refused as refused:
            self.form.show_refusal(refused) if refused.field in self.form.fields else self.show_refusal(refused)
            return
        self.error.hide()
        count = self.desk.ask(papers_boxed, self.motion.id)
        self.outcome.say(f"选票 {serial} 已登记，请投入票箱。共 {count} 张。")
        self.code.clear()
        self.code.setFocus(Qt.FocusReason.OtherFocusReason)


class CountPapers(Sheet):
    """One teller's count of the papers of a secret vote; adopted once two tellers agree."""

    def __init__(self, desk: Desk, motion: MotionFacts, parent: QWidget | None = None) -> None:
        boxed = desk.ask(papers_boxed, motion.id)
        note = f"登记入箱 {boxed} 张。两名计票人各自清点、各自录入，完全一致才采用。空白和无法辨认的计入「填写无效」。"
        super().__init__("清点无记名纸质选票", note, action="录入", decide=lambda: None, leave="完成", width=620,
                         parent=parent)  # fmt: skip
        self.desk, self.motion = desk, motion
        self.form = Form(columns=2)
        self.form.line("teller", "计票人", needed=True)
        self.form.number("papers", "清点张数", most=max(1, boxed), unit="张")
        self.counts: dict[str, dict[Choice, QSpinBox]] = {}
        self.standing, self.outcome = Words("", wrap=True), Words("", tone="pine", wrap=True)
        self.differing = muted(wrap=True)
        self.add(self.standing, self.differing, self.form, self._grid(boxed), self.outcome)
        self._stand()

    def _grid(self, most: int) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(0, 1)
        for across, choice in enumerate(COUNTED, 1):
            grid.addWidget(Words(CHOICE_WORDS[choice]), 0, across)
        for down, item in enumerate(self.motion.items, 1):
            grid.addWidget(Words(f"{item.code}. {item.text}", wrap=True), down, 0)
            row = self.counts[item.code] = {}
            for across, choice in enumerate(COUNTED, 1):
                box = row[choice] = QSpinBox(maximum=max(1, most))
                box.setMinimumWidth(box.fontMetrics().horizontalAdvance("00000") + 32)
                box.setAccessibleName(f"第 {item.code} 项 {CHOICE_WORDS[choice]} 张数")
                grid.addWidget(box, down, across)
        return grid

    def _stand(self) -> None:
        """Say how far the tellers are; what one has entered is shown only once the other's differs from it."""
        found = self.desk.ask(paper_sheets, self.motion.id)
        self.standing.say(found.words, "pine" if found.agreed else "cinnabar" if found.differences else "")
        names = found.tellers[-2:]
        lines = [f"{one.field}：{names[0]} {one.first}，{names[1]} {one.second}" for one in found.differences]
        self.differing.say("\n".join(lines))
        self.differing.setVisible(bool(lines))

    def _act(self) -> None:
        self.form.clear_errors()
        self.error.hide()
        values = self.form.values()
        table = {code: {choice.value: box.value() for choice, box in row.items()} for code, row in self.counts.items()}
        try:
            agreed = self.desk.do(enter_paper_count, self.motion.id, values["teller"], values["papers"] or 0, table)
        except Refused as refused:
            self.form.show_refusal(refused) if refused.field in self.form.fields else self.show_refusal(refused)
            return
        self.outcome.say("两人计数一致，已采用。" if agreed else f"{values['teller']}的计数已录入。")
        self._stand()
        self.form.fill(teller="", papers=0)
        for row in self.counts.values():
            for box in row.values():
                box.setValue(0)
