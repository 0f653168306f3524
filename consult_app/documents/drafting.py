"""Draft a matter's documents from what was recorded; each can be edited before it is issued."""

from dataclasses import replace
from datetime import date, datetime

from consult_app.bodies.rules import BodyKind
from consult_app.documents import gather, model, notice, sheets
from consult_app.documents.actions import draft
from consult_app.documents.count_sheet import count_sheet
from consult_app.documents.election import election_minutes, election_notice, election_sheet
from consult_app.documents.flow_sheet import FlowStep, flow_sheet
from consult_app.documents.matter import PostedNotice
from consult_app.documents.minutes import Task, minutes
from consult_app.documents.owners_minutes import owners_minutes
from consult_app.documents.proxy_notice import proxy_notice
from consult_app.documents.queries import newest
from consult_app.documents.rules import KIND_WORDS, Audience, DocumentKind, code_words
from consult_app.documents.voting_roll import voting_roll
from consult_app.documents.work_order import satisfaction_sheet, work_order
from consult_app.kernel.errors import Refused
from consult_app.kernel.text import legal_day
from consult_app.meetings import queries as meetings
from consult_app.proposals import queries as proposals
from consult_app.storage.store import Work
from consult_app.voting import queries as voting

NO_ARTEFACT = ""
"""The artefact of a document that is no step's paper: a masked copy, a flow sheet."""


class NoProxies(Refused):
    """There is no mandate to publish."""

    text = "还没有登记委托，没有名单可以公布。"


def draft_registration(work: Work, proposal_id: int) -> int:
    """Draft the 议题登记表."""
    content = sheets.registration(gather.matter(work.db, proposal_id))
    return draft(work, DocumentKind.REGISTRATION, content, proposal_id=proposal_id)


def draft_screening(work: Work, proposal_id: int) -> int:
    """Draft the 议题审定单."""
    content = sheets.screening(gather.matter(work.db, proposal_id))
    return draft(work, DocumentKind.SCREENING, content, proposal_id=proposal_id)


def draft_meeting_notice(
    work: Work,
    proposal_id: int,
    *,
    place: str,
    starts_at: datetime | None = None,
    meeting_id: int | None = None,
    motion_id: int | None = None,
    opens_at: datetime | None = None,
    pick_up: str = "",
) -> int:
    """Draft the 会前公告; with a motion it calls a vote that opens at `opens_at`; `pick_up` is where paper is handed out."""
    ballot = gather.ballot(work.db, motion_id) if motion_id else None
    if ballot and opens_at:
        ballot = replace(ballot, opens_at=opens_at)
    content = notice.meeting_notice(
        gather.matter(work.db, proposal_id),
        day=legal_day(work.now),
        place=place,
        starts_at=starts_at,
        ballot=ballot,
        pick_up=pick_up,
    )
    return draft(
        work,
        DocumentKind.MEETING_NOTICE,
        content,
        proposal_id=proposal_id,
        meeting_id=meeting_id,
        motion_id=motion_id,
    )


def draft_sign_in_sheet(work: Work, meeting_id: int) -> int:
    """Draft the 签到表 of a meeting."""
    facts = meetings.meeting(work.db, meeting_id)
    content = sheets.sign_in_sheet(facts)
    return draft(work, DocumentKind.SIGN_IN_SHEET, content, proposal_id=facts.proposal_id, meeting_id=meeting_id)


def draft_record(work: Work, meeting_id: int) -> int:
    """Draft the 议事记录 of a meeting."""
    facts = meetings.meeting(work.db, meeting_id)
    content = sheets.record(facts)
    return draft(work, DocumentKind.RECORD, content, proposal_id=facts.proposal_id, meeting_id=meeting_id)


def draft_minutes(
    work: Work,
    meeting_id: int,
    *,
    style: model.Style = "plain",
    motion_id: int | None = None,
    tasks: tuple[Task, ...] = (),
    number: str = "",
    audience: Audience = Audience.ARCHIVE,
) -> int:
    """Draft the 议事协商会议纪要 of a meeting; with a closed motion, or where no vote follows, they are the resolution."""
    if motion_id and voting.motion(work.db, motion_id).seats:
        return draft_election_minutes(work, motion_id, audience=audience)
    facts = meetings.meeting(work.db, meeting_id)
    matter = gather.matter(work.db, facts.proposal_id)
    content = minutes(
        matter,
        facts,
        day=legal_day(work.now),
        style=style,
        audience=audience,
        vote=gather.vote(work.db, motion_id) if motion_id else None,
        tasks=tasks,
        number=number,
    )
    resolves = motion_id is not None or not matter.has_vote
    return draft(
        work,
        DocumentKind.MINUTES,
        content,
        proposal_id=facts.proposal_id,
        meeting_id=meeting_id,
        motion_id=motion_id,
        artefact=_artefact(audience, "resolution" if resolves else "opinion"),
    )


