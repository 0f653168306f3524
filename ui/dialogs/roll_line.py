"""Correct, add or strike one line of a roll; always with a reason, and the old line stays in its history."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtWidgets import QWidget

from consult_app.rolls import amending, corrections
from consult_app.rolls.entries import PersonEntry, UnitEntry
from consult_app.rolls.rules import STATUS_WORDS, USAGE_WORDS
from ui.desk import Desk
from ui.dialogs.form_sheet import FormSheet
from ui.widgets.form import Form


@dataclass(frozen=True)
class LineNoun:
    """What a kind of line is called, which fields it is typed in, and by which actions it is kept."""

    words: str
    reason: str
    lay: Callable[[Form], None]
    entry: Any
    amended: Any
    add: Any
    change: Any
    strike: Any
    amend: Any
    read: Callable[[dict[str, Any]], Any]

    def fill(self, form: Form, entry: Any) -> None:
        """Show an entry in the fields."""
        owners = {"owners": owner_lines(entry.owners)} if isinstance(entry, UnitEntry) else {}
        form.fill(**{**vars(entry), **owners})


class LineSheet(FormSheet):
    """One unit or person of a roll; with the number of a `line` it is corrected, else added."""

    def __init__(
        self, desk: Desk, noun: LineNoun, roll_id: int, line: int | None = None, parent: QWidget | None = None
    ) -> None:
        verb = "增加" if line is None else "更正"
        super().__init__(
            f"{verb}{noun.words}",
            "" if line is None else "原来的内容保留在这一行的经过里。",
            action=verb,
            decide=self._decide_line,
            columns=2,
            width=680,
            parent=parent,
        )
        self.desk, self.noun, self.roll_id, self.line = desk, noun, roll_id, line
        noun.lay(self.form)
        self.form.text("reason", "理由", rows=2, hint=noun.reason, note="写进这一行的经过", needed=True)
        if line is not None:
            noun.fill(self.form, desk.ask(noun.entry, line))

    def _decide_line(self) -> None:
        typed = self.form.values()
        reason = typed.pop("reason")
        entry = self.noun.read(typed)
        if self.line is None:
            self.desk.do(self.noun.add, self.roll_id, entry, reason)
            self.desk.say("已增加这一行。")
        else:
            self.desk.do(self.noun.change, self.line, entry, reason)
            self.desk.say("已更正，原来的内容保留在经过里。")


class StrikeSheet(FormSheet):
    """Take one line (`unit:id`, `person:id`) out of the count."""

    def __init__(self, desk: Desk, line: str, words: str, parent: QWidget | None = None) -> None:
        super().__init__(
            f"划去「{words}」",
            "划去后不再计入名册，也没有票权；这一行和理由仍留在记录里。",
            action="划去",
            look="danger",
            decide=self._strike,
            parent=parent,
        )
        self.desk, self.line = desk, line
        self.form.text("reason", "理由", rows=2, hint="如：房屋已拆除，见注销证明", needed=True)

    def _strike(self) -> None:
        noun, number = noun_of(self.line)
        self.desk.do(noun.strike, number, self.form.values()["reason"])
        self.desk.say("已划去这一行。")


def noun_of(line: str) -> tuple[LineNoun, int]:
    """The noun and the number of a line, `unit:id` or `person:id`."""
    noun, _, number = line.partition(":")
    return (UNIT if noun == "unit" else PERSON), int(number)


def owner_lines(owners: tuple[tuple[str, str], ...]) -> str:
    """Owners as they are typed: one a line, name and number."""
    return "\n".join(f"{name} {number}".strip() for name, number in owners)


def _lay_unit(form: Form) -> None:
    form.line("building", "楼栋", hint="如：3", needed=True)
    form.line("entrance", "单元", hint="没有单元的留空")
    form.line("room", "房号", hint="如：301", needed=True)
    form.line("area", "产权面积（㎡）", hint="如：89.50", needed=True)
    form.choice("usage", "用途", tuple((str(usage), words) for usage, words in USAGE_WORDS.items()))
    form.choice("status", "交付情况", tuple((str(status), words) for status, words in STATUS_WORDS.items()))
    form.line("phone", "联系电话")
    form.line("note", "备注")
    form.text("owners", "业主", rows=2, note="每行一人：姓名 空格 证件号码（可不填）")


def _lay_person(form: Form) -> None:
    form.line("name", "姓名", needed=True)
    form.line("id_number", "证件号码")
    form.line("birth", "出生日期", hint="如：1985-01-13；可由证件号码推出")
    form.line("gender", "性别")
    form.line("group", "小组")
    form.line("household", "户号")
    form.line("relation", "与户主关系", hint="如：户主、配偶、子女")
    form.line("phone", "联系电话")
    form.line("note", "备注")
    form.tick("representative", "是村（居）民代表")


def _read_unit(typed: dict[str, Any]) -> UnitEntry:
    return UnitEntry(**{**typed, "owners": _owners(typed["owners"])})


def _read_person(typed: dict[str, Any]) -> PersonEntry:
    return PersonEntry(**typed)


def _owners(text: str) -> tuple[tuple[str, str], ...]:
    """Name and number of each line; a last word with a digit is the number, whatever stands before it the name."""
    found = []
    for line in text.splitlines():
        words = line.split()
        if not words:
            continue
        numbered = len(words) > 1 and any(char.isdigit() for char in words[-1])
        found.append((" ".join(words[:-1] if numbered else words), words[-1] if numbered else ""))
    return tuple(found)


UNIT = LineNoun(
    "房屋",
    "如：2026年3月过户，见不动产权证",
    _lay_unit,
    corrections.unit_entry,
    amending.amended_unit,
    corrections.add_unit,
    corrections.change_unit,
    corrections.strike_unit,
    amending.amend_unit,
    _read_unit,
)
PERSON = LineNoun(
    "人员",
    "如：户口迁入，见户口簿",
    _lay_person,
    corrections.person_entry,
    amending.amended_person,
    corrections.add_person,
    corrections.change_person,
    corrections.strike_person,
    amending.amend_person,
    _read_person,
)
