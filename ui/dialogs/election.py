"""Dialogs of an election: draft it, record consents, fix the voters, vote again, annul."""

from datetime import timedelta
from typing import Any

from PySide6.QtWidgets import QWidget

from consult_app.bodies.queries import body
from consult_app.bodies.rules import BodyKind
from consult_app.kernel.errors import Blank
from consult_app.kernel.text import area_words
from consult_app.meetings.queries import sessions
from consult_app.proposals.queries import proposals
from consult_app.voting import election_choice, local_rules
from consult_app.voting.actions import (
    annul_election,
    change_election,
    draft_again,
    draft_election,
    draft_runoff,
    freeze_election,
    record_consent,
)
from consult_app.voting.election_count import written_area
from consult_app.voting.election_facts import CandidateFacts, ElectionFacts
from consult_app.voting.election_roll import roll_voters
from consult_app.voting.rule import Kind, Rule
from consult_app.voting.rules import Weight
from ui.desk import Desk
from ui.dialogs.form_sheet import FormSheet
from ui.widgets.text import Words, small

WAYS = ("党组织推荐", "选民（居民、村民）推荐", "业主推荐", "业主自荐", "第一次投票未当选")
"""Usual ways to be put forward; any other can be typed."""


class DraftElection(FormSheet):
    """Draft an election or a recall; `made` is its number once drafted."""

    def __init__(self, desk: Desk, proposal_id: int | None = None, parent: QWidget | None = None) -> None:
        super().__init__("起草选举、罢免", action="起草", decide=self._draft, columns=2, width=860, parent=parent)
        self.desk, self.made = desk, 0
        kind = desk.ask(body, desk.body_id).kind if desk.body_id is not None else BodyKind.VILLAGE
        found = election_choice.rules_for(desk.ask(local_rules.book), kind, desk.today)
        self._rules: dict[str, Rule] = {rule.id: rule for rule in found}
        matters = [line for line in desk.ask(proposals, desk.body_id or 0) if line.is_running]
        form = self.form
        form.into(0)
        form.choice("proposal_id", "议题", [(line.id, f"{line.number}　{line.title}") for line in matters],
                    value=proposal_id, needed=True).currentIndexChanged.connect(lambda _at: self._turn())  # fmt: skip
        form.choice("rule_id", "选举方式", [(rule.id, rule.title) for rule in found],
                    needed=True).currentIndexChanged.connect(lambda _at: self._explain())  # fmt: skip
        form.line("title", "选举名称", hint="如：选举村民委员会主任", needed=True,
                  note="每个职务分别起草；一张选票上同一人被选任两个职务的，该票无效。")  # fmt: skip
        self.names = form.text(
            "candidates", "候选人", hint="每行一名", rows=5, needed=True, note="每行一名，按选票上的顺序。"
        )
        self.names.textChanged.connect(self._explain)
        form.into(1)
        form.number("seats", "应选名额", value=1, least=1, most=99, unit="名").valueChanged.connect(
            lambda _n: self._explain()
        )
        form.day("on", "选举日", value=desk.today, note="按这一天适用的法律，并按这一天是否年满十八周岁计算。")
        form.moment("closes_at", "投票截止", value=desk.now + timedelta(hours=8), needed=True)
        form.choice("meeting_id", "在哪次会议上选举")
        self.contested, self.basis = Words("", wrap=True), small(wrap=True)
        self.add(self.contested, self.basis)
        self._turn()
        self._explain()

    def _turn(self) -> None:
        chosen = self.form.values("proposal_id")["proposal_id"]
        meetings: list[tuple[int | None, str]] = [(None, "不在会议上，单独投票")]
        if chosen is not None:
            meetings += [(line.id, line.title) for line in self.desk.ask(sessions, chosen)]
        self.form.offer("meeting_id", meetings)

    def _explain(self) -> None:
        rule = self._rules.get(self.form.values("rule_id")["rule_id"] or "")
        if rule is None:
            self.basis.say("")
            return
        recall = rule.kind is Kind.RECALL
        self.form.fields["seats"].block.setVisible(not recall)
        paper = "无记名投票，设秘密写票处，只用纸质选票。" if rule.secret else "只用纸质选票。"
        self.basis.say(f"{paper}{rule.shares}。选举人：{rule.electorate_words}。依据：{rule.basis}")
        names, seats = self._names(), self.form.values("seats")["seats"]
        short = rule.kind is Kind.ELECTION and 0 < len(names) <= seats
        self.contested.say(
            f"候选人 {len(names)} 人，应选 {seats} 名：候选人应当多于应选名额（差额选举）。" if short else "", "amber"
        )
        self.contested.setVisible(short)

    def _names(self) -> list[str]:
        return lines_of(self.form.values("candidates")["candidates"])

    def _draft(self) -> None:
        values: dict[str, Any] = self.form.values() | {"candidates": self._names()}
        chosen = values.pop("proposal_id")
        if chosen is None:
            raise Blank(what="议题", field="proposal_id")
        if values["rule_id"] is None:
            raise Blank(what="选举方式", field="rule_id")
        if self._rules[values["rule_id"]].kind is Kind.RECALL:
            values["seats"] = 1
        self.made = self.desk.do(draft_election, chosen, **values)
        self.desk.say("选举已起草。请逐名登记候选人同意参选。")


