"""Which document an artefact is, and how its draft comes about; opened to be read, edited, issued and printed."""

from collections.abc import Callable, Mapping

from consult_app.bodies.queries import body
from consult_app.bodies.rules import BodyKind
from consult_app.documents import actions, drafting
from consult_app.documents.model import Block, Document, Paragraph, SignOff, Title
from consult_app.documents.queries import DocumentLine
from consult_app.documents.rules import DocumentKind, DocumentState
from consult_app.followup.queries import WorkOrderFacts, reviews, satisfaction, work_orders
from consult_app.kernel.errors import Refused
from consult_app.kernel.text import day_words, legal_day
from consult_app.proposals.queries import ArtefactFacts
from consult_app.voting.choices import MotionState
from ui.dialogs.document_edit import DocumentEdit
from ui.dialogs.plan_notice import PlanNotice
from ui.pages.matter.bench import Bench


class TooEarly(Refused):
    """A document is to be drafted before what it tells has happened."""

    text = "{what}以后才能起草「{name}」。"


def open_paper(bench: Bench, artefact: ArtefactFacts) -> None:
    """Open the artefact's document; a new draft where there is none yet."""
    found = bench.paper(artefact)
    if found is not None:
        show(bench, found)
    elif artefact.code == "meeting_notice":
        bench.open(PlanNotice(bench.desk, bench.matter, lambda id: show_id(bench, id), bench.parent))
    else:
        show_id(bench, DRAFTS.get(artefact.code, _plain)(bench, artefact))


def redraft(bench: Bench, artefact: ArtefactFacts) -> None:
    """Put the draft aside and draft anew from what is recorded now."""
    found = bench.paper(artefact, DocumentState.DRAFT)
    if found is not None:
        bench.do(actions.void, found.id, "重新起草")
    open_paper(bench, artefact)


def show(bench: Bench, line: DocumentLine) -> None:
    """Open one document."""
    show_id(bench, line.id)


def show_id(bench: Bench, document_id: int) -> None:
    """Open one document by its number."""
    bench.open(DocumentEdit(bench.desk, document_id, bench.parent))


def flow_sheet(bench: Bench) -> None:
    """Draft the 议事流程单 as the matter stands, and open it."""
    filed = bench.matter.artefact("filing")
    code = str(filed.reached[-1].evidence.get("archive_code", "")) if filed and filed.reached else ""
    show_id(bench, bench.do(drafting.draft_flow_sheet, bench.matter.id, code))


def closed_motion(bench: Bench) -> int | None:
    """The newest motion when its result has been declared."""
    motion = bench.motion
    return motion.id if motion and motion.state is MotionState.DECLARED else None


def order_of(bench: Bench) -> WorkOrderFacts | None:
    """The newest work order of the matter."""
    orders = bench.desk.ask(work_orders, bench.matter.id)
    return orders[-1] if orders else None


def _registration(bench: Bench, artefact: ArtefactFacts) -> int:
    return int(bench.do(drafting.draft_registration, bench.matter.id))


def _screening(bench: Bench, artefact: ArtefactFacts) -> int:
    return int(bench.do(drafting.draft_screening, bench.matter.id))


def _sign_in(bench: Bench, artefact: ArtefactFacts) -> int:
    return int(bench.do(drafting.draft_sign_in_sheet, _meeting(bench, artefact)))


def _record(bench: Bench, artefact: ArtefactFacts) -> int:
    return int(bench.do(drafting.draft_record, _meeting(bench, artefact)))


def _opinion(bench: Bench, artefact: ArtefactFacts) -> int:
    return int(bench.do(drafting.draft_minutes, _meeting(bench, artefact)))


def _count_sheet(bench: Bench, artefact: ArtefactFacts) -> int:
    return int(bench.do(drafting.draft_count_sheet, _declared(bench, artefact)))


