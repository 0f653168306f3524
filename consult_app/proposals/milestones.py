"""Reach milestones and make them void."""

from collections.abc import Collection
from datetime import date
from typing import Any

from sqlalchemy import func, select

from consult_app.audit import chain
from consult_app.kernel.errors import Refused
from consult_app.kernel.text import bounded, legal_day, required
from consult_app.proposals import records
from consult_app.proposals.rules import ProposalState, waits_of
from consult_app.proposals.tables import Milestone, Proposal
from consult_app.storage.base import canonical
from consult_app.storage.store import Work
from consult_app.workflow import engine
from consult_app.workflow.template import HELD, STATE_WORDS, Artefact, Template


class NotYet(Refused):
    """Something is said to have happened on a day to come."""

    text = "{what}的日期 {day} 还没有到。"
    field = "on"


class CountsMissing(Refused):
    """A meeting that has a floor of presence is recorded without its counts."""

    text = "请填写{name}的应到、实到和赞成人数，赞成不多于实到，实到不多于应到。"
    field = "present"


class StepDone(Refused):
    """The artefact belongs to a step that has been completed."""

    text = "{name}属于第 {ordinal} 步「{step}」，该步已经完成。要更改，请先退回该步。"


def reach(work: Work, proposal_id: int, code: str, what: str = "", *, on: date | None = None, **evidence: Any) -> bool:
    """Record that an artefact reached a state (`<artefact>.<state>`), whatever the present step; True when it is news.

    `on` is the legal day it happened, today unless said. Nothing is recorded where the matter's template asks for no
    such artefact, or where the same already stands with the same evidence. Refused for a day to come, for a meeting
    with a floor but no counts, and for an ended matter unless it concerns the last step (filing).
    """
    name, _, state = code.partition(".")
    words = "收到异议" if state == HELD else STATE_WORDS[state]
    proposal = records.matter(work.db, proposal_id)
    template = records.template(work.db, proposal)
    artefact = template.artefact(name)
    if artefact is None:
        return False
    if proposal.state != ProposalState.RUNNING and name not in template.steps[-1].codes:
        records.running(work.db, proposal_id)
    today = legal_day(work.now)
    if on and on > today:
        raise NotYet(what=artefact.name, day=on)
    _check_counts(artefact, state, evidence)
    what = bounded(what, "说明", 500, "what") or words
    newest = _newest(work, proposal.id, code)
    stands = records.standing(records.milestones(work.db, proposal.id), template)
    if newest and code in stands and _says_the_same(newest, what, on, evidence):
        return False
    work.db.add(
        Milestone(
            proposal_id=proposal.id,
            code=code,
            version=newest.version + 1 if newest else 1,
            happened_on=on or today,
            reached_at=work.now,
            reached_by=work.actor.name,
            what=what,
            evidence=evidence,
            voided_by="",
            void_reason="",
        )
    )
    work.db.flush()
    _let_it_run(work, proposal, template, artefact, state, on or today)
    subject = f"proposal:{proposal.id}"
    chain.append(work, "proposal.reached", subject, artefact=artefact.name, what=what, code=code, evidence=evidence)
    return True


def void(work: Work, proposal_id: int, code: str, reason: str) -> None:
    """Make a milestone void for a reason, and with it those that rest on it; nothing is deleted.

    Refused when its step has been completed: the matter must be sent back first.
    """
    proposal = records.running(work.db, proposal_id)
    reason = required(reason, "作废理由", 500, "reason")
    template = records.template(work.db, proposal)
    name = code.partition(".")[0]
    artefact = template.artefact(name)
    if artefact is None:
        return
    step = template.step_of(name)
    ordinal = template.ordinal(step.code)
    if ordinal < proposal.ordinal:
        raise StepDone(name=artefact.name, ordinal=ordinal, step=step.name)
    void_codes(work, proposal, template, {code, *records.resting_on(template, code)}, reason)


def release(work: Work, proposal_id: int, name: str, what: str) -> None:
    """Take away what holds an artefact up; nothing happens where nothing does."""
    rows = [row for row in records.milestones(work.db, proposal_id) if row.code == f"{name}.{HELD}"]
    held = [row for row in rows if row.voided_at is None]
    for row in held:
        row.voided_at, row.voided_by, row.void_reason = work.now, work.actor.name, what
    if held:
        work.db.flush()
        artefact = records.template(work.db, records.matter(work.db, proposal_id)).artefact(name)
        words = artefact.name if artefact else name
        chain.append(work, "proposal.released", f"proposal:{proposal_id}", artefact=words, what=what)


def void_codes(work: Work, proposal: Proposal, template: Template, codes: Collection[str], reason: str) -> None:
    """Make every standing milestone of these codes void, with one entry for each artefact."""
    rows = [row for row in records.milestones(work.db, proposal.id) if row.voided_at is None and row.code in codes]
    for row in rows:
        row.voided_at, row.voided_by, row.void_reason = work.now, work.actor.name, reason
    work.db.flush()
    for name in dict.fromkeys(row.code.partition(".")[0] for row in rows):
        artefact = template.artefact(name)
        gone = sorted({row.code for row in rows if row.code.partition(".")[0] == name})
        words = artefact.name if artefact else name
        chain.append(work, "proposal.voided", f"proposal:{proposal.id}", artefact=words, codes=gone, reason=reason)


def void_artefact(work: Work, proposal: Proposal, template: Template, name: str, reason: str) -> None:
    """Make everything that stands of an artefact void; nothing where the template asks for no such paper."""
    artefact = template.artefact(name)
    if artefact:
        void_codes(work, proposal, template, {f"{name}.{state}" for state in artefact.needs}, reason)


def _let_it_run(
    work: Work, proposal: Proposal, template: Template, artefact: Artefact, state: str, posted: date
) -> None:
    """A period that begins in the present step runs on top of the step's own days: it is not late while one must wait."""
    wait = artefact.wait
    if wait is None or wait.after != state or proposal.state != ProposalState.RUNNING:
        return
    if template.step_of(artefact.code).code != proposal.step_code:
        return
    opens = engine.opens_on(wait, posted, waits_of(proposal.notice_days, proposal.objection_days))
    run = records.present_run(work.db, proposal)
    if run.due_on is None or run.due_on < opens:
        run.due_on = proposal.due_on = opens


def _check_counts(artefact: Artefact, state: str, evidence: dict[str, Any]) -> None:
    if artefact.floor is None or state != artefact.needs[0]:
        return
    counts = [evidence.get(key) for key in ("agreed", "present", "expected")]
    whole = [count for count in counts if isinstance(count, int)]
    if len(whole) < len(counts) or whole != sorted(whole) or whole[0] < 0:
        raise CountsMissing(name=artefact.name)


def _newest(work: Work, proposal_id: int, code: str) -> Milestone | None:
    newest = select(func.max(Milestone.version)).where(Milestone.proposal_id == proposal_id, Milestone.code == code)
    return work.db.scalar(
        select(Milestone).where(
            Milestone.proposal_id == proposal_id, Milestone.code == code, Milestone.version == newest.scalar_subquery()
        )
    )


def _says_the_same(row: Milestone, what: str, on: date | None, evidence: dict[str, Any]) -> bool:
    same_day = on is None or on == row.happened_on
    return same_day and row.what == what and canonical(row.evidence) == canonical(evidence)
