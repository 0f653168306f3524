"""Hostile words, how they get into every field that a person can type, and how one sees that they came out as words.

They go in where everything typed goes in: at the door of the Store (and of the window's memory). Every text of every action
is made hostile unless its parameter is listed in `CODES`, so that a new field is hostile from its first day.
"""

import dataclasses
import inspect
import re
from collections.abc import Callable, Mapping
from enum import Enum
from typing import Any

import pytest

from consult_app.kernel.text import cleaned
from consult_app.storage import store
from consult_app.storage.writer import Write
from ui.memory import Memory

CORE = "壹贰"
"""Stands once in each: where the core is read, what stands before it must be read as well. Searches by pinyin drop it."""

HOSTILE = (
    f"<b>&{CORE}</b>\"'>{{{{7777*7777}}}}%s{{0}}",
    f"<script>{CORE}()</script>",
    f"\"'><img/src=x/onerror=alert()>{CORE}",
    f"</style></title><svg/onload=alert()>{CORE}",
    f"{{%raw%}}${{7777*7777}}#{{7777*7777}}{CORE}",
    f"{{reason}}%(x)s\\n{CORE}",
    f"<para><font/color=red>&lt;&#60;{CORE}",
    f"x';drop/**/table/**/ballot;--{CORE}",
    f"=1+1|cmd'!A0{CORE}",
    f"../../etc/passwd{CORE}",
    f"javascript:{CORE}//",
    f"<a/href='http://x'>{CORE}</a>",
    f"\u202e倒着写{CORE}\u202c\u200b\ufeff",
)
"""Harmless here if they stay what they are: letters. The first has something of everything. Without spaces, where a page may end."""

EACH = (HOSTILE[0], *(pytest.param(words, marks=pytest.mark.long) for words in HOSTILE[1:]))
"""The first in every run, the rest in long ones."""

COMPUTED = "60481729"
"""What a template engine makes of 7777*7777."""

CODES = frozenset(
    "area artefact audience base_url batch birth choices code codes content counted cards decision_body digest "
    "document_digest duplicate_policy elector_key event flags fonds form form_key gender ground how human_code id_number item "
    "keep kept kind legal_mode letters level manifest means old outcome policy position rating relation retention role "
    "rule rule_id sha256 source state status step step_code style subject template template_id token usage".split()
)
"""Parameters and fields whose text is chosen or made, not typed: anything else there is refused or a bug."""

_FILE = re.compile(r"\.[a-z]{3,4}$")
_NUMBER = re.compile(r"[\dX]*")


def typed(name: str, value: Any, hostile: str) -> Any:
    """A value as it is when every text in it was typed with hostile words."""
    if name in CODES or isinstance(value, Enum):
        return value
    if isinstance(value, str):
        return _typed(name, value, hostile)
    if isinstance(value, Mapping):
        return {_key(key, hostile): typed(str(key), each, hostile) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(typed(name, each, hostile) for each in value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = {field.name: getattr(value, field.name) for field in dataclasses.fields(value) if field.init}
        return dataclasses.replace(value, **{key: typed(key, each, hostile) for key, each in fields.items()})
    return value


def _typed(name: str, value: str, hostile: str) -> str:
    if not value or CORE in value or (name == "owners" and _NUMBER.fullmatch(value)):
        return value
    if _FILE.search(value):  # a file's name has no slash, and its ending says what it is
        return value if "/" in hostile.partition(CORE)[0] else hostile.replace("/", "") + value
    return hostile + value


def _key(key: Any, hostile: str) -> Any:
    """A key of a mapping: a person's name is typed, a choice or a field is not."""
    return typed("", key, hostile) if isinstance(key, str) and not key.isascii() else key


def type_everywhere(monkeypatch: pytest.MonkeyPatch, hostile: str) -> None:
    """Make whatever is typed from now on hostile: by whichever page, command or story, and by whom."""
    put = Memory.put

    def hostile_write(actor: store.Actor, action: Callable[..., Any], args: tuple[Any, ...], kwargs: Any) -> Write:
        names = [one.name for one in inspect.signature(action).parameters.values()][1:]
        who = dataclasses.replace(actor, name=typed("name", actor.name, hostile))
        words = {"found": cleaned(hostile)}  # the cells of a file are cleaned as they are read, before the Store
        given = tuple(typed(name, each, words.get(name, hostile)) for name, each in zip(names, args, strict=False))
        return Write(who, action, given, {name: typed(name, value, hostile) for name, value in kwargs.items()})

    def hostile_put(memory: Memory, key: str, value: Any) -> None:
        put(memory, key, typed(key.partition(".")[0], value, hostile) if key in REMEMBERED else value)

    monkeypatch.setattr(store, "Write", hostile_write)
    monkeypatch.setattr(Memory, "put", hostile_put)


REMEMBERED = ("clerk", "wifi.name", "wifi.password", "roll_poster")
"""What the window remembers of what was typed."""


def plain(text: str) -> str:
    """A text without what setting a line may add or take."""
    return "".join(character for character in text if character.isprintable() and not character.isspace())


def stayed(text: str, hostile: str, where: str = "") -> int:
    """How often the hostile words are read in a text; fails where they were not taken for words, whole or cut by a ….

    Addresses are written in capitals, so that capitals do not matter.
    """
    before = plain(hostile).partition(CORE)[0].lower()
    shown = plain(text).lower()
    starts = [shown[: found.start()] for found in re.finditer(CORE, shown)]
    eaten = [
        start[-60:] for start in starts if not start.endswith(before) and not before.endswith(start.rpartition("…")[2])
    ]
    assert not eaten, f"{where}: {eaten}"
    assert COMPUTED not in shown, where
    return len(starts)
