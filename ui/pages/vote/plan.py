"""What is put to the vote, under which rule and of whom: the plan, before voting begins."""

from consult_app.bodies.rules import LEGAL_WORDS
from consult_app.documents.terms import terms
from consult_app.kernel.text import area_words, moment_words
from consult_app.voting.choices import POLICY_WORDS, MotionState
from consult_app.voting.queries import MotionFacts
from ui.widgets.card import Card
from ui.widgets.layout import Piece, column, refill, row
from ui.widgets.text import Words, muted, rule, small


class PlanCard(Card):
    """表决方案: questions, rule with its articles, closing time, policies; once frozen, the roll and the short digest."""

    def __init__(self) -> None:
        super().__init__("表决方案")
        self.lines = column(gap=8)
        self.add(self.lines)

    def show_motion(self, motion: MotionFacts) -> None:
        """Show a motion's plan."""
        self.note.setText(f"防伪码 {motion.plan_check}" if motion.plan_check else "冻结后不能再改")
        many = len(motion.items) > 1
        pieces: list[Piece] = [
            Words(f"{item.code}. {item.text}" if many else item.text, wrap=True) for item in motion.items
        ]
        if motion.state is MotionState.DRAFTED:
            pieces.append(small("每项都可以选 ✓ 同意、✗ 反对、○ 弃权"))
        pieces.append(rule())
        pieces += [_line(name, words) for name, words in plan_lines(motion) if words]
        refill(self.lines, *pieces)


def plan_lines(motion: MotionFacts) -> tuple[tuple[str, str], ...]:
    """The plan as (name, words)."""
    rule_words = motion.rule.title + (f"：{motion.rule.shares}" if motion.rule.shares else "")
    roll = ""
    if motion.state is not MotionState.DRAFTED:
        area = f"，{area_words(motion.eligible.area)} ㎡" if motion.eligible.area else ""
        roll = f"{motion.eligible.heads} {motion.rule.unit.value}{area}"
    return (
        ("适用规则", rule_words),
        ("法律依据", motion.rule.basis),
        *((term.label, term.words) for term in terms(motion)),
        ("表决权人", "上述范围内的业主" if motion.scope else motion.rule.electorate_words),
        ("票权清册", roll),
        ("截止时间", moment_words(motion.closes_at)),
        ("法律效力", LEGAL_WORDS[motion.legal_mode]),
        ("重复投票", POLICY_WORDS[motion.duplicate_policy]),
        ("投票方式", "无记名" if motion.secret else "记名"),
    )


def _line(name: str, words: str) -> Piece:
    label = muted(name)
    label.setFixedWidth(label.fontMetrics().horizontalAdvance("适用规则　"))
    found = row(label, Words(words, wrap=True), gap=8)
    found.setStretch(1, 1)
    return found