class ChangeElection(FormSheet):
    """Change a draft."""

    def __init__(self, desk: Desk, facts: ElectionFacts, parent: QWidget | None = None) -> None:
        super().__init__("修改选举", action="保存", decide=self._change, parent=parent)
        self.desk, self.facts = desk, facts
        self.form.line("title", "选举名称", value=facts.motion.title, needed=True)
        names = "\n".join(one.name for one in facts.candidates)
        self.form.text(
            "candidates", "候选人", value=names, rows=6, needed=True, note="每行一名；留下的候选人，已登记的同意不变。"
        )
        self.form.number("seats", "应选名额", value=facts.motion.seats, least=1, most=99, unit="名")
        self.form.fields["seats"].block.setVisible(not facts.is_recall)
        self.form.moment("closes_at", "投票截止", value=facts.motion.closes_at, needed=True)

    def _change(self) -> None:
        values = self.form.values()
        values["candidates"] = lines_of(values["candidates"])
        self.desk.do(change_election, self.facts.motion.id, **values)


class Consent(FormSheet):
    """Record that a candidate consents to stand, and who put them forward."""

    def __init__(self, desk: Desk, facts: ElectionFacts, one: CandidateFacts, parent: QWidget | None = None) -> None:
        note = "没有登记本人同意的，不能列入候选人名单。"
        super().__init__(f"{one.name}：登记同意参选", note, action="登记", decide=self._record, parent=parent)
        self.desk, self.facts, self.one = desk, facts, one
        owners = facts.with_area
        ways = [way for way in WAYS if way.startswith("业主") == owners or way.startswith("第一次")]
        self.form.choice(
            "nominated_by", "推荐方式", [(way, way) for way in ways], value=one.nominated_by or None, needed=True
        )
        self.form.line("consent", "本人怎样同意", value=one.consent or "签署同意书", needed=True)

    def _record(self) -> None:
        values = self.form.values()
        self.desk.do(record_consent, self.facts.motion.id, self.one.name, **values)


