"""Which rule decides: who decides, for owners the item of law and why, and the shares that follow from it.

The rule is never guessed from the title: the secretary names the item of civil-code-278 and writes the reason.
"""

from typing import Any

from consult_app.proposals.rules import DecisionBody
from consult_app.voting import local_rules
from consult_app.voting.minimums import below_national
from consult_app.voting.rule import Rule
from consult_app.voting.rule_choice import deciders, legal_items, rules_for
from ui.desk import Desk
from ui.widgets.card import Card
from ui.widgets.form import Form
from ui.widgets.text import Words, muted, small


class RuleChooser:
    """The fields of a form that choose a rule, and a card that says what it means; it belongs to one form."""

    def __init__(self, desk: Desk, form: Form, kind: Any) -> None:
        self.form, self.day = form, desk.today
        self.book = desk.ask(local_rules.book)
        self.items = {item.number: item for item in legal_items(self.book)}
        bodies = deciders(self.book, kind, self.day)
        self.decider = form.choice("decision_body", "决定主体", [(None, "请选择…"), *bodies], needed=True)
        self.item = form.choice(
            "item",
            "属于民法典规定的哪一项",
            [(None, "请选择…"), *((number, item.words) for number, item in self.items.items())],
            needed=True,
        )
        self.reason = form.text(
            "rule_reason",
            "为什么属于这一项",
            hint="如：本次为新增设施筹集资金，不是使用已有维修资金",
            rows=3,
            needed=True,
        )
        self.rule = form.choice("rule_id", "表决规则", needed=True)
        self.shares, self.basis, self.law = Words("", "strong", wrap=True), muted("", wrap=True), small("", wrap=True)
        self.lowered = Words("", tone="amber", wrap=True)
        self.card = Card("这样表决").add(self.shares, self.lowered, self.basis, self.law)
        form.add("rule_card", "", self.card, lambda: None)
        for choice in (self.decider, self.item):
            choice.currentIndexChanged.connect(lambda: self.offer())
        self.rule.currentIndexChanged.connect(lambda: self.explain())
        self.offer()

    @property
    def body(self) -> DecisionBody | None:
        """Who decides, once it is chosen."""
        found = self.decider.currentData()
        return None if found is None else DecisionBody(found)

    @property
    def chosen(self) -> Rule | None:
        """The rule, once it is chosen."""
        found = self.rule.currentData()
        return None if found is None else self.book.rule(found, self.day)

    def values(self) -> dict[str, Any]:
        """What the action takes: decision_body, item, rule_reason, rule_id."""
        number = self.item.currentData() if self._asks_item else None
        return {
            "decision_body": self.body,
            "item": self.items[number].citation if number else "",
            "rule_reason": self.form.values("rule_reason")["rule_reason"],
            "rule_id": self.rule.currentData() if self._asks_rule else None,
        }

    def fill(self, decision_body: DecisionBody | None, item: str, rule_id: str | None) -> None:
        """Choose what a matter has already."""
        number = next((number for number, one in self.items.items() if one.citation == item), None)
        self.form.fill(decision_body=decision_body, item=number)
        self.offer()
        if rule_id:
            self.form.fill(rule_id=rule_id)
        self.explain()

    def offer(self) -> None:
        """Offer the rules that the choice so far allows, and hide what need not be asked."""
        body = self.body
        item = self.item.currentData() if self._asks_item else None
        found = rules_for(self.book, body, self.day, item) if body and (item or not self._asks_item) else ()
        options: list[tuple[str | None, str]] = [(rule.id, rule.title) for rule in found]
        self.form.offer("rule_id", options if len(options) == 1 else [(None, "请选择…"), *options])
        self.explain()

    def explain(self) -> None:
        """Say in words what the chosen rule asks for, and on which law it rests."""
        shown = {"item": self._asks_item, "rule_reason": self._asks_rule, "rule_id": self._asks_rule}
        for name, visible in shown.items():
            self.form.fields[name].block.setVisible(visible)
        rule = self.chosen if self._asks_rule else None
        self.form.fields["rule_card"].block.setVisible(rule is not None)
        if rule is None:
            return
        measures = "面积和人数两项都要达到；" if "area" in rule.measures else ""
        self.shares.say(f"{rule.electorate_words}：{rule.shares}。")
        lowered = below_national(self.book, rule)
        self.lowered.say("；".join(lowered) + "。请以法律为准。" if lowered else "")
        self.lowered.setVisible(bool(lowered))
        self.basis.say(f"{measures}依据{rule.basis}。{rule.note}")
        self.law.say(self.book.laws.article(rule.citations[0].key).wording)

    @property
    def _asks_item(self) -> bool:
        return self.body is DecisionBody.OWNERS_ASSEMBLY

    @property
    def _asks_rule(self) -> bool:
        return self.body not in (None, DecisionBody.CONSENSUS)
