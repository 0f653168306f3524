"""Where the search looks: each finder gives hits for a text; a hit says which page to open."""

from dataclasses import dataclass, field
from typing import Any

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
    return []
