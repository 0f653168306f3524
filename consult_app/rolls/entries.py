"""A line of a roll as a person types it, and as its history keeps it. Pure."""

from dataclasses import dataclass, fields
from typing import Any

FIELD_WORDS = {
    "building": "楼栋",
    "entrance": "单元",
    "room": "房号",
    "area": "面积",
    "owners": "业主",
    "usage": "用途",
    "status": "交付情况",
    "phone": "电话",
    "note": "备注",
    "name": "姓名",
    "id_number": "证件号码",
    "birth": "出生日期",
    "gender": "性别",
    "household": "户号",
    "group": "小组",
    "relation": "与户主关系",
    "representative": "代表",
}
"""What officials call the fields of an entry."""


@dataclass(frozen=True)
class UnitEntry:
    """A unit as typed: `area` in m² as text, `owners` as pairs of name and identity number, which may be blank."""

    building: str
    entrance: str
    room: str
    area: str
    owners: tuple[tuple[str, str], ...]
    usage: str = "dwelling"
    status: str = "delivered"
    phone: str = ""
    note: str = ""


@dataclass(frozen=True)
class PersonEntry:
    """A villager, resident or member as typed; `birth` as text, blank when the identity number tells it."""

    name: str
    id_number: str = ""
    phone: str = ""
    birth: str = ""
    gender: str = ""
    household: str = ""
    group: str = ""
    relation: str = ""
    representative: bool = False
    note: str = ""


def entry_facts(entry: UnitEntry | PersonEntry) -> dict[str, Any]:
    """The entry as its history keeps it: Chinese names of fields with their values."""
    return {FIELD_WORDS[field.name]: _plain(getattr(entry, field.name)) for field in fields(entry)}


def changed_words(before: UnitEntry | PersonEntry, after: UnitEntry | PersonEntry) -> str:
    """`面积、业主`: the fields in which two entries differ; blank when in none."""
    return "、".join(
        FIELD_WORDS[field.name] for field in fields(after) if getattr(before, field.name) != getattr(after, field.name)
    )


def _plain(value: Any) -> Any:
    return [list(owner) for owner in value] if isinstance(value, tuple) else value
