"""What one can do with a matter. Reaching milestones and moving through steps have files of their own."""

from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import func, select

from consult_app.audit import chain
from consult_app.bodies import queries as bodies
from consult_app.bodies.queries import BodyFacts, VenueFacts
from consult_app.bodies.rules import VenueLevel
from consult_app.files.actions import attach
from consult_app.kernel.errors import Blank, Refused
from consult_app.kernel.text import bounded, day_words, legal_day, required
from consult_app.proposals import records, rules, steps
from consult_app.proposals.milestones import reach, resting_on, void, void_codes
from consult_app.proposals.rules import DecisionBody, Outcome, ProposalState, Source
from consult_app.proposals.steps import close, complete_step, entrust, postpone, reopen_step, send_back
from consult_app.proposals.tables import Proposal, TemplateCopy
from consult_app.storage.store import Work
from consult_app.workflow import template as workflow
from consult_app.workflow.template import DEFAULT, Template

__all__ = [
    "change",
    "complete_step",
    "end",
    "entrust",
    "escalate",
    "hand_down",
    "postpone",
    "reach",
    "register",
    "reopen_step",
    "screen",
    "send_back",
    "void",
]


class WrongTemplate(Refused):
    """The template is not made for this kind of body."""

    text = "「{template}」不适用于「{body}」。"
    field = "template_id"


class WrongVenue(Refused):
    """The venue belongs to another body."""

    text = "「{venue}」不是「{body}」的议事平台。"
    field = "venue_id"


class Settled(Refused):
    """What is to be changed belongs to a step that has been completed."""

    text = "「{step}」已经完成。要更改，请先退回该步。"


class NoScreening(Refused):
    """The matter's template has no screening."""

    text = "「{template}」没有审定环节。"


class NotHigher(Refused):
    """A matter is to go up to a venue that is not higher."""

    text = "「{venue}」的级别不高于现在的议事平台，不能上报。"
    field = "venue_id"


class NotLower(Refused):
    """A matter is to be handed down to a venue that is not lower."""

    text = "「{venue}」的级别不低于现在的议事平台，不能交办。"
    field = "venue_id"


class NoSuchEnd(Refused):
    """The present step does not allow this end."""

    text = "在「{step}」不能以「{outcome}」结束议题。"
    field = "outcome"


class CannotMerge(Refused):
    """The matter to merge into is not another running matter of the same body."""

    text = "请选择本单位另一件正在办理的议题并案。"
    field = "into"


def register(
    work: Work,
    body_id: int,
    *,
    title: str,
    source: str,
    proposer: str,
    taken_down: bool,
    affected_range: str,
    wish: str,
    venue_id: int,
    template_id: str = DEFAULT,
    photos: Sequence[tuple[str, bytes]] = (),
) -> int:
    """Register a matter with its photos (name, content) and return its number; its first step begins.

    `taken_down` (代录) says that the clerk wrote it for the proposer. Refused for a template or venue that is not the
    body's.
    """
    body = bodies.body(work.db, body_id)
    venue = _venue(work, body, venue_id)
    template = workflow.load(template_id)
    if body.kind not in template.applies_to:
        raise WrongTemplate(template=template.name, body=body.name)
    year = legal_day(work.now).year
    sequence = _next_sequence(work, body_id, year)
    proposal = Proposal(
        body_id=body_id,
        year=year,
        sequence=sequence,
        number=rules.number_words(year, sequence),
        title=required(title, "议题名称", 100, "title"),
        source=Source(source),
        proposer=required(proposer, "提议人", 60, "proposer"),
        taken_down=taken_down,
        recorder=work.actor.name,
        affected_range=required(affected_range, "涉及范围", 500, "affected_range"),
        wish=required(wish, "事项和诉求", 2000, "wish"),
        registered_at=work.now,
        venue_id=venue.id,
        template_digest=_keep_copy(work, template),
        item="",
        rule_reason="",
        participants=[],
        timetable={},
        objection_days=rules.OBJECTION_DAYS,
        flags=[],
        state=ProposalState.RUNNING,
        step_code="",
        step_name="",
        ordinal=0,
        overdue_times=0,
        responsible="",
        outcome_reason="",
    )
    work.db.add(proposal)
    work.db.flush()
    subject = f"proposal:{proposal.id}"
    chain.append(work, "proposal.registered", subject, title=proposal.title, number=proposal.number, body=body_id)
    for name, content in photos:
        attach(work, subject, "现场照片", name, content)
    steps.begin(work, proposal, template, template.steps[0])
    reach(work, proposal.id, "registration.recorded", _registered_words(proposal))
    return proposal.id


