"""Renders a document as PDF: paged, numbered, with its digest and code on every page, ready to be signed and filed."""

import io
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from reportlab import rl_config
from reportlab.pdfgen.canvas import Canvas

from consult_app.documents import archival, qr
from consult_app.documents.blocks import set_document
from consult_app.documents.fonts import clean, font_name, plain_type, require_glyphs
from consult_app.documents.model import Document, short_digest
from consult_app.documents.page import (
    AREA_HEIGHT,
    AREA_WIDTH,
    HEIGHT,
    LARGE,
    LEFT,
    SMALLER,
    STANDARD,
    TOP,
    WIDTH,
    Placed,
    paginate,
)
from consult_app.documents.pen import MM, Pen

PAGE_CODE = 18 * MM
"""Side of the code at the foot of a page, without quiet zone: reads at 150 dpi from a noisy scan."""

rl_config.useA85 = 0  # plain deflate: a fifth smaller, and faster
_engine = threading.Lock()  # a registered font serves one document at a time


def render(document: Document, *, code: str, token: str | None, issued: datetime, issuer: str = "") -> bytes:
    """The document as PDF/A-2u, the same bytes for the same arguments.

    `code` is the number in words printed at the foot (档号 or 文件编号), `token` the upper-case key of the page codes; without a
    token the document is a draft: marked 草稿, without codes. `issued` (aware) dates the file; `issuer` is its author.
    Refuses (`MissingGlyphs`) characters no bundled font has.
    """
    require_glyphs([*document.texts(), code])
    with _engine:
        pages = _pages(document)
        data = io.BytesIO()
        canvas = new_canvas(data, title=document.title.replace("\n", ""), author=issuer, subject=document.kind)
        digest = short_digest(document.digest())
        for number, placed in enumerate(pages, start=1):
            pen = Pen(canvas, HEIGHT)
            _draw_page(pen, placed)
            _draw_foot(pen, number, len(pages), code=clean(code), digest=digest, token=token)
            canvas.showPage()
        canvas.save()
    return archival.archive(data.getvalue(), issued=issued, language=document.language)


def new_canvas(data: io.BytesIO, *, title: str, author: str, subject: str) -> Canvas:
    """An A4 canvas that writes no timestamps and uses no font that is not embedded."""
    canvas = Canvas(
        data,
        pagesize=(WIDTH, HEIGHT),
        invariant=1,
        pageCompression=1,
        initialFontName=font_name("body"),
        initialFontSize=16,
        pdfVersion=(1, 7),
    )
    canvas.setTitle(title)
    canvas.setAuthor(author)
    canvas.setSubject(subject)
    canvas.setCreator("六步议事")
    return canvas


@contextmanager
def engine() -> Iterator[None]:
    """Holds the PDF engine: its fonts serve one document at a time."""
    with _engine:
        yield


def _pages(document: Document) -> list[list[Placed]]:
    grids = SMALLER if document.style == "one_page" else (LARGE if document.large else STANDARD,)
    for grid in grids:
        pages = paginate(set_document(document, grid), grid)
        if len(pages) == 1:
            break
    return pages


def _draw_page(pen: Pen, placed: list[Placed]) -> None:
    for item in placed:
        item.slab.draw(pen, LEFT, TOP + item.top)


def _draw_foot(pen: Pen, number: int, pages: int, *, code: str, digest: str, token: str | None) -> None:
    """— 1 — outside (GB/T 9704-2012 7.5); inside the code of the page and the facts to check it by."""
    foot = TOP + AREA_HEIGHT
    figures, small = plain_type("serif", 14), plain_type("body", 8)
    odd = number % 2 == 1
    page = f"— {number} —"
    place = foot + 7 * MM + 11
    if odd:
        pen.text_right(LEFT + AREA_WIDTH - 16, place, page, figures)
    else:
        pen.text(LEFT + 16, place, page, figures)
    facts = [f"第 {number} 页，共 {pages} 页", f"编号 {code}" if code else "", f"校验 {digest}"]
    if token is None:
        facts = ["草稿，不作凭证", *facts]
    facts = [fact for fact in facts if fact]
    top = foot + 7 * MM
    if token is not None:
        x = LEFT if odd else LEFT + AREA_WIDTH - PAGE_CODE
        pen.code(x, top, PAGE_CODE, qr.page_text(token, number))
    gap = (PAGE_CODE + 4 * MM) if token is not None else 0.0
    for index, fact in enumerate(facts):
        line = top + 14 + index * 12.5
        if odd:
            pen.text(LEFT + gap, line, fact, small)
        else:
            pen.text_right(LEFT + AREA_WIDTH - gap, line, fact, small)
