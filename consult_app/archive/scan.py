"""Read the page codes from a signed paper, scanned or photographed."""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pypdfium2
import zxingcpp
from PIL import Image, UnidentifiedImageError

from consult_app.documents import qr
from consult_app.files.rules import media_type
from consult_app.kernel import pdfium
from consult_app.kernel.errors import Refused

MAX_PAGES = 400
MAX_PIXELS = 60_000_000
"""Largest picture that is decoded: an A3 sheet at 400 dpi is 31 million pixels."""

_RESOLUTIONS = (150, 300)
"""Dots per inch tried on a PDF page, the quick one first."""


class Unreadable(Refused):
    """A scan that no page can be read of."""

    text = "「{name}」打不开：{reason}。"
    field = "scan"


@dataclass(frozen=True)
class PageCode:
    """The code read on one page of a scan: which document, which of its pages; `sheet` counts the scan's pages from 1."""

    sheet: int
    code: str
    page: int


@dataclass(frozen=True)
class Reading:
    """What a scan holds: its number of pages and the codes found on them."""

    sheets: int
    codes: tuple[PageCode, ...]

    @property
    def document_codes(self) -> tuple[str, ...]:
        """The codes of the documents in the scan, each once; more than one is a mixed pile."""
        return tuple(dict.fromkeys(found.code for found in self.codes))

    def missing(self, code: str, pages: int) -> tuple[int, ...]:
        """The pages of a document that are not in the scan, or whose code cannot be read."""
        seen = {found.page for found in self.codes if found.code == code}
        return tuple(page for page in range(1, pages + 1) if page not in seen)


def read(name: str, content: bytes) -> Reading:
    """Read every page of a scan (PDF, JPEG, PNG, TIFF). Refused when it is no such file or cannot be opened."""
    if media_type(name, content) == "application/pdf":
        return _read_pdf(name, content)
    try:
        with Image.open(io.BytesIO(content)) as picture:
            if picture.width * picture.height > MAX_PIXELS:
                raise Unreadable(name=name, reason="图片太大，请用 300 dpi 重新扫描")
            frames = [_page_code(frame, number) for number, frame in enumerate(_frames(picture), 1)]
    except (UnidentifiedImageError, OSError, Image.DecompressionBombError) as error:
        raise Unreadable(name=name, reason="图片已损坏") from error
    return Reading(len(frames), tuple(found for found in frames if found))


def _frames(picture: Image.Image) -> Iterator[Image.Image]:
    for number in range(min(getattr(picture, "n_frames", 1), MAX_PAGES)):
        picture.seek(number)
        yield picture.convert("L")


def _read_pdf(name: str, content: bytes) -> Reading:
    try:
        with pdfium.LOCK:
            pdf = pypdfium2.PdfDocument(content)
            sheets = len(pdf)
    except pypdfium2.PdfiumError as error:
        raise Unreadable(name=name, reason="PDF 已损坏或设有密码") from error
    try:
        if sheets > MAX_PAGES:
            raise Unreadable(name=name, reason=f"超过 {MAX_PAGES} 页")
        found = [_pdf_page_code(pdf, index) for index in range(sheets)]
        return Reading(sheets, tuple(code for code in found if code))
    finally:
        with pdfium.LOCK:
            pdf.close()


def _pdf_page_code(pdf: pypdfium2.PdfDocument, index: int) -> PageCode | None:
    for dpi in _RESOLUTIONS:
        found = _page_code(_pdf_page(pdf, index, dpi), index + 1)
        if found:
            return found
    return None


def _pdf_page(pdf: pypdfium2.PdfDocument, index: int, dpi: int) -> Image.Image:
    """A page as a grey picture, at fewer dots per inch where it would hold too many pixels."""
    with pdfium.LOCK:
        page = pdf[index]
        width, height = page.get_size()
        scale = min(dpi / 72, (MAX_PIXELS / max(1.0, width * height)) ** 0.5)
        bitmap = page.render(scale=scale, grayscale=True)
        picture: Image.Image = bitmap.to_pil().copy()
        bitmap.close()
        page.close()
    return picture


def _page_code(picture: Image.Image, sheet: int) -> PageCode | None:
    texts = [
        found.text
        for found in zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode]))
    ]
    return _parsed(texts, sheet)


def _parsed(texts: Sequence[str], sheet: int) -> PageCode | None:
    for text in texts:
        key = qr.read_page(text)
        if key:
            return PageCode(sheet, key.token, key.page)
    return None
