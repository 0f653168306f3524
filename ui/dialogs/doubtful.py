"""疑难票: question a ballot, and decide about it by two people with the reason."""

from PySide6.QtWidgets import QLineEdit, QWidget

from consult_app.kernel.errors import Refused
from consult_app.voting.actions import decide_conflict, nominate, raise_doubt, settle_doubt, settle_majority
from consult_app.voting.choices import CHANNEL_WORDS, Channel
from consult_app.voting.doubtful import GROUND_WORDS, RAISED, Ground, Outcome, outcome_words, outcomes
from consult_app.voting.doubtful_list import Case
from consult_app.voting.duplicates import NEITHER
from consult_app.voting.queries import MotionFacts, electors
from ui.desk import Desk
from ui.dialogs.form_sheet import FormSheet
from ui.dialogs.hand_count import UnknownVoter, finder, voter_words
from ui.widgets.choice_rows import ChoiceRows
from ui.widgets.file_picker import FilePicker
from ui.widgets.layout import boxed, column
from ui.widgets.text import muted


class RaiseDoubt(FormSheet):
    """Whose ballot is in question, and why."""

    def __init__(self, desk: Desk, motion: MotionFacts, parent: QWidget | None = None) -> None:
        note = "登记后，须由两名监票人裁定，才能宣布结果。登记本身不改变计票。"
        super().__init__("登记疑难票", note, action="登记", decide=self._raise, width=520, parent=parent)
        self.desk, self.motion = desk, motion
        self.lines = {voter_words(line): line for line in desk.ask(electors, motion.id) if line.at is not None}
        self.voter: QLineEdit = self.form.line("elector_id", "谁的票", hint="姓名、房号或拼音首字母", needed=True)
        self.voter.setCompleter(finder(self.voter, list(self.lines)))
        self.form.choice("ground", "疑问", [(ground, GROUND_WORDS[ground]) for ground in RAISED], needed=True)
        self.form.text("note", "情况说明", hint="如：核对签名时发现签名栏空白", rows=3, needed=True)

    def _raise(self) -> None:
        values = self.form.values()
        line = self.lines.get(values["elector_id"].strip())
        if line is None:
            raise UnknownVoter(typed=values["elector_id"].strip(), field="elector_id")
        self.desk.do(raise_doubt, self.motion.id, line.id, values["ground"], values["note"])
        self.desk.say(f"{line.label}的票已列入疑难票。")


class _ByTwo(FormSheet):
    """A decision by two scrutineers."""

    def __init__(self, desk: Desk, title: str, note: str, parent: QWidget | None) -> None:
        super().__init__(
            title, note, action="裁定", decide=self._decide, look="danger", columns=2, width=640, parent=parent
        )
        self.desk = desk
        self.form.into(0)

    def _names(self) -> None:
        self.form.into(1)
        self.form.line("first", "监票人一", needed=True)
        self.form.line("second", "监票人二", needed=True)

    def _decide(self) -> None:
        raise NotImplementedError


class SettleDoubt(_ByTwo):
    """How a questioned ballot is decided: counted, left out, or counted as its voter says in writing."""

    def __init__(self, desk: Desk, motion: MotionFacts, case: Case, parent: QWidget | None = None) -> None:
        super().__init__(desk, "裁定疑难票", f"{case.title}：{case.facts}{case.rule}", parent)
        self.case, self.rows = case, ChoiceRows(motion.items)
        ground = case.ground or Ground.UNSIGNED
        options = [(one, outcome_words(ground, one)) for one in outcomes(ground)]
        self.outcome = self.form.choice("outcome", "裁定", options, needed=True)
        self.form.line("reason", "裁定的理由", needed=True)
        self._names()
        self.written = FilePicker()
        self.below = boxed(column(muted("本人（或推选的共有人）签名的书面意见"), self.written, self.rows, gap=8))
        self.add(self.below)
        self.outcome.currentIndexChanged.connect(self._show)
        self._show()

    def _show(self) -> None:
        restated = self.outcome.currentData() == Outcome.RESTATED
        self.below.setVisible(restated)
        self.adjustSize()

    def _decide(self) -> None:
        values = self.form.values()
        restated = values["outcome"] == Outcome.RESTATED
        self.desk.do(
            settle_doubt,
            self.case.id,
            values["outcome"],
            values["reason"],
            values["first"],
            values["second"],
            choices=self.rows.choices() if restated else None,
            document=next(iter(self.written.read()), None) if restated else None,
        )
        self.desk.say("疑难票已裁定。")


class SettleMajority(_ByTwo):
    """Two people find that the unreturned follow no majority on one question."""

    def __init__(self, desk: Desk, motion: MotionFacts, case: Case, parent: QWidget | None = None) -> None:
        super().__init__(
            desk, "裁定未返回的票", f"{case.title}：{case.facts}裁定后，这一项只按实际返回的票计票。", parent
        )
        self.motion, self.case = motion, case
        self.form.line("reason", "裁定的理由", value="没有同一个多数意见，无从计入", needed=True)
        self._names()

    def _decide(self) -> None:
        values = self.form.values()
        self.desk.do(
            settle_majority, self.motion.id, self.case.item, values["reason"], values["first"], values["second"]
        )
        self.desk.say("已裁定：这一项只按实际返回的票计票。")


class DecidePair(_ByTwo):
    """Two scrutineers confirm a pair of ballots; of co-owners at odds they say which is that of the one chosen."""

    def __init__(self, desk: Desk, case: Case, parent: QWidget | None = None) -> None:
        super().__init__(desk, "裁定重复票", f"{case.title}：{case.facts}{case.rule}", parent)
        self.case = case
        if case.at_odds:
            whose = f"{case.nominee}（共有人推选）的票是" if case.nominee else "计哪一张"
            ways = [(one, f"{CHANNEL_WORDS[Channel(one)]}的一票") for one in dict.fromkeys(case.channels)]
            nobody = [] if case.nominee else [(NEITHER, "共有人没有推选出一人，两张都不计入")]
            self.form.choice("counted", whose, [*ways, *nobody] if case.nominee else nobody, needed=True)
        self._names()

    def _decide(self) -> None:
        values = self.form.values()
        self.desk.do(decide_conflict, self.case.id, values["first"], values["second"], values.get("counted", ""))
        self.desk.say("重复票已裁定。")


class NoPaper(Refused):
    """The co-owners' choice is in writing."""

    text = "推选须有共有人签名的书面材料，请附上扫描件或照片。"
    field = "document"


class Nominate(FormSheet):
    """共有人推选: whom co-owners chose to vote for their one head, with their signatures."""

    def __init__(self, desk: Desk, motion: MotionFacts, case: Case, parent: QWidget | None = None) -> None:
        note = f"{case.title}是共有，只有一票。共有人推选一人行使，有全体共有人签名的书面材料为凭。"
        super().__init__("登记推选", note, action="登记推选", decide=self._nominate, width=520, parent=parent)
        self.desk, self.motion, self.case = desk, motion, case
        self.form.choice("nominee", "推选的人", [(name, name) for name in case.co_owners], value=case.nominee or None)
        self.files("document", "共有人签名的推选书（扫描件或照片）", many=False, needed=True)

    def _nominate(self) -> None:
        values = self.form.values()
        if not values["document"]:
            raise NoPaper
        assert self.case.elector_id is not None, "co-owners are voters"
        self.desk.do(nominate, self.motion.id, self.case.elector_id, values["nominee"], values["document"][0])
        self.desk.say(f"已登记：共有人推选{values['nominee']}。")
