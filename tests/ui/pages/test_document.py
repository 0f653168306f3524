"""The page of one document, edited as a secretary does."""

import pytest
from PySide6.QtWidgets import QPlainTextEdit

from consult_app.documents import queries
from consult_app.documents.model import KeyValues, PageBreak, Paragraph, SignatureBoxes, Table
from consult_app.documents.rules import DocumentState
from tests.consult_app.papers import text_of
from tests.ui.pages.paper_fixtures import call, issued_call, matter, settle, went
from ui.document.table_field import TableField
from ui.pages.document import DocumentPage

__all__ = ["call", "issued_call", "matter", "went"]


@pytest.fixture
def page(desk, went, qtbot):
    made = DocumentPage(desk, went)
    qtbot.addWidget(made)
    made.resize(1200, 700)
    made.show()
    return made


def place_of(page, kind) -> int:
    return next(place for place, block in enumerate(page.view.editor.document().blocks) if isinstance(block, kind))


def type_into(page, place: int, text: str) -> None:
    page.view.editor.field(place).findChild(QPlainTextEdit).setPlainText(text)


def stored(desk, id: int):
    return desk.ask(queries.document, id)


def test_typed_words_stand_on_the_page_and_are_kept_when_it_is_left(page, desk, call, qtbot):
    page.show_for(id=call)
    place = place_of(page, Paragraph)
    type_into(page, place, "各位业主：请携带身份证件。")
    settle(qtbot, lambda: "请携带身份证件" in text_of(page.view.pdf or b"") if page.view.pdf else False)
    assert page.view.has_changes
    page.hide()
    assert not page.view.has_changes
    assert stored(desk, call).content.blocks[place].text == "各位业主：请携带身份证件。"


def test_undo_and_redo_go_through_fields_and_blocks(page, call, qtbot):
    page.show_for(id=call)
    editor, before = page.view.editor, page.view.editor.document()
    place = place_of(page, Paragraph)
    type_into(page, place, "改过的话")
    editor.insert(place + 1, PageBreak())
    assert isinstance(editor.document().blocks[place + 1], PageBreak)
    editor.undo()
    assert editor.document().blocks[place].text == "改过的话"
    editor.undo()
    assert editor.document() == before
    assert editor.field(place).read() == before.blocks[place]
    assert not page.view.undo_button.isEnabled()
    editor.redo()
    assert editor.document().blocks[place].text == "改过的话"
    settle(qtbot)


def test_facts_can_be_added_and_removed_line_by_line(page, call, qtbot):
    page.show_for(id=call)
    place = place_of(page, KeyValues)
    count = len(page.view.editor.document().blocks[place].pairs)
    pairs = page.view.editor.field(place).findChild(QPlainTextEdit).parentWidget().parentWidget()
    pairs.add_line()
    pairs._lines[-1][1].setText("联系电话")
    pairs._lines[-1][2].setPlainText("见公告栏")
    assert page.view.editor.document().blocks[place].pairs[-1] == ("联系电话", "见公告栏")
    pairs.remove_line(pairs._lines[0][0])
    assert len(page.view.editor.document().blocks[place].pairs) == count
    settle(qtbot)


def test_table_is_edited_cell_by_cell_and_total_rows_stay_total(qtbot):
    field = TableField(Table(_columns("项目", "备注"), (("甲", "1"), ("合计", "1")), heavy=(1,)))
    qtbot.addWidget(field)
    field.cells.model().setData(field.cells.model().index(0, 1), "2\n3")
    field.cells.setCurrentCell(0, 0)
    field.add_row()
    found = field.read()
    assert found.rows == (("甲", "2\n3"), ("", ""), ("合计", "1"))
    assert found.heavy == (2,)
    field.cells.setCurrentCell(1, 0)
    field.remove_row()
    assert field.read().heavy == (1,)


def test_table_of_counted_votes_is_locked(qtbot):
    field = TableField(Table(_columns("表决意见", "人数", "占比"), (("同意", "5", "71.42%"),)))
    qtbot.addWidget(field)
    assert field.locked
    assert field.cells.editTriggers() == field.cells.EditTrigger.NoEditTriggers


def test_blank_title_is_refused_beside_the_words_and_nothing_is_lost(page, desk, call, qtbot):
    page.show_for(id=call)
    type_into(page, 0, "")
    page.view._keep_quietly()
    assert "标题" in page.view.problem.text()
    assert page.view.has_changes
    assert stored(desk, call).line.title
    type_into(page, 0, "新的标题")
    page.view.save()
    assert stored(desk, call).line.title == "新的标题"
    settle(qtbot)


def test_issuing_keeps_what_was_typed_and_locks_the_document(page, desk, call, qtbot):
    page.show_for(id=call)
    type_into(page, 0, "关于北门通道的公告")
    page.view.issue_button.click()
    settle(qtbot, lambda: page.state.text == "已印发")
    line = stored(desk, call).line
    assert (line.state, line.title) == (DocumentState.ISSUED, "关于北门通道的公告")
    assert not page.view.side.isVisibleTo(page)
    assert not page.view.issue_button.isVisibleTo(page)
    settle(qtbot)


def test_draft_changed_elsewhere_is_shown_as_it_is_there(page, desk, call, qtbot):
    from consult_app.documents.actions import edit
    from ui.document.draft import changed

    page.show_for(id=call)
    content = stored(desk, call).content
    desk.do(edit, call, changed(content, place_of(page, Paragraph), Paragraph("别处改的")))
    page.refresh()
    assert page.view.editor.document().blocks[place_of(page, Paragraph)].text == "别处改的"
    settle(qtbot)


def test_voiding_an_issued_document_takes_its_milestone_along(page, desk, issued_call, matter, qtbot):
    from consult_app.proposals.queries import proposal
    from ui.dialogs.void_document import VoidDocument

    page.show_for(id=issued_call)
    page.void_button.click()
    sheet = page.findChild(VoidDocument)
    sheet.form.fill(reason="会议改期")
    sheet.action_button.click()
    assert stored(desk, issued_call).line.state is DocumentState.VOID
    assert desk.ask(proposal, matter).artefact("meeting_notice").reached == ()
    settle(qtbot)


def test_signers_are_read_back_as_they_were(page, desk, matter, qtbot):
    from consult_app.documents import drafting

    id = desk.do(drafting.draft_registration, matter)
    page.show_for(id=id)
    place = place_of(page, SignatureBoxes)
    assert page.view.editor.field(place).read() == stored(desk, id).content.blocks[place]
    settle(qtbot)


def _columns(*names: str):
    from consult_app.documents.model import Column

    return tuple(Column(name) for name in names)
