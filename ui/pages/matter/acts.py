"""What to do about what an artefact lacks: one table from (artefact, missing state) to a button.

A state that no line of the table names falls back to the state's own way, so that a template of one's own works too.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from consult_app.documents.rules import DocumentState
from consult_app.followup.rules import OrderState
from consult_app.meetings.queries import meeting
from consult_app.proposals.queries import ArtefactFacts, ArtefactState
from consult_app.voting.choices import MotionState
from ui.dialogs.call_meeting import CallMeeting
from ui.dialogs.close_out import CloseOut
from ui.dialogs.filing import FileMatter
from ui.dialogs.motion import DraftMotion
from ui.dialogs.posting import Post
from ui.dialogs.progress import ReportProgress
from ui.dialogs.record_paper import RecordPaper
from ui.dialogs.review import FollowUpCall, Rate
from ui.dialogs.scan import AttachScan
from ui.dialogs.screening import Screening
from ui.dialogs.signature import Signature
from ui.dialogs.work_order import AssignWork
from ui.pages.matter import papers
from ui.pages.matter.bench import Bench
from ui.pages.matter.ways import change_registration

Words = Callable[[Bench, ArtefactFacts], str]


def _nothing(bench: Bench, artefact: ArtefactFacts) -> str:
    return ""


@dataclass(frozen=True)
class Act:
    """One button: its words, what it does, and why it cannot be pressed now (blank when it can).

    `words_now` says other words when the matter has come further (`去会议` instead of `召集会议`).
    """

    words: str
    run: Callable[[Bench, ArtefactFacts], object]
    why_not: Words = _nothing
    words_now: Words = _nothing

    def label(self, bench: Bench, artefact: ArtefactFacts) -> str:
        """The words on the button as the matter stands."""
        return self.words_now(bench, artefact) or self.words


def act_of(artefact: ArtefactFacts) -> Act | None:
    """What to do about the first state an artefact lacks; None when nothing is left to do but wait."""
    if artefact.state in (ArtefactState.COMPLETE, ArtefactState.WAITING):
        return None
    state = lacking(artefact)
    if state is None:  # every state is reached, but its counts fall short of the law's floor
        return ACTS.get((artefact.code, artefact.needs[0])) or BY_STATE[artefact.needs[0]]
    return ACTS.get((artefact.code, state)) or BY_STATE[state]


def lacking(artefact: ArtefactFacts) -> str | None:
    """The first state an artefact has not reached."""
    reached = {one.state for one in artefact.reached}
    return next((state for state in artefact.needs if state not in reached), None)


# meetings and votes have pages of their own


def _go_to_meeting(bench: Bench, artefact: ArtefactFacts) -> None:
    if bench.meeting_id is not None:
        bench.go("meeting", id=bench.meeting_id)
        return
    bench.open(CallMeeting(bench.desk, bench.matter, lambda id: bench.go("meeting", id=id), bench.parent))


def _meeting_words(bench: Bench, artefact: ArtefactFacts) -> str:
    return "去会议" if bench.meeting_id is not None else ""


def _go_to_vote(bench: Bench, artefact: ArtefactFacts) -> None:
    motion = bench.motion
    if motion is not None:
        bench.go("vote", id=motion.id)
        return
    sheet = DraftMotion(bench.desk, bench.matter.id, bench.parent)
    sheet.accepted.connect(lambda: bench.go("vote", id=sheet.made))
    bench.open(sheet)


def _vote_words(bench: Bench, artefact: ArtefactFacts) -> str:
    motion = bench.motion
    if motion is None:
        return ""
    return "去冻结" if motion.state is MotionState.DRAFTED else "去表决"


def _no_motion(bench: Bench, artefact: ArtefactFacts) -> str:
    return "" if bench.motion else "先起草并冻结表决方案"


def _no_meeting_words(bench: Bench, artefact: ArtefactFacts) -> str:
    return "" if bench.meeting_id is not None else "先召集会议"


# papers


def _sign(bench: Bench, artefact: ArtefactFacts) -> None:
    bench.open(Signature(bench.desk, bench.matter, artefact, _known(bench, artefact), bench.parent), artefact.code)


def _known(bench: Bench, artefact: ArtefactFacts) -> dict[str, str]:
    """Who is known to sign, by role."""
    matter, found = bench.matter, dict[str, str]()
    if artefact.code == "registration":
        found["提议人或代录人"] = matter.recorder if matter.taken_down else matter.proposer
    if artefact.code == "work_order" and (order := papers.order_of(bench)):
        found["责任人"] = order.responsible
    if bench.meeting_id is not None:
        facts = bench.desk.ask(meeting, bench.meeting_id)
        found |= {"主持人": facts.chair, "记录人": facts.recorder}
        if facts.counts.present:
            found["到会人员"] = found["参加协商人员"] = f"实到 {facts.counts.present} 人，名单见签到表"
    return found


def _record(bench: Bench, artefact: ArtefactFacts) -> None:
    bench.open(RecordPaper(bench.desk, bench.matter, artefact, bench.parent), artefact.code)


def _screen(bench: Bench, artefact: ArtefactFacts) -> None:
    bench.open(Screening(bench.desk, bench.matter, bench.parent))


def _draft_words(bench: Bench, artefact: ArtefactFacts) -> str:
    return "继续起草" if bench.paper(artefact, DocumentState.DRAFT) else ""


def _vote_undeclared(bench: Bench, artefact: ArtefactFacts) -> str:
    plan = bench.matter.artefact("ballot_plan")
    if plan is None or not plan.needed or papers.closed_motion(bench) is not None:
        return ""
    return "宣布表决结果以后起草"


def _post(bench: Bench, artefact: ArtefactFacts) -> None:
    line = bench.paper(artefact, DocumentState.ISSUED)
    if line is None:
        papers.open_paper(bench, artefact)
        return
    again = any(one.state == "posted" for one in artefact.reached)
    bench.open(Post(bench.desk, line.id, line.title, again, bench.parent), artefact.code)


def _scan(bench: Bench, artefact: ArtefactFacts) -> None:
    source = bench.matter.artefact("resolution") if artefact.code == "signed_minutes" else artefact
    line = bench.paper(source, DocumentState.ISSUED) if source else None
    bench.open(AttachScan(bench.desk, line, bench.parent), artefact.code)


def _scan_or_sign(bench: Bench, artefact: ArtefactFacts) -> None:
    if bench.paper(artefact, DocumentState.ISSUED):
        _scan(bench, artefact)
    else:
        _sign(bench, artefact)


# carrying out, rating, filing


def _assign(bench: Bench, artefact: ArtefactFacts) -> None:
    bench.open(AssignWork(bench.desk, bench.matter, bench.parent))


def _no_order(bench: Bench, artefact: ArtefactFacts) -> str:
    order = papers.order_of(bench)
    return "" if order and order.state is OrderState.ASSIGNED else "先交办"


def _no_progress(bench: Bench, artefact: ArtefactFacts) -> str:
    order = papers.order_of(bench)
    return _no_order(bench, artefact) or ("" if order and order.progress else "先登记进展")


def _not_closed(bench: Bench, artefact: ArtefactFacts) -> str:
    order = papers.order_of(bench)
    return "" if order and order.state is OrderState.CLOSED else "办结以后起草"


def _report(bench: Bench, artefact: ArtefactFacts) -> None:
    order = papers.order_of(bench)
    if order is not None:
        bench.open(ReportProgress(bench.desk, order, bench.parent))


def _close_out(bench: Bench, artefact: ArtefactFacts) -> None:
    order = papers.order_of(bench)
    if order is not None:
        bench.open(CloseOut(bench.desk, order, bench.parent))


def _rate(bench: Bench, artefact: ArtefactFacts) -> None:
    bench.open(Rate(bench.desk, bench.matter, bench.parent))


def _follow_up(bench: Bench, artefact: ArtefactFacts) -> None:
    bench.open(FollowUpCall(bench.desk, bench.matter, bench.parent))


def _file(bench: Bench, artefact: ArtefactFacts) -> None:
    bench.open(FileMatter(bench.desk, bench.matter, bench.parent))


_DRAFT = Act("起草", papers.open_paper, words_now=_draft_words)
_MEET = Act("召集会议", _go_to_meeting, words_now=_meeting_words)

ACTS: Mapping[tuple[str, str], Act] = {
    ("registration", "recorded"): Act("重新登记", lambda bench, artefact: change_registration(bench)),
    ("screening", "recorded"): Act("审定", _screen),
    ("attendance", "recorded"): _MEET,
    ("record", "recorded"): Act("去会议", _go_to_meeting, why_not=_no_meeting_words),
    ("opinion", "recorded"): Act("去会议", _go_to_meeting, why_not=_no_meeting_words),
    ("ballot_plan", "frozen"): Act("起草表决方案", _go_to_vote, words_now=_vote_words),
    ("voting_roll", "frozen"): Act("去表决", _go_to_vote, why_not=_no_motion, words_now=_vote_words),
    ("count_sheet", "recorded"): Act("去表决", _go_to_vote, why_not=_no_motion),
    ("count_sheet", "signed"): Act("附上签字件", _scan_or_sign),
    ("resolution", "issued"): Act("起草", papers.open_paper, why_not=_vote_undeclared, words_now=_draft_words),
    ("resolution", "signed"): Act("附上签字件", _scan_or_sign),
    ("result_notice", "issued"): Act("起草", papers.open_paper, why_not=_vote_undeclared, words_now=_draft_words),
    ("work_order", "assigned"): Act("交办", _assign),
    ("progress", "recorded"): Act("登记进展", _report, why_not=_no_order),
    ("closing", "recorded"): Act("办结", _close_out, why_not=_no_progress),
    ("implementation_notice", "issued"): Act("起草", papers.open_paper, why_not=_not_closed, words_now=_draft_words),
    ("satisfaction", "recorded"): Act("登记评议", _rate),
    ("follow_up", "recorded"): Act("登记回访", _follow_up),
    ("signed_minutes", "scanned"): Act("附上签字件", _scan),
    ("filing", "filed"): Act("归档", _file),
}
"""By artefact and the state it lacks."""

BY_STATE: Mapping[str, Act] = {
    "recorded": Act("登记", _record),
    "assigned": Act("交办", _assign),
    "frozen": Act("去表决", _go_to_vote, words_now=_vote_words),
    "issued": _DRAFT,
    "signed": Act("登记签字", _sign),
    "posted": Act("登记张贴", _post),
    "scanned": Act("附上签字件", _scan),
    "filed": Act("归档", _file),
}
"""By the state alone, for artefacts the table does not name."""

AGAIN: Mapping[str, Act] = {
    "progress": ACTS["progress", "recorded"],
    "satisfaction": ACTS["satisfaction", "recorded"],
    "follow_up": ACTS["follow_up", "recorded"],
    "work_order": Act("改派", _assign),
    "screening": Act("重新审定", _screen),
}
"""What can be done once more when it has been done."""