def change(
    work: Work,
    proposal_id: int,
    *,
    title: str | None = None,
    source: str | None = None,
    proposer: str | None = None,
    taken_down: bool | None = None,
    affected_range: str | None = None,
    wish: str | None = None,
) -> None:
    """Change what was registered; what is not named stays. The sheet must be signed anew.

    Refused once the first step is completed: the matter must be sent back, so that what was noticed is what is voted.
    """
    proposal = records.running(work.db, proposal_id)
    template = records.template(work.db, proposal)
    if proposal.ordinal > 1:
        raise Settled(step=template.steps[0].name)
    wanted = {
        "title": title if title is None else required(title, "议题名称", 100, "title"),
        "source": source if source is None else Source(source),
        "proposer": proposer if proposer is None else required(proposer, "提议人", 60, "proposer"),
        "taken_down": taken_down,
        "affected_range": None
        if affected_range is None
        else required(affected_range, "涉及范围", 500, "affected_range"),
        "wish": wish if wish is None else required(wish, "事项和诉求", 2000, "wish"),
    }
    changed = {name: new for name, new in wanted.items() if new is not None and new != getattr(proposal, name)}
    reached = records.standing(records.milestones(work.db, proposal.id))
    if changed:
        before = {name: getattr(proposal, name) for name in changed}
        for name, new in changed.items():
            setattr(proposal, name, new)
        words = "、".join(_FIELD_WORDS[name] for name in changed)
        chain.append(work, "proposal.changed", f"proposal:{proposal.id}", what=words, before=before, after=changed)
        _void_artefact(work, proposal, template, "registration", "登记内容已修改")
    if changed or "registration.recorded" not in reached:
        reach(work, proposal.id, "registration.recorded", _registered_words(proposal))


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
        "venue_id": _venue(work, bodies.body(work.db, proposal.body_id), venue_id).id,
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
            _void_artefact(work, proposal, template, artefact, "审定内容已修改")
    chain.append(work, "proposal.changed", f"proposal:{proposal.id}", what=f"审定（{words}）", after=settled)
    reach(work, proposal.id, "screening.recorded", f"由{words}决定", rule=rule_id, notice_days=notice_days)


def end(work: Work, proposal_id: int, outcome: str, reason: str, into: int | None = None) -> None:
    """End a matter before its last step: 不予受理, 并案, 撤回, 未通过, 未达法定参与. Merging names the matter `into`.

    Refused unless the present step allows that end.
    """
    proposal = records.running(work.db, proposal_id)
    outcome = Outcome(outcome)
    reason = required(reason, "理由", 500, "reason")
    step = records.template(work.db, proposal).step(proposal.step_code)
    if outcome not in step.outcomes:
        raise NoSuchEnd(step=step.name, outcome=rules.OUTCOME_WORDS[outcome])
    if outcome is Outcome.MERGED:
        twin = work.db.get(Proposal, into) if into else None
        if twin is None or twin.id == proposal.id or twin.body_id != proposal.body_id or twin.state != "running":
            raise CannotMerge()
        proposal.merged_into = twin.id
        facts = {"what": f"并入议题 {proposal.number}「{proposal.title}」", "merged": proposal.id}
        chain.append(work, "proposal.changed", f"proposal:{twin.id}", **facts)
    close(work, proposal, outcome, reason)