def _resolution(bench: Bench, artefact: ArtefactFacts) -> int:
    motion_id = _declared(bench, artefact) if _votes(bench) else None
    is_owners = bench.desk.ask(body, bench.matter.body_id).kind is BodyKind.OWNERS
    if motion_id is not None and (is_owners or bench.meeting_id is None):
        return int(bench.do(drafting.draft_owners_minutes, motion_id))
    return int(bench.do(drafting.draft_minutes, _meeting(bench, artefact), motion_id=motion_id))


def _result_notice(bench: Bench, artefact: ArtefactFacts) -> int:
    motion_id = _declared(bench, artefact) if _votes(bench) else None
    return int(bench.do(drafting.draft_result_notice, bench.matter.id, motion_id))


def _work_order(bench: Bench, artefact: ArtefactFacts) -> int:
    order = _order(bench, artefact)
    facts = {"responsible": order.responsible, "unit": order.unit, "task": order.task, "due_on": order.due_on}
    return int(bench.do(drafting.draft_work_order, bench.matter.id, **facts, budget=order.budget_words))


def _implementation_notice(bench: Bench, artefact: ArtefactFacts) -> int:
    order = _order(bench, artefact)
    result = order.closing or "\n".join(one.text for one in order.progress)
    return int(
        bench.do(
            drafting.draft_implementation_notice,
            bench.matter.id,
            responsible=f"{order.unit} {order.responsible}",
            task=order.task,
            due_on=order.due_on,
            closed_on=legal_day(order.closed_at) if order.closed_at else None,
            result=result,
        )
    )


def _satisfaction(bench: Bench, artefact: ArtefactFacts) -> int:
    counted = bench.desk.ask(satisfaction, bench.matter.id)
    lines = tuple((one.role_words, one.rating.value, one.comment) for one in bench.desk.ask(reviews, bench.matter.id))
    counts = (counted.satisfied, counted.fair, counted.dissatisfied)
    return int(bench.do(drafting.draft_satisfaction_sheet, bench.matter.id, counts=counts, lines=lines))


def _plain(bench: Bench, artefact: ArtefactFacts) -> int:
    """A paper that only a template of one's own asks for: a title, what the matter says, and who issues it."""
    matter = bench.matter
    issuer = bench.desk.ask(body, matter.body_id).name
    title = f"关于{matter.title}的{artefact.name}"
    texts = (f"事项：{matter.wish}", f"涉及范围：{matter.affected_range}", "（请在这里填写内容）")
    blocks: tuple[Block, ...] = (
        Title(title),
        *(Paragraph(text) for text in texts),
        SignOff(issuer, day_words(bench.desk.today)),
    )
    content = Document(artefact.name, title, blocks, large="posted" in artefact.needs)
    kind = DocumentKind.MEETING_NOTICE if "posted" in artefact.needs else DocumentKind.RECORD
    return int(bench.do(actions.draft, kind, content, proposal_id=matter.id, artefact=artefact.code))


def _votes(bench: Bench) -> bool:
    plan = bench.matter.artefact("ballot_plan")
    return plan is not None and plan.needed


def _meeting(bench: Bench, artefact: ArtefactFacts) -> int:
    if bench.meeting_id is None:
        raise TooEarly(what="召集会议", name=artefact.name)
    return bench.meeting_id


def _declared(bench: Bench, artefact: ArtefactFacts) -> int:
    found = closed_motion(bench)
    if found is None:
        raise TooEarly(what="宣布表决结果", name=artefact.name)
    return found


def _order(bench: Bench, artefact: ArtefactFacts) -> WorkOrderFacts:
    found = order_of(bench)
    if found is None:
        raise TooEarly(what="交办", name=artefact.name)
    return found


DRAFTS: Mapping[str, Callable[[Bench, ArtefactFacts], int]] = {
    "registration": _registration,
    "screening": _screening,
    "attendance": _sign_in,
    "record": _record,
    "opinion": _opinion,
    "count_sheet": _count_sheet,
    "resolution": _resolution,
    "result_notice": _result_notice,
    "work_order": _work_order,
    "implementation_notice": _implementation_notice,
    "satisfaction": _satisfaction,
}
"""How the draft of an artefact's document comes about; the call of a meeting asks for place and time first."""
