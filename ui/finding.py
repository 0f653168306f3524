"""Where the search looks: each finder gives hits for a text; a hit says which page to open."""

from dataclasses import dataclass, field
from typing import Any

from consult_app.documents import queries as documents
from consult_app.proposals import queries as proposals
from consult_app.rolls import listing
from consult_app.rolls import queries as rolls
from consult_app.rolls.pinyin import initials
from ui.desk import Desk

MOST = 20
"""How many hits of one kind are shown."""


@dataclass(frozen=True)
class Hit:
    """One thing found: its kind and name in words, and the page and place to open."""

    kind: str
    title: str
    note: str
    page: str
    place: dict[str, Any] = field(default_factory=dict)


def find(desk: Desk, text: str) -> list[Hit]:
    """Everything of this body that fits the text: matters first, then people and rooms, then documents."""
    if desk.body_id is None:
        return []
    return [
        *_matters(desk, desk.body_id, text),
        *_people(desk, desk.body_id, text),
        *_documents(desk, desk.body_id, text),
    ]


def _matters(desk: Desk, body_id: int, text: str) -> list[Hit]:
    words, letters = text.casefold(), text.casefold() if text.isascii() and text.isalpha() else ""
    found = [
        one
        for one in desk.ask(proposals.proposals, body_id)
        if words in f"{one.number}\n{one.title}\n{one.proposer}".casefold()
        or (letters and letters in f"{initials(one.title)} {initials(one.proposer)}")
    ]
    return [Hit("议题", one.title, f"{one.number}　{one.step_name}", "matter", {"id": one.id}) for one in found[:MOST]]


def _people(desk: Desk, body_id: int, text: str) -> list[Hit]:
    roll = desk.ask(rolls.current_roll, body_id)
    if roll is None:
        return []
    found = desk.ask(listing.find_people, roll.id, text, MOST)
    return [Hit("名册", one.name, one.where, "roll", {"find": one.name}) for one in found]


def _documents(desk: Desk, body_id: int, text: str) -> list[Hit]:
    words = text.casefold()
    found = [
        one
        for one in desk.ask(documents.documents_of_body, body_id)
        if words in one.title.casefold() or words in one.code.casefold()
    ]
    return [Hit(one.kind_words, one.title, f"编号 {one.code}", "notices", {"id": one.id}) for one in found[:MOST]]
