"""HTML pages: one self-contained document each, that needs no script and nothing from elsewhere, never kept by the phone."""

import base64
import hashlib
import zlib
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse
from starlette.types import Receive, Scope, Send

from consult_app.kernel import resources

GZIP = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"
"""The beginning of a gzip file: deflated, no name, no time, no system (RFC 1952)."""


@cache
def environment() -> Environment:
    """The templates of `resources/web/templates`; every value is escaped (threat 27), a missing one is a bug."""
    return Environment(
        loader=FileSystemLoader(resources.path("web", "templates")),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@cache
def style() -> str:
    """The one style sheet, as it stands inside every page."""
    return resources.path("web", "static", "page.css").read_text("utf-8").strip()


@cache
def script() -> str:
    """The one script, as it stands inside every page: it sends a vote again by itself, and reads aloud."""
    return resources.path("web", "static", "page.js").read_text("utf-8").strip()


@cache
def headers() -> dict[str, str]:
    """Headers of every page. Old browsers that know no hashes obey 'unsafe-inline', which newer ones then ignore."""
    return {
        "Cache-Control": "no-store",
        "Content-Security-Policy": (
            f"default-src 'none'; style-src {_digest(style())} 'unsafe-inline'; "
            f"script-src {_digest(script())} 'unsafe-inline'; connect-src 'self'; img-src data:; form-action 'self'; "
            "base-uri 'none'; frame-ancestors 'none'"
        ),
        "Referrer-Policy": "no-referrer",
        "Vary": "Accept-Encoding",
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "X-Robots-Tag": "noindex",
    }


@dataclass(frozen=True)
class Head:
    """What every page begins with, style and script included: as it is, and deflated with its check sum."""

    plain: bytes
    deflated: bytes
    crc: int


@cache
def head(big: bool) -> Head:
    """The beginning of a page, in usual or large print."""
    plain = environment().get_template("head.html").render(big=big, style=style(), script=script()).encode()
    packer = zlib.compressobj(9, wbits=-15)
    return Head(plain, packer.compress(plain) + packer.flush(zlib.Z_FULL_FLUSH), zlib.crc32(plain))


class Page(HTMLResponse):
    """A page that goes out gzipped to whoever reads gzip. Its head is deflated once for all: a vote must not wait for it."""

    def __init__(self, head: Head, rest: bytes, status: int = 200) -> None:
        super().__init__(head.plain + rest, status, headers())
        self._head, self._rest = head, rest

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send it as the phone can read it."""
        if reads_gzip(scope):
            self.body = gzipped(self._head, self._rest)
            self.headers["Content-Encoding"] = "gzip"
            self.headers["Content-Length"] = str(len(self.body))
        await super().__call__(scope, receive, send)


def html(template: str, status: int = 200, *, big: bool = False, **facts: Any) -> Page:
    """Render a page; `big` in large print."""
    text = environment().get_template(template).render(**{"big": big, "slip": None, **facts})
    return Page(head(big), text.encode(), status)


def gzipped(head: Head, rest: bytes) -> bytes:
    """Head and rest as one gzip file. A small window (4 KiB) is set up six times as fast and packs a page as well."""
    packer = zlib.compressobj(6, wbits=-12, memLevel=5)
    packed = packer.compress(rest) + packer.flush()
    size = len(head.plain) + len(rest)
    return b"".join(
        (GZIP, head.deflated, packed, zlib.crc32(rest, head.crc).to_bytes(4, "little"), size.to_bytes(4, "little"))
    )


def reads_gzip(scope: Scope) -> bool:
    """Whether a browser says that it reads gzip; `gzip;q=0` says that it does not."""
    return _wishes_gzip(b",".join([value for name, value in scope["headers"] if name == b"accept-encoding"]))


@lru_cache(maxsize=64)
def _wishes_gzip(said: bytes) -> bool:
    wishes = (one.partition(b";") for one in said.lower().split(b","))
    return any(name.strip() == b"gzip" and how.replace(b" ", b"") not in _NEVER for name, _, how in wishes)


_NEVER = (b"q=0", b"q=0.0", b"q=0.00", b"q=0.000")


def _digest(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
