"""Find the stored record of a matter: its row, its template, what it has reached."""

from collections.abc import Collection, Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult_app.bodies import queries as bodies
from consult_app.bodies.queries import VenueFacts
from consult_app.kernel.errors import Missing, Refused
from consult_app.proposals.rules import OUTCOME_WORDS, Outcome, ProposalState, waits_of
from consult_app.proposals.tables import Milestone, Proposal, StepRun, TemplateCopy
from consult_app.workflow import engine
from consult_app.workflow.engine import Obstacle, Reached
from consult_app.workflow.template import Template, from_data


class Ended(Refused):
    """A matter that has ended is to be worked on."""

    text = "议题 {number} 已经结束（{outcome}），不能再办理。"


class WrongVenue(Refused):
    """The venue belongs to another body."""

    text = "「{venue}」不是「{body}」的议事平台。"
    field = "venue_id"


def matter(db: Session, proposal_id: int) -> Proposal:
    """The row of a matter; refused when there is none of that number."""
    found = db.get(Proposal, proposal_id)
    if found is None:
        raise Missing(what="议题", id=proposal_id)
    return found


def running(db: Session, proposal_id: int) -> Proposal:
    """The row of a matter that is under way; refused when it has ended."""
    found = matter(db, proposal_id)
    if found.state != ProposalState.RUNNING:
        raise Ended(number=found.number, outcome=OUTCOME_WORDS[Outcome(found.outcome)] if found.outcome else "")
    return found


def template(db: Session, proposal: Proposal) -> Template:
    """The matter's own copy of its template."""
    return templates(db, {proposal.template_digest})[proposal.template_digest]


def templates(db: Session, digests: Collection[str]) -> dict[str, Template]:
    """Template copies by digest, in one read."""
    rows = db.execute(select(TemplateCopy.digest, TemplateCopy.data).where(TemplateCopy.digest.in_(digests)))
    return {digest: from_data(data) for digest, data in rows}


def standing(rows: Sequence[Milestone], template: Template) -> dict[str, Reached]:
    """What stands, by code, from milestones in the order they were reached.

    A period counts from the first time a state was reached (another posting place does not start it anew); the evidence
    is the newest. A state that is reached again with other evidence leaves behind what rested on the former one: a new
    record must be signed anew, a notice issued anew must be posted anew.
    """
    found: dict[str, Reached] = {}
    for row in rows:
        if row.voided_at is None:
            first = found[row.code].on if row.code in found else row.happened_on
            if row.code in found:
                for code in resting_on(template, row.code):
                    found.pop(code, None)
            found[row.code] = Reached(min(first, row.happened_on), row.evidence)
    return found


def resting_on(template: Template, code: str) -> tuple[str, ...]:
    """The codes of the states an artefact reaches after this one."""
    name, _, state = code.partition(".")
    artefact = template.artefact(name)
    if artefact is None or state not in artefact.needs:
        return ()
    return tuple(f"{name}.{later}" for later in artefact.needs[artefact.needs.index(state) + 1 :])


def milestones(db: Session, proposal_id: int) -> Sequence[Milestone]:
    """Every milestone of a matter, void ones too, in the order they were reached."""
    return db.scalars(select(Milestone).where(Milestone.proposal_id == proposal_id).order_by(Milestone.id)).all()


def runs(db: Session, proposal_id: int) -> Sequence[StepRun]:
    """Every pass through a step, in the order they began."""
    return db.scalars(select(StepRun).where(StepRun.proposal_id == proposal_id).order_by(StepRun.id)).all()


def present_run(db: Session, proposal: Proposal) -> StepRun:
    """The present pass through the present step."""
    found = db.scalars(
        select(StepRun)
        .where(StepRun.proposal_id == proposal.id, StepRun.step_code == proposal.step_code)
        .order_by(StepRun.round.desc())
        .limit(1)
    ).first()
    assert found, f"proposal {proposal.id} has no run of its present step"
    return found


def obstacles(
    proposal: Proposal, template: Template, reached: dict[str, Reached], today: date | None
) -> tuple[Obstacle, ...]:
    """What keeps a matter's present step from being completed; nothing once it has ended."""
    if proposal.state != ProposalState.RUNNING:
        return ()
    waits = waits_of(proposal.notice_days, proposal.objection_days)
    return engine.obstacles(template, proposal.step_code, reached, proposal.flags, waits, today, proposal.due_on)


def venue(db: Session, body_id: int, venue_id: int) -> VenueFacts:
    """A venue of a body; refused when it is another body's."""
    found = bodies.venue(db, venue_id)
    if found.body_id != body_id:
        raise WrongVenue(venue=found.name, body=bodies.body(db, body_id).name)
    return found
