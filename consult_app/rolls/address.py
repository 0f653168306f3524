"""房屋坐落: building, entrance and room from one cell or from three. Pure."""

import re
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from consult_app.rolls.cells import Cell, shown, tight
from consult_app.rolls.problems import Code, Fault

_NUMERAL = r"[一二三四五六七八九十]{1,3}"
_NUMBER = rf"(?:[A-Za-z]?\d+[A-Za-z]?|{_NUMERAL})"
_BUILDING_WORD = r"(?:号楼|#楼|幢|栋|座|#|楼)"
_ROOM = r"(?P<room>[A-Za-z]?\d+[A-Za-z]?|[零〇一二三四五六七八九]{3,4})(?:室|号房?|房|户|铺)?"
_SEPARATOR = r"[-_/.—–]"

_LABELLED = re.compile(
    rf"(?P<before>.*?)(?P<building>{_NUMBER}|[A-Za-z]){_BUILDING_WORD}{_SEPARATOR}?"
    rf"(?:(?P<entrance>{_NUMBER}|[A-Za-z])(?:单元|门|梯|#|{_SEPARATOR}){_SEPARATOR}?)?(?:\d+[层楼])?{_ROOM}"
)
_PLAIN = re.compile(
    rf"(?P<building>{_NUMBER}|[A-Za-z]){_SEPARATOR}(?:(?P<entrance>{_NUMBER}|[A-Za-z])(?:单元)?{_SEPARATOR})?{_ROOM}"
)
_DAY = re.compile(
    r"(?:19|20)\d\d[-/.](?:0?[1-9]|1[0-2])[-/.](?:0?[1-9]|[12]\d|3[01])|1?\d月\d{1,2}日|\d{1,2}-[A-Z][a-z]{2}"
)
"""What Excel makes of 3-2-5 and writes into a CSV file."""
_HOUSE = re.compile(rf"{_NUMBER}(?:号楼|#|幢|栋)")
_KIND_WORDS = "商铺|商业|底商|门面房?|门市房?|铺面|商服|车位|车库|储藏室|地下室"
_KIND = re.compile(
    rf"(?P<before>.*?)(?P<building>{_KIND_WORDS})[-#号]?(?P<room>[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*)(?:号|室|铺|位)?"
)
_PHASE = re.compile(rf"(?:{_NUMERAL}|\d+)期|[东南西北中A-Za-z][区苑院]?$|[东南西北中A-Za-z甲乙丙丁]区")
_BUILDING_TAIL = re.compile(rf"(?P<building>.*?{_NUMBER}|[A-Za-z]){_BUILDING_WORD}|(?P<bare>\d+)号")
_ENTRANCE_TAIL = re.compile(r"(.+?)(?:单元|门|梯)")
_ROOM_TAIL = re.compile(r"([A-Za-z]?\d+[A-Za-z]?)(?:室|号房?|房|户|铺)")
_LONGEST = 60
_DIGITS = {char: value for value, char in enumerate("一二三四五六七八九", start=1)}
_NUMERALS = {str(value): char for char, value in _DIGITS.items()}
_NOUGHTS = str.maketrans("零〇一二三四五六七八九", "00123456789")


class Address(NamedTuple):
    """Where a unit is; `entrance` may be empty, and so may `building` where a place has none."""

    building: str
    entrance: str
    room: str


def address_of(cell: Cell) -> Address | Fault:
    """The unit a single address cell names: `1号楼2单元301室`, `1-2-301`, `1#2-301`, `3幢501`, `商铺S07`."""
    if isinstance(cell, date):
        return Fault(Code.UNREADABLE_ADDRESS, f"房屋坐落被 Excel 改成了日期（{cell}），请按文本重新填写，如 1-1-101")
    text = tight(cell)
    if not text:
        return Fault(Code.MISSING_ADDRESS, "没有填写房屋坐落")
    if len(text) > _LONGEST:
        return Fault(Code.UNREADABLE_ADDRESS, f"房屋坐落“{shown(text)}”过长，请只写楼栋、单元、房号")
    if _DAY.fullmatch(text):
        return Fault(Code.UNREADABLE_ADDRESS, f"房屋坐落被 Excel 改成了日期（{text}），请按文本重新填写，如 1-1-101")
    found = _LABELLED.fullmatch(text) or _PLAIN.fullmatch(text)
    if found and not _HOUSE.search(found.groupdict().get("before") or ""):
        parts = found.groupdict()
        return Address(
            _phase(parts.get("before") or "") + number_words_of(parts["building"]),
            number_words_of(parts["entrance"] or ""),
            room_of(parts["room"]),
        )
    if found := _KIND.fullmatch(text):
        return _shop(found["before"], found["building"], found["room"])
    if not any(char.isalnum() for char in text):
        return Fault(Code.UNREADABLE_ADDRESS, f"房屋坐落“{shown(text)}”无法识别")
    return Address("", "", text.upper())


