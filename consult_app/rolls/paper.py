"""What a roll looks like on sheets of a workbook, in full for the file or masked for others to see. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, TypeAlias

from consult_app.rolls.heads import Head
from consult_app.rolls.lines import LINE_WORDS
from consult_app.rolls.masking import masked_name, masked_place
from consult_app.rolls.rules import STATUS_WORDS, USAGE_WORDS, Person, Unit

Value: TypeAlias = str | int | Decimal


@dataclass(frozen=True)
class PaperSheet:
    """One sheet: its name, headings and rows; areas are numbers of m² with two decimals, all else text or counts."""

    name: str
    headings: tuple[str, ...]
    rows: Iterable[tuple[Value, ...]]


def units_sheet(units: Iterable[Unit], people: Iterable[Person], heads: Iterable[Head], *, masked: bool) -> PaperSheet:
    """The units of an owners' roll; lines of one 票权号 count as one head. The full one can be imported again."""
    known = {person.id: person for person in people}
    number = {unit: at for at, head in enumerate(heads, 1) for unit in head.units}
    if masked:
        return PaperSheet("名册", _MASKED_UNIT, _masked_units(units, known, number))
    return PaperSheet("名册", _UNIT, _full_units(units, known, number))


def people_sheet(people: Iterable[Person], *, masked: bool) -> PaperSheet:
    """The people of a village, of residents or of a committee."""
    if masked:
        rows: Iterable[tuple[Value, ...]] = (
            (at, person.group, person.household, masked_name(person.name), "是" if person.representative else "")
            for at, person in enumerate(people, 1)
        )
        return PaperSheet("名册", _MASKED_PERSON, rows)
    return PaperSheet("名册", _PERSON, (_full_person(at, person) for at, person in enumerate(people, 1)))


def heads_sheet(heads: Iterable[Head], people: Iterable[Person], *, masked: bool) -> PaperSheet:
    """Every head with its area and why its units are one."""
    known = {person.id: person for person in people}
    rows = (
        (
            at,
            _names(head.persons, known, masked) or head.label,
            len(head.units),
            _metres(head.area),
            "" if masked else "、".join(head.rooms),
            head.reason,
        )
        for at, head in enumerate(heads, 1)
    )
    return PaperSheet("票权", ("票权号", "业主", "套数", "面积", "包括", "依据"), rows)


def account_sheet(report: Mapping[str, Any]) -> PaperSheet:
    """Where every line of the source file went: taken + rejected + headings, subtotals, blanks = all."""
    kinds = tuple(str(kind) for kind in LINE_WORDS)
    rows: list[tuple[Value, ...]] = [
        (line["sheet"], line["all"], line["taken"], line["rejected"], *(line.get(kind, 0) for kind in kinds), "")
        for line in report.get("lines", ())
    ]
    reasons = report.get("ignored_reasons", {})
    rows += [(name, "", "", "", *[""] * len(kinds), f"未读取：{reason}") for name, reason in reasons.items()]
    words = tuple(LINE_WORDS.values())
    return PaperSheet("导入情况", ("工作表", "全部行", "采用", "未采用", *words, "说明"), rows)


def problems_sheet(report: Mapping[str, Any]) -> PaperSheet:
    """Every rejected line and every remark, by sheet, row and column. It quotes cells, so it is never for the public."""
    rows: list[tuple[Value, ...]] = [
        ("未采用", each["sheet"], each["row"], each["column"], each["message"]) for each in report.get("problems", ())
    ]
    rows += [("请核对", each["sheet"], each["row"], "", each["message"]) for each in report.get("notes", ())]
    return PaperSheet("导入问题", ("类别", "工作表", "行", "列", "原因"), rows)


_UNIT = (
    "序号",
    "楼栋",
    "单元",
    "房号",
    "面积",
    "业主",
    "证件号码",
    "电话",
    "用途",
    "交付情况",
    "备注",
    "票权号",
    "来源",
)
_MASKED_UNIT = ("序号", "房屋坐落", "业主", "面积", "用途", "交付情况", "票权号")
_PERSON = (
    "序号", "小组", "户号", "姓名", "与户主关系", "性别", "出生日期", "证件号码", "电话", "是否代表", "备注", "来源",
)  # fmt: skip
_MASKED_PERSON = ("序号", "小组", "户号", "姓名", "是否代表")


def _full_units(
    units: Iterable[Unit], people: Mapping[int, Person], number: Mapping[int, int]
) -> Iterator[tuple[Value, ...]]:
    for at, unit in enumerate(units, 1):
        numbers = [people[owner].id_number for owner in unit.owners]
        yield (
            at,
            unit.building,
            unit.entrance,
            unit.room,
            _metres(unit.area),
            _names(unit.owners, people, False),
            "、".join(number or "无" for number in numbers) if any(numbers) else "",
            unit.phone,
            USAGE_WORDS[unit.usage],
            STATUS_WORDS[unit.status],
            unit.note,
            number.get(unit.id, "不计"),
            _source(unit.sheet, unit.row),
        )


def _masked_units(
    units: Iterable[Unit], people: Mapping[int, Person], number: Mapping[int, int]
) -> Iterator[tuple[Value, ...]]:
    for at, unit in enumerate(units, 1):
        yield (
            at,
            masked_place(*unit.place),
            _names(unit.owners, people, True),
            _metres(unit.area),
            USAGE_WORDS[unit.usage],
            STATUS_WORDS[unit.status],
            number.get(unit.id, "不计"),
        )


def _full_person(at: int, person: Person) -> tuple[Value, ...]:
    return (
        at,
        person.group,
        person.household,
        person.name,
        person.relation,
        person.gender,
        person.birth.isoformat() if person.birth else "",
        person.id_number,
        person.phone,
        "是" if person.representative else "",
        person.note,
        _source(person.sheet, person.row),
    )


def _names(owners: Iterable[int], people: Mapping[int, Person], masked: bool) -> str:
    """Names joined; an organisation's is no personal information and stays."""
    held = [people[owner] for owner in owners if owner in people]
    return "、".join(masked_name(each.name) if masked and not each.legal else each.name for each in held)


def _source(sheet: str, row: int) -> str:
    return f"{sheet} 第 {row} 行" if row else ""


def _metres(area: int) -> Decimal:
    return Decimal(area).scaleb(-2)
