"""Read single cells: texts, areas, dates, marks, phones, as offices write them. Pure.

A cell is what the reader hands over: text, number, date, truth value; an empty one is the empty text.
"""

import re
import unicodedata
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from math import isfinite
from typing import TypeAlias

from consult_app.kernel.text import cleaned
from consult_app.rolls.problems import Code, Fault

Cell: TypeAlias = str | int | float | bool | date | datetime | time | timedelta
Row: TypeAlias = list[Cell]

MAX_AREA = 100_000_000
"""Largest area taken for one unit, in 0.01 m²: a million square metres."""

_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20, 0xA0: 0x20, 0x2007: 0x20}
_UNUSUAL = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\xad\u02ff-\u036f\u2007-\u206f\u3000\uf900-\uffff\ud800-\udfff\U0002f800-\U0010ffff]"
)
_ODD = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]")
_AREA = re.compile(r"([-+]?)(\d{1,3}(?:,\d{3})+|\d+)?(\.\d*)?(?:㎡|m2|m²|M2|M²|平方米|平方|平米|平|方)?", re.ASCII)
_DATE = re.compile(r"(\d{4})(?:年|[-./])(\d{1,2})(?:月|[-./])(\d{1,2})[日号]?(?:\s+0{1,2}:00(?::00)?)?", re.ASCII)
_MONTH = re.compile(r"(\d{4})(?:年|[-./])?(\d{1,2})月?(?:份|生)?", re.ASCII)
_COMPACT_DATE = re.compile(r"(\d{4})(\d{2})(\d{2})", re.ASCII)
_YES = frozenset("是 √ ✓ ✔ ☑ 🗸 v y yes true 对 有 1 ● ○是 ★ 代表 村民代表 居民代表".split())
_NO = frozenset("否 × ✗ ✘ x n no false 无 不是 0 - — / 非 ☐ 没有".split())
_MARKS_OF_TEXT = ("'", "‘", "’")
"""What a clerk, or a program that neutralises formulas, leads a text with that looks like a number."""
_EXCEL_EPOCH = date(1899, 12, 30)


def text_of(cell: Cell) -> str:
    """The cell as text: NFC, half-width, no surrounding or invisible characters; 13812345678.0 as `13812345678`."""
    if cell.__class__ is str:
        text: str = cell
        if not _UNUSUAL.search(text):  # most cells: nothing to widen, drop or compose
            return text.strip()
        text = text.translate(_WIDE)
        if _ODD.search(text) or not unicodedata.is_normalized("NFC", text):
            return cleaned(text)
        return text.strip()
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e18 else repr(cell)
    if isinstance(cell, datetime):
        return cell.isoformat(" ", "minutes") if cell.time() != time() else cell.date().isoformat()
    return cell.isoformat() if isinstance(cell, date | time) else str(cell)


def tight(cell: Cell) -> str:
    """The cell as text with no space at all, for numbers, addresses and words from a list; `'0101` as 0101."""
    text = text_of(cell)
    if text.startswith(_MARKS_OF_TEXT):
        text = text[1:]
    return text if " " not in text and "\n" not in text and "\t" not in text else "".join(text.split())


def area_of(cell: Cell) -> int | Fault:
    """An area in 0.01 m², exact; Chinese numerals, signs, and a third decimal are faults, never guesses."""
    if cell.__class__ is float or cell.__class__ is int:
        return _area_of_number(float(cell))
    text = tight(cell)
    if not text:
        return Fault(Code.MISSING_AREA, "没有填写面积")
    found = _AREA.fullmatch(text)
    if not isinstance(cell, str) or not found or not (found[2] or (found[3] or ".") != "."):
        return Fault(Code.UNREADABLE_AREA, f"面积“{shown(text)}”无法识别，请填写数字，如 89.50")
    digits = f"{found[1]}{(found[2] or '0').replace(',', '')}{found[3] or ''}"
    return _checked_area(Decimal(digits), text)


