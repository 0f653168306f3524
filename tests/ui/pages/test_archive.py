"""The page of the archive: scans come back, matters are filed, bundles leave and are checked."""

import zipfile

import pytest

from consult_app.archive import queries as archive
from consult_app.archive.verify import verify
from consult_app.bodies.actions import set_policy
from consult_app.demo.pictures import scan
from consult_app.documents import queries as documents
from consult_app.proposals.actions import end
from tests.screens_of.archive import simple_bundle
from tests.ui.pages.paper_fixtures import matter, settle, sheet_of_registration, went, write
from ui.pages.archive import ArchivePage

__all__ = ["matter", "sheet_of_registration", "went"]


@pytest.fixture
def page(desk, went, qtbot):
    made = ArchivePage(desk, went)
    qtbot.addWidget(made)
    made.resize(1200, 700)
    made.show()
    return made


@pytest.fixture
def ended(desk, matter, owners_body) -> int:
    """A matter that has ended, of a body with a 全宗号."""
    desk.do(set_policy, owners_body, fonds="Z109")
    desk.do(end, matter, "declined", "不属于社区事务")
    return matter


def test_without_matters_the_page_says_when_they_come(page, desk, owners_body):
    desk.turn_to(owners_body)
    page.show_for()
    assert page.stack.currentWidget() is page.empty


def test_matter_that_runs_at_an_early_step_is_not_on_the_shelf(page, matter):
    page.show_for()
    assert page.lines == ()


def test_ended_matter_is_filed_and_gets_its_code(page, desk, ended):
    page.show_for()
    assert [line.id for line in page.table.rows.shown] == [ended]
    page.side.file_button.click()
    page.side.sheet.action_button.click()
    page.show_for(id=ended)
    assert page.part == "filed"
    assert page.side.code.text() == "Z109-WS·2026-D10-YSB-0001"
    assert desk.ask(archive.filing, ended).code == page.side.code.text()
    assert not page.side.file_button.isVisibleTo(page)


def test_bundle_is_written_with_progress_and_holds(page, desk, ended, tmp_path, qtbot):
    page.show_for()
    words = []
    desk.began.connect(lambda task: task.moved.connect(lambda part, whole, text: words.append(text)))
    path = tmp_path / "档案包.zip"
    page.side.export_to(path)
    settle(qtbot, path.is_file)
    qtbot.waitUntil(lambda: bool(words))
    assert verify(path).holds
    assert words[0].startswith("0 / ")


def test_dropped_bundle_is_checked(page, desk, owners_body, tmp_path, qtbot):
    desk.turn_to(owners_body)
    page.show_for()
    page.take(simple_bundle(desk.store, owners_body, tmp_path))
    settle(qtbot, lambda: page.check.report is not None)
    assert page.check.verdict.text() == "档案包完整"
    assert not page.check.table.isVisibleTo(page)


def test_changed_bundle_is_told_file_by_file(page, desk, owners_body, tmp_path, qtbot):
    desk.turn_to(owners_body)
    path = simple_bundle(desk.store, owners_body, tmp_path)
    with zipfile.ZipFile(path, "a") as box:
        box.writestr("02附件/多出.txt", "x")
    page.show_for()
    page.take(path)
    settle(qtbot, lambda: page.check.report is not None)
    assert page.check.verdict.text() == "发现 1 处问题"
    assert [problem.file for problem in page.check.table.rows.shown] == ["02附件/多出.txt"]


def test_file_that_is_no_bundle_is_refused_in_place(page, tmp_path, qtbot):
    page.show_for()
    page.take(write(tmp_path, "坏的.zip", b"not a zip"))
    settle(qtbot, lambda: bool(page.check.drop.error.text()))
    assert "不是档案包" in page.check.drop.error.text()
    assert page.check.stack.currentIndex() == 0


def test_dropped_scan_finds_its_document_and_is_attached(page, desk, sheet_of_registration, tmp_path, qtbot):
    page.show_for()
    content = scan(desk.ask(documents.pdf, sheet_of_registration.id))
    page.take(write(tmp_path, "扫描0001.pdf", content))
    sheet = page.sheet
    settle(qtbot, lambda: "识别为" in sheet.found.text())
    assert sheet.shown.id == sheet_of_registration.id
    assert (sheet.original.pages, sheet.signed.pages) == (1, 1)
    sheet.action_button.click()
    assert [one.document_id for one in desk.ask(archive.scans, sheet_of_registration.proposal_id)] == [
        sheet_of_registration.id
    ]


def test_scan_without_a_code_asks_for_the_typed_one(page, desk, sheet_of_registration, tmp_path, qtbot):
    from tests.consult_app.papers import photo

    page.show_for()
    page.take(write(tmp_path, "照片.png", photo()[1]))
    sheet = page.sheet
    settle(qtbot, lambda: "没有识别出" in sheet.found.text())
    sheet.code.setText(sheet_of_registration.code.lower())
    sheet.code.editingFinished.emit()
    assert sheet.shown.id == sheet_of_registration.id
    sheet.reject()


def test_damaged_scan_is_refused_beside_its_field(page, desk, sheet_of_registration, tmp_path, qtbot):
    page.show_for()
    page.take(write(tmp_path, "坏.pdf", b"%PDF-1.7 broken"))
    sheet = page.sheet
    settle(qtbot, lambda: sheet.form.error_of("scan") != "")
    assert "打不开" in sheet.form.error_of("scan")
    sheet.reject()
