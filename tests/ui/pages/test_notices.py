"""The page of notices, worked through as a secretary does."""

import pytest

from consult_app.archive.papers import PaperState
from consult_app.documents.issuing import issue_at_once
from consult_app.documents.polling import draft_zero_report
from consult_app.notices import queries as notices
from consult_app.notices.actions import receive_objection
from tests.consult_app.papers import photo
from tests.consult_app.voting import estate
from tests.ui.pages.paper_fixtures import call, issued_call, matter, settle, sheet_of_registration, went, write
from ui.pages.notices import NoticesPage

__all__ = ["call", "issued_call", "matter", "sheet_of_registration", "went"]


@pytest.fixture
def page(desk, went, qtbot):
    made = NoticesPage(desk, went)
    qtbot.addWidget(made)
    made.resize(1200, 700)
    made.show()
    return made


def state(page) -> PaperState:
    return page.side.paper.state


def posted(desk, page, issued_call, tmp_path):
    page.show_for(id=issued_call)
    page.side.acts["登记张贴…"].click()
    sheet = page.side.sheet
    sheet.form.fill(place="小区北门公告栏", posted_by="示例网格员")
    sheet.pickers["photo"].take((write(tmp_path, "张贴.png", photo()[1]),))
    sheet.action_button.click()
    page.refresh()


def test_without_papers_the_page_says_what_to_do(page):
    page.show_for()
    assert page.stack.currentIndex() == 1


def test_draft_opens_to_be_edited(page, call, went, qtbot):
    page.show_for()
    assert state(page) is PaperState.DRAFT
    page.side.acts["编辑并印发"].click()
    assert went.places == [("document", {"id": call})]
    settle(qtbot)


def test_pages_of_the_chosen_paper_stand_in_place(page, issued_call, qtbot):
    page.show_for(id=issued_call)
    settle(qtbot, lambda: page.side.preview.pages > 0)
    assert page.side.pdf.startswith(b"%PDF-")


def test_small_pictures_come_as_they_are_looked_at(page, issued_call, qtbot):
    page.show_for(id=issued_call)
    paper = page.shelf.current()
    page.shelf.pictures.of(paper)
    settle(qtbot, lambda: page.shelf.pictures.of(paper) is not None)
    assert not page.shelf.pictures.of(paper).isNull()


def test_posting_needs_a_photo_and_starts_the_period(page, desk, issued_call, tmp_path, qtbot):
    page.show_for(id=issued_call)
    assert state(page) is PaperState.TO_POST
    page.side.acts["登记张贴…"].click()
    sheet = page.side.sheet
    sheet.form.fill(place="小区北门公告栏", posted_by="示例网格员")
    sheet.action_button.click()
    assert "照片" in sheet.form.error_of("photo")
    sheet.reject()
    posted(desk, page, issued_call, tmp_path)
    assert state(page) is PaperState.POSTED
    assert page.side.words.text() == "至12月7日，还需 15 天"
    settle(qtbot)


def test_open_objection_comes_first_and_is_answered(page, desk, issued_call, tmp_path, qtbot):
    posted(desk, page, issued_call, tmp_path)
    notice = page.side.paper.notice
    desk.do(receive_objection, notice.id, name="示例业主甲", text="时间太晚")
    page.refresh()
    assert page.side.state.text == "1 件异议待答复"
    page.side.acts["答复异议…"].click()
    page.side.sheet.form.fill(answer="改在周六上午")
    page.side.sheet.action_button.click()
    page.refresh()
    assert "答复异议…" not in page.side.acts
    assert desk.ask(notices.notice, notice.id, desk.today).open_objections == 0
    settle(qtbot)


def test_notice_is_taken_down_when_its_period_is_over(page, desk, issued_call, clock, tmp_path, qtbot):
    posted(desk, page, issued_call, tmp_path)
    clock.forward(days=15)
    page.refresh()
    assert state(page) is PaperState.RUN_OUT
    page.side.acts["登记撤下…"].click()
    page.side.sheet.form.fill(taken_down_by="示例网格员")
    page.side.sheet.action_button.click()
    page.show_for(id=issued_call)
    assert state(page) is PaperState.TAKEN_DOWN
    settle(qtbot)


def test_paper_to_sign_names_who_signs(page, sheet_of_registration, qtbot):
    page.show_for(id=sheet_of_registration.id)
    assert state(page) is PaperState.TO_SIGN
    assert page.side.words.text() == "提议人或代录人"
    assert "附上签字件…" in page.side.acts
    settle(qtbot)


def test_papers_are_found_by_code_and_pinyin_initials(page, issued_call, sheet_of_registration, qtbot):
    page.show_for()
    page._turn("all")
    page.search.setText(sheet_of_registration.code)
    assert [paper.id for paper in page.shelf.papers.shown] == [sheet_of_registration.id]
    page.search.setText("ytdjb")
    assert [paper.id for paper in page.shelf.papers.shown] == [sheet_of_registration.id]
    page.search.setText("没有这样的")
    assert page.left.currentIndex() == 1
    settle(qtbot)


def test_a_paper_no_step_waits_for_is_signed_by_its_scan_alone(page, desk, owners_body, tmp_path, qtbot):
    desk.turn_to(owners_body)
    estate.owners_roll(desk.store, tmp_path, owners_body)
    vote = estate.opened(desk.store, owners_body)
    made = issue_at_once(desk.store, desk.actor, draft_zero_report, vote.motion)
    page.show_for(id=made.line.id)
    assert state(page) is PaperState.TO_SIGN
    assert "监票人、计票人" in page.side.words.text()
    assert "登记签字…" not in page.side.acts
    page.side.acts["附上签字件…"].click()
    assert page.side.sheet.isVisible()
    page.side.sheet.reject()
    settle(qtbot)
