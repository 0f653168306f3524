"""The home page: what is due today, what is late, what is under way, and which periods run."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult_app.bodies.rules import LEVEL_WORDS
from consult_app.kernel.text import legal_day
from consult_app.proposals import listing, records
from consult_app.proposals.listing import ProposalLine
from consult_app.proposals.rules import ProposalState, waits_of
from consult_app.proposals.tables import Milestone, Proposal, StepRun
from consult_app.workflow import engine
from consult_app.workflow.engine import Obstacle, Reached
from consult_app.workflow.template import Template

READY = "材料已齐，可以完成这一步"


@dataclass(frozen=True)
class HomeLine:
    """One matter on the home page: what comes next (`note`), when (`days`), and whether the step can be completed.

    `due_on` is the nearest day: of the step, of a paper, or the end of a mere wait.
    """

    line: ProposalLine
    note: str
    days: str
    due_on: date | None
    ready: bool
    flagged: bool


@dataclass(frozen=True)
class Home:
    """The three columns of the home page, the most pressing first."""

    due_today: tuple[HomeLine, ...]
    overdue: tuple[HomeLine, ...]
    running: tuple[HomeLine, ...]


@dataclass(frozen=True)
class Period:
    """A notice or objection period: posted on `first`, over after `last`."""

    proposal_id: int
    title: str
    artefact: str
    name: str
    first: date
    last: date
    is_objection: bool


def home(db: Session, body_id: int, today: date) -> Home:
    """What a secretary has to see to. In 今天要办: what is due today, can be completed, or has come to a reminder day."""
    lines = [
        _home_line(line, row, template, reached, today, reminded)
        for line, row, template, reached, reminded in _running(db, body_id, today)
    ]
    lines.sort(key=lambda one: (one[0].due_on or date.max, one[0].line.id))
    late = tuple(one for one, _ in lines if one.days.startswith("逾期"))
    now = tuple(one for one, pressing in lines if pressing and one not in late)
    rest = tuple(one for one, _ in lines if one not in late and one not in now)
    return Home(now, late, rest)


def periods(db: Session, body_id: int, first: date, last: date) -> tuple[Period, ...]:
    """The notice and objection periods of running matters that touch the days from `first` to `last`, earliest first."""
    found = []
    for line, row, template, reached, _ in _running(db, body_id, first):
        waits = waits_of(row.notice_days, row.objection_days)
        for artefact in (artefact for step in template.steps for artefact in step.artefacts):
            posted = artefact.wait and reached.get(f"{artefact.code}.{artefact.wait.after}")
            if artefact.wait and posted and engine.wait_days(artefact.wait, waits):
                end = engine.wait_end(artefact.wait, posted.on, waits)
                if posted.on <= last and end >= first:
                    names = (line.id, line.title, artefact.code, artefact.name)
                    found.append(Period(*names, posted.on, end, artefact.wait.closed))
    return tuple(sorted(found, key=lambda period: (period.first, period.proposal_id)))


_Running = tuple[ProposalLine, Proposal, Template, dict[str, Reached], bool]


def _running(db: Session, body_id: int, today: date) -> list[_Running]:
    """Every running matter with its template, what it has reached and whether today is a reminder day: five reads."""
    lines = {line.id: line for line in listing.proposals(db, body_id, ProposalState.RUNNING)}
    mine = (Proposal.body_id == body_id, Proposal.state == ProposalState.RUNNING)
    rows = db.scalars(select(Proposal).where(*mine)).all()
    templates = records.templates(db, {row.template_digest for row in rows})
    reached: dict[int, list[Milestone]] = defaultdict(list)
    for milestone in db.scalars(select(Milestone).join(Proposal).where(*mine).order_by(Milestone.id)):
        reached[milestone.proposal_id].append(milestone)
    runs = db.scalars(select(StepRun).join(Proposal).where(*mine, StepRun.completed_at.is_(None))).all()
    present = {(run.proposal_id, run.step_code): run for run in runs if run.returned_at is None}
    return [
        (
            lines[row.id],
            row,
            templates[row.template_digest],
            records.standing(reached[row.id], templates[row.template_digest]),
            _is_reminder(templates[row.template_digest], present[(row.id, row.step_code)], today),
        )
        for row in rows
    ]


def _is_reminder(template: Template, run: StepRun, today: date) -> bool:
    step = template.step(run.step_code)
    return run.due_on is not None and today in engine.reminders(step, legal_day(run.started_at), run.due_on)


def _home_line(
    line: ProposalLine,
    row: Proposal,
    template: Template,
    reached: dict[str, Reached],
    today: date,
    reminded: bool,
) -> tuple[HomeLine, bool]:
    found = records.obstacles(row, template, reached, today)
    due_on = _nearest(line.due_on, found)
    ready, flagged = not found, line.is_flagged(today)
    days = "可办" if ready and (due_on is None or due_on >= today) else listing.due_words(due_on, today)
    pressing = ready or reminded or due_on == today
    return HomeLine(line, _note(line, found, flagged), days, due_on, ready, flagged), pressing


def _nearest(due_on: date | None, found: Sequence[Obstacle]) -> date | None:
    """When something has to be done: the earliest day for it; when one can only wait: the day that is over."""
    to_do = [one for one in found if one.opens_on is None]
    days = [one.until for one in to_do if one.until] + ([due_on] if due_on and to_do else [])
    if found and not to_do:
        return max(one.opens_on for one in found if one.opens_on)
    return min(days, default=due_on)


def _note(line: ProposalLine, found: Sequence[Obstacle], flagged: bool) -> str:
    if flagged:
        level = line.next_level
        return f"已 {line.overdue_times + 1} 次逾期，应报{LEVEL_WORDS[level] if level else '街道（乡镇）'}督办"
    if not found:
        return READY
    return found[0].text if len(found) == 1 else f"还差 {len(found)} 项：{found[0].text}"
