"""A document before it is set: a title, a manner and blocks of text. Pure; stored as JSON while it is edited."""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, is_dataclass
from typing import Any, Literal, get_args

Style = Literal["plain", "official", "one_page"]
Align = Literal["justify", "left", "center", "right"]
Face = Literal["body", "kai", "hei", "serif"]


@dataclass(frozen=True)
class Title:
    """标题, centred; broken by meaning: a line feed in the text begins a new line."""

    text: str


@dataclass(frozen=True)
class Subtitle:
    """A centred line under the title, e.g. （2026年第3次）."""

    text: str


@dataclass(frozen=True)
class Heading:
    """层次: level 1 一、(黑体), 2 （一）(楷体), 3 1. and 4 （1）(仿宋). The text carries its number (GB/T 9704-2012 7.3.3)."""

    level: int
    text: str


@dataclass(frozen=True)
class Paragraph:
    """A paragraph; `lead` opens it in 黑体 (speaker, label), `indent` is the two-character first-line indent."""

    text: str
    lead: str = ""
    indent: bool = True
    align: Align = "justify"
    face: Face = "body"


@dataclass(frozen=True)
class KeyValues:
    """Labelled facts (时间、地点、主持人 …), one a line, or two a line where both are short."""

    pairs: tuple[tuple[str, str], ...]
    columns: int = 1


@dataclass(frozen=True)
class Group:
    """One line of the attendance block: 出席, 列席 or 请假 and the names under it."""

    label: str
    names: tuple[str, ...]


@dataclass(frozen=True)
class Attendees:
    """出席、列席、请假: labels in 黑体, names hanging under the first name (GB/T 9704-2012 10.3)."""

    groups: tuple[Group, ...]


@dataclass(frozen=True)
class Column:
    """A table column; widths are shares of the whole."""

    title: str
    width: float = 1.0
    align: Align = "left"


@dataclass(frozen=True)
class Table:
    """A ruled table: its header is repeated on every page, its rows are kept whole where they fit on one.

    `row_height` (mm) leaves room for a signature; `heavy` are the indexes of rows set in 黑体 (totals).
    """

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    caption: str = ""
    row_height: float = 0.0
    heavy: tuple[int, ...] = ()


@dataclass(frozen=True)
class Signer:
    """One signature box: who signs and in which role."""

    role: str
    name: str = ""


@dataclass(frozen=True)
class SignatureBoxes:
    """Boxes to sign in, kept whole; `height` in mm."""

    signers: tuple[Signer, ...]
    columns: int = 3
    height: float = 24.0


@dataclass(frozen=True)
class SignOff:
    """落款: issuer and date; `seal` leaves the place of a seal (GB/T 9704-2012 7.3.5)."""

    issuer: str
    date: str
    seal: bool = True


@dataclass(frozen=True)
class Note:
    """A remark in smaller type."""

    text: str


@dataclass(frozen=True)
class Figure:
    """A picture (JPEG or PNG, base64 so that the document stays JSON); `width` in mm."""

    image: str
    width: float = 120.0
    caption: str = ""


@dataclass(frozen=True)
class Space:
    """Empty lines."""

    lines: int = 1


@dataclass(frozen=True)
class PageBreak:
    """What follows begins a new page."""


Block = (
    Title | Subtitle | Heading | Paragraph | KeyValues | Attendees | Table | SignatureBoxes | SignOff | Note | Figure
    | Space | PageBreak
)  # fmt: skip

BLOCKS: Mapping[str, type] = {block.__name__: block for block in get_args(Block)}


@dataclass(frozen=True)
class Colophon:
    """版记: 抄送 and 印发, at the foot of the last page (GB/T 9704-2012 7.4)."""

    copies_to: str = ""
    printed_by: str = ""
    printed_on: str = ""


@dataclass(frozen=True)
class Mark:
    """纪要标志 and its line: "××社区大党委会议纪要", the number 〔2026〕3号, issuer and date (GB/T 9704-2012 10.3)."""

    text: str
    number: str = ""
    issuer: str = ""
    date: str = ""


@dataclass(frozen=True)
class Document:
    """A document of blocks.

    `kind` is what it is called in words (会议纪要, 公告 …); `large` sets it in type to be read on a wall.
    `official` follows GB/T 9704-2012 with 纪要标志 and 版记; `plain` has neither; `one_page` is a form that must stay one
    sheet, in the largest type in which it does.
    """

    kind: str
    title: str
    blocks: tuple[Block, ...] = ()
    style: Style = "plain"
    large: bool = False
    mark: Mark | None = None
    colophon: Colophon | None = None
    language: str = field(default="zh-CN")

    def to_dict(self) -> dict[str, Any]:
        """Plain JSON data; `from_dict` gives the same document back."""
        data: dict[str, Any] = _plain(self)
        data["blocks"] = [{"block": type(block).__name__, **_plain(block)} for block in self.blocks]
        return data

    @staticmethod
    def from_dict(data: Mapping[str, Any]) -> "Document":
        """The document `to_dict` wrote; unknown blocks and fields are a bug and raise."""
        values = dict(data)
        values["blocks"] = tuple(_block(entry) for entry in data.get("blocks", ()))
        values["mark"] = Mark(**data["mark"]) if data.get("mark") else None
        values["colophon"] = Colophon(**data["colophon"]) if data.get("colophon") else None
        return Document(**values)

    def digest(self) -> str:
        """SHA-256 of the document's canonical JSON, 64 hexadecimal digits: the same words give the same digest."""
        text = json.dumps(self.to_dict(), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()

    def texts(self) -> Iterator[str]:
        """Every text that will be printed."""
        yield from _strings({key: value for key, value in self.to_dict().items() if key not in ("style", "language")})


def short_digest(digest: str) -> str:
    """The first 16 digits in groups of four, as printed at the foot of each page."""
    return " ".join(digest[start : start + 4] for start in range(0, 16, 4))


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return {part.name: _plain(getattr(value, part.name)) for part in fields(value)}
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    return value


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for key, item in value.items():
            if key not in ("block", "image", "align", "face"):
                yield from _strings(item)
    elif isinstance(value, Sequence):
        for item in value:
            yield from _strings(item)


def _groups(items: Any) -> tuple[Group, ...]:
    return tuple(Group(item["label"], tuple(item["names"])) for item in items)


def _each(kind: type) -> Callable[[Any], tuple[Any, ...]]:
    return lambda items: tuple(kind(**item) for item in items)


def _tuples(items: Any) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(item) for item in items)


_READERS: Mapping[str, Callable[[Any], Any]] = {
    "pairs": _tuples,
    "rows": _tuples,
    "heavy": tuple,
    "groups": _groups,
    "columns": lambda value: value if isinstance(value, int) else _each(Column)(value),
    "signers": _each(Signer),
}


def _block(entry: Mapping[str, Any]) -> Block:
    values = {key: _READERS.get(key, lambda value: value)(value) for key, value in entry.items() if key != "block"}
    block: Block = BLOCKS[entry["block"]](**values)
    return block
