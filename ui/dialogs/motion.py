"""起草表决: the matter, its questions one a line, the rule, the closing time; corrected until it is frozen."""

import re
from datetime import timedelta
from typing import Any

from PySide6.QtWidgets import QWidget

from consult_app.bodies.queries import body
from consult_app.bodies.rules import LEGAL_WORDS
from consult_app.kernel.errors import Blank
from consult_app.meetings.queries import sessions
from consult_app.proposals.queries import ProposalFacts, proposal, proposals
from consult_app.voting import local_rules, rule_choice
from consult_app.voting.actions import change_motion, draft_motion
from consult_app.voting.choices import POLICY_WORDS
from consult_app.voting.minimums import below_national
from consult_app.voting.queries import MotionFacts
from consult_app.voting.rule import Rule
from ui.desk import Desk
from ui.dialogs.form_sheet import FormSheet
from ui.dialogs.motion_terms import MotionTerms
from ui.widgets.text import Words, small

_EITHER_OR = re.compile(r"还是|或者|二选一|三选一|多选一|方案(一|甲|A|a|1).*方案(二|乙|B|b|2)")


_FORM_HEIGHT = 430
"""Most of the form's height in pixels; the rest scrolls on a laptop's screen."""


def asks_either_or(text: str) -> bool:
    """Whether a question seems to ask 甲 or 乙, which 同意/反对/弃权 cannot answer."""
    return bool(_EITHER_OR.search(text))


class DraftMotion(FormSheet):
    """Draft a motion; `made` is its number once drafted."""

    def __init__(self, desk: Desk, proposal_id: int | None = None, parent: QWidget | None = None) -> None:
        super().__init__("起草表决", action="起草", decide=self._draft, columns=2, width=880, parent=parent)
        self.desk, self.made = desk, 0
        self._rules: dict[str, Rule] = {}
        self._matter: ProposalFacts | None = None
        self._found: tuple[Rule, ...] = ()
        matters = [line for line in desk.ask(proposals, desk.body_id or 0) if line.is_running]
        form = self.form
        form.into(0)
        form.choice("proposal_id", "议题", [(line.id, f"{line.number}　{line.title}") for line in matters],
                    value=proposal_id, needed=True).currentIndexChanged.connect(lambda _at: self._turn())  # fmt: skip
        form.line("title", "表决事项", needed=True)
        form.text("items", "表决内容", hint="每行一项，如：同意按附件方案筹集加装电梯资金。", rows=4, needed=True,
                  note="每行一项，每项都可以选同意、反对或弃权。").textChanged.connect(self._lint)  # fmt: skip
        self.warning = Words("", tone="amber", wrap=True)
        self.warning.hide()
        self.book = desk.ask(local_rules.book)
        self.items = {item.number: item for item in rule_choice.legal_items(self.book)}
        items = [(None, "请选择…"), *((number, item.words) for number, item in self.items.items())]
        form.choice("legal_item", "属于民法典规定的哪一项", items, needed=True).currentIndexChanged.connect(
            lambda _at: self._offer()
        )
        form.line("rule_reason", "为什么属于这一项", hint="如：为新增设施筹集资金，不是使用已有维修资金", needed=True)
        form.choice("rule_id", "适用规则", needed=True).currentIndexChanged.connect(lambda _at: self._explain())
        self.basis, self.lowered = small(wrap=True), Words("", tone="amber", wrap=True)
        form.into(1)
        form.day(
            "on", "表决日期", value=desk.today, note="按这一天适用的法律，并按这一天是否年满十八周岁确定表决权人。"
        )
        form.moment("closes_at", "截止时间", value=desk.now + timedelta(days=7), needed=True)
        form.choice("meeting_id", "在哪次会议上表决")
        form.choice("legal_mode", "手机投票的法律效力", list(LEGAL_WORDS.items()))
        form.choice("duplicate_policy", "同一人投了两次", list(POLICY_WORDS.items()))
        form.tick("secret", "无记名（仅限按人数计票的表决）")
        self.terms = MotionTerms(desk, form)
        self.limit(_FORM_HEIGHT)
        self.add(self.basis, self.lowered, self.warning)
        if desk.body_id is not None:
            form.fill(legal_mode=desk.ask(body, desk.body_id).legal_mode)
        self._turn()

    def _turn(self) -> None:
        chosen = self.form.values("proposal_id")["proposal_id"]
        if chosen is None:
            return
        self._matter = self.desk.ask(proposal, chosen)
        self.form.fill(title=self._matter.title)
        meetings = [(None, "不在会议上，另行投票")]
        meetings += [(line.id, line.title) for line in self.desk.ask(sessions, chosen)]  # type: ignore[misc]
        self.form.offer("meeting_id", meetings)
        self._found = offered_rules(self.desk, self._matter)
        self._offer()

    @property
    def _asks_item(self) -> bool:
        """Whether the item of law is still to be chosen: it was not at the screening, and a rule depends on it."""
        if self._matter is None or self._matter.rule_id:
            return False
        return any(rule_choice.needs_item(rule) for rule in self._found)

    def _offer(self) -> None:
        """Offer the rules that the chosen item of law allows; none is chosen for anyone where there are several."""
        asks = self._asks_item
        for name in ("legal_item", "rule_reason"):
            self.form.fields[name].block.setVisible(asks)
        item = self.form.values("legal_item")["legal_item"]
        found = rule_choice.by_item(self._found, item) if asks else self._found
        self._rules = {rule.id: rule for rule in found}
        options: list[tuple[str | None, str]] = [(rule.id, rule.title) for rule in found]
        if asks and item is None:
            options.insert(0, (None, "请先选择属于哪一项"))
        self.form.offer("rule_id", options)
        self._explain()

    def _explain(self) -> None:
        rule = self._rules.get(self.form.values("rule_id")["rule_id"] or "")
        self.terms.turn(rule)
        lowered = below_national(self.book, rule) if rule else ()
        self.lowered.say("；".join(lowered) + "。请以法律为准。" if lowered else "")
        self.lowered.setVisible(bool(lowered))
        if rule is None:
            self.basis.say("")
            return
        fixed = "规则已在审定时确定。" if self._matter and self._matter.rule_id else ""
        shares = f"通过条件：{rule.shares}。" if rule.shares else ""
        source = f"（规则来源：{rule.source}）" if rule.is_local else ""
        self.basis.say(f"{fixed}{shares}表决权人：{rule.electorate_words}。依据：{rule.basis}{source}")

    def _lint(self) -> None:
        self.warning.setVisible(any(asks_either_or(line) for line in self._items()))
        self.warning.say("同意、反对、弃权答不了「甲还是乙」。请把两个方案分成两行，各作一项，分别表决。")

    def _items(self) -> list[str]:
        return [line.strip() for line in self.form.values("items")["items"].splitlines() if line.strip()]

    def _draft(self) -> None:
        values: dict[str, Any] = self.form.values() | {"items": self._items()}
        chosen = values.pop("proposal_id")
        if chosen is None:
            raise Blank(what="议题", field="proposal_id")
        values |= self._grounds(values.pop("legal_item"), values.pop("rule_reason"))
        if values["rule_id"] is None:
            raise Blank(what="适用规则", field="rule_id")
        values = self.terms.taken(values)
        self.made = self.desk.do(draft_motion, chosen, **values)
        self.desk.say("表决事项已起草。")

    def _grounds(self, item: int | None, reason: str) -> dict[str, str]:
        """The item of law with its reason, which somebody must give where a rule of owners depends on it."""
        if not self._asks_item or item is None:
            return {}
        if not reason.strip():
            raise Blank(what="为什么属于这一项", field="rule_reason")
        return {"legal_item": self.items[item].citation, "rule_reason": reason}