def is_regular(address: Address) -> bool:
    """Whether building and room were told apart, so that the text is surely an address."""
    return bool(address.building)


def address_of_parts(building: Cell, entrance: Cell, room: Cell) -> Address | Fault:
    """The unit that three cells name: `1号楼`, `1单元`, `101`; a room cell may hold the whole address."""
    if isinstance(room, date):
        return Fault(Code.UNREADABLE_ADDRESS, f"房号被 Excel 改成了日期（{room}），请按文本重新填写")
    room_text = tight(room)
    if not room_text:
        return Fault(Code.MISSING_ADDRESS, "没有填写房号")
    if len(room_text) > _LONGEST:
        return Fault(Code.UNREADABLE_ADDRESS, f"房号“{shown(room_text)}”过长")
    building_text, entrance_text = building_of(tight(building)), entrance_of(tight(entrance))
    if found := _ROOM_TAIL.fullmatch(room_text):
        return Address(building_text, entrance_text, found[1].upper())
    if "-" in room_text or "单元" in room_text or "幢" in room_text or "楼" in room_text or "#" in room_text:
        return _whole(room_text, building_text, entrance_text)
    return Address(building_text, entrance_text, room_text.upper())


def _whole(room: str, building: str, entrance: str) -> Address | Fault:
    whole = address_of(room)
    if isinstance(whole, Fault) or not whole.building:
        return Address(building, entrance, room.upper())
    if not building or (whole.building == building and whole.entrance):
        return Address(whole.building, whole.entrance or entrance, whole.room)
    if not entrance and not whole.entrance:  # 楼栋 1, 房号 2-301
        return Address(building, whole.building, whole.room)
    if whole.building == entrance and not whole.entrance:
        return Address(building, entrance, whole.room)
    return Fault(Code.UNREADABLE_ADDRESS, f"房号“{shown(room)}”与楼栋“{shown(building)}”不一致，请核对")


@lru_cache(maxsize=4096)
def building_of(text: str) -> str:
    """`1号楼`, `1幢`, `1#`, `一号楼`, `01栋` are all building 1; `商铺` stays."""
    if found := _BUILDING_TAIL.fullmatch(text):
        text = found["building"] or found["bare"]
    return number_words_of(text)[:40]


@lru_cache(maxsize=4096)
def entrance_of(text: str) -> str:
    """`1单元`, `一单元`, `01` are all entrance 1."""
    found = _ENTRANCE_TAIL.fullmatch(text)
    return number_words_of(found[1] if found else text)[:40]


@lru_cache(maxsize=4096)
def number_words_of(text: str) -> str:
    """A number as short digits: `十二` as 12, `03` as 3, `a` as A; other text as it is."""
    if text.isdecimal():
        return text.lstrip("0") or "0"
    if text and all(char in _DIGITS or char == "十" for char in text):
        tens, ten, ones = text.rpartition("十")
        if not ten:
            return "".join(str(_DIGITS[char]) for char in text)
        if len(tens) <= 1 and len(ones) <= 1 and tens != "十":
            return str(_DIGITS.get(tens, 1) * 10 + _DIGITS.get(ones, 0))
    return text.upper()


def room_of(text: str) -> str:
    """A room's number: `五零一` as 501, `s07` as S07; leading noughts stay, for 0101 and 101 may be two rooms."""
    return text.translate(_NOUGHTS).upper()


def _phase(before: str) -> str:
    """`一期`, also where it is written 1期: the part of the estate, where buildings of the same number are told apart by it."""
    found = _PHASE.findall(before) if before else []
    return "".join(_NUMERALS.get(each[:-1], each[:-1]) + "期" if each.endswith("期") else each for each in found)


def _shop(before: str, kind: str, room: str) -> Address:
    tail = _BUILDING_TAIL.fullmatch(before) if before else None
    if tail:
        return Address(building_of(before), "", kind + room.upper())
    return Address(_phase(before) + kind, "", room.upper())
