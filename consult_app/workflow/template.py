"""Step templates: what each step needs, who signs, until when, and where it may go back to. Pure.

A template is a file of `resources/workflows`. A matter keeps a copy of the one it began with, so a later edit of the
file changes no matter that is under way.
"""

import hashlib
import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from consult_app.kernel import resources
from consult_app.kernel.errors import Missing

STATE_WORDS: Mapping[str, str] = {
    "recorded": "已记录",
    "assigned": "已交办",
    "frozen": "已冻结",
    "issued": "已印发",
    "signed": "已签字",
    "posted": "已张贴",
    "scanned": "已收回签字件",
    "filed": "已归档",
}
"""What can become of an artefact, in the order it does."""

HELD = "held"
"""The state of a paper that an unanswered objection holds up. No artefact needs it; while it stands none is complete."""

DEFAULT = "six_step_default"
"""The template a matter gets unless another is chosen."""


@dataclass(frozen=True)
class Deadline:
    """期限: `days` calendar or `working` days from the start of the step or from a milestone."""

    days: int
    working: bool = False
    since: str = "start"


@dataclass(frozen=True)
class Wait:
    """等待期: days that must pass after a state was reached.

    `days` is a number, or the name of one that the matter sets (`notice`, `objection`), with `default` until it does.
    A `closed` period must be over (objections are heard through its last day); an open one only leaves so many days
    between the posting and the act it announces.
    """

    after: str
    days: int | str
    default: int
    closed: bool


@dataclass(frozen=True)
class Floor:
    """到会和赞成的最低比例: an artefact's own counts, as fractions of those expected and of those present."""

    present: tuple[int, int]
    agree: tuple[int, int]


@dataclass(frozen=True)
class Artefact:
    """材料: a paper a step must produce; `needs` are the states it must reach, in order; `by` is who makes it.

    It is needed only when the matter's flag `when` is set; a blank `when` means always.
    """

    code: str
    name: str
    needs: tuple[str, ...]
    by: str
    signers: tuple[str, ...] = ()
    when: str = ""
    wait: Wait | None = None
    deadline: Deadline | None = None
    floor: Floor | None = None


@dataclass(frozen=True)
class Step:
    """一步: `short` is its one character; `outcomes` are the ends a matter may find here.

    `reminders` are percentages of its time; `escalation_restarts` means that a higher venue begins it anew.
    """

    code: str
    name: str
    short: str
    actor: str
    artefacts: tuple[Artefact, ...]
    back_targets: tuple[str, ...]
    deadline: Deadline | None = None
    outcomes: tuple[str, ...] = ()
    reminders: tuple[int, ...] = ()
    escalation_restarts: bool = False

    @property
    def codes(self) -> frozenset[str]:
        """The codes of its artefacts."""
        return frozenset(artefact.code for artefact in self.artefacts)


@dataclass(frozen=True)
class Template:
    """流程: ordered steps. `data` is what the file said, `digest` its SHA-256; both go into a matter's copy."""

    id: str
    name: str
    applies_to: tuple[str, ...]
    description: str
    steps: tuple[Step, ...]
    data: Mapping[str, Any]
    digest: str

    def step(self, code: str) -> Step:
        """The step of a code; refused when the template has none."""
        for step in self.steps:
            if step.code == code:
                return step
        raise Missing(what="步骤", id=code)

    def ordinal(self, code: str) -> int:
        """The place of a step, from 1."""
        return self.steps.index(self.step(code)) + 1

    def artefact(self, code: str) -> Artefact | None:
        """The artefact of a code, or None where this template asks for no such paper."""
        return next((artefact for step in self.steps for artefact in step.artefacts if artefact.code == code), None)

    def step_of(self, artefact: str) -> Step:
        """The step an artefact belongs to."""
        return next(step for step in self.steps if artefact in step.codes)


def load(template_id: str) -> Template:
    """The shipped template of an id; refused when there is none."""
    for template in templates():
        if template.id == template_id:
            return template
    raise Missing(what="流程", id=template_id)


@cache
def templates() -> tuple[Template, ...]:
    """All shipped templates, the default one first."""
    found = [read(path.read_text("utf-8")) for path in sorted(resources.path("workflows").glob("*.toml"))]
    return tuple(sorted(found, key=lambda template: template.id != DEFAULT))


