"""QR codes as vector rectangles, and the short keys they hold."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import zxingcpp

QUIET = 4  # modules of white around a code (ISO/IEC 18004)
_PAGE = re.compile(r"D1-([0-9A-Z]+)-([0-9]{1,5})")


@dataclass(frozen=True)
class Code:
    """A QR code: modules a side, and its dark runs as (x, y, width) in modules from the top left corner."""

    side: int
    runs: tuple[tuple[int, int, int], ...]


@dataclass(frozen=True)
class PageKey:
    """What the code at the foot of a page says: which document, which page."""

    token: str
    page: int


def code(text: str) -> Code:
    """The smallest level-M code of a text. Upper-case text of at most 40 characters takes 29 modules."""
    barcode = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
    rows: Any = memoryview(barcode.to_image(scale=1, add_quiet_zones=False)).tolist()  # type: ignore[arg-type]
    return Code(len(rows), tuple(run for y, row in enumerate(rows) for run in _runs(y, row)))


def page_text(token: str, page: int) -> str:
    """The text of a page's code: a look-up key, no data. `D1-7KQ2MX9D4RTW6ZPA-12`."""
    return f"D1-{token.upper()}-{page}"


def read_page(text: str) -> PageKey | None:
    """The key in a scanned code; None when the code is not of a page of ours."""
    found = _PAGE.fullmatch(text.strip())
    return PageKey(found[1], int(found[2])) if found else None


def _runs(y: int, row: list[int]) -> list[tuple[int, int, int]]:
    runs: list[tuple[int, int, int]] = []
    start: int | None = None
    for x, shade in enumerate([*row, 255]):
        if shade < 128 and start is None:
            start = x
        elif shade >= 128 and start is not None:
            runs.append((start, y, x - start))
            start = None
    return runs


@lru_cache(maxsize=64)
def operators(text: str) -> tuple[int, str]:
    """Modules a side, and the code as PDF path operators in a space of one unit a module, origin bottom left."""
    drawn = code(text)
    path = " ".join(f"{x} {drawn.side - 1 - y} {width} 1 re" for x, y, width in drawn.runs)
    return drawn.side, f"{path} f"
