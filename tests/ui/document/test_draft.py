"""The way back of a document that is edited."""

from consult_app.documents.model import Document, Paragraph, Title
from ui.document.draft import Draft, changed, inserted, moved, removed

START = Document("公告", "标题", (Title("标题"), Paragraph("甲"), Paragraph("乙")))


def texts(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Title | Paragraph)]


def test_typing_in_one_field_is_one_step() -> None:
    draft = Draft(START)
    for text in ("甲1", "甲12", "甲123"):
        draft.change(changed(draft.document, 1, Paragraph(text)), "block1")
    draft.undo()
    assert draft.document == START
    assert not draft.can_undo


def test_rest_and_another_field_end_a_step() -> None:
    draft = Draft(START)
    draft.change(changed(draft.document, 1, Paragraph("甲1")), "block1")
    draft.rest()
    draft.change(changed(draft.document, 1, Paragraph("甲12")), "block1")
    draft.change(changed(draft.document, 2, Paragraph("乙1")), "block2")
    seen = []
    while draft.can_undo:
        draft.undo()
        seen.append(texts(draft.document)[1:])
    assert seen == [["甲12", "乙"], ["甲1", "乙"], ["甲", "乙"]]


def test_redo_is_gone_after_another_change() -> None:
    draft = Draft(START)
    draft.change(removed(START, 2))
    draft.undo()
    draft.redo()
    assert texts(draft.document) == ["标题", "甲"]
    draft.undo()
    draft.change(inserted(START, 3, Paragraph("丙")))
    assert not draft.can_redo
    assert texts(draft.document) == ["标题", "甲", "乙", "丙"]


def test_title_of_the_document_follows_its_first_title() -> None:
    assert changed(START, 0, Title("新标题")).title == "新标题"


def test_block_moves_and_stays_at_the_ends() -> None:
    assert texts(moved(START, 2, -1)) == ["标题", "乙", "甲"]
    assert moved(START, 2, 1) == START
    assert moved(START, 0, -1) == START