class FixVoters(FormSheet):
    """Fix candidates and voters: those of the roll, or the number on the list that was published."""

    def __init__(self, desk: Desk, facts: ElectionFacts, parent: QWidget | None = None) -> None:
        note = "确定以后，候选人、应选名额、规则和选民都不能再改。选民名单依法应当在选举日二十日前公布。"
        if facts.with_area:
            note = "确定以后，候选人、应选名额、规则和业主总数都不能再改。"
        super().__init__("确定候选人和选民名单", note, action="确定", decide=self._freeze, width=560, parent=parent)
        self.desk, self.facts = desk, facts
        offered = desk.ask(roll_voters, facts.motion.id)
        unit = facts.motion.rule.unit.value
        area = f"，{area_words(offered.weight.area)} ㎡" if facts.with_area else ""
        words = f"用本系统的名册：{offered.weight.heads:,} {unit}{area}"
        ways = [] if offered.fault else [("roll", words)]
        ways.append(("number", "只填人数，以公布的选民名单为准"))
        self.form.choice("source", "选民", ways).currentIndexChanged.connect(lambda _at: self._turn())
        self.form.number("heads", "登记人数" if not facts.with_area else "业主总人数", most=9_999_999, unit=unit)
        self.form.line("area", "专有部分总面积（㎡）", hint="如 12345.67")
        self.why = small(
            offered.fault or "名册含全部年满十八周岁的人；公布的选民名单较少的，请改为只填人数。", wrap=True
        )
        self.why.setVisible(bool(offered.fault) or not facts.with_area)
        self.add(self.why)
        self._turn()

    def _turn(self) -> None:
        number = self.form.values("source")["source"] == "number"
        shown = ["source", *(["heads"] if number else []), *(["area"] if number and self.facts.with_area else [])]
        self.form.show_only(*shown)

    def _freeze(self) -> None:
        values = self.form.values()
        registered = None
        if values["source"] == "number":
            registered = Weight(written_area(values["area"], "area") if self.facts.with_area else 0, values["heads"])
        self.desk.do(freeze_election, self.facts.motion.id, registered)
        self.desk.say("候选人和选民名单已确定。")


class VoteAgain(FormSheet):
    """Draft what follows: the run-off for open seats, or the whole election once more; `made` is its number."""

    def __init__(self, desk: Desk, facts: ElectionFacts, parent: QWidget | None = None) -> None:
        self.runs_off = bool(facts.open_seats)
        tied = facts.verdict_is_tie
        title = ("再次投票" if tied else "另行选举") if self.runs_off else "重新投票"
        note = (
            f"尚缺 {facts.open_seats} 名。候选人依法从第一次投票未当选的人员中，按得票多少确定。"
            if self.runs_off
            else "候选人、名额和规则不变。"
        )
        if tied:
            note = f"尚缺 {facts.open_seats} 名，就票数相同的人员再次投票。"
        super().__init__(f"起草{title}", note, action="起草", decide=self._draft, parent=parent)
        self.desk, self.facts, self.made = desk, facts, 0
        if self.runs_off:
            known = f"可以列入：{'、'.join(facts.left_over)}。"
            self.form.text("candidates", "候选人", value="\n".join(facts.leading), rows=4, needed=True, note=known)
        self.form.day("on", "选举日", value=desk.today)
        self.form.moment("closes_at", "投票截止", value=desk.now + timedelta(hours=8), needed=True)

    def _draft(self) -> None:
        values = self.form.values()
        closes_at, on = values["closes_at"], values["on"]
        if self.runs_off:
            names = lines_of(values["candidates"])
            self.made = self.desk.do(draft_runoff, self.facts.motion.id, closes_at, on=on, candidates=names)
        else:
            self.made = self.desk.do(draft_again, self.facts.motion.id, closes_at, on=on)
        self.desk.say("已起草。")


class Annul(FormSheet):
    """Make an election void, by two people and with the reason."""

    def __init__(self, desk: Desk, facts: ElectionFacts, parent: QWidget | None = None) -> None:
        note = "作废后不再计票，也不产生结果；全部记录保留，可以重新投票。须两人共同确认，不能撤销。"
        super().__init__("选举作废", note, action="作废", decide=self._annul, look="danger", parent=parent)
        self.desk, self.facts = desk, facts
        self.form.text("reason", "作废的理由", hint="如：收回选票多于投票人数，查不清原因", rows=3, needed=True)
        self.form.line("first", "监票人一", needed=True)
        self.form.line("second", "监票人二", needed=True)

    def _annul(self) -> None:
        self.desk.do(annul_election, self.facts.motion.id, **self.form.values())
        self.desk.say("选举已作废。")


def lines_of(text: str) -> list[str]:
    """The lines that hold something."""
    return [line.strip() for line in text.splitlines() if line.strip()]
