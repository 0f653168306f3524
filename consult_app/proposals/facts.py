"""A matter as the rest of the program sees it: frozen, with the words a page shows."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from consult_app.bodies.queries import VenueFacts
from consult_app.kernel.text import legal_day, short_day
from consult_app.proposals.listing import due_words
from consult_app.proposals.rules import (
    DECISION_WORDS,
    OUTCOME_WORDS,
    SOURCE_WORDS,
    DecisionBody,
    Outcome,
    ProposalState,
    Source,
    StepState,
)
from consult_app.workflow import deadlines
from consult_app.workflow.engine import Obstacle
from consult_app.workflow.template import HELD, STATE_WORDS, Template


class ArtefactState(StrEnum):
    """Where an artefact stands: nothing yet, begun, waiting for a period to pass, complete."""

    MISSING = "missing"
    BEGUN = "begun"
    WAITING = "waiting"
    COMPLETE = "complete"


@dataclass(frozen=True)
class ReachedFacts:
    """A milestone: the state reached, on which legal day, recorded when and by whom, with what evidence.

    `voided_at` is set for a version that was made void (作废).
    """

    code: str
    state: str
    version: int
    on: date
    at: datetime
    by: str
    what: str
    evidence: dict[str, Any]
    voided_at: datetime | None
    void_reason: str

    @property
    def state_words(self) -> str:
        """`已张贴`."""
        return "收到异议" if self.state == HELD else STATE_WORDS[self.state]


@dataclass(frozen=True)
class ArtefactFacts:
    """One artefact of a step: what stands, what it lacks first (`missing`, Chinese, blank when complete), who makes it.

    `versions` are the milestones that were made void, oldest first.
    """

    code: str
    name: str
    state: ArtefactState
    needed: bool
    needs: tuple[str, ...]
    by: str
    signers: tuple[str, ...]
    due_on: date | None
    reached: tuple[ReachedFacts, ...]
    missing: str
    obstacle: Obstacle | None
    versions: tuple[ReachedFacts, ...]

    @property
    def state_words(self) -> str:
        """The last state in words: `已张贴`, or `未形成`."""
        return self.reached[-1].state_words if self.reached else "未形成"


@dataclass(frozen=True)
class RunFacts:
    """One pass through a step."""

    round: int
    started_at: datetime
    due_on: date | None
    overdue_times: int
    completed_at: datetime | None
    completed_by: str
    returned_at: datetime | None
    return_reason: str


@dataclass(frozen=True)
class StepFacts:
    """One step of a matter with its artefacts; dates are those of its newest pass, `runs` are all of them."""

    code: str
    name: str
    short: str
    ordinal: int
    actor: str
    state: StepState
    started_at: datetime | None
    due_on: date | None
    completed_at: datetime | None
    completed_by: str
    return_reason: str
    artefacts: tuple[ArtefactFacts, ...]
    runs: tuple[RunFacts, ...]

    @property
    def caution(self) -> str:
        """What to print beside the due day when the holidays of its year are not known yet; blank otherwise."""
        return deadlines.uncertain_words(self.due_on) if self.due_on else ""

    def note(self, today: date) -> str:
        """The words under its node: `3月8日`, `还需 3 天`, `逾期 4 天`, or blank."""
        if self.completed_at and self.state is StepState.DONE:
            return short_day(legal_day(self.completed_at))
        if self.state is not StepState.PRESENT:
            return ""
        needed = [one for one in self.artefacts if one.needed and one.state is not ArtefactState.COMPLETE]
        waits = [one.obstacle.opens_on for one in needed if one.obstacle and one.obstacle.opens_on]
        if needed and len(waits) == len(needed):
            return f"还需 {(max(waits) - today).days} 天"
        return "" if self.due_on is None else due_words(self.due_on, today)


@dataclass(frozen=True)
class ProposalFacts:
    """A matter in full. `obstacles` keep its present step from being completed; none means it can be."""

    id: int
    body_id: int
    number: str
    title: str
    source: Source
    proposer: str
    taken_down: bool
    recorder: str
    affected_range: str
    wish: str
    registered_at: datetime
    venue: VenueFacts
    supervisor: VenueFacts | None
    decision_body: DecisionBody | None
    rule_id: str | None
    item: str
    rule_reason: str
    participants: tuple[str, ...]
    timetable: dict[str, date]
    notice_days: int | None
    objection_days: int
    flags: tuple[str, ...]
    state: ProposalState
    outcome: Outcome | None
    outcome_reason: str
    merged_into: int | None
    ended_at: datetime | None
    responsible: str
    due_on: date | None
    overdue_times: int
    step_code: str
    ordinal: int
    template: Template = field(repr=False)
    steps: tuple[StepFacts, ...] = field(repr=False)
    obstacles: tuple[Obstacle, ...]

    @property
    def present(self) -> StepFacts:
        """The present step, or the one at which the matter ended."""
        return next(step for step in self.steps if step.code == self.step_code)

    @property
    def source_words(self) -> str:
        """`居民提出`."""
        return SOURCE_WORDS[self.source]

    @property
    def decision_words(self) -> str:
        """`业主大会`; blank before the screening."""
        return DECISION_WORDS[self.decision_body] if self.decision_body else ""

    @property
    def outcome_words(self) -> str:
        """`办结`; blank while it is under way."""
        return OUTCOME_WORDS[self.outcome] if self.outcome else ""

    @property
    def outcomes(self) -> tuple[Outcome, ...]:
        """The ends the present step allows."""
        allowed = self.template.step(self.step_code).outcomes
        return tuple(Outcome(code) for code in allowed) if self.state is ProposalState.RUNNING else ()

    def artefact(self, code: str) -> ArtefactFacts | None:
        """The artefact of a code, or None where the template asks for no such paper."""
        return next((one for step in self.steps for one in step.artefacts if one.code == code), None)