def templates_for(kind: str) -> tuple[Template, ...]:
    """The templates a kind of body may use."""
    return tuple(template for template in templates() if kind in template.applies_to)


def read(text: str) -> Template:
    """A template from the text of its file."""
    return from_data(tomllib.loads(text))


def from_data(data: Mapping[str, Any]) -> Template:
    """A template from plain values: a parsed file, or the copy a matter keeps."""
    return Template(
        id=data["id"],
        name=data["name"],
        applies_to=tuple(data["applies_to"]),
        description=data.get("description", ""),
        steps=tuple(_step(step) for step in data["steps"]),
        data=data,
        digest=hashlib.sha256(_canonical(data).encode()).hexdigest(),
    )


def problems(template: Template) -> tuple[str, ...]:
    """What is inconsistent in a template, in English, for whoever edits it: codes, states, ways back, waits."""
    found = []
    step_codes = [step.code for step in template.steps]
    codes = [artefact.code for step in template.steps for artefact in step.artefacts]
    found += [
        f"{kind} {code} twice" for kind, all_ in (("step", step_codes), ("artefact", codes)) for code in _twice(all_)
    ]
    for ordinal, step in enumerate(template.steps):
        known = step_codes[: ordinal + 1]
        found += [f"{step.code}: no way back to {code}" for code in step.back_targets if code not in known]
        found += [f"{artefact.code}: {what}" for artefact in step.artefacts for what in _artefact_problems(artefact)]
        for deadline in filter(None, (step.deadline, *(artefact.deadline for artefact in step.artefacts))):
            if deadline.since != "start" and deadline.since.partition(".")[0] not in codes:
                found.append(f"{step.code}: deadline from unknown {deadline.since}")
    return tuple(found)


def _artefact_problems(artefact: Artefact) -> list[str]:
    found = [f"unknown state {state}" for state in artefact.needs if state not in STATE_WORDS]
    if not artefact.needs:
        found.append("needs nothing")
    if "signed" in artefact.needs and not artefact.signers:
        found.append("nobody signs")
    if artefact.deadline and artefact.deadline.since == "start":
        found.append("its deadline must say from which milestone")
    if artefact.wait and artefact.wait.after not in artefact.needs:
        found.append("waits for a state it does not need")
    return found


def _twice(codes: list[str]) -> list[str]:
    return sorted({code for code in codes if codes.count(code) > 1})


def _step(data: Mapping[str, Any]) -> Step:
    return Step(
        code=data["code"],
        name=data["name"],
        short=data["short"],
        actor=data["actor"],
        artefacts=tuple(_artefact(artefact, data["actor"]) for artefact in data["artefacts"]),
        back_targets=tuple(data.get("back_targets", ())),
        deadline=_deadline(data.get("deadline")),
        outcomes=tuple(data.get("outcomes", ())),
        reminders=tuple(data.get("reminders", ())),
        escalation_restarts=data.get("escalation_restarts", False),
    )


def _artefact(data: Mapping[str, Any], actor: str) -> Artefact:
    return Artefact(
        code=data["code"],
        name=data["name"],
        needs=tuple(data["needs"]),
        by=data.get("by", actor),
        signers=tuple(data.get("signers", ())),
        when=data.get("when", ""),
        wait=_wait(data.get("wait")),
        deadline=_deadline(data.get("deadline")),
        floor=_floor(data.get("floor")),
    )


def _deadline(data: Mapping[str, Any] | None) -> Deadline | None:
    if data is None:
        return None
    working = "working_days" in data
    return Deadline(data["working_days" if working else "days"], working, data.get("from", "start"))


def _wait(data: Mapping[str, Any] | None) -> Wait | None:
    if data is None:
        return None
    days = data["days"]
    default = data.get("default", days if isinstance(days, int) else 0)
    return Wait(data["after"], days, default, data.get("closed", False))


def _floor(data: Mapping[str, Any] | None) -> Floor | None:
    return None if data is None else Floor(_fraction(data["present"]), _fraction(data["agree"]))


def _fraction(text: str) -> tuple[int, int]:
    numerator, _, denominator = text.partition("/")
    return int(numerator), int(denominator)


def _canonical(data: Mapping[str, Any]) -> str:
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
