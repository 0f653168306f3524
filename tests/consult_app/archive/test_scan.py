import io

import pypdfium2
import pytest

from consult_app.archive import scan
from consult_app.documents.queries import DocumentLine, pdf
from consult_app.storage.store import Store
from tests.consult_app.papers import photo


def pictures(content: bytes, scale: float) -> list:
    document = pypdfium2.PdfDocument(content)
    try:
        return [document[index].render(scale=scale).to_pil().convert("L") for index in range(len(document))]
    finally:
        document.close()


def test_codes_are_read_from_every_page_of_a_pdf(store: Store, minutes: DocumentLine) -> None:
    reading = scan.read("签字件.pdf", store.ask(pdf, minutes.id))
    assert reading.document_codes == (minutes.code,)
    assert [found.page for found in reading.codes] == list(range(1, minutes.pages + 1))
    assert reading.missing(minutes.code, minutes.pages) == ()


def test_code_is_read_from_a_tilted_picture_of_a_page(store: Store, minutes: DocumentLine) -> None:
    page = pictures(store.ask(pdf, minutes.id), 150 / 72)[1].rotate(2, expand=True, fillcolor=255)
    data = io.BytesIO()
    page.save(data, "JPEG", quality=70)
    reading = scan.read("照片.jpg", data.getvalue())
    assert [(found.code, found.page) for found in reading.codes] == [(minutes.code, 2)]
    assert 1 in reading.missing(minutes.code, minutes.pages)


def test_pages_of_a_tiff_are_read(store: Store, minutes: DocumentLine) -> None:
    first, *others = pictures(store.ask(pdf, minutes.id), 150 / 72)
    data = io.BytesIO()
    first.save(data, "TIFF", save_all=True, append_images=others)
    reading = scan.read("扫描.tif", data.getvalue())
    assert reading.sheets == minutes.pages
    assert reading.missing(minutes.code, minutes.pages) == ()


def test_picture_without_a_code_names_none() -> None:
    assert scan.read(*photo()).document_codes == ()


@pytest.mark.parametrize("content", [b"%PDF-1.7 cut short", b"\xff\xd8\xff cut short"])
def test_broken_scan_is_refused(content: bytes) -> None:
    with pytest.raises(scan.Unreadable):
        scan.read("坏.pdf", content)
