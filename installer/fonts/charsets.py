"""Character sets the font subsets are cut to."""

from __future__ import annotations

import bz2
from collections.abc import Iterator
from pathlib import Path

# GB 18030-2022 level 1 holds twenty-one compatibility ideographs beside the two large blocks.
_COMPATIBILITY = frozenset(
    [0xF92C, 0xF979, 0xF995, 0xF9E7, 0xF9F1, 0xFA0C, 0xFA0D, 0xFA0E, 0xFA0F, 0xFA11, 0xFA13]
    + [0xFA14, 0xFA18, 0xFA1F, 0xFA20, 0xFA21, 0xFA23, 0xFA24, 0xFA27, 0xFA28, 0xFA29]
)


def is_han(code: int) -> bool:
    """Whether a code point is a Chinese character, in any plane."""
    return 0x3400 <= code <= 0x9FFF or 0xF900 <= code <= 0xFAFF or 0x20000 <= code <= 0x3FFFF or code == 0x3007


def gb2312() -> set[int]:
    """6,763 characters of GB 2312-1980."""
    return {ord(text) for text in _decoded(range(0xB0, 0xF8))}


def _decoded(rows: range) -> Iterator[str]:
    for row in rows:
        for cell in range(0xA1, 0xFF):
            text = bytes([row, cell]).decode("gb2312", errors="ignore")
            if len(text) == 1:
                yield text


def general_standard(unihan: Path) -> set[int]:
    """8,105 characters of 通用规范汉字表 (2013), read from kTGH of the Unihan database."""
    with bz2.open(unihan, "rt", encoding="utf-8") as lines:
        fields = (line.split("\t") for line in lines if not line.startswith("#"))
        return {int(field[0][2:], 16) for field in fields if len(field) > 2 and field[1] == "kTGH"}


def level_1() -> set[int]:
    """27,580 characters of GB 18030-2022 implementation level 1."""
    return set(range(0x4E00, 0x9FF0)) | set(range(0x3400, 0x4DB6)) | _COMPATIBILITY | {0x3007}


def level_2(unihan: Path) -> set[int]:
    """27,776 characters of GB 18030-2022 implementation level 2: level 1 and the 196 of 通用规范汉字表 outside it."""
    return level_1() | general_standard(unihan)
