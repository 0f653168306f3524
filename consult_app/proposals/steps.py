"""Move a matter through its steps: begin, complete, send back, reopen, postpone."""

from collections.abc import Collection
from datetime import date

from consult_app.audit import chain
from consult_app.kernel.errors import Refused
from consult_app.kernel.text import day_words, legal_day, required
from consult_app.proposals import milestones, records
from consult_app.proposals.rules import OUTCOME_WORDS, Outcome, ProposalState
from consult_app.proposals.tables import Proposal, StepRun
from consult_app.storage.store import Work
from consult_app.workflow import engine
from consult_app.workflow.template import Step, Template


class StepIncomplete(Refused):
    """A step is to be completed while something is missing; `facts["obstacles"]` are their codes."""

    text = "第 {ordinal} 步「{step}」还不能完成：{missing}。"


class NoWayBack(Refused):
    """The template leads from the present step back to other steps only."""

    text = "「{step}」不能退回「{target}」。{allowed}"
    field = "step_code"


class NothingToReopen(Refused):
    """A step cannot be reopened: nothing was completed, or the work went on."""

    text = "「{step}」已经开始办理，不能撤销上一步；需要更改请用「退回」。"


class DayPassed(Refused):
    """A new due day lies in the past."""

    text = "办理期限 {day} 已经过去，请选今天或以后的日期。"
    field = "due_on"


def begin(work: Work, proposal: Proposal, template: Template, step: Step) -> StepRun:
    """Start a new pass through a step, due by the matter's timetable or the step's own deadline."""
    rounds = [run.round for run in records.runs(work.db, proposal.id) if run.step_code == step.code]
    today = legal_day(work.now)
    reached = records.standing(records.milestones(work.db, proposal.id), template)
    planned = proposal.timetable.get(step.code)
    run = StepRun(
        proposal_id=proposal.id,
        step_code=step.code,
        round=max(rounds, default=0) + 1,
        started_at=work.now,
        due_on=date.fromisoformat(planned) if planned else engine.due(step.deadline, today, reached),
        overdue_times=0,
        completed_by="",
        return_reason="",
    )
    work.db.add(run)
    _show(proposal, template, run)
    work.db.flush()
    return run


def complete_step(work: Work, proposal_id: int) -> None:
    """Complete the present step and begin the next; the last one ends the matter as done.

    Refused while an artefact is missing, unsigned or not posted long enough (the same texts grey the button).
    """
    proposal = records.running(work.db, proposal_id)
    template = records.template(work.db, proposal)
    step = template.step(proposal.step_code)
    reached = records.standing(records.milestones(work.db, proposal.id), template)
    found = records.obstacles(proposal, template, reached, legal_day(work.now))
    if found:
        missing = "；".join(obstacle.words for obstacle in found)
        codes = [obstacle.code for obstacle in found]
        raise StepIncomplete(ordinal=proposal.ordinal, step=step.name, missing=missing, obstacles=codes)
    run = records.present_run(work.db, proposal)
    run.completed_at, run.completed_by = work.now, work.actor.name
    subject = f"proposal:{proposal.id}"
    chain.append(work, "proposal.step_completed", subject, ordinal=proposal.ordinal, step=step.name, code=step.code)
    if proposal.ordinal < len(template.steps):
        begin(work, proposal, template, template.steps[proposal.ordinal])
    else:
        close(work, proposal, Outcome.DONE, "全部步骤已经完成")


def send_back(work: Work, proposal_id: int, step_code: str, reason: str, keep: Collection[str] = ()) -> None:
    """Send the matter back to a step the template allows, for a reason.

    All artefacts from that step on are made void and stay as versions, but those in `keep` (a recount keeps the
    frozen plan and roll). Every pass from that step on is marked returned.
    """
    proposal = records.running(work.db, proposal_id)
    reason = required(reason, "退回理由", 500, "reason")
    template = records.template(work.db, proposal)
    present, target = template.step(proposal.step_code), template.step(step_code)
    if step_code not in present.back_targets:
        raise NoWayBack(step=present.name, target=target.name, allowed=_ways_back(template, present))
    _return_from(work, proposal, template, template.ordinal(step_code), reason, frozenset(keep))
    subject = f"proposal:{proposal.id}"
    chain.append(work, "proposal.returned", subject, step=target.name, code=step_code, reason=reason, kept=sorted(keep))
    begin(work, proposal, template, target)


