"""What is under way behind an artefact, in one line: a vote's turnout, the work's progress, forms returned, objections."""

from collections.abc import Callable, Mapping

from consult_app.documents.rules import DocumentState
from consult_app.followup.queries import satisfaction
from consult_app.kernel.text import area_words, moment_words
from consult_app.meetings.queries import meeting
from consult_app.meetings.rules import STATE_WORDS as MEETING_WORDS
from consult_app.proposals.queries import ArtefactFacts
from consult_app.voting.choices import MotionState
from consult_app.voting.queries import turnout
from ui.pages.matter import papers
from ui.pages.matter.bench import Bench
from ui.pages.matter.more import notice_of


def note_of(bench: Bench, artefact: ArtefactFacts) -> str:
    """The line under an artefact of the present step; blank when there is nothing to say."""
    found = NOTES.get(artefact.code)
    return found(bench, artefact) if found else ""


def _meeting(bench: Bench, artefact: ArtefactFacts) -> str:
    if bench.meeting_id is None or artefact.reached:
        return ""
    facts = bench.desk.ask(meeting, bench.meeting_id)
    return f"{moment_words(facts.starts_at)}，{facts.place}，{MEETING_WORDS[facts.state]}"


def _plan(bench: Bench, artefact: ArtefactFacts) -> str:
    motion = bench.motion
    return f"{moment_words(motion.closes_at)} 截止" if motion else ""


def _turnout(bench: Bench, artefact: ArtefactFacts) -> str:
    """How many took part; never what they chose."""
    motion = bench.motion
    if motion is None or motion.state not in (MotionState.OPEN, MotionState.CLOSED) or artefact.reached:
        return ""
    found = bench.desk.ask(turnout, motion.id)
    area = f" {area_words(found.participating.area)} ㎡" if found.participating.area else ""
    until = f"，{moment_words(motion.closes_at)} 截止" if motion.state is MotionState.OPEN else "，已截止，待宣布"
    return f"已参与 {found.participating.heads} 人{area}{until}"


def _progress(bench: Bench, artefact: ArtefactFacts) -> str:
    order = papers.order_of(bench)
    return f"完成 {order.percent}%，{order.unit} {order.responsible}" if order and order.progress else ""


def _satisfaction(bench: Bench, artefact: ArtefactFacts) -> str:
    found = bench.desk.ask(satisfaction, bench.matter.id)
    return found.words if found.returned else ""


def _notice(bench: Bench, artefact: ArtefactFacts) -> str:
    notice = notice_of(bench, bench.paper(artefact, DocumentState.ISSUED))
    if notice is None:
        return ""
    objections = f"，收到异议 {len(notice.objections)} 件" if notice.objections else ""
    waiting = f"，{notice.open_objections} 件待答复" if notice.open_objections else ""
    down = "，已撤下" if notice.taken_down_on else ""
    return f"{notice.place}：{notice.standing.words}{down}{objections}{waiting}"


NOTES: Mapping[str, Callable[[Bench, ArtefactFacts], str]] = {
    "attendance": _meeting,
    "ballot_plan": _plan,
    "count_sheet": _turnout,
    "progress": _progress,
    "satisfaction": _satisfaction,
    "meeting_notice": _notice,
    "result_notice": _notice,
    "implementation_notice": _notice,
}
"""By artefact."""
