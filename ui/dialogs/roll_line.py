"""Correct, add or strike one line of a roll; always with a reason, and the old line stays in its history."""

from typing import Any

from PySide6.QtWidgets import QWidget

from consult_app.rolls import corrections
from consult_app.rolls.entries import PersonEntry, UnitEntry
from consult_app.rolls.rules import STATUS_WORDS, USAGE_WORDS
from ui.desk import Desk
from ui.dialogs.form_sheet import FormSheet

_KEPT = "原来的内容保留在这一行的经过里。"


class UnitSheet(FormSheet):
    """One unit; with `unit_id` it is corrected, else added."""

    def __init__(self, desk: Desk, roll_id: int, unit_id: int | None = None, parent: QWidget | None = None) -> None:
        adding = unit_id is None
        super().__init__(
            "增加房屋" if adding else "更正房屋",
            "" if adding else _KEPT,
            action="增加" if adding else "更正",
            decide=self._decide_line,
            columns=2,
            width=680,
            parent=parent,
        )
        self.desk, self.roll_id, self.unit_id = desk, roll_id, unit_id
        form = self.form
        form.line("building", "楼栋", hint="如：3", needed=True)
        form.line("entrance", "单元", hint="没有单元的留空")
        form.line("room", "房号", hint="如：301", needed=True)
        form.line("area", "产权面积（㎡）", hint="如：89.50", needed=True)
        form.choice("usage", "用途", tuple((str(usage), words) for usage, words in USAGE_WORDS.items()))
        form.choice("status", "交付情况", tuple((str(status), words) for status, words in STATUS_WORDS.items()))
        form.line("phone", "联系电话")
        form.line("note", "备注")
        form.text("owners", "业主", rows=3, note="每行一人：姓名 空格 证件号码（可不填）")
        form.text(
            "reason", "理由", rows=3, hint="如：2026年3月过户，见不动产权证", note="写进这一行的经过", needed=True
        )
        if unit_id is not None:
            entry = desk.ask(corrections.unit_entry, unit_id)
            form.fill(**{**vars(entry), "owners": _owner_lines(entry)})

    def _decide_line(self) -> None:
        typed = self.form.values()
        reason = typed.pop("reason")
        entry = UnitEntry(**{**typed, "owners": _owners(typed["owners"])})
        if self.unit_id is None:
            self.desk.do(corrections.add_unit, self.roll_id, entry, reason)
            self.desk.say("已增加这一行。")
        else:
            self.desk.do(corrections.change_unit, self.unit_id, entry, reason)
            self.desk.say("已更正，原来的内容保留在经过里。")


class PersonSheet(FormSheet):
    """One villager, resident or member; with `person_id` they are corrected, else added."""

    def __init__(self, desk: Desk, roll_id: int, person_id: int | None = None, parent: QWidget | None = None) -> None:
        adding = person_id is None
        super().__init__(
            "增加人员" if adding else "更正人员",
            "" if adding else _KEPT,
            action="增加" if adding else "更正",
            decide=self._decide_line,
            columns=2,
            width=680,
            parent=parent,
        )
        self.desk, self.roll_id, self.person_id = desk, roll_id, person_id
        form = self.form
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
        form.text("reason", "理由", rows=2, hint="如：户口迁入，见户口簿", needed=True)
        if person_id is not None:
            form.fill(**vars(desk.ask(corrections.person_entry, person_id)))

    def _decide_line(self) -> None:
        typed = self.form.values()
        reason = typed.pop("reason")
        if self.person_id is None:
            self.desk.do(corrections.add_person, self.roll_id, PersonEntry(**typed), reason)
            self.desk.say("已增加这一行。")
        else:
            self.desk.do(corrections.change_person, self.person_id, PersonEntry(**typed), reason)
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
        noun, _, number = self.line.partition(":")
        strike: Any = corrections.strike_unit if noun == "unit" else corrections.strike_person
        self.desk.do(strike, int(number), self.form.values()["reason"])
        self.desk.say("已划去这一行。")


def _owner_lines(entry: UnitEntry) -> str:
    return "\n".join(f"{name} {number}".strip() for name, number in entry.owners)


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
