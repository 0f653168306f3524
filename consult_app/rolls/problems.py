"""What can be wrong with a line of a source file, and where. Pure."""

from dataclasses import dataclass
from enum import StrEnum


class Code(StrEnum):
    """Why a line was not taken."""

    DUPLICATE_UNIT = "duplicate_unit"
    DUPLICATE_UNIT_CONFLICTING_AREA = "duplicate_unit_conflicting_area"
    MISSING_ADDRESS = "missing_address"
    UNREADABLE_ADDRESS = "unreadable_address"
    MISSING_AREA = "missing_area"
    UNREADABLE_AREA = "unreadable_area"
    NON_POSITIVE_AREA = "non_positive_area"
    AREA_MORE_THAN_TWO_DECIMALS = "area_more_than_two_decimals"
    AREA_TOO_LARGE = "area_too_large"
    MISSING_OWNER = "missing_owner"
    UNREADABLE_OWNER = "unreadable_owner"
    BAD_ID_CHECKSUM = "bad_id_checksum"
    BAD_ID_BIRTH = "bad_id_birth"
    UNREADABLE_ID = "unreadable_id"
    ID_OF_ANOTHER_NAME = "id_of_another_name"
    MISSING_NAME = "missing_name"
    UNREADABLE_NAME = "unreadable_name"
    MISSING_HOUSEHOLD = "missing_household"
    MISSING_BIRTH = "missing_birth"
    UNREADABLE_BIRTH = "unreadable_birth"
    BIRTH_DIFFERS_FROM_ID = "birth_differs_from_id"
    UNREADABLE_MARK = "unreadable_mark"
    DUPLICATE_PERSON = "duplicate_person"


@dataclass(frozen=True, slots=True)
class Fault:
    """Why one cell cannot be read."""

    code: Code
    message: str


@dataclass(frozen=True, slots=True)
class Problem:
    """A line that was not taken: sheet, Excel's row number, Excel's column letter, and why in words."""

    sheet: str
    row: int
    column: str
    code: Code
    message: str


@dataclass(frozen=True, slots=True)
class Note:
    """Something a person should look at, on a line that was taken or left out for a stated reason."""

    sheet: str
    row: int
    message: str


def column_letter(index: int) -> str:
    """Excel's name of a column counted from 0: A, B, ... Z, AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
