"""公示: no body, nothing yet, usual, an objection that waits, five hundred."""

from PySide6.QtWidgets import QApplication, QWidget

from consult_app.documents import drafting
from consult_app.notices.actions import receive_objection
from tests.consult_app.proposals.matters import registered
from tests.screens import Shot, Stage
from tests.screens_of.document import noticed, settled, voted
from ui.task import Task


def usual(stage: Stage) -> QWidget:
    body_id = stage.body()
    voted(stage.store, stage.clock, body_id)
    noticed(stage.store, stage.clock, body_id, "调整小区停车收费", days_ago=4)
    noticed(stage.store, stage.clock, body_id, "更换北门道闸", days_ago=16)
    return drawn(stage.window("notices"))


def objected(stage: Stage) -> QWidget:
    body_id = stage.body()
    noticed(stage.store, stage.clock, body_id)
    text = "表决内容没有写明施工期间的通行安排，请补充后重新公告。"
    stage.do(receive_objection, 1, name="示例业主甲", text=text)
    return drawn(stage.window("notices", id=2))


def many(stage: Stage) -> QWidget:
    body_id = stage.body()
    for number in range(500):
        id = registered(stage.store, body_id, title=f"第{number + 1}网格公共座椅维修")
        stage.do(drafting.draft_registration, id)
    return drawn(stage.window("notices"))


def drawn(window: QWidget) -> QWidget:
    """The window with its small pictures made."""
    window.resize(1366, 768)
    window.show()
    for _ in range(30):
        Task.wait_for_all()
        QApplication.processEvents()
    return settled(window)


def empty(stage: Stage) -> QWidget:
    stage.body()
    return stage.window("notices")


SHOTS = (
    Shot("notices-bodiless", lambda stage: stage.window("notices")),
    Shot("notices-empty", empty),
    Shot("notices-usual", usual),
    Shot("notices-objected", objected),
    Shot("notices-many", many),
)
