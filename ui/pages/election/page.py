"""The page of one election or recall: where it stands, what the law asks, and the one button that leads on."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from consult_app.documents.drafting import draft_election_minutes, draft_result_notice
from consult_app.voting.actions import close_election, declare_election, open_election
from consult_app.voting.choices import MotionState
from consult_app.voting.election_count import WHOLE
from consult_app.voting.election_facts import CandidateFacts, ElectionFacts, election
from ui.desk import Desk
from ui.dialogs.election import Annul, ChangeElection, Consent, FixVoters, VoteAgain
from ui.dialogs.election_sheet import ElectionSheet
from ui.dialogs.extend import Extend
from ui.dialogs.sheet import Sheet
from ui.dialogs.two_people import TwoPeople
from ui.head_reminder import print_head_sheet
from ui.pages import Go
from ui.pages.election import papers
from ui.pages.election.cards import CandidatesCard, PapersCard, PlanCard, ResultCard, SheetsCard
from ui.pages.election.mandates import MandatesCard
from ui.widgets.button import Button, menu, plain, primary
from ui.widgets.chip import Chip
from ui.widgets.layout import boxed, column, refill, row, scrolling
from ui.widgets.state_line import StateLine
from ui.widgets.text import Words, muted, title

NAMES = {
    MotionState.DRAFTED: "起草",
    MotionState.FROZEN: "名单已定",
    MotionState.OPEN: "投票中",
    MotionState.CLOSED: "清点计票",
    MotionState.DECLARED: "已宣布",
}

NEXT = {
    MotionState.DRAFTED: "逐名登记候选人同意参选，再确定候选人和选民名单。确定以后不能再改。",
    MotionState.FROZEN: "公布候选人、选民和委托投票名单，布置秘密写票处，然后开始投票。",
    MotionState.OPEN: "选民在秘密写票处填写纸质选票，投入票箱。投票结束后由两人共同封箱。",
    MotionState.CLOSED: "两名计票人各自清点、各自录入；两份完全一致，才能宣布结果。",
}


class ElectionPage(QWidget):
    """One election, at whatever point it stands."""

    def __init__(self, desk: Desk, go: Go) -> None:
        super().__init__()
        self.desk, self.go = desk, go
        self.facts: ElectionFacts | None = None
        self.name, self.kind = title(), Chip("无记名纸质选票", "plain")
        self.line, self.next = StateLine(NAMES, "选举状态"), muted(wrap=True)
        self.void, self.buttons = Chip("已作废", "cinnabar"), row(gap=8)
        self.why = Words("", tone="amber", wrap=True)
        self.plan, self.candidates = PlanCard(), CandidatesCard(self.consent)
        self.sheets, self.papers, self.result = SheetsCard(), PapersCard(), ResultCard()
        self.mandates = MandatesCard(desk, go)
        self.cards = (self.plan, self.candidates, self.mandates, self.sheets, self.papers, self.result)
        self._lay_out()
        desk.watch(self.refresh, "motion.", "election.", "proxy.", "document.")

    def show_for(self, id: int | None = None) -> None:
        """Show an election."""
        if id is None:
            self.go("votes")
            return
        self.facts = self.desk.ask(election, id)
        self.refresh()

    def refresh(self) -> None:
        """Ask anew."""
        if self.facts is None:
            return
        self.facts = facts = self.desk.ask(election, self.facts.motion.id)
        state = facts.motion.state
        self.name.setText(facts.motion.title)
        self.kind.setVisible(facts.motion.secret)
        self.line.show_state(state)
        self.line.setVisible(state is not MotionState.VOID)
        self.void.setVisible(state is MotionState.VOID)
        self.next.say(NEXT.get(state, ""))
        self.next.setVisible(state in NEXT)
        for card in self.cards:
            card.show_election(facts)
        self._show_buttons(facts)

    def _lay_out(self) -> None:
        head = row(self.name, self.kind, None, boxed(self.buttons), gap=12)
        wide = column(self.result, self.sheets, self.candidates, self.mandates, None, gap=16)
        side = column(self.papers, self.plan, None, gap=16)
        cards = row(boxed(wide), boxed(side), gap=16)
        cards.setStretch(0, 55)
        cards.setStretch(1, 45)
        area = scrolling(column(cards, None, gap=0), margins=(24, 0, 24, 16))
        top = column(head, row(self.line, self.void, None), self.next, self.why, gap=12, margins=(24, 18, 24, 0))
        whole = column(top, area, gap=14)
        whole.setStretch(1, 1)
        self.setLayout(whole)

    def _show_buttons(self, facts: ElectionFacts) -> None:
        made: list[Button] = []
        self.why.hide()
        match facts.motion.state:
            case MotionState.DRAFTED:
                fix = primary("确定名单…", self.fix)
                missing = [one.name for one in facts.candidates if one.consented_at is None and not facts.is_recall]
                self._allow(fix, f"还没有登记同意参选：{'、'.join(missing)}" if missing else "")
                made = [plain("修改…", self.change), fix]
            case MotionState.FROZEN:
                made = [self._more(), plain("选民名册", self.roll, icon="printer"), primary("开始投票", self.open)]
                made[1].setVisible(bool(facts.motion.roll_digest))
            case MotionState.OPEN:
                made = [self._more(), plain("延期…", self.extend), primary("结束投票，封箱…", self.close_boxes)]
            case MotionState.CLOSED:
                made = [self._more(), *self._counting(facts)]
            case MotionState.DECLARED:
                made = [self._more(), *self._declared(facts)]
            case MotionState.VOID if not facts.followed_by:
                made = [plain("打开议题", self.open_matter), primary("重新投票…", self.again)]
            case _:
                made = [plain("打开议题", self.open_matter), primary("打开重新投票", self.open_next)]
        refill(self.buttons, *made)

    def _counting(self, facts: ElectionFacts) -> list[Button]:
        if facts.sheets.agreed:
            return [plain("录入计票…", self.enter), primary("宣布结果…", self.declare)]
        return [primary("录入计票…", self.enter)]

    def _declared(self, facts: ElectionFacts) -> list[Button]:
        sheet = plain("计票表", self.count_sheet, icon="printer")
        if facts.followed_by:
            return [sheet, primary("打开下一次投票", self.open_next)]
        if facts.open_seats:
            return [sheet, primary("另行选举…" if not facts.verdict_is_tie else "再次投票…", self.again)]
        if facts.verdict is not None and facts.verdict.code in WHOLE:
            return [sheet, primary("重新投票…", self.again)]
        return [plain("打开议题", self.open_matter), primary("计票表", self.count_sheet, icon="printer")]

    def _more(self) -> Button:
        entries: list[tuple[str, Callable[[], object]]] = [("打开议题", self.open_matter)]
        if self.shown().motion.state is MotionState.OPEN:
            entries.append(("打印链头单", self.print_head))
        if self.shown().motion.state is MotionState.DECLARED:
            entries += [("起草结果公告", self.notice), ("起草选举情况纪要", self.minutes)]
        return menu("更多", (*entries, ("作废…", self.annul)))

    def _allow(self, button: Button, why: str) -> None:
        button.allow(why)
        self.why.say(why)
        self.why.setVisible(bool(why))

    # acts

    def shown(self) -> ElectionFacts:
        """The election that is shown."""
        assert self.facts is not None
        return self.facts

    def change(self) -> None:
        """Change a draft."""
        ChangeElection(self.desk, self.shown(), self).open()

    def consent(self, one: CandidateFacts) -> None:
        """Record a candidate's consent."""
        Consent(self.desk, self.shown(), one, self).open()

    def fix(self) -> None:
        """Fix candidates and voters."""
        FixVoters(self.desk, self.shown(), self).open()

    def open(self) -> None:
        """Begin voting."""
        self.desk.do(open_election, self.shown().motion.id)
        self.desk.say("投票已开始。")

    def extend(self) -> None:
        """Put the closing time later."""
        Extend(self.desk, self.shown().motion, self).open()

    def print_head(self) -> None:
        """Print the chain's head for the scrutineers."""
        print_head_sheet(self.desk, self.shown().motion.id)

    def close_boxes(self) -> None:
        """End voting and seal the boxes by two people."""
        motion = self.shown().motion
        early = "还没有到原定的截止时间。" if self.desk.now < motion.closes_at else ""
        note = f"{early}封箱后不再接受投票，由计票人开箱清点。这一步不能撤销，须两人共同操作。"

        def decide(first: str, second: str) -> None:
            self.desk.do(close_election, motion.id, first, second)
            self.desk.say("投票已结束，票箱已封。")

        TwoPeople("结束投票，封箱", note, "结束投票", decide, self, first="监票人一", second="监票人二").open()

    def enter(self) -> None:
        """Enter one teller's sheet."""
        ElectionSheet(self.desk, self.shown(), self).open()

    def declare(self) -> None:
        """Declare the result."""
        motion = self.shown().motion

        def decide() -> None:
            self.desk.do(declare_election, motion.id)
            self.desk.say("结果已宣布。")

        note = "结果按确定的规则由两人一致的计票数字得出，应当当场公布；宣布后存证，不能再改。"
        Sheet("宣布结果", note, action="宣布结果", decide=decide, parent=self).open()

    def again(self) -> None:
        """Draft the run-off or the whole election once more, and go to it."""
        sheet = VoteAgain(self.desk, self.shown(), self)
        sheet.accepted.connect(lambda: self.go("election", id=sheet.made))
        sheet.open()

    def annul(self) -> None:
        """Make the election void."""
        Annul(self.desk, self.shown(), self).open()

    def open_next(self) -> None:
        """Go to the vote that follows."""
        self.go("election", id=self.shown().followed_by[-1])

    def open_matter(self) -> None:
        """Go to the matter."""
        self.go("matter", id=self.shown().motion.proposal_id)

    def count_sheet(self) -> None:
        """Issue and open the count sheet."""
        papers.print_count_sheet(self.desk, self.shown().motion)

    def notice(self) -> None:
        """Draft the notice of the result and go to it."""
        motion = self.shown().motion
        self.go("notices", id=self.desk.do(draft_result_notice, motion.proposal_id, motion.id))

    def minutes(self) -> None:
        """Draft the minutes and go to them."""
        self.go("notices", id=self.desk.do(draft_election_minutes, self.shown().motion.id))

    def roll(self) -> None:
        """Draft and open the voters' list."""
        papers.print_roll(self.desk, self.shown().motion)