def draft_owners_minutes(
    work: Work,
    motion_id: int,
    *,
    witnesses: tuple[str, ...] = (),
    result: PostedNotice | None = None,
    audience: Audience = Audience.ARCHIVE,
) -> int:
    """Draft the 业主大会会议纪要 of a closed vote; they are the resolution. Refused before the vote is closed.

    `result` is the notice of the result, once it was up, with the objections it met.
    """
    motion = voting.motion(work.db, motion_id)
    if motion.seats:
        return draft_election_minutes(work, motion_id, audience=audience)
    vote = gather.vote(work.db, motion_id)
    meeting_id = motion.meeting_id or _last_meeting(work, motion.proposal_id)
    content = owners_minutes(
        gather.matter(work.db, motion.proposal_id),
        vote,
        day=legal_day(work.now),
        audience=audience,
        meeting=meetings.meeting(work.db, meeting_id) if meeting_id else None,
        call=gather.posted(work.db, motion.proposal_id, "meeting_notice"),
        result=result,
        witnesses=witnesses,
    )
    return draft(
        work,
        DocumentKind.OWNERS_MINUTES,
        content,
        proposal_id=motion.proposal_id,
        meeting_id=meeting_id,
        motion_id=motion_id,
        artefact=_artefact(audience, "resolution"),
    )


def draft_election_minutes(work: Work, motion_id: int, *, audience: Audience = Audience.ARCHIVE) -> int:
    """Draft the 选举情况纪要 of a declared election or recall; it is the resolution."""
    facts = gather.election(work.db, motion_id)
    motion = facts.motion
    matter = gather.matter(work.db, motion.proposal_id)
    kind = DocumentKind.OWNERS_MINUTES if matter.kind is BodyKind.OWNERS else DocumentKind.MINUTES
    content = election_minutes(
        matter,
        facts,
        kind=kind,
        day=legal_day(work.now),
        proxies=sum(1 for one in voting.proxies(work.db, motion_id) if one.revoked_at is None),
        audience=audience,
        call=gather.posted(work.db, motion.proposal_id, "meeting_notice"),
    )
    return draft(
        work,
        kind,
        content,
        proposal_id=motion.proposal_id,
        meeting_id=motion.meeting_id,
        motion_id=motion_id,
        artefact=_artefact(audience, "resolution"),
    )


def draft_voting_roll(work: Work, motion_id: int, *, audience: Audience = Audience.ARCHIVE) -> int:
    """Draft the 票权清册 of a frozen motion, in full or masked to be posted."""
    motion = voting.motion(work.db, motion_id)
    voters = voting.explanation(work.db, motion_id).voters
    content = voting_roll(gather.matter(work.db, motion.proposal_id), motion, voters, audience)
    return draft(
        work,
        DocumentKind.VOTING_ROLL,
        content,
        proposal_id=motion.proposal_id,
        motion_id=motion_id,
        artefact=NO_ARTEFACT,
    )


def draft_count_sheet(work: Work, motion_id: int) -> int:
    """Draft the 计票表 of a closed vote."""
    motion = voting.motion(work.db, motion_id)
    matter = gather.matter(work.db, motion.proposal_id)
    if motion.seats:
        content = election_sheet(matter, gather.election(work.db, motion_id))
    else:
        content = count_sheet(matter, gather.vote(work.db, motion_id))
    return draft(work, DocumentKind.COUNT_SHEET, content, proposal_id=motion.proposal_id, motion_id=motion_id)


def draft_proxy_notice(work: Work, motion_id: int) -> int:
    """Draft the masked list of a motion's proxies, to be posted before the vote; refused (`NoProxies`) without one."""
    motion = voting.motion(work.db, motion_id)
    mandates = voting.proxies(work.db, motion_id, masked=True)
    if all(mandate.revoked_at for mandate in mandates):
        raise NoProxies
    terms = voting.proxy_terms(work.db, motion_id).sentences
    content = proxy_notice(gather.matter(work.db, motion.proposal_id), motion, terms, mandates, day=legal_day(work.now))
    return draft(
        work,
        DocumentKind.PROXY_NOTICE,
        content,
        proposal_id=motion.proposal_id,
        motion_id=motion_id,
        artefact=NO_ARTEFACT,
    )


