"""Refusals: what a rule or a file says no to, in the user's words.

Anything else that is raised is a bug. Both are caught at three edges only: the window's desk, the web site, the command line.
"""

from collections.abc import Mapping
from typing import ClassVar


class Refused(Exception):
    """A rule says no. Subclasses hold the Chinese sentence; facts are filled in by name.

    `field` names the form field the refusal belongs to, so that a page can say it beside that field.
    """

    text: ClassVar[str] = "无法办理。"
    field: str | None = None

    def __init__(self, *, field: str | None = None, **facts: object) -> None:
        self.facts: Mapping[str, object] = facts
        self.field = field or type(self).field
        super().__init__(self.text.format(**facts))


class Missing(Refused):
    """Something asked for by its number does not exist."""

    text = "找不到{what} {id}。"


class Blank(Refused):
    """A field that must be filled in is empty."""

    text = "请填写{what}。"


class TooLong(Refused):
    """A text is longer than its field takes (characters)."""

    text = "{what}最多 {limit} 个字，现在是 {length} 个字。"
