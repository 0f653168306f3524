"""What one can do with a matter. Screening, milestones, steps and venues have files of their own."""

from collections.abc import Sequence

from sqlalchemy import func, select

from consult_app.audit import chain
from consult_app.bodies import queries as bodies
from consult_app.files.actions import attach
from consult_app.kernel.errors import Refused
from consult_app.kernel.text import legal_day, required
from consult_app.proposals import records, rules, steps
from consult_app.proposals.milestones import reach, release, void, void_artefact
from consult_app.proposals.rules import Outcome, ProposalState, Source
from consult_app.proposals.screening import Settled, screen
from consult_app.proposals.steps import close, complete_step, entrust, postpone, reopen_step, send_back
from consult_app.proposals.tables import Proposal, TemplateCopy
from consult_app.proposals.venues import escalate, hand_down
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
    "release",
    "reopen_step",
    "screen",
    "send_back",
    "void",
]


class WrongTemplate(Refused):
    """The template is not made for this kind of body."""

    text = "「{template}」不适用于「{body}」。"
    field = "template_id"


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
    venue = records.venue(work.db, body_id, venue_id)
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
    reached = records.standing(records.milestones(work.db, proposal.id), template)
    if changed:
        before = {name: getattr(proposal, name) for name in changed}
        for name, new in changed.items():
            setattr(proposal, name, new)
        words = "、".join(_FIELD_WORDS[name] for name in changed)
        chain.append(work, "proposal.changed", f"proposal:{proposal.id}", what=words, before=before, after=changed)
        void_artefact(work, proposal, template, "registration", "登记内容已修改")
    if changed or "registration.recorded" not in reached:
        reach(work, proposal.id, "registration.recorded", _registered_words(proposal))


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
