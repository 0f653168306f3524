"""证件号码: identity numbers of people (GB 11643) and credit codes of organisations (GB 32100). Pure."""

import re
from datetime import date
from operator import mul

from consult_app.rolls.cells import Cell, shown, tight
from consult_app.rolls.problems import Code, Fault

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_ZEROS = ord("0") * sum(_WEIGHTS)
_CHECKS = "10X98765432"
_CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_PERSONAL = re.compile(r"\d{17}[\dX]", re.ASCII)
_OLD = re.compile(r"\d{15}", re.ASCII)
_CREDIT = re.compile(r"[0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{10}", re.ASCII)
_OTHER = re.compile(r"[A-Z]{1,3}\d{5,12}|[一-龥]{1,4}字?第?\d{4,12}号?|\d{8,9}", re.ASCII)
_SEPARATORS = re.compile(r"[、,;/|\n，；]+")
_PREFIX = re.compile(r"^(?:居民)?身份证(?:号码?)?[:：]?")


def check_character(first17: str) -> str:
    """The eighteenth character of an identity number (GB 11643-1999, ISO 7064 MOD 11-2)."""
    return _CHECKS[(sum(map(mul, first17.encode("ascii"), _WEIGHTS)) - _ZEROS) % 11]


def credit_check_character(first17: str) -> str:
    """The eighteenth character of a unified social credit code (GB 32100-2015)."""
    total = sum(_CREDIT_ALPHABET.index(char) * pow(3, place, 31) for place, char in enumerate(first17))
    return _CREDIT_ALPHABET[(31 - total % 31) % 31]


def birth_of(number: str) -> date | None:
    """The day of birth inside an eighteen-digit identity number; None for any other number."""
    if not _PERSONAL.fullmatch(number):
        return None
    try:
        return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return None


def numbers_of(cell: Cell) -> tuple[str, ...]:
    """The numbers in one cell, in order, upper case, without spaces; masked ones (`110***`) are left out."""
    if isinstance(cell, float) and abs(cell) >= 1e15:
        return (repr(cell).upper(),)
    text = tight(cell).upper() if not (isinstance(cell, str) and "\n" in cell) else cell.upper().replace(" ", "")
    if not text:
        return ()
    if len(text) == 18 and text[:17].isdecimal():
        return (text,)
    found = (_PREFIX.sub("", part.strip()) for part in _SEPARATORS.split(text))
    return tuple(part for part in found if part and part not in ("-", "—", "无") and "*" not in part)


def number_of(text: str) -> str | Fault:
    """One number in its standard form; a fifteen-digit one becomes its eighteen digits.

    A wrong check character or birth day is a fault, and so is what looks like no document at all.
    """
    if _PERSONAL.fullmatch(text):
        if check_character(text[:17]) == text[17]:
            return text if birth_of(text) else _bad_birth(text)
        # a credit code may be all digits too, but not with a day of birth of our times in its middle
        born = birth_of(text)
        if (born is None or born.year < 1900) and _is_credit_code(text):
            return text
        return Fault(Code.BAD_ID_CHECKSUM, f"证件号码“{text}”校验位不符，请对照证件核对")
    if _OLD.fullmatch(text):
        longer = f"{text[:6]}19{text[6:]}"
        longer += check_character(longer)
        return longer if birth_of(longer) else _bad_birth(text)
    if len(text) == 18 and _CREDIT.fullmatch(text):
        if _is_credit_code(text):
            return text
        return Fault(Code.BAD_ID_CHECKSUM, f"统一社会信用代码“{text}”校验位不符，请对照证照核对")
    if _OTHER.fullmatch(text):
        return text
    if "E+" in text:
        return Fault(Code.UNREADABLE_ID, f"证件号码“{shown(text)}”被 Excel 存成了数字，末几位已丢失，请按文本重新填写")
    return Fault(Code.UNREADABLE_ID, f"证件号码“{shown(text)}”位数不对，请对照证件核对")


def _is_credit_code(text: str) -> bool:
    return bool(_CREDIT.fullmatch(text)) and credit_check_character(text[:17]) == text[17]


def _bad_birth(text: str) -> Fault:
    return Fault(Code.BAD_ID_BIRTH, f"证件号码“{text}”中的出生日期不存在，请对照证件核对")
