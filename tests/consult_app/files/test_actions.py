import pytest

from consult_app.files import queries, rules
from consult_app.files.actions import attach
from consult_app.storage.store import Store
from tests.fixtures import SECRETARY

PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 20


def test_an_attachment_comes_back_byte_for_byte(store: Store) -> None:
    number = store.do(SECRETARY, attach, "proposal:1", "现场照片", "楼道.png", PNG)
    found = store.ask(queries.attachment, number)
    assert (found.name, found.media_type, found.size) == ("楼道.png", "image/png", len(PNG))
    assert store.ask(queries.content, number) == PNG
    assert store.ask(queries.attachments, "proposal:1") == (found,)


@pytest.mark.parametrize("name", ["../../etc/passwd.png", "C:\\照片\\x.png"])
def test_folders_are_cut_off_the_name(store: Store, name: str) -> None:
    number = store.do(SECRETARY, attach, "proposal:1", "照片", name, PNG)
    assert "/" not in store.ask(queries.attachment, number).name
    assert "\\" not in store.ask(queries.attachment, number).name


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (b"", rules.EmptyFile),
        (b"MZ\x90\x00program", rules.UnknownKind),
        (b"%PDF-" + b"0" * rules.MAX_BYTES, rules.TooLarge),
    ],
)
def test_what_is_no_picture_or_pdf_is_refused(content: bytes, refusal: type[Exception]) -> None:
    with pytest.raises(refusal, match=r"a\.pdf"):
        rules.media_type("a.pdf", content)
