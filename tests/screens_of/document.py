"""文件: a draft beside its pages, an issued one, a void one; and the matters whose papers these and other pages show."""

from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtWidgets import QApplication, QWidget

from consult_app.documents import actions, drafting, issuing
from consult_app.notices.actions import post
from consult_app.storage.store import Store
from tests.consult_app.papers import Decided, decided, photo
from tests.consult_app.proposals.matters import registered, screened
from tests.fixtures import SECRETARY, HandClock
from tests.screens import Shot, Stage
from ui.task import Task


def noticed(store: Store, clock: HandClock, body_id: int, title: str = "北门非机动车通道", days_ago: int = 4) -> int:
    """A matter whose registration was issued and whose call is posted since some days; its number."""
    clock.forward(days=-days_ago)
    id = registered(store, body_id, title=title)
    issuing.issue(store, SECRETARY, store.do(SECRETARY, drafting.draft_registration, id))
    screened(store, id)
    draft = store.do(SECRETARY, drafting.draft_meeting_notice, id, place="社区活动室", starts_at=clock.now)
    issuing.issue(store, SECRETARY, draft)
    store.do(SECRETARY, post, draft, place="小区北门公告栏", posted_by="示例网格员", photo=photo())
    clock.forward(days=days_ago)
    return id


def voted(store: Store, clock: HandClock, body_id: int) -> Decided:
    """A matter that was voted on, with drafts of its minutes, its count sheet and its result."""
    with TemporaryDirectory() as folder:
        found = decided(store, clock, body_id, Path(folder))
    store.do(SECRETARY, drafting.draft_count_sheet, found.motion)
    store.do(SECRETARY, drafting.draft_owners_minutes, found.motion)
    store.do(SECRETARY, drafting.draft_result_notice, found.proposal, found.motion)
    return found


def settled(window: QWidget) -> QWidget:
    """The window when its pages have been set, however slow the machine."""
    Task.wait_for_all()
    QApplication.processEvents()
    return window


def draft(stage: Stage) -> QWidget:
    body_id = stage.body()
    id = registered(stage.store, body_id)
    screened(stage.store, id)
    place = {"place": "社区活动室", "starts_at": stage.clock.now}
    return settled(stage.window("document", id=stage.do(drafting.draft_meeting_notice, id, **place)))


def minutes(stage: Stage) -> QWidget:
    voted(stage.store, stage.clock, stage.body())
    return settled(stage.window("document", id=2))


def issued(stage: Stage) -> QWidget:
    noticed(stage.store, stage.clock, stage.body())
    return settled(stage.window("document", id=2))


def void(stage: Stage) -> QWidget:
    noticed(stage.store, stage.clock, stage.body())
    stage.do(actions.void, 1, "登记内容有误")
    return settled(stage.window("document", id=1))


SHOTS = (
    Shot("document-nothing", lambda stage: stage.window("document")),
    Shot("document-draft", draft),
    Shot("document-minutes", minutes),
    Shot("document-issued", issued),
    Shot("document-void", void),
)
