"""Pictures for the story: a stand-in for a photo, and a scan of a printed paper."""

import io
from contextlib import closing

import pypdfium2
from PIL import Image, ImageDraw, ImageFont

from consult_app.kernel import pdfium
from consult_app.kernel.fonts import font_bytes

_DPI = 150


def photo(words: str) -> tuple[str, bytes]:
    """A drawn stand-in for a photo that says what it would show; name and PNG bytes."""
    picture = Image.new("RGB", (640, 360), "#e9e4d8")
    pen = ImageDraw.Draw(picture)
    pen.rectangle((24, 24, 615, 335), outline="#8a8377", width=3)
    font = ImageFont.truetype(io.BytesIO(font_bytes("hei")), 34)
    pen.multiline_text((320, 180), f"{words}\n（练习用图）", "#4b463d", font, "mm", 14, "center")
    data = io.BytesIO()
    picture.save(data, "PNG")
    return f"{words}.png", data.getvalue()


def scan(pdf: bytes) -> bytes:
    """A paper as the office's scanner gives it back: one grey picture a page, as PDF."""
    with pdfium.LOCK, closing(pypdfium2.PdfDocument(pdf)) as document:
        pages = [page.render(scale=_DPI / 72, grayscale=True).to_pil() for page in document]
    data = io.BytesIO()
    pages[0].save(data, "PDF", resolution=_DPI, save_all=True, append_images=pages[1:])
    return data.getvalue()
