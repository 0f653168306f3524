"""议事流程单: proposer, resolution and notice on one page (domain.md §1.3). Pure."""

from dataclasses import dataclass
from datetime import date

from consult_app.documents.matter import Matter
from consult_app.documents.model import Column, Document, KeyValues, Note, Table, Title
from consult_app.documents.rules import KIND_WORDS, DocumentKind
from consult_app.documents.wording import say
from consult_app.kernel.text import day_words


@dataclass(frozen=True)
class FlowStep:
    """One step as the flow sheet shows it: when it ran, who acts, what it produced."""

    name: str
    actor: str
    started_on: date | None
    completed_on: date | None
    produced: tuple[str, ...]


def flow_sheet(
    matter: Matter, steps: tuple[FlowStep, ...], *, resolution: str, notice: str, archive_code: str = ""
) -> Document:
    """The whole chain of a matter on one page; empty texts stand as 尚无."""
    title = say("sheets.flow_title")
    facts = (
        ("议题", f"{matter.title}（{matter.number}）"),
        ("提议人", f"{matter.proposer}，{day_words(matter.raised_on)}提出"),
        ("决议", resolution or "尚无"),
        ("公示", notice or "尚无"),
        ("档号", archive_code or "尚未归档"),
    )
    columns = (
        Column("步骤", 0.8, "center"),
        Column("办理主体", 1.4),
        Column("起止日期", 1.5, "center"),
        Column("形成材料", 3),
    )
    rows = tuple((step.name, step.actor, _period(step), "；".join(step.produced)) for step in steps)
    blocks = (Title(title), KeyValues(facts), Table(columns, rows), Note(say("sheets.flow_note")))
    return Document(KIND_WORDS[DocumentKind.FLOW_SHEET], title, blocks)


def _period(step: FlowStep) -> str:
    if step.started_on is None:
        return "—"
    end = day_words(step.completed_on) if step.completed_on else "办理中"
    return f"{day_words(step.started_on)}至{end}"
