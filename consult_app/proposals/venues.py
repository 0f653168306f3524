"""Take a matter up to a higher venue, or hand it down to a lower one."""

from datetime import date

from consult_app.audit import chain
from consult_app.bodies import queries as bodies
from consult_app.bodies.queries import VenueFacts
from consult_app.bodies.rules import VenueLevel
from consult_app.kernel.errors import Refused
from consult_app.kernel.text import day_words, required
from consult_app.proposals import records, steps
from consult_app.proposals.milestones import void_artefact
from consult_app.proposals.tables import Proposal
from consult_app.storage.store import Work


class NotHigher(Refused):
    """A matter is to go up to a venue that is not higher."""

    text = "「{venue}」的级别不高于现在的议事平台，不能上报。"
    field = "venue_id"


class NotLower(Refused):
    """A matter is to be handed down to a venue that is not lower."""

    text = "「{venue}」的级别不低于现在的议事平台，不能交办。"
    field = "venue_id"


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
    steps.entrust(work, proposal, venue.name, due_on)


def _move(work: Work, proposal_id: int, venue_id: int) -> tuple[Proposal, VenueFacts]:
    proposal = records.running(work.db, proposal_id)
    return proposal, records.venue(work.db, proposal.body_id, venue_id)


def _after_move(work: Work, proposal: Proposal, reason: str) -> None:
    """What the new venue must do again: a deliberation, or the screening that named the venue."""
    template = records.template(work.db, proposal)
    step = template.step(proposal.step_code)
    if step.escalation_restarts:
        steps.restart_step(work, proposal, template, reason)
    elif "screening" in step.codes:
        void_artefact(work, proposal, template, "screening", reason)


def _height(level: str) -> int:
    return list(VenueLevel).index(VenueLevel(level))
