"""表决范围 and 从多 of a motion that is being drafted: both are somebody's choice, with the reason or the clause."""

from typing import Any

from consult_app.kernel.errors import Refused
from consult_app.voting.rule import Kind, Rule
from consult_app.voting.scope import buildings
from ui.desk import Desk
from ui.dialogs.scope_picker import ScopePicker
from ui.widgets.form import Form

WHOLE, PART = "whole", "part"
FIELDS = ("scope", "scope_parts", "scope_reason", "follow", "follow_clause", "delivered")


class NoPart(Refused):
    """Part of an estate shall decide, but none was named."""

    text = "请勾选参加表决的楼栋或单元。"
    field = "scope_parts"


class NoClause(Refused):
    """Unreturned ballots shall follow the majority without a clause that says so."""

    text = "请照录议事规则的条款原文；没有这样的条款，不能把未交回的票计入多数意见。"
    field = "follow_clause"


class NoDelivery(Refused):
    """Unreturned ballots shall follow the majority, but nobody has taken on to prove delivery."""

    text = "只有逐户送达签收的票才能计入。请确认会逐户送达并留存签收记录。"
    field = "delivered"


class MotionTerms:
    """The fields of a form for a motion's own terms, shown where the rule admits them."""

    def __init__(self, desk: Desk, form: Form) -> None:
        self.form = form
        self._rule: Rule | None = None
        self.picker = ScopePicker(desk.ask(buildings, desk.body_id) if desk.body_id is not None else ())
        form.into(0)
        form.choice("scope", "谁来表决", [(WHOLE, "全体业主"), (PART, "只由部分楼栋、单元的业主表决")],
                    note="费用只由部分业主承担的，只由他们表决，面积和人数只计算这一范围。")  # fmt: skip
        form.add("scope_parts", "表决范围", self.picker, lambda: self.picker.scope, self.picker.take, needed=True)
        form.line(
            "scope_reason", "为什么只由他们表决", hint="如：电梯更新费用只由1号楼业主分摊，其他楼栋不使用", needed=True
        )
        form.into(1)
        self.follow = form.tick("follow", "未交回的票计入多数意见（从多）",
                                note="法律上尚有争议，一般不用。结果会同时列出计入和不计入两种情形，并标明“有争议”。")  # fmt: skip
        form.text("follow_clause", "议事规则的条款原文", rows=3, needed=True,
                  hint="如：第十二条　表决票送达后逾期未交回的，视为同意已表决的多数意见。",
                  note="条款原文会作为提示印在每张表决票上，公告和纪要也会引用。")  # fmt: skip
        form.tick("delivered", "表决票逐户送达，由业主签收，签收记录留存")
        self.picker.changed.connect(form.clear_errors)
        form.fields["scope"].widget.currentIndexChanged.connect(lambda _at: self.show())  # type: ignore[attr-defined]
        self.follow.toggled.connect(lambda _on: self.show())
        self.show()

    def turn(self, rule: Rule | None) -> None:
        """Show what the rule admits; where only the owners of a building are interested, part of the estate decides."""
        if rule is not None and rule.kind is Kind.UNANIMOUS and (self._rule is None or self._rule.id != rule.id):
            self.form.fill(scope=PART)
        self._rule = rule
        self.show()

    def show(self) -> None:
        """Show the fields that the choices so far ask for."""
        told = self.form.values("scope", "follow")
        part, follow = self._scoped and told["scope"] == PART, self._follows and told["follow"]
        shown = {"scope": self._scoped, "scope_parts": part, "scope_reason": part}
        shown |= {"follow": self._follows, "follow_clause": follow, "delivered": follow}
        for name, visible in shown.items():
            self.form.fields[name].block.setVisible(visible)

    def taken(self, values: dict[str, Any]) -> dict[str, Any]:
        """The form's values with the terms as the action takes them. Refused: `NoPart`, `NoClause`, `NoDelivery`."""
        told = {name: values.pop(name) for name in FIELDS}
        if self._scoped and told["scope"] == PART:
            if not told["scope_parts"]:
                raise NoPart
            values |= {"scope": told["scope_parts"], "scope_reason": told["scope_reason"]}
        if self._follows and told["follow"]:
            if not told["follow_clause"].strip():
                raise NoClause
            if not told["delivered"]:
                raise NoDelivery
            values |= {"follow_clause": told["follow_clause"], "warning_printed": True}
        return values

    @property
    def _scoped(self) -> bool:
        return self._rule is not None and self._rule.kind in (Kind.OWNERS, Kind.UNANIMOUS)

    @property
    def _follows(self) -> bool:
        return self._rule is not None and self._rule.kind is Kind.OWNERS
