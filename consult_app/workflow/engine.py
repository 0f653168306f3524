"""What still stands in the way of completing a step, and until when it is due. Pure.

The engine is told what was reached and asks nothing: a quorum or a vote is proved by the milestone another package
reached. The same obstacles grey the button and guard the action.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from consult_app.kernel.text import short_day
from consult_app.workflow import deadlines
from consult_app.workflow.deadlines import ONE_DAY
from consult_app.workflow.template import HELD, Artefact, Deadline, Floor, Step, Template, Wait

_LACKS = {
    "recorded": "还缺{name}",
    "assigned": "{name}还没有交办",
    "frozen": "{name}还没有冻结",
    "issued": "{name}还没有印发",
    "signed": "{name}还缺签字（{signers}）",
    "posted": "还缺{name}的张贴记录",
    "scanned": "还缺{name}的签字扫描件",
    "filed": "还没有归档（{name}）",
}


@dataclass(frozen=True)
class Reached:
    """A milestone that stands: the legal day it happened on, and its counts or other evidence."""

    on: date
    evidence: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Obstacle:
    """One thing a step still lacks: `code` the milestone, `by` who has to see to it, `until` the last day for it.

    `opens_on` is the first day on which a mere wait is over; None for anything that has to be done.
    """

    code: str
    artefact: str
    text: str
    by: str = ""
    until: date | None = None
    opens_on: date | None = None

    @property
    def words(self) -> str:
        """What is missing, who has to do it and until when, in one line."""
        if self.opens_on:
            return self.text
        until = f"，{short_day(self.until)}前" if self.until else ""
        return f"{self.text}，由{self.by}办理{until}" if self.by else f"{self.text}{until}"


def obstacles(
    template: Template,
    step_code: str,
    milestones: Mapping[str, Reached],
    flags: Collection[str],
    waits: Mapping[str, int],
    today: date | None,
    until: date | None = None,
) -> tuple[Obstacle, ...]:
    """What keeps a step from being completed today: at most one line for each artefact, in the template's order.

    `milestones` by code `<artefact>.<state>`; `flags` are those set; `waits` gives the days of the matter by name.
    Without `today` a wait that has begun counts as not over; `until` is the day the step is due.
    """
    found = []
    for artefact in template.step(step_code).artefacts:
        if is_needed(artefact, flags):
            own = due(artefact.deadline, None, milestones) or until
            obstacle = obstacle_of(artefact, milestones, waits, today, own)
            if obstacle:
                found.append(obstacle)
    return tuple(found)


def is_needed(artefact: Artefact, flags: Collection[str]) -> bool:
    """Whether a matter with these flags needs the artefact."""
    return not artefact.when or artefact.when in flags


def due(deadline: Deadline | None, started: date | None, milestones: Mapping[str, Reached]) -> date | None:
    """The last day of a deadline; None without one, or while what it is counted from has not happened."""
    if deadline is None:
        return None
    if deadline.since == "start":
        first = started
    else:
        first = milestones[deadline.since].on if deadline.since in milestones else None
    if first is None:
        return None
    if deadline.working:
        return deadlines.working_days_after(first, deadline.days)
    return deadlines.period_end(first, deadline.days)


def reminders(step: Step, started: date, due_on: date) -> tuple[date, ...]:
    """The days on which to remind, by the step's percentages of its time."""
    span = (due_on - started).days
    return tuple(deadlines.days_after(started, span * percent // 100) for percent in step.reminders)


def wait_days(wait: Wait, waits: Mapping[str, int]) -> int:
    """How many days a wait lasts for this matter."""
    return wait.days if isinstance(wait.days, int) else waits.get(wait.days, wait.default)


def wait_end(wait: Wait, posted: date, waits: Mapping[str, int]) -> date:
    """The last day of a wait. An objection period that ends on a holiday runs through the next working day."""
    days = wait_days(wait, waits)
    return deadlines.period_end(posted, days) if wait.closed else deadlines.days_after(posted, days)


def opens_on(wait: Wait, posted: date, waits: Mapping[str, int]) -> date:
    """The first day on which a wait is over.

    A notice posted N days ahead allows the meeting on its Nth day (property-regulation-14); an objection may be raised
    through the whole last day, so what follows begins the day after.
    """
    end = wait_end(wait, posted, waits)
    return end + ONE_DAY if wait.closed and wait_days(wait, waits) else end


def obstacle_of(
    artefact: Artefact,
    milestones: Mapping[str, Reached],
    waits: Mapping[str, int],
    today: date | None,
    until: date | None = None,
) -> Obstacle | None:
    """What one artefact lacks first; None when it is complete."""
    for state in artefact.needs:
        code = f"{artefact.code}.{state}"
        if code not in milestones:
            text = _LACKS[state].format(name=artefact.name, signers="、".join(artefact.signers))
            return Obstacle(code, artefact.code, text, artefact.by, until)
        if artefact.floor and (short := _below(artefact.name, artefact.floor, milestones[code].evidence)):
            return Obstacle(f"{artefact.code}.floor", artefact.code, short, artefact.by, until)
    if (held := f"{artefact.code}.{HELD}") in milestones:
        return Obstacle(held, artefact.code, f"{artefact.name}收到的异议还没有答复", artefact.by, until)
    if artefact.wait and (posted := milestones.get(f"{artefact.code}.{artefact.wait.after}")):
        return _waiting(artefact, artefact.wait, posted.on, waits, today)
    return None


def _waiting(
    artefact: Artefact, wait: Wait, posted: date, waits: Mapping[str, int], today: date | None
) -> Obstacle | None:
    days, opens = wait_days(wait, waits), opens_on(wait, posted, waits)
    if not days or (today is not None and today >= opens):
        return None
    last = wait_end(wait, posted, waits)
    rest = f"还需 {(opens - today).days} 天" if today else f"到{short_day(last)}"
    kind = f"异议期 {days} 天（到{short_day(last)}止）未满" if wait.days == "objection" else f"须张贴满 {days} 天"
    return Obstacle(f"{artefact.code}.wait", artefact.code, f"{artefact.name}{kind}，{rest}", opens_on=opens)


def _below(name: str, floor: Floor, evidence: Mapping[str, Any]) -> str:
    """Why the counts in the evidence do not reach the floor; blank when they do, or when this state has none."""
    if "expected" not in evidence:
        return ""
    expected, present, agreed = (int(evidence.get(key, 0)) for key in ("expected", "present", "agreed"))
    if expected <= 0 or present * floor.present[1] < expected * floor.present[0]:
        return f"{name}：应到 {expected} 人，实到 {present} 人，不足{_share(floor.present)}"
    if agreed * floor.agree[1] < present * floor.agree[0]:
        return f"{name}：实到 {present} 人，赞成 {agreed} 人，不足{_share(floor.agree)}"
    return ""


def _share(fraction: tuple[int, int]) -> str:
    return {(1, 2): "半数", (2, 3): "三分之二", (3, 4): "四分之三"}.get(fraction, f"{fraction[0]}/{fraction[1]}")
