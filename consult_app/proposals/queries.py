"""What one can ask about a matter. The list and the home page have files of their own."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy.orm import Session

from consult_app.audit import chain
from consult_app.audit.chain import Change
from consult_app.bodies import queries as bodies
from consult_app.proposals import records
from consult_app.proposals.agenda import Home, HomeLine, Period, home, periods
from consult_app.proposals.facts import ArtefactFacts, ArtefactState, ProposalFacts, ReachedFacts, RunFacts, StepFacts
from consult_app.proposals.listing import ProposalLine, due_words, line, matching, proposals
from consult_app.proposals.rules import DecisionBody, Outcome, ProposalState, Source, StepState, waits_of
from consult_app.proposals.tables import Milestone, Proposal, StepRun
from consult_app.workflow import engine
from consult_app.workflow.engine import Obstacle, Reached
from consult_app.workflow.template import Artefact, Step, Template

__all__ = [
    "ArtefactFacts",
    "ArtefactState",
    "Home",
    "HomeLine",
    "Period",
    "ProposalFacts",
    "ProposalLine",
    "ReachedFacts",
    "RunFacts",
    "StepFacts",
    "due_words",
    "history",
    "home",
    "line",
    "matching",
    "periods",
    "proposal",
    "proposals",
    "ways_back",
]


def proposal(db: Session, proposal_id: int, today: date | None = None) -> ProposalFacts:
    """A matter with its steps, artefacts and obstacles. Without `today` a period that has begun counts as not over.

    Refused when there is none of that number.
    """
    row = records.matter(db, proposal_id)
    template = records.template(db, row)
    milestones = records.milestones(db, proposal_id)
    reached = records.standing(milestones, template)
    steps = _steps(row, template, milestones, records.runs(db, proposal_id), today)
    supervisor = bodies.venue(db, row.supervisor_venue_id) if row.supervisor_venue_id else None
    return ProposalFacts(
        **{name: getattr(row, name) for name in _PLAIN},
        source=Source(row.source),
        venue=bodies.venue(db, row.venue_id),
        supervisor=supervisor,
        decision_body=DecisionBody(row.decision_body) if row.decision_body else None,
        participants=tuple(row.participants),
        timetable={code: date.fromisoformat(day) for code, day in row.timetable.items()},
        flags=tuple(row.flags),
        state=ProposalState(row.state),
        outcome=Outcome(row.outcome) if row.outcome else None,
        template=template,
        steps=steps,
        obstacles=records.obstacles(row, template, reached, today),
    )


def ways_back(facts: ProposalFacts) -> tuple[Step, ...]:
    """The steps a matter may be sent back to now."""
    if facts.state is not ProposalState.RUNNING:
        return ()
    return tuple(facts.template.step(code) for code in facts.template.step(facts.step_code).back_targets)


def history(db: Session, proposal_id: int, extra_subjects: Sequence[str] = (), limit: int = 200) -> tuple[Change, ...]:
    """What happened to a matter and to what hangs on it (`meeting:3`, `motion:2`), newest first."""
    return chain.history(db, (f"proposal:{proposal_id}", *extra_subjects), limit)


_PLAIN = (
    *("id", "body_id", "number", "title", "proposer", "taken_down", "recorder", "affected_range", "wish"),
    *("registered_at", "rule_id", "item", "rule_reason", "notice_days", "objection_days"),
    *("outcome_reason", "merged_into", "ended_at", "responsible", "due_on", "overdue_times", "step_code", "ordinal"),
)


def _steps(
    row: Proposal, template: Template, milestones: Sequence[Milestone], runs: Sequence[StepRun], today: date | None
) -> tuple[StepFacts, ...]:
    return tuple(_step(row, template, step, milestones, runs, today) for step in template.steps)


def _step(
    row: Proposal,
    template: Template,
    step: Step,
    milestones: Sequence[Milestone],
    runs: Sequence[StepRun],
    today: date | None,
) -> StepFacts:
    mine = [run for run in runs if run.step_code == step.code]
    newest = mine[-1] if mine else None
    state = _state(row, step, newest)
    reached = records.standing(milestones, template)
    return StepFacts(
        code=step.code,
        name=step.name,
        short=step.short,
        ordinal=template.ordinal(step.code),
        actor=step.actor,
        state=state,
        started_at=newest.started_at if newest else None,
        due_on=newest.due_on if newest else None,
        completed_at=newest.completed_at if newest else None,
        completed_by=newest.completed_by if newest else "",
        return_reason=_return_reason(mine),
        artefacts=tuple(_artefact(row, artefact, reached, milestones, newest, today) for artefact in step.artefacts),
        runs=tuple(_run(run) for run in mine),
    )


def _state(row: Proposal, step: Step, newest: StepRun | None) -> StepState:
    if newest is None:
        return StepState.WAITING
    if newest.returned_at:  # a blank reason: the completion that began it was undone
        return StepState.RETURNED if newest.return_reason else StepState.WAITING
    return StepState.DONE if newest.completed_at else StepState.PRESENT


def _return_reason(runs: Sequence[StepRun]) -> str:
    """Why the step was last sent back, be it from or to it."""
    return next((run.return_reason for run in reversed(runs) if run.return_reason), "")


def _artefact(
    row: Proposal,
    artefact: Artefact,
    reached: dict[str, Reached],
    milestones: Sequence[Milestone],
    run: StepRun | None,
    today: date | None,
) -> ArtefactFacts:
    mine = [one for one in milestones if one.code.partition(".")[0] == artefact.code]
    due_on = engine.due(artefact.deadline, None, reached) or (run.due_on if run else None)
    waits = waits_of(row.notice_days, row.objection_days)
    obstacle = engine.obstacle_of(artefact, reached, waits, today, due_on)
    stands = tuple(_reached(one) for one in mine if one.voided_at is None)
    return ArtefactFacts(
        code=artefact.code,
        name=artefact.name,
        state=_artefact_state(obstacle, bool(stands)),
        needed=engine.is_needed(artefact, row.flags),
        needs=artefact.needs,
        by=artefact.by,
        signers=artefact.signers,
        due_on=due_on,
        reached=stands,
        missing=obstacle.text if obstacle else "",
        obstacle=obstacle,
        versions=tuple(_reached(one) for one in mine if one.voided_at is not None),
    )


def _artefact_state(obstacle: Obstacle | None, begun: bool) -> ArtefactState:
    if obstacle is None:
        return ArtefactState.COMPLETE
    if obstacle.opens_on:
        return ArtefactState.WAITING
    return ArtefactState.BEGUN if begun else ArtefactState.MISSING


def _reached(row: Milestone) -> ReachedFacts:
    return ReachedFacts(
        code=row.code,
        state=row.code.partition(".")[2],
        version=row.version,
        on=row.happened_on,
        at=row.reached_at,
        by=row.reached_by,
        what=row.what,
        evidence=row.evidence,
        voided_at=row.voided_at,
        void_reason=row.void_reason,
    )


def _run(run: StepRun) -> RunFacts:
    return RunFacts(
        round=run.round,
        started_at=run.started_at,
        due_on=run.due_on,
        overdue_times=run.overdue_times,
        completed_at=run.completed_at,
        completed_by=run.completed_by,
        returned_at=run.returned_at,
        return_reason=run.return_reason,
    )
