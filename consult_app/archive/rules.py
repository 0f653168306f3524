"""How archives are numbered and how long they are kept (令第11号, 令第12号; DA/T 22-2015). Pure."""

import re
from enum import StrEnum

from consult_app.kernel.errors import Refused
from consult_app.proposals.rules import Outcome


class Retention(StrEnum):
    """保管期限."""

    PERMANENT = "Y"
    THIRTY_YEARS = "D30"
    TEN_YEARS = "D10"


RETENTION_WORDS = {
    Retention.PERMANENT: "永久",
    Retention.THIRTY_YEARS: "定期30年",
    Retention.TEN_YEARS: "定期10年",
}

OFFICE = "YSB"
"""机构（问题） in a 档号 unless the archivist names another."""

_PART = re.compile(r"[A-Z0-9]{1,12}")
_CODE = re.compile(r"([A-Z0-9]{1,12})-WS·(\d{4})-(Y|D30|D10)-([A-Z0-9]{1,12})-(\d{4,6})")


class BadPart(Refused):
    """A part of a 档号 that is not made of capital letters and digits."""

    text = "{what}只能用大写字母和数字，最多 12 位，现在是「{value}」。"


class BadCode(Refused):
    """A 档号 that does not follow the pattern."""

    text = "档号「{code}」不符合“全宗号-WS·年度-保管期限-机构（问题）-件号”的格式，例如 Z109-WS·2026-Y-YSB-0001。"
    field = "code"


def archive_code(fonds: str, year: int, retention: Retention, office: str, number: int) -> str:
    """`Z109-WS·2026-Y-YSB-0001` (DA/T 22-2015, DA/T 13)."""
    return f"{fonds}-WS·{year}-{retention}-{office}-{number:04d}"


def checked_part(value: str, what: str, field: str) -> str:
    """全宗号 or 机构 in capitals; refused when it holds anything but letters and digits."""
    found = value.strip().upper()
    if not _PART.fullmatch(found):
        raise BadPart(what=what, value=value.strip(), field=field)
    return found


def parts_of(code: str) -> tuple[str, int, Retention, str, int]:
    """The parts of a 档号 given by hand; refused when it does not follow the pattern."""
    found = _CODE.fullmatch(code.strip())
    if found is None:
        raise BadCode(code=code.strip())
    fonds, year, retention, office, number = found.groups()
    return fonds, int(year), Retention(retention), office, int(number)


def default_retention(outcome: str | None) -> Retention:
    """永久 for what was decided and done, 10年 for what did not pass or was not taken up (令第18号, as a model)."""
    return Retention.PERMANENT if outcome in (None, Outcome.DONE) else Retention.TEN_YEARS
