"""What one can do while a decision is carried out, and afterwards."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select

from consult_app.audit import chain
from consult_app.files.actions import attach
from consult_app.followup import queries, rules
from consult_app.followup.rules import ROLE_WORDS, OrderState, Rating, Role
from consult_app.followup.tables import FollowUp, Progress, Review, WorkOrder
from consult_app.kernel.errors import Missing, Refused
from consult_app.kernel.text import bounded, day_words, required
from consult_app.proposals import actions as proposals
from consult_app.proposals import records
from consult_app.proposals.tables import Proposal
from consult_app.storage.store import Work

Evidence = Sequence[tuple[str, bytes]]
"""Files as (name, content): pictures or PDF."""


class TooEarly(Refused):
    """A matter is carried out or reviewed before it was decided."""

    text = "议题还在第 {ordinal} 步「{step}」，到「{wanted}」才能办理这一项。"


class OrderClosed(Refused):
    """A work order that is done or replaced is worked on."""

    text = "这张办理责任单{state}，不能再登记。"


class NotReported(Refused):
    """A work order is closed without a single report."""

    text = "还没有进展记录，请先登记进展再办结。"


class NoEvidence(Refused):
    """A work order is closed without evidence."""

    text = "办结须附证明材料（照片或 PDF）。"
    field = "evidence"


class AlreadyRated(Refused):
    """The same person rates twice in one round."""

    text = "「{reviewer}」已经评价过。"
    field = "reviewer"


def assign(
    work: Work, proposal_id: int, *, responsible: str, unit: str, task: str, due_on: date, budget: int = 0
) -> int:
    """Assign the work (`budget` in 0.01 yuan) and return the order's number; the step becomes due with it.

    An order that is open is replaced (改派) and stays. Refused before the matter has come to that step, or for a past day.
    """
    proposal = _at_step_of(work, proposal_id, "work_order")
    if budget < 0:
        raise rules.NegativeBudget()
    order = WorkOrder(
        proposal_id=proposal_id,
        responsible=required(responsible, "责任人", 60, "responsible"),
        unit=required(unit, "责任单位", 120, "unit"),
        task=required(task, "办理事项", 2000, "task"),
        due_on=due_on,
        budget=budget,
        state=OrderState.ASSIGNED,
        assigned_at=work.now,
        assigned_by=work.actor.name,
        closing="",
    )
    proposals.entrust(work, proposal, f"{order.unit} {order.responsible}", due_on)
    _replace_open(work, proposal_id)
    work.db.add(order)
    work.db.flush()
    facts = {"order": order.id, "responsible": f"{order.unit} {order.responsible}", "due": day_words(due_on)}
    chain.append(work, "work_order.assigned", f"proposal:{proposal_id}", **facts, task=order.task, budget=budget)
    what = f"{order.unit}，责任人{order.responsible}，{day_words(due_on)}前办结"
    proposals.reach(work, proposal_id, "work_order.assigned", what, order=order.id)
    return order.id


def report(work: Work, order_id: int, *, percent: int, text: str, evidence: Evidence = ()) -> int:
    """Report progress in whole percent with evidence, and return the report's number. A report is never changed."""
    order = _open_order(work, order_id)
    row = _append_report(
        work, order, rules.checked_percent(percent), required(text, "进展情况", 2000, "text"), evidence
    )
    return row.id


def close_out(work: Work, order_id: int, *, text: str, evidence: Evidence) -> None:
    """Close a work order with what was done and the evidence. Refused without a report or without evidence."""
    order = _open_order(work, order_id)
    text = required(text, "办结情况", 2000, "text")
    if not queries.work_order(work.db, order_id).progress:
        raise NotReported()
    if not evidence:
        raise NoEvidence()
    _attach_all(work, f"work_order:{order.id}", "办结证明", evidence)
    order.state, order.closed_at, order.closing = OrderState.CLOSED, work.now, text
    chain.append(work, "work_order.closed", f"proposal:{order.proposal_id}", order=order.id, summary=_summary(text))
    proposals.reach(work, order.proposal_id, "closing.recorded", _summary(text), order=order.id, files=len(evidence))


