"""Breaking Chinese text into lines (避头尾): pure, fed with the advance of each character.

Source: GB/T 15834-2011 5.1 (place of punctuation): closing marks never begin a line, opening marks never end one,
—— and …… are never divided; numbers and Latin words stay whole, and so do a number and its unit (`186,000 元`, `第 59 条`) and
the day of a month. No single character makes the last line of a paragraph (单字不成行).
"""

import re
import unicodedata
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass

Advance = Callable[[str], float]
"""The width of one character, in the unit of the line's width."""

NO_START = frozenset("，。、；：？！）》」』】〕〉｝］”’…—％‰℃㎡㎥°·～–/／!),.:;?]}%’”ー々")
NO_END = frozenset("（《「『【〔〈｛［“‘([{￥¥$＄№#＃")
SQUEEZABLE = frozenset("，。、；：？！）》」』】〕〉｝］")
"""Closing marks whose right half is empty."""
MOST_SQUEEZED = 2

_LATIN = "A-Za-z0-9\u00c0-\u024f"
_UNITS = (
    "个工作日|个月|个|平方米|公里|米|亿元|万元|元|角|分钟|小时|年|月|日|时|分|秒|天|周岁|周|岁|单元|号楼|号|幢|栋|座|层|室|户|套|"
    "人|名|位|票|张|份|页|件|台|部|处|次|届|期|批|条|款|项|章|节|组|类|种|倍|档"
)
_WORD = rf"[{_LATIN}](?:[{_LATIN}]|[.,:/@_&+'#=?~\-]+(?=[{_LATIN}]))*"
_NUMBER = rf"(?=[0-9]){_WORD}"
_TOKEN = re.compile(
    rf"—{{2,}}|…{{2,}}|[0-9]{{1,2}} ?月 ?[0-9]{{1,2}} ?日|(?:第 ?)?{_NUMBER} ?(?:{_UNITS})"
    rf"|{_WORD}[%‰]?|.",
    re.DOTALL,
)
_SLACK = 1e-6


@dataclass(frozen=True)
class Line:
    """One line: its text, the marks in it that are drawn half as wide (indexes), and where it stands.

    `indent` and `width` are in the unit of the advance; `open` lines may be stretched to the full width.
    """

    text: str
    squeezed: tuple[int, ...]
    indent: float
    width: float
    open: bool


def break_lines(text: str, width: float, advance: Advance, *, first: float = 0.0, rest: float = 0.0) -> list[Line]:
    """Breaks a text into lines no wider than `width`; `first` and `rest` are the indents of the first and later lines.

    A line feed ends a line. An empty text gives one empty line. Spaces at the end of a line are dropped.
    """
    lines: list[Line] = []
    for part in text.split("\n"):
        lines += _break_part(part, width, advance, first if not lines else rest, rest)
    return lines


def _break_part(text: str, width: float, advance: Advance, first: float, rest: float) -> list[Line]:
    filled = [_Filling(advance, first, width - first)]
    boxes = deque(_boxes(text))
    while boxes:
        box, current = boxes.popleft(), filled[-1]
        if current.takes(box):
            current.add(box)
        elif current.boxes:
            filled.append(_Filling(advance, rest, width - rest))
            boxes.appendleft(box)
        else:
            head, tail = _cut(box, current.room, advance)
            current.add(head)
            boxes.appendleft(tail)
    if len(filled) > 1:
        _join_single(filled[-2], filled[-1])
    return [*(line.line(open_=True) for line in filled[:-1]), filled[-1].line(open_=False)]


def _join_single(before: "_Filling", last: "_Filling") -> None:
    """Gives a last line of a single character the end of the line before, where that has enough."""
    single = sum(character not in NO_START | NO_END for character in last.text) < 2
    end = before.boxes[-1]
    if single and len(before.boxes) > 2 and last.takes(end):
        before.boxes.pop()
        last.boxes.insert(0, end)


class _Filling:
    """A line being filled with pieces."""

    def __init__(self, advance: Advance, indent: float, room: float) -> None:
        self.advance, self.indent, self.room = advance, indent, room
        self.boxes: list[str] = []
        self.used = 0.0

    @property
    def text(self) -> str:
        return "".join(self.boxes)

    def takes(self, box: str) -> bool:
        visible = box.rstrip(" ")
        over = self.used + _width(visible, self.advance) - self.room
        return over <= _SLACK or over <= self._squeeze(self.text + visible) + _SLACK

    def add(self, box: str) -> None:
        self.boxes.append(box)
        self.used += _width(box, self.advance)

    def line(self, *, open_: bool) -> Line:
        text = self.text.rstrip(" ")
        over = _width(text, self.advance) - self.room
        marks: list[int] = []
        for index in _marks(text):
            if over <= _SLACK:
                break
            marks.append(index)
            over -= self.advance(text[index]) / 2
        return Line(text, tuple(sorted(marks)), self.indent, self.room + over, open_)

    def _squeeze(self, text: str) -> float:
        return sum(self.advance(text[index]) / 2 for index in _marks(text))


def _marks(text: str) -> list[int]:
    """The closing marks that end a line, at most two, from the end."""
    marks: list[int] = []
    for index in range(len(text) - 1, len(text) - 1 - MOST_SQUEEZED, -1):
        if index < 0 or text[index] not in SQUEEZABLE:
            break
        marks.append(index)
    return marks


def _width(text: str, advance: Advance) -> float:
    return sum(map(advance, text))


def _tokens(text: str) -> Iterable[str]:
    token = ""
    for match in _TOKEN.finditer(text):
        part = match.group()
        if token and unicodedata.combining(part[0]):
            token += part
            continue
        if token:
            yield token
        token = part
    if token:
        yield token


def _boxes(text: str) -> Iterable[str]:
    """The text in the smallest pieces a line may end after."""
    box = ""
    for token in _tokens(text):
        if box and not _may_part(box, token):
            box += token
            continue
        if box:
            yield box
        box = token
    if box:
        yield box


def _may_part(before: str, after: str) -> bool:
    if after == " " or after[0] in NO_START:
        return False
    last = before.rstrip(" ")[-1:]
    if not last:
        return False
    if last in NO_END:
        return False
    return before[-1] == " " or not (last.isascii() and after[0].isascii())


def _cut(box: str, room: float, advance: Advance) -> tuple[str, str]:
    """Cuts a piece wider than a line: at the last lawful place that fits, else wherever it fits."""
    used, last, lawful = 0.0, 1, 0
    for index, character in enumerate(box):
        used += advance(character)
        if used > room + _SLACK and index:
            break
        last = index + 1
        if last < len(box) and _parts_lawfully(box[index], box[last]):
            lawful = last
    cut = lawful or last
    return box[:cut], box[cut:]


def _parts_lawfully(before: str, after: str) -> bool:
    if before == after and before in "—…":
        return False
    return before not in NO_END and after not in NO_START and not unicodedata.combining(after) and after != " "
