"""A page rendered once and filled in for each voter: two thousand receipts of one vote differ in a time and a number.

Its pieces are deflated once as well. A gap's value goes between them as a stored block (RFC 1951, 3.2.4), so that the gzip
file of a receipt costs a check sum and no packing.
"""

import re
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from typing import Any

from consult_app.web.page import GZIP, Head, environment, head

_GAP = re.compile("\ue000([a-z0-9]+)\ue001")
_END = b"\x03\x00"
"""An empty last block."""


def gap(name: str) -> str:
    """What a template is given in place of a value that comes later; characters that no text has."""
    return f"\ue000{name}\ue001"


def letter(template: str, *, big: bool, **facts: Any) -> "Letter":
    """Render a page whose facts hold gaps."""
    return Letter.of(head(big), environment().get_template(template).render(big=big, **facts))


@dataclass(frozen=True)
class Letter:
    """The pieces of a page after its head, and the names of the gaps between them."""

    head: Head
    pieces: tuple[bytes, ...]
    deflated: tuple[bytes, ...]
    gaps: tuple[str, ...]

    @classmethod
    def of(cls, head: Head, text: str) -> "Letter":
        """Cut a rendered page at its gaps."""
        parts = _GAP.split(text)
        pieces = tuple(part.encode() for part in parts[::2])
        return cls(head, pieces, tuple(map(_deflated, pieces)), tuple(parts[1::2]))

    def plain(self, values: Mapping[str, str]) -> bytes:
        """The page with its gaps filled."""
        return self.head.plain + self._rest(values)

    def gzipped(self, values: Mapping[str, str]) -> bytes:
        """The same as a gzip file."""
        rest = self._rest(values)
        packed = [GZIP, self.head.deflated, self.deflated[0]]
        for name, piece in zip(self.gaps, self.deflated[1:], strict=True):
            packed += (_stored(escape(values[name]).encode()), piece)
        size = len(self.head.plain) + len(rest)
        packed += (_END, zlib.crc32(rest, self.head.crc).to_bytes(4, "little"), size.to_bytes(4, "little"))
        return b"".join(packed)

    def _rest(self, values: Mapping[str, str]) -> bytes:
        filled = [self.pieces[0]]
        for name, piece in zip(self.gaps, self.pieces[1:], strict=True):
            filled += (escape(values[name]).encode(), piece)
        return b"".join(filled)


def _deflated(piece: bytes) -> bytes:
    packer = zlib.compressobj(9, wbits=-15)
    return packer.compress(piece) + packer.flush(zlib.Z_FULL_FLUSH)


def _stored(value: bytes) -> bytes:
    size = len(value)
    return b"\x00" + size.to_bytes(2, "little") + (size ^ 0xFFFF).to_bytes(2, "little") + value
