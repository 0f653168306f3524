"""The result: each question with its verdict, its counts, and each share of the law with numerator, denominator and need."""

from PySide6.QtWidgets import QLayout, QWidget

from consult_app.kernel.text import area_words
from consult_app.voting.books import Books
from consult_app.voting.choices import CHOICE_SIGNS
from consult_app.voting.measures import amount_words, measure_words, percent, threshold_words
from consult_app.voting.queries import ItemTally, MotionFacts, Tally
from consult_app.voting.rules import CHOICE_WORDS, Choice
from consult_app.voting.verdicts import FLAG_WORDS, Verdict, verdict_words
from ui.shares import result_share
from ui.widgets.card import Card, Tile
from ui.widgets.chip import Chip
from ui.widgets.layout import Piece, boxed, column, refill, row
from ui.widgets.text import Words, muted, rule, small
from ui.widgets.turnout_bar import TurnoutBar


class ResultCard(Card):
    """计票结果, from closing on."""

    def __init__(self) -> None:
        super().__init__("计票结果", " ")
        self.lines = column(gap=10)
        self.add(self.lines)

    def show_tally(self, motion: MotionFacts, tally: Tally) -> None:
        """Show a closed motion's count; nothing before."""
        self.title.setText("表决结果" if motion.declared_at else "计票结果（待宣布）")
        self.note.setText("、".join(motion.closed_by) + " 共同截止" if motion.closed_by else "")
        pieces: list[Piece] = []
        for item in tally.items:
            pieces += [rule(), _item(item, len(tally.items) > 1)]
        if tally.items:
            source = f"（规则来源：{motion.rule.source}）" if motion.rule.is_local else ""
            pieces += [rule(), small(f"依据：{motion.rule.basis}{source}", wrap=True)]
        if tally.turnout.waiting_ballots:
            count = tally.turnout.waiting_ballots
            pieces.insert(0, Words(f"还有 {count} 张填好的选票没有签字，未计入。", tone="amber", wrap=True))
        refill(self.lines, *pieces)


class BooksCard(Card):
    """选票账目: where every issued slip is."""

    def __init__(self) -> None:
        super().__init__("选票账目")
        self.words, self.state = muted(wrap=True), Chip()
        self.head.addWidget(self.state)
        names = ("已发放", "已使用", "作废", "收回", "未交回")
        self.tiles = {name: Tile(name) for name in names}
        self.add(row(*self.tiles.values(), gap=8), self.words)

    def show_books(self, books: Books) -> None:
        """Show the books; hidden when no slip was issued."""
        self.setVisible(bool(books.issued))
        used = books.phone + books.paper + books.assisted + books.hand
        figures = (books.issued, used, books.spoiled, books.returned, books.missing + books.live)
        for tile, figure in zip(self.tiles.values(), figures, strict=True):
            tile.show_figure(str(figure))
        self.words.say(books.words)
        if books.live:
            self.state.say(f"{books.live} 张待清点", "amber")
        else:
            self.state.say("账目平" if books.balanced else "账目不平", "pine" if books.balanced else "cinnabar")


def _item(item: ItemTally, numbered: bool) -> QWidget:
    verdict = item.verdict
    word = Chip("意见征询", "grey")
    if verdict is not None:
        tone = {True: "pine", False: "cinnabar", None: "amber"}[verdict.passed]
        word.say({True: "✓ 通过", False: "✗ 未通过", None: "待决定"}[verdict.passed], tone)
    contested = (Chip("有争议", "amber"),) if verdict is not None and verdict.flags else ()
    title = Words(f"{item.code}. {item.text}" if numbered else item.text, "strong", wrap=True)
    head = row(title, *contested, word, gap=12)
    head.setStretch(0, 1)
    inside = column(head, gap=12)
    if verdict is not None and not verdict.passed:
        inside.addWidget(muted(verdict_words(verdict), wrap=True))
    inside.addWidget(Words(counts_words(item), wrap=True))
    for measure in verdict.measures if verdict else ():
        share = (
            f"{measure.label}占 {percent(measure)}，须{threshold_words(measure.threshold)}，"
            f"即至少 {amount_words(measure.needed, measure.unit)}"
        )
        inside.addLayout(column(TurnoutBar(result_share(measure)), small(share, wrap=True), gap=0))
    if verdict is not None and verdict.without is not None:
        inside.addLayout(_without(verdict, verdict.without))
    return boxed(inside)


def _without(verdict: Verdict, without: Verdict) -> QLayout:
    """从多 is contested: the flag, and the result without those who follow."""
    found = column(rule(), Words(f"不计入未交回的票时：{verdict_words(without)}", "strong", wrap=True), gap=6)
    for flag in verdict.flags:
        found.addWidget(small(f"{FLAG_WORDS[flag]}。", wrap=True))
    for measure in without.measures:
        found.addWidget(small(measure_words(measure), wrap=True))
    return found


def counts_words(item: ItemTally) -> str:
    """`✓ 同意 64 人 7,250.11 ㎡　✗ 反对 …`."""
    said = []
    for choice in Choice:
        count = item.counts.get(choice)
        if count is None or (choice is Choice.INVALID and not count.heads):
            continue
        area = f" {area_words(count.area)} ㎡" if count.area else ""
        said.append(f"{CHOICE_SIGNS[choice]} {CHOICE_WORDS[choice]} {count.heads} 人{area}")
    return "　".join(said)
