"""Fonts of the documents: chains that fall back character by character, and the refusal when nothing has one."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from reportlab.pdfbase import pdfmetrics, ttfonts

from consult_app.kernel import fonts
from consult_app.kernel.errors import Refused

# What a face falls back to. Fandol's and Noto's own outlines first; 楷体 holds the last rare characters.
CHAINS = {
    "body": ("body", "serif", "kai"),
    "serif": ("serif", "kai"),
    "title": ("title", "serif", "kai"),
    "hei": ("hei", "serif", "kai"),
    "kai": ("kai", "serif"),
}
# LXGW's quotation marks and dots are 0.35 em wide, Noto Serif's dash 0.9: these come from a font that keeps the grid.
_PUNCTUATION = {"body": "body", "serif": "body", "kai": "body", "title": "hei", "hei": "hei"}
_AMBIGUOUS = frozenset("“”‘’—…·")
# Selectors and joiners have no glyph of their own; a control character is never meant to be printed.
_INVISIBLE = re.compile("[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2069"
                        "\ufe00-\ufe0f\ufeff\U000e0000-\U000e01ef]")  # fmt: skip


class MissingGlyphs(Refused):
    """No bundled font has a picture for some characters: the document would carry holes."""

    text = "字库里没有这些字，无法印出：{characters}。请核对，或改用拼音加注并附上字形图片。"


@dataclass(frozen=True)
class Glyph:
    """How one character is drawn: which registered font, its width in em, and whether it fills a cell of the grid."""

    font: str
    width: float
    wide: bool


@dataclass(frozen=True)
class Type:
    """A face at a size (pt); wide characters advance by `pitch` (pt), so that a line holds a whole number of them."""

    face: str
    size: float
    pitch: float

    def glyph(self, character: str) -> Glyph:
        """The glyph of one character."""
        return glyph(self.face, character)

    def advance(self, character: str) -> float:
        """How far one character moves the pen (pt)."""
        found = glyph(self.face, character)
        return self.pitch if found.wide else found.width * self.size

    def width(self, text: str) -> float:
        """The natural width of a text on one line (pt)."""
        return sum(map(self.advance, text))


def plain_type(face: str, size: float) -> Type:
    """A face set solid: the pitch is the size."""
    return Type(face, size, size)


def type_within(face: str, size: float, words: str, room: float) -> Type:
    """A face at a size, or smaller so that the words fit into the room (pt)."""
    return plain_type(face, size * min(1.0, room / plain_type(face, size).width(words)))


def clean(text: str) -> str:
    """The text without characters that have no picture (selectors, joiners, controls); tabs become spaces."""
    return _INVISIBLE.sub("", text.replace("\t", " ").replace("\xa0", " ").replace("\r\n", "\n"))


def require_glyphs(texts: Iterable[str]) -> None:
    """Refuses (`MissingGlyphs`) when any text holds a character no bundled font has."""
    characters = {character for text in texts for character in clean(text)} - {"\n"}
    missing = sorted(character for character in characters if not _covered(character))
    if missing:
        raise MissingGlyphs(characters="、".join(f"{each}（U+{ord(each):04X}）" for each in missing))


def font_name(role: str) -> str:
    """The name under which a role is registered with the PDF engine; registers it on first use."""
    _font(role)
    return f"liubu-{role}"


@cache
def glyph(face: str, character: str) -> Glyph:
    """The first font of the face's chain that has the character; a missing one is a bug (ask `require_glyphs` first)."""
    chain = CHAINS[face]
    if character in _AMBIGUOUS:
        chain = (_PUNCTUATION[face], *chain)
    code = ord(character)
    for role in chain:
        outlines = _font(role).face
        if code in outlines.charToGlyph:
            width = outlines.getCharWidth(code) / 1000
            return Glyph(font_name(role), width, _is_wide(character, width))
    raise LookupError(f"U+{code:04X} is in no font of {face}")


def _is_wide(character: str, width: float) -> bool:
    kind = unicodedata.east_asian_width(character)
    return kind in "WF" or (kind == "A" and 0.85 <= width <= 1.0)


@cache
def _covered(character: str) -> bool:
    return any(ord(character) in _font(role).face.charToGlyph for role in ("serif", "kai"))


@cache
def _font(role: str) -> ttfonts.TTFont:
    font = ttfonts.TTFont(f"liubu-{role}", str(fonts.font_path(role)), asciiReadable=False)
    pdfmetrics.registerFont(font)
    return font


def _to_unicode(font: str, subset: list[int]) -> str:
    """A ToUnicode map with UTF-16BE targets in blocks of at most 100.

    ReportLab 5.1 writes code points above U+FFFF with five digits: such names could be neither copied nor found.
    """
    entries = [f"<{index:02X}> <{chr(code).encode('utf-16-be').hex().upper()}>" for index, code in enumerate(subset)]
    blocks = [entries[start : start + 100] for start in range(0, len(entries), 100)]
    lines = ["/CIDInit /ProcSet findresource begin", "12 dict begin", "begincmap"]
    lines += ["/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def"]
    lines += [f"/CMapName /{font} def", "/CMapType 2 def"]
    lines += ["1 begincodespacerange", "<00> <FF>", "endcodespacerange"]
    for block in blocks:
        lines += [f"{len(block)} beginbfchar", *block, "endbfchar"]
    lines += ["endcmap", "CMapName currentdict /CMap defineresource pop", "end", "end"]
    return "\n".join(lines)


ttfonts.makeToUnicodeCMap = _to_unicode
