"""归档: nothing yet, a matter to file, filed ones, a bundle that holds and one that does not, a scan that came back."""

import zipfile
from pathlib import Path
from tempfile import mkdtemp

from PySide6.QtWidgets import QApplication, QWidget

from consult_app.archive import actions as archive
from consult_app.archive import bundle
from consult_app.bodies.actions import set_policy
from consult_app.demo.pictures import scan
from consult_app.documents import drafting, issuing, queries
from consult_app.documents.queries import DocumentLine
from consult_app.proposals.actions import end
from consult_app.storage.store import Store
from tests.consult_app.proposals.matters import registered
from tests.fixtures import SECRETARY
from tests.screens import Shot, Stage
from tests.screens_of.document import settled, voted
from ui.task import Task


def resolved(stage: Stage, is_signed: bool = False, is_ended: bool = True) -> tuple[int, DocumentLine]:
    """A matter that was voted on, with its minutes issued and perhaps signed; ended, so that it can be filed."""
    body_id = stage.body()
    stage.do(set_policy, body_id, fonds="Z109")
    found = voted(stage.store, stage.clock, body_id)
    minutes = issuing.issue(stage.store, SECRETARY, 2)
    if is_signed:
        stage.do(archive.attach_scan, minutes.code, "签字件.pdf", stage.store.ask(queries.pdf, minutes.id))
    if is_ended:
        stage.do(end, found.proposal, "declined", "按社区意见另行办理")
    return found.proposal, minutes


def waiting(stage: Stage) -> QWidget:
    resolved(stage)
    return stage.window("archive")


def filed(stage: Stage) -> QWidget:
    id, _ = resolved(stage, is_signed=True)
    stage.do(archive.file, id, retention="Y")
    return stage.window("archive", part="filed")


def many(stage: Stage) -> QWidget:
    body_id = stage.body()
    stage.do(set_policy, body_id, fonds="Z109")
    for number in range(500):
        id = registered(stage.store, body_id, title=f"第{number + 1}网格公共座椅维修")
        stage.do(archive.file, id)
    return stage.window("archive", part="filed")


def simple_bundle(store: Store, body_id: int, folder: Path) -> Path:
    """The bundle of a filed matter with one issued paper."""
    id = registered(store, body_id)
    issuing.issue(store, SECRETARY, store.do(SECRETARY, drafting.draft_registration, id))
    store.do(SECRETARY, archive.file, id, fonds="Z109")
    return bundle.write(store, SECRETARY, id, folder / "Z109-WS·2026-Y-YSB-0001.zip").path


def checked(stage: Stage) -> QWidget:
    return _checked(stage, simple_bundle(stage.store, stage.body(), Path(mkdtemp())))


def broken(stage: Stage) -> QWidget:
    path = simple_bundle(stage.store, stage.body(), Path(mkdtemp()))
    with zipfile.ZipFile(path, "a") as box:
        box.writestr("02附件/补充说明.txt", "后来放进去的")
    return _checked(stage, path)


def _checked(stage: Stage, path: Path) -> QWidget:
    window = stage.window("archive")
    window.page().take(path)  # type: ignore[attr-defined]
    return settled(window)


def scanned(stage: Stage) -> QWidget:
    _, minutes = resolved(stage, is_ended=False)
    path = Path(mkdtemp()) / "扫描0001.pdf"
    path.write_bytes(scan(stage.store.ask(queries.pdf, minutes.id)))
    window = stage.window("archive")
    window.page().take(path)  # type: ignore[attr-defined]
    sheet = window.page().sheet  # type: ignore[attr-defined]
    Task.wait_for_all()
    QApplication.processEvents()
    sheet.setParent(None, sheet.windowFlags())
    stage.kept = window  # type: ignore[attr-defined]
    assert isinstance(sheet, QWidget)
    return sheet


def empty(stage: Stage) -> QWidget:
    stage.body()
    return stage.window("archive")


def to_check(stage: Stage) -> QWidget:
    stage.body()
    return stage.window("archive", part="check")


SHOTS = (
    Shot("archive-empty", empty),
    Shot("archive-waiting", waiting),
    Shot("archive-filed", filed),
    Shot("archive-many", many),
    Shot("archive-check", to_check),
    Shot("archive-checked", checked),
    Shot("archive-broken", broken),
    Shot("sheet-scan", scanned),
)
