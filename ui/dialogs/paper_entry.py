"""录入纸质选票 by two tellers apart, and 协助投票 at the desk: a slip's code, its choices, who enters."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from consult_app.kernel.errors import Refused
from consult_app.voting.actions import ENTERED_WORDS, Entered, cast_assisted, enter_paper
from consult_app.voting.queries import MotionFacts, slip_named
from consult_app.voting.receipts import Receipt
from ui.desk import Desk
from ui.dialogs.sheet import Sheet
from ui.widgets.choice_rows import ChoiceRows
from ui.widgets.form import Form
from ui.widgets.text import Words, muted

TONES = {Entered.DISAGREES: "cinnabar", Entered.SET_ASIDE: "amber", Entered.REPLACED: "amber"}
COMPARE = "回执码：请投票人展开选票，与所选项后面的逐项对照。不一样，请停下来查明。"


class _Entry(Sheet):
    """A slip's code, who it belongs to, and choices; stays open for the next slip after each one is stored."""

    def __init__(self, desk: Desk, motion: MotionFacts, title: str, note: str, who: str, unreadable: bool,
                 parent: QWidget | None, *, second: str = "") -> None:  # fmt: skip
        super().__init__(
            title, note, action="保存，录下一张", decide=lambda: None, leave="完成", width=560, parent=parent
        )
        self.desk, self.motion = desk, motion
        self.form = Form(columns=2)
        name = self.form.line("name", who, needed=True)
        name.setText(str(desk.memory.get("clerk") or "") if who == "协助人员" else "")
        if second:
            self.form.line("witness", second, needed=True)
        self.code = self.form.line("human_code", "选票代码", hint="扫描或输入", needed=True)
        self.owner = muted()
        self.rows = ChoiceRows(motion.items, unreadable)
        self.outcome = Words("", tone="pine", wrap=True)
        self.add(self.form, self.owner, self.rows, self.outcome)
        self.code.textChanged.connect(lambda _text: self._look_up())
        self.action_button.setDefault(False)
        self.code.returnPressed.connect(self._to_choices)
        self.stored = 0

    def _act(self) -> None:
        self.form.clear_errors()
        self.error.hide()
        values = self.form.values()
        try:
            words, tone = self._store(values["name"], values["human_code"], self.rows.choices())
        except Refused as refused:
            self.outcome.say("")
            self.form.show_refusal(refused) if refused.field in self.form.fields else self.show_refusal(refused)
            return
        self.stored += 1
        self.outcome.say(words, tone)
        self.rows.clear()
        self.code.clear()
        self.code.setFocus(Qt.FocusReason.OtherFocusReason)

    def _store(self, name: str, code: str, choices: dict[str, str]) -> tuple[str, str]:
        raise NotImplementedError

    def _look_up(self) -> None:
        slip = self.desk.ask(slip_named, self.code.text())
        if slip is None or slip.motion.id != self.motion.id:
            self.owner.say(" ")
            return
        self.owner.say(f"选票 {slip.serial}　{'、'.join(slip.rooms) or slip.label}")

    def _to_choices(self) -> None:
        first = next(iter(self.rows.groups.values()))
        first.buttons()[0].setFocus(Qt.FocusReason.TabFocusReason)


class PaperEntry(_Entry):
    """One teller's reading of paper ballots. What the other teller read is never shown."""

    def __init__(self, desk: Desk, motion: MotionFacts, parent: QWidget | None = None) -> None:
        note = "每张纸质选票由两名计票人各自录入一遍，一致后计入。没有勾选的项按无法辨认处理。"
        super().__init__(desk, motion, "录入纸质选票", note, "计票人", True, parent)

    def _store(self, name: str, code: str, choices: dict[str, str]) -> tuple[str, str]:
        found = self.desk.do(enter_paper, self.motion.id, code, choices, name)
        return ENTERED_WORDS[found], TONES.get(found, "pine")


class AssistedEntry(_Entry):
    """A vote of someone who is helped at the desk (无障碍环境建设法 art. 48); the voter compares its return codes."""

    def __init__(self, desk: Desk, motion: MotionFacts, parent: QWidget | None = None) -> None:
        note = "为不便使用手机的人代为填写：请当面读出每一项，按本人的意思选择，再读一遍确认。"
        note += "协助人员和见证人记入这一票的记录。"
        super().__init__(desk, motion, "协助投票", note, "协助人员", False, parent, second="见证人")
        self.codes = Words("", "figure", wrap=True)
        self.compare = Words(COMPARE, "small", wrap=True)
        self.compare.hide()
        self.add(self.codes, self.compare)

    def _store(self, name: str, code: str, choices: dict[str, str]) -> tuple[str, str]:
        witness = self.form.values()["witness"]
        receipt = self.desk.do(cast_assisted, self.motion.id, code, choices, name, witness)
        self.codes.say(_codes(receipt))
        self.compare.setVisible(bool(receipt.codes))
        return f"选票 {receipt.serial} 已投，{receipt.seconds}。", "pine"

    def _look_up(self) -> None:
        """The slip of a code; what was told of the last voter goes as soon as the next slip is taken up."""
        super()._look_up()
        if self.code.text():
            self.outcome.say("")
            self.codes.say("")
            self.compare.hide()


def _codes(receipt: Receipt) -> str:
    """`4821`, or `第1项 4821　第2项 0377` where there are several questions; nothing without codes."""
    if len(receipt.codes) == 1:
        return receipt.codes[0]
    return "　".join(f"第{number}项 {code}" for number, code in enumerate(receipt.codes, start=1))