def _area_of_number(number: float) -> int | Fault:
    if not isfinite(number) or abs(number) > 1e15:
        return Fault(Code.UNREADABLE_AREA, f"面积“{number}”无法识别，请填写数字，如 89.50")
    hundredths = round(number * 100)
    if hundredths / 100 == number and 0 < hundredths <= MAX_AREA:  # at this size no other two decimals are as near
        return hundredths
    exact = Decimal(repr(number))
    rounded = round(exact, 2)
    # a formula leaves 89.50000000000001: the binary tail is the computer's, not the surveyor's
    return _checked_area(rounded if abs(exact - rounded) < Decimal("1e-6") else exact, text_of(number))


def _checked_area(area: Decimal, text: str) -> int | Fault:
    if area <= 0:
        return Fault(Code.NON_POSITIVE_AREA, f"面积“{shown(text)}”应当大于 0")
    hundredths = area * 100
    if hundredths != hundredths.to_integral_value():
        return Fault(
            Code.AREA_MORE_THAN_TWO_DECIMALS, f"面积“{shown(text)}”多于两位小数，请按产权证填写，不能由软件取舍"
        )
    if hundredths > MAX_AREA:
        return Fault(Code.AREA_TOO_LARGE, f"面积“{shown(text)}”过大，请核对单位和小数点")
    return int(hundredths)


def date_of(cell: Cell) -> date | Fault | None:
    """A day from a date cell, `1985年1月13日`, `1959-09-22`, `1941.02.23`, `2015/04/09`, 19480308 or Excel's own day number."""
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    text = text_of(cell)
    if not text:
        return None
    if text.isdecimal() and 1 <= len(text) <= 5 and 1 <= int(text) < 80_000:
        return _EXCEL_EPOCH + timedelta(days=int(text))
    found = _DATE.fullmatch(text) or _COMPACT_DATE.fullmatch(text)
    if found:
        try:
            return date(int(found[1]), int(found[2]), int(found[3]))
        except ValueError:
            pass
    if months_of(cell):
        return Fault(Code.UNREADABLE_BIRTH, f"出生日期“{shown(text)}”只有年月，请补全到日，或填写证件号码")
    return Fault(Code.UNREADABLE_BIRTH, f"出生日期“{shown(text)}”无法识别，请写成 1985-01-13")


def months_of(cell: Cell) -> tuple[tuple[int, int], ...]:
    """The year and month of `1985年3月`, `1985.03`, 198503; both that a number 1985.1 may mean; none of anything else."""
    found = _MONTH.fullmatch(tight(cell))
    if not found or not 1900 <= int(found[1]) < 2100:
        return ()
    year, month = int(found[1]), int(found[2])
    if isinstance(cell, float) and month == 1:
        return ((year, 1), (year, 10))
    return ((year, month),) if 1 <= month <= 12 else ()


def mark_of(cell: Cell) -> bool | Fault:
    """Whether a cell says yes: 是, √, 1, 村民代表; a blank or 否 is no; anything else is a fault."""
    text = tight(cell).lower()
    if not text or text in _NO:
        return False
    if text in _YES:
        return True
    return Fault(Code.UNREADABLE_MARK, f"“{shown(text)}”看不出是或否，请写“是”或留空")


def phone_of(cell: Cell) -> str:
    """A telephone number as digits where it is one mobile number, else as it was typed."""
    text = text_of(cell)
    if not text or (len(text) == 11 and text.isdecimal()):
        return text
    digits = re.sub(r"[\s\-()+.]", "", text.removesuffix(".0"))
    if digits.startswith("86") and len(digits) == 13:
        digits = digits[2:]
    return digits if len(digits) == 11 and digits.startswith("1") and digits.isdecimal() else text[:60]


def shown(text: str) -> str:
    """A cell's text short enough to stand in a message."""
    return text if len(text) <= 20 else text[:20] + "…"