class ChangeMotion(FormSheet):
    """Change the words or the closing time of a draft."""

    def __init__(self, desk: Desk, motion: MotionFacts, parent: QWidget | None = None) -> None:
        super().__init__("修改表决事项", action="保存", decide=self._change, width=600, parent=parent)
        self.desk, self.motion = desk, motion
        self.form.line("title", "表决事项", value=motion.title, needed=True)
        self.form.text("items", "表决内容", value="\n".join(item.text for item in motion.items), rows=5, needed=True,
                       note="每行一项，每项都可以选同意、反对或弃权。")  # fmt: skip
        self.form.moment("closes_at", "截止时间", value=motion.closes_at, needed=True)

    def _change(self) -> None:
        values = self.form.values()
        values["items"] = [line.strip() for line in values["items"].splitlines() if line.strip()]
        self.desk.do(change_motion, self.motion.id, **values)


def offered_rules(desk: Desk, matter: ProposalFacts) -> tuple[Rule, ...]:
    """The rules a matter may be put to the vote under: the one of its screening, else those of its kind of body."""
    book = desk.ask(local_rules.book)
    if matter.rule_id:
        return (book.rule(matter.rule_id, desk.today),)
    kind = desk.ask(body, matter.body_id).kind
    bodies = (
        [matter.decision_body] if matter.decision_body else [d for d, _ in rule_choice.deciders(book, kind, desk.today)]
    )
    found = {rule.id: rule for decider in bodies for rule in rule_choice.rules_for(book, decider, desk.today)}
    return tuple(found.values())