def restart_step(work: Work, proposal: Proposal, template: Template, reason: str) -> None:
    """Begin the present step anew; its artefacts are made void and stay as versions."""
    _return_from(work, proposal, template, proposal.ordinal, reason, frozenset())
    begin(work, proposal, template, template.step(proposal.step_code))


def reopen_step(work: Work, proposal_id: int) -> None:
    """Undo the completion of the step before, as long as nothing of the present step has been done."""
    proposal = records.running(work.db, proposal_id)
    template = records.template(work.db, proposal)
    present = template.step(proposal.step_code)
    run = records.present_run(work.db, proposal)
    rows = records.milestones(work.db, proposal.id)
    worked = any(row.reached_at >= run.started_at and row.code.partition(".")[0] in present.codes for row in rows)
    earlier = [one for one in records.runs(work.db, proposal.id) if one.completed_at == run.started_at]
    if worked or not earlier:
        raise NothingToReopen(step=present.name)
    before = earlier[-1]
    run.returned_at = work.now  # with a blank reason: an empty pass, begun by the completion that is undone
    before.completed_at, before.completed_by = None, ""
    _show(proposal, template, before)
    subject = f"proposal:{proposal.id}"
    chain.append(work, "proposal.reopened", subject, ordinal=proposal.ordinal, step=proposal.step_name)


def postpone(work: Work, proposal_id: int, due_on: date, reason: str) -> None:
    """Set a new due day for the present step, for a reason. A day that had passed counts as once overdue."""
    proposal = records.running(work.db, proposal_id)
    reason = required(reason, "延期理由", 500, "reason")
    entrust(work, proposal, proposal.responsible, due_on)
    facts = {"step": proposal.step_name, "due": day_words(due_on), "reason": reason}
    chain.append(work, "proposal.postponed", f"proposal:{proposal.id}", **facts, overdue_times=proposal.overdue_times)


def entrust(work: Work, proposal: Proposal, responsible: str, due_on: date) -> None:
    """Name who answers for the present step and until when; the caller appends the entry. Refused for a past day."""
    today = legal_day(work.now)
    if due_on < today:
        raise DayPassed(day=day_words(due_on))
    run = records.present_run(work.db, proposal)
    if run.due_on and run.due_on < today:
        run.overdue_times += 1
    run.due_on = due_on
    proposal.due_on, proposal.overdue_times, proposal.responsible = due_on, run.overdue_times, responsible


def close(work: Work, proposal: Proposal, outcome: Outcome, reason: str) -> None:
    """End a matter with an outcome and its reason."""
    proposal.state, proposal.outcome, proposal.outcome_reason = ProposalState.ENDED, outcome, reason
    proposal.ended_at, proposal.due_on = work.now, None
    facts = {"outcome": OUTCOME_WORDS[outcome], "reason": reason, "into": proposal.merged_into}
    chain.append(work, "proposal.ended", f"proposal:{proposal.id}", **facts)


def _return_from(
    work: Work, proposal: Proposal, template: Template, ordinal: int, reason: str, keep: Collection[str]
) -> None:
    """Make void what the steps from `ordinal` on have produced, and mark their newest passes returned."""
    steps = template.steps[ordinal - 1 :]
    gone = {artefact for step in steps for artefact in step.codes} - set(keep)
    rows = records.milestones(work.db, proposal.id)
    codes = {row.code for row in rows if row.code.partition(".")[0] in gone}
    milestones.void_codes(work, proposal, template, codes, f"退回：{reason}"[:500])
    reopened = {step.code for step in steps}
    for run in records.runs(work.db, proposal.id):
        if run.step_code in reopened and run.returned_at is None:
            run.returned_at, run.return_reason = work.now, reason


def _show(proposal: Proposal, template: Template, run: StepRun) -> None:
    """Repeat the present step in the matter's own row."""
    step = template.step(run.step_code)
    proposal.step_code, proposal.step_name, proposal.ordinal = step.code, step.name, template.ordinal(step.code)
    proposal.due_on, proposal.overdue_times, proposal.responsible = run.due_on, run.overdue_times, step.actor


def _ways_back(template: Template, step: Step) -> str:
    names = "、".join(f"「{template.step(code).name}」" for code in step.back_targets)
    return f"可以退回的步骤：{names}。" if names else "这一步不能退回。"
