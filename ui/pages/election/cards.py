"""What the page of an election shows: its plan, its candidates, the tellers' sheets, the result."""

from collections.abc import Callable

from PySide6.QtWidgets import QGridLayout, QWidget

from consult_app.kernel.text import area_words, day_words, moment_words
from consult_app.voting.choices import MotionState
from consult_app.voting.election_facts import CandidateFacts, ElectionFacts, Fate, Standing
from consult_app.voting.measures import Measure, threshold_words
from ui.shares import share_of
from ui.widgets.button import quiet
from ui.widgets.card import Card, Tile
from ui.widgets.chip import Chip
from ui.widgets.layout import Piece, boxed, column, refill, row
from ui.widgets.text import Words, muted, rule, small
from ui.widgets.turnout_bar import Share, TurnoutBar

TONES = {Fate.ELECTED: "pine", Fate.TIED: "amber", Fate.ALTERNATE: "plain", Fate.NOT_ELECTED: "grey"}


class PlanCard(Card):
    """选举办法: seats, rule with its articles, voters, and what the law asks of the paper."""

    def __init__(self) -> None:
        super().__init__("选举办法", " ")
        self.lines = column(gap=8)
        self.add(self.lines)

    def show_election(self, facts: ElectionFacts) -> None:
        """Show an election's plan."""
        motion = facts.motion
        self.title.setText("罢免办法" if facts.is_recall else "选举办法")
        self.note.setText(f"方案校验 {motion.plan_check}" if motion.plan_check else "确定名单后不能再改")
        refill(self.lines, *(_line(name, words) for name, words in plan_lines(facts) if words))


def plan_lines(facts: ElectionFacts) -> tuple[tuple[str, str], ...]:
    """The plan as (name, words)."""
    motion = facts.motion
    fixed = motion.state is not MotionState.DRAFTED
    area = f"，{area_words(motion.eligible.area)} ㎡" if motion.eligible.area else ""
    source = "，取自名册" if motion.roll_digest else "，以公布的名单为准"
    return (
        ("应选名额", "" if facts.is_recall else f"{motion.seats} 名"),
        ("适用规则", motion.rule.title),
        ("通过条件" if facts.is_recall else "当选条件", _needs(facts)),
        ("法律依据", motion.rule.basis),
        ("选民", f"登记 {motion.eligible.heads:,} {motion.rule.unit.value}{area}{source}" if fixed else motion.rule.electorate_words),
        ("选举日", day_words(motion.voted_on)),
        ("投票截止", moment_words(motion.closes_at)),
        ("投票方式", "无记名，纸质选票，设秘密写票处；不用二维码" if motion.secret else "纸质选票"),
    )  # fmt: skip


def _needs(facts: ElectionFacts) -> str:
    law = facts.motion.rule
    if facts.is_recall and law.participation and law.approval:
        return f"{threshold_words(law.participation)}参加投票；参加投票的人{threshold_words(law.approval)}同意罢免"
    said = [f"{threshold_words(law.participation)}参加投票，选举有效"] if law.participation else []
    if law.approval:
        base = {"collected": "已投选票", "participating": "参与表决的面积和人数"}.get(law.approval.base, "参加投票的人")
        said.append(f"得到{base}{threshold_words(law.approval)}的{'同意' if facts.with_area else '选票'}")
    return "；".join(said)


class CandidatesCard(Card):
    """候选人: each with who put them forward, and whether they consent."""

    def __init__(self, consent: Callable[[CandidateFacts], None]) -> None:
        super().__init__("候选人", " ")
        self.consent = consent
        self.lines = column(gap=8)
        self.add(self.lines)

    def show_election(self, facts: ElectionFacts) -> None:
        """Show the candidates; consents are recorded while it is a draft."""
        self.title.setText("被提出罢免的人" if facts.is_recall else "候选人")
        missing = sum(1 for one in facts.candidates if one.consented_at is None)
        drafted = facts.motion.state is MotionState.DRAFTED
        self.note.setText(
            ""
            if facts.is_recall
            else f"还有 {missing} 人没有登记同意"
            if missing
            else f"{len(facts.candidates)} 人，均同意参选"
        )
        pieces: list[Piece] = []
        for one in facts.candidates:
            pieces += [rule()] if pieces else []
            pieces.append(self._line(one, facts.is_recall, drafted and not facts.is_recall))
        refill(self.lines, *pieces)

    def _line(self, one: CandidateFacts, recall: bool, may_change: bool) -> QWidget:
        said = f"{one.nominated_by}　{one.consent}" if one.consented_at and not recall else ""
        pieces: list[Piece] = [Words(one.name, "strong"), muted(said), None]
        if one.consented_at and not recall:
            pieces.append(Chip("同意参选", "pine"))
        if may_change:
            pieces.append(quiet("改…" if one.consented_at else "登记同意…", lambda: self.consent(one)))
        return boxed(row(*pieces, gap=12))


