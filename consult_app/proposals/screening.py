"""Screen a matter (定题): settle its venue, who decides, by which rule, who takes part and until when."""

from collections.abc import Mapping, Sequence
from datetime import date

from consult_app.audit import chain
from consult_app.kernel.errors import Blank, Refused
from consult_app.kernel.text import bounded, required
from consult_app.proposals import records, rules
from consult_app.proposals.milestones import reach, void_artefact
from consult_app.proposals.rules import DecisionBody
from consult_app.proposals.tables import Proposal
from consult_app.storage.store import Work
from consult_app.workflow.template import Template


class Settled(Refused):
    """What is to be changed belongs to a step that has been completed."""

    text = "「{step}」已经完成。要更改，请先退回该步。"


class NoScreening(Refused):
    """The matter's template has no screening."""

    text = "「{template}」没有审定环节。"


def screen(
    work: Work,
    proposal_id: int,
    *,
    venue_id: int,
    decision_body: str,
    rule_id: str | None,
    item: str,
    rule_reason: str,
    participants: Sequence[str],
    timetable: Mapping[str, date],
    notice_days: int,
    flags: Mapping[str, bool],
    title: str | None = None,
    objection_days: int = rules.OBJECTION_DAYS,
) -> None:
    """Settle how a matter is discussed and decided (议题审定单).

    `timetable` names the day by which a step is to be completed, by its code. What the decision body makes compulsory
    is set whatever `flags` say. The item of law and its reason are the secretary's, never guessed from the title.
    If anything changed after the notice was made, the notice is void: it must be posted anew.
    """
    proposal = records.running(work.db, proposal_id)
    template = records.template(work.db, proposal)
    _check_unscreened(proposal, template)
    body = DecisionBody(decision_body)
    flags_set = rules.settled_flags(body, flags)
    settled = {
        "venue_id": records.venue(work.db, proposal.body_id, venue_id).id,
        "decision_body": body,
        "rule_id": _rule(rule_id, rules.Flag.VOTE in flags_set),
        "item": _owners_text(body, item, "事项类别", 200, "item"),
        "rule_reason": _owners_text(body, rule_reason, "适用规则的理由", 500, "rule_reason"),
        "participants": [required(name, "参与主体", 60, "participants") for name in participants],
        "timetable": {template.step(code).code: day.isoformat() for code, day in timetable.items()},
        "notice_days": rules.checked_days(notice_days, "会前公告天数", "notice_days"),
        "objection_days": rules.checked_days(objection_days, "异议期天数", "objection_days"),
        "flags": list(flags_set),
        "title": proposal.title if title is None else required(title, "议题名称", 100, "title"),
    }
    if not settled["participants"]:
        raise Blank(what="参与主体", field="participants")
    changed = {name: new for name, new in settled.items() if new != getattr(proposal, name)}
    for name, new in changed.items():
        setattr(proposal, name, new)
    words = rules.DECISION_WORDS[body] + (f"，{settled['item']}" if settled["item"] else "")
    if changed:
        for artefact in ("screening", "meeting_notice"):
            void_artefact(work, proposal, template, artefact, "审定内容已修改")
    chain.append(work, "proposal.changed", f"proposal:{proposal.id}", what=f"审定（{words}）", after=settled)
    reach(work, proposal.id, "screening.recorded", f"由{words}决定", rule=rule_id, notice_days=notice_days)


def _check_unscreened(proposal: Proposal, template: Template) -> None:
    if template.artefact("screening") is None:
        raise NoScreening(template=template.name)
    step = template.step_of("screening")
    if proposal.ordinal > template.ordinal(step.code):
        raise Settled(step=step.name)


def _rule(rule_id: str | None, votes: bool) -> str | None:
    if not votes:
        return None
    return required(rule_id, "表决规则", 80, "rule_id")


def _owners_text(body: DecisionBody, text: str, what: str, limit: int, field: str) -> str:
    check = required if rules.needs_item(body) else bounded
    return check(text, what, limit, field)