def escalate(work: Work, proposal_id: int, venue_id: int, reason: str) -> None:
    """Take a matter up to a higher venue: no agreement after two sessions, or wider than the venue.

    A deliberation begins anew there; the record of the lower venue stays as a version.
    """
    proposal, venue = _move(work, proposal_id, venue_id)
    reason = required(reason, "上报理由", 500, "reason")
    if _height(venue.level) <= _height(bodies.venue(work.db, proposal.venue_id).level):
        raise NotHigher(venue=venue.name)
    proposal.venue_id, proposal.supervisor_venue_id = venue.id, None
    chain.append(
        work, "proposal.escalated", f"proposal:{proposal.id}", venue=venue.name, level=venue.level, reason=reason
    )
    _after_move(work, proposal, f"转到「{venue.name}」议事")


def hand_down(work: Work, proposal_id: int, venue_id: int, due_on: date, reason: str) -> None:
    """Hand a matter down to a lower venue (交办) until a day; the upper venue stays as its supervisor."""
    proposal, venue = _move(work, proposal_id, venue_id)
    reason = required(reason, "交办理由", 500, "reason")
    if _height(venue.level) >= _height(bodies.venue(work.db, proposal.venue_id).level):
        raise NotLower(venue=venue.name)
    proposal.supervisor_venue_id, proposal.venue_id = proposal.venue_id, venue.id
    facts = {"venue": venue.name, "level": venue.level, "due": day_words(due_on), "reason": reason}
    chain.append(work, "proposal.handed_down", f"proposal:{proposal.id}", **facts)
    _after_move(work, proposal, f"交「{venue.name}」办理")
    entrust(work, proposal, venue.name, due_on)


_FIELD_WORDS = {
    "title": "议题名称",
    "source": "来源",
    "proposer": "提议人",
    "taken_down": "是否代录",
    "affected_range": "涉及范围",
    "wish": "事项和诉求",
}


def _registered_words(proposal: Proposal) -> str:
    by = f"{proposal.proposer}提出" + (f"，{proposal.recorder}代录" if proposal.taken_down else "")
    return f"{proposal.number}「{proposal.title}」，{by}"


def _next_sequence(work: Work, body_id: int, year: int) -> int:
    last = work.db.scalar(select(func.max(Proposal.sequence)).where(Proposal.body_id == body_id, Proposal.year == year))
    return (last or 0) + 1


def _keep_copy(work: Work, template: Template) -> str:
    """Keep the template as it is today, once for each digest."""
    if work.db.get(TemplateCopy, template.digest) is None:
        work.db.add(TemplateCopy(digest=template.digest, data=dict(template.data)))
        work.db.flush()
    return template.digest


def _venue(work: Work, body: BodyFacts, venue_id: int) -> VenueFacts:
    venue = bodies.venue(work.db, venue_id)
    if venue.body_id != body.id:
        raise WrongVenue(venue=venue.name, body=body.name)
    return venue


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


def _void_artefact(work: Work, proposal: Proposal, template: Template, code: str, reason: str) -> None:
    artefact = template.artefact(code)
    if artefact:
        void_codes(work, proposal, template, resting_on(artefact, artefact.needs[0]), reason)


def _move(work: Work, proposal_id: int, venue_id: int) -> tuple[Proposal, VenueFacts]:
    proposal = records.running(work.db, proposal_id)
    return proposal, _venue(work, bodies.body(work.db, proposal.body_id), venue_id)


def _after_move(work: Work, proposal: Proposal, reason: str) -> None:
    """What the new venue must do again: a deliberation, or the screening that named the venue."""
    template = records.template(work.db, proposal)
    step = template.step(proposal.step_code)
    if step.escalation_restarts:
        steps.restart_step(work, proposal, template, reason)
    elif "screening" in step.codes:
        _void_artefact(work, proposal, template, "screening", reason)


def _height(level: str) -> int:
    return list(VenueLevel).index(VenueLevel(level))
