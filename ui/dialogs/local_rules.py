"""地方规则: the card that lists the local packs laid over the national rules, adopts a file and withdraws a pack."""

from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from consult_app.kernel.text import day_words, legal_day
from consult_app.voting import local_rules
from consult_app.voting.adopting import adopt_pack, withdraw_pack
from consult_app.voting.local_rules import PackFacts
from ui.desk import Desk
from ui.dialogs.form_sheet import FormSheet
from ui.widgets.button import plain, quiet
from ui.widgets.card import Card
from ui.widgets.layout import column, refill, row
from ui.widgets.text import OneLine, Words, muted, small


class LocalRules(Card):
    """A card for the settings page; it keeps itself up to date."""

    def __init__(self, desk: Desk) -> None:
        super().__init__("地方规则")
        self.desk = desk
        self.lines = column(gap=8)
        self.add(
            muted("本市、本区另有规定的，由懂法的人写成规则文件，叠加在国家规则之上；每条规则都写明出处。", wrap=True),
            self.lines,
            row(plain("采用规则文件…", self._choose, icon="plus"), None),
        )
        desk.watch(self.refresh, "rules.")
        self.refresh()

    def refresh(self) -> None:
        """List the packs in force."""
        packs = self.desk.ask(local_rules.packs)
        refill(self.lines, *(self._line(pack) for pack in packs))
        if not packs:
            self.lines.addWidget(small("目前只用国家规则。"))

    def adopt(self, path: Path) -> None:
        """Adopt a pack from a file."""
        self.desk.do(adopt_pack, path.name, path.read_bytes())
        self.desk.say("已采用地方规则。已经起草的表决不受影响。")

    def _line(self, pack: PackFacts) -> QWidget:
        block = QWidget()
        top = row(OneLine(pack.name, "strong"), None, quiet("停用…", partial(self._withdraw, pack)), gap=8)
        note = small(f"{pack.file}，{day_words(legal_day(pack.adopted_at))}采用")
        warnings = [Words(words + "。表决时请以法律为准。", "small", "amber", wrap=True) for words in pack.warnings]
        block.setLayout(column(top, note, *warnings, gap=2))
        return block

    def _choose(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, "选择规则文件", "", "规则文件 (*.toml)")
        if name:
            self.adopt(Path(name))

    def _withdraw(self, pack: PackFacts) -> None:
        Withdraw(self.desk, pack, self).open()


class Withdraw(FormSheet):
    """Take a pack out of force, with the reason."""

    def __init__(self, desk: Desk, pack: PackFacts, parent: QWidget | None = None) -> None:
        note = f"停用「{pack.name}」以后，新的表决不再适用其中的规则；已经起草的表决不受影响。"
        super().__init__("停用地方规则", note, action="停用", decide=self._decide_it, look="danger", parent=parent)
        self.desk, self.pack = desk, pack
        self.form.line("reason", "停用理由", hint="如：地方规定已经废止", needed=True)

    def _decide_it(self) -> None:
        self.desk.do(withdraw_pack, self.pack.id, **self.form.values())
        self.desk.say("已停用地方规则。")