class SheetsCard(Card):
    """计票: who has entered, and where two sheets differ. A single sheet is shown to nobody."""

    def __init__(self) -> None:
        super().__init__("计票", "两人各自清点、各自录入")
        self.words, self.grid = Words("", wrap=True), QWidget()
        self.table = QGridLayout(self.grid)
        self.table.setContentsMargins(0, 0, 0, 0)
        self.table.setHorizontalSpacing(24)
        self.table.setVerticalSpacing(8)
        self.table.setColumnStretch(0, 1)
        self.hint = small(
            "收回选票多于参加投票人数的，选举无效：录入会被拒绝，查明后重新清点，或者作废、重新投票。", wrap=True
        )
        self.add(self.words, self.grid, self.hint)

    def show_election(self, facts: ElectionFacts) -> None:
        """Show how far the tellers are; hidden except while they count."""
        self.setVisible(facts.motion.state is MotionState.CLOSED)
        found = facts.sheets
        self.words.say(found.words, "pine" if found.agreed else "cinnabar" if found.differences else "")
        while item := self.table.takeAt(0):
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        self.grid.setVisible(bool(found.differences))
        if not found.differences:
            return
        for at, words in enumerate(("不一致的项目", *found.tellers[-2:])):
            self.table.addWidget(muted(words), 0, at)
        for line, one in enumerate(found.differences, 1):
            for at, words in enumerate((one.field, one.first, one.second)):
                self.table.addWidget(Words(words, "strong" if at else ""), line, at)


class PapersCard(Card):
    """选票: registered, voters, papers collected and spoiled ones, once declared."""

    def __init__(self) -> None:
        super().__init__("投票情况")
        self.tiles = {name: Tile(name) for name in ("登记", "参加投票", "收回选票", "有效票", "废票")}
        self.bars = column(gap=8)
        self.add(row(*self.tiles.values(), gap=8), self.bars)

    def show_election(self, facts: ElectionFacts) -> None:
        """Show the papers of a declared election; hidden before."""
        count, verdict = facts.count, facts.verdict
        self.setVisible(count is not None)
        if count is None or verdict is None:
            return
        figures = (
            count.registered.heads,
            count.voters.heads,
            count.collected,
            count.collected - count.invalid,
            count.invalid,
        )
        for tile, figure in zip(self.tiles.values(), figures, strict=True):
            tile.show_figure(f"{figure:,}")
        whole = [one for one in verdict.measures if ":" not in one.name]
        refill(self.bars, *(TurnoutBar(_share(one, one.label)) for one in whole))


class ResultCard(Card):
    """结果: who is elected, by which votes, and what is still open."""

    def __init__(self) -> None:
        super().__init__("选举结果", " ")
        self.outcome, self.lines = Words("", "heading", wrap=True), column(gap=10)
        self.add(self.outcome, self.lines)

    def show_election(self, facts: ElectionFacts) -> None:
        """Show a declared or a void election; hidden before."""
        self.setVisible(facts.motion.state in (MotionState.DECLARED, MotionState.VOID))
        self.title.setText("罢免结果" if facts.is_recall else "选举结果")
        if facts.voided_at is not None:
            self.note.setText(f"{'、'.join(facts.voided_by)} 共同确认")
            self.outcome.say("选举作废", "cinnabar")
            refill(self.lines, Words(f"理由：{facts.void_reason}", wrap=True), muted(moment_words(facts.voided_at)))
            return
        if facts.verdict is None:
            return
        self.note.setText(f"计票人 {'、'.join(facts.tellers)}")
        self.outcome.say(facts.outcome, "pine" if facts.verdict.passed else "amber")
        pieces: list[Piece] = []
        for standing in () if facts.is_recall else facts.standings:
            pieces += [rule(), _standing(standing)]
        refill(self.lines, *pieces, rule(), small(f"依据：{facts.motion.rule.basis}", wrap=True))


def _standing(one: Standing) -> QWidget:
    area = f"，{area_words(one.votes.area)} ㎡" if one.votes.area else ""
    head: list[Piece] = [Words(one.name, "strong")]
    if one.written_in:
        head.append(Chip("另选他人", "grey"))
    said = [] if one.measures else [Words(f"{one.votes.heads:,} 票{area}")]
    head += [None, *said, Chip(one.words, TONES[one.fate])]
    bars = [
        TurnoutBar(_share(measure, "面积" if measure.unit.value == "㎡" else "人数" if area else "得票"))
        for measure in one.measures
    ]
    return boxed(column(row(*head, gap=12), *bars, gap=6))


def _share(measure: Measure, name: str) -> Share:
    """A measure as a bar, with what the law asks said as in a result."""
    found = share_of(measure, name)
    words = threshold_words(measure.threshold)
    verdict = f"✓ {words}" if measure.met else f"✗ 须{words}，{found.verdict}"
    return Share(
        found.name, found.part, found.whole, found.threshold, found.figures, verdict, found.reached, found.mark
    )


def _line(name: str, words: str) -> Piece:
    label = muted(name)
    label.setFixedWidth(label.fontMetrics().horizontalAdvance("适用规则　"))
    found = row(label, Words(words, wrap=True), gap=8)
    found.setStretch(1, 1)
    return found