def draft_result_notice(work: Work, proposal_id: int, motion_id: int | None = None) -> int:
    """Draft the 结果公示: of a closed vote, of who is elected, or of what the last meeting agreed."""
    if motion_id and voting.motion(work.db, motion_id).seats:
        content = election_notice(
            gather.matter(work.db, proposal_id),
            gather.election(work.db, motion_id),
            day=legal_day(work.now),
            objection_days=proposals.proposal(work.db, proposal_id).objection_days,
        )
        return draft(work, DocumentKind.RESULT_NOTICE, content, proposal_id=proposal_id, motion_id=motion_id)
    last = _last_meeting(work, proposal_id)
    opinion = meetings.opinion(work.db, last) if last else None
    content = notice.result_notice(
        gather.matter(work.db, proposal_id),
        day=legal_day(work.now),
        vote=gather.vote(work.db, motion_id) if motion_id else None,
        opinion=opinion.agreed if opinion else "",
        objection_days=proposals.proposal(work.db, proposal_id).objection_days,
    )
    return draft(work, DocumentKind.RESULT_NOTICE, content, proposal_id=proposal_id, motion_id=motion_id)


def draft_work_order(
    work: Work, proposal_id: int, *, responsible: str, unit: str, task: str, due_on: date, budget: str = ""
) -> int:
    """Draft the 办理责任单, resting on the matter's resolution."""
    content = work_order(
        gather.matter(work.db, proposal_id),
        basis=_resolution(work, proposal_id) or "议定意见",
        responsible=responsible,
        unit=unit,
        task=task,
        due_on=due_on,
        budget=budget,
    )
    return draft(work, DocumentKind.WORK_ORDER, content, proposal_id=proposal_id)


def draft_implementation_notice(
    work: Work,
    proposal_id: int,
    *,
    responsible: str,
    task: str,
    due_on: date,
    closed_on: date | None,
    result: str,
) -> int:
    """Draft the 落实公示."""
    content = notice.implementation_notice(
        gather.matter(work.db, proposal_id),
        day=legal_day(work.now),
        responsible=responsible,
        task=task,
        due_on=due_on,
        closed_on=closed_on,
        result=result,
    )
    return draft(work, DocumentKind.IMPLEMENTATION_NOTICE, content, proposal_id=proposal_id)


def draft_satisfaction_sheet(
    work: Work,
    proposal_id: int,
    *,
    counts: tuple[int, int, int],
    lines: tuple[tuple[str, str, str], ...] = (),
) -> int:
    """Draft the 满意度评议表: counts of 满意, 基本满意, 不满意, and lines of who, rating, comment."""
    content = satisfaction_sheet(gather.matter(work.db, proposal_id), counts=counts, lines=lines)
    return draft(work, DocumentKind.SATISFACTION_SHEET, content, proposal_id=proposal_id)


def draft_flow_sheet(work: Work, proposal_id: int, archive_code: str = "") -> int:
    """Draft the 议事流程单: proposer, resolution and notice on one page."""
    facts = proposals.proposal(work.db, proposal_id)
    steps = tuple(
        FlowStep(
            step.name,
            step.actor,
            legal_day(step.started_at) if step.started_at else None,
            legal_day(step.completed_at) if step.completed_at else None,
            tuple(f"{one.name}（{one.state_words}）" for one in step.artefacts if one.reached),
        )
        for step in facts.steps
    )
    call = gather.posted(work.db, proposal_id, "result_notice")
    content = flow_sheet(
        gather.matter(work.db, proposal_id),
        steps,
        resolution=_resolution(work, proposal_id),
        notice=call.words if call else "",
        archive_code=archive_code,
    )
    return draft(work, DocumentKind.FLOW_SHEET, content, proposal_id=proposal_id, artefact=NO_ARTEFACT)


def _artefact(audience: Audience, artefact: str) -> str:
    return artefact if audience is Audience.ARCHIVE else NO_ARTEFACT


def _last_meeting(work: Work, proposal_id: int) -> int | None:
    held = meetings.sessions(work.db, proposal_id)
    return max(held, key=lambda line: line.ordinal).id if held else None


def _resolution(work: Work, proposal_id: int) -> str:
    for kind in (DocumentKind.OWNERS_MINUTES, DocumentKind.MINUTES):
        found = newest(work.db, proposal_id, kind)
        if found:
            return f"{KIND_WORDS[kind]}（编号 {code_words(found.code)}）"
    return ""