def review(work: Work, proposal_id: int, *, reviewer: str, role: str, rating: str, comment: str = "") -> int:
    """Record one satisfaction form and return its number; with the proposer's own the sheet counts as recorded.

    Refused when the same person has rated in this round.
    """
    _at_step_of(work, proposal_id, "satisfaction")
    reviewer = required(reviewer, "评价人", 60, "reviewer")
    present = queries.round_of(work.db, proposal_id)
    taken = select(Review.id).where(Review.proposal_id == proposal_id, Review.round == present)
    if work.db.scalar(taken.where(Review.reviewer == reviewer)):
        raise AlreadyRated(reviewer=reviewer)
    row = Review(
        proposal_id=proposal_id,
        round=present,
        reviewer=reviewer,
        role=Role(role),
        rating=Rating(rating),
        comment=bounded(comment, "意见", 1000, "comment"),
        recorded_at=work.now,
        recorded_by=work.actor.name,
    )
    work.db.add(row)
    work.db.flush()
    facts = {"reviewer": f"{ROLE_WORDS[Role(role)]}{reviewer}", "rating": row.rating}
    chain.append(work, "review.recorded", f"proposal:{proposal_id}", **facts, round=present, comment=row.comment)
    if row.role == Role.PROPOSER:
        proposals.reach(work, proposal_id, "satisfaction.recorded", f"提议人评价：{row.rating}", review=row.id)
    return row.id


def follow_up(work: Work, proposal_id: int, *, visited: str, means: str, text: str) -> int:
    """Record a call on someone (回访) and return its number; `means` says how: 上门, 电话."""
    _at_step_of(work, proposal_id, "satisfaction")
    row = FollowUp(
        proposal_id=proposal_id,
        visited=required(visited, "回访对象", 60, "visited"),
        means=required(means, "回访方式", 60, "means"),
        text=required(text, "回访情况", 2000, "text"),
        recorded_at=work.now,
        recorded_by=work.actor.name,
    )
    work.db.add(row)
    work.db.flush()
    subject = f"proposal:{proposal_id}"
    chain.append(work, "review.followed_up", subject, reviewer=row.visited, summary=_summary(row.text), means=row.means)
    proposals.reach(work, proposal_id, "follow_up.recorded", f"{row.means}回访{row.visited}", follow_up=row.id)
    return row.id


def _at_step_of(work: Work, proposal_id: int, artefact: str) -> Proposal:
    """The running matter, once it has come to the step an artefact belongs to."""
    proposal = records.running(work.db, proposal_id)
    template = records.template(work.db, proposal)
    if template.artefact(artefact):
        step = template.step_of(artefact)
        if proposal.ordinal < template.ordinal(step.code):
            raise TooEarly(ordinal=proposal.ordinal, step=proposal.step_name, wanted=step.name)
    return proposal


def _open_order(work: Work, order_id: int) -> WorkOrder:
    order = work.db.get(WorkOrder, order_id)
    if order is None:
        raise Missing(what="办理责任单", id=order_id)
    if order.state != OrderState.ASSIGNED:
        raise OrderClosed(state=rules.STATE_WORDS[OrderState(order.state)])
    _at_step_of(work, order.proposal_id, "work_order")
    return order


def _replace_open(work: Work, proposal_id: int) -> None:
    rows = select(WorkOrder).where(WorkOrder.proposal_id == proposal_id, WorkOrder.state == OrderState.ASSIGNED)
    for row in work.db.scalars(rows):
        row.state, row.closed_at = OrderState.REPLACED, work.now


def _append_report(work: Work, order: WorkOrder, percent: int, text: str, evidence: Evidence) -> Progress:
    row = Progress(order_id=order.id, percent=percent, text=text, reported_at=work.now, reported_by=work.actor.name)
    work.db.add(row)
    work.db.flush()
    _attach_all(work, f"progress:{row.id}", "进展照片", evidence)
    facts = {"order": order.id, "percent": percent, "summary": _summary(text), "files": len(evidence)}
    chain.append(work, "work_order.progress", f"proposal:{order.proposal_id}", **facts)
    proposals.reach(work, order.proposal_id, "progress.recorded", f"{percent}%：{_summary(text)}", progress=row.id)
    return row


def _attach_all(work: Work, subject: str, kind: str, evidence: Evidence) -> None:
    if len(evidence) > rules.MOST_PHOTOS:
        raise rules.TooManyFiles(limit=rules.MOST_PHOTOS)
    for name, content in evidence:
        attach(work, subject, kind, name, content)


def _summary(text: str) -> str:
    """The first line of a text, at most 60 characters."""
    first = text.splitlines()[0]
    return first if len(first) <= 60 else first[:59] + "…"
