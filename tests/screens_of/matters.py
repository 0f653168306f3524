"""议题: no body, empty, usual, five thousand; and registering one."""

from PySide6.QtWidgets import QWidget

from tests.screens import Shot, Stage
from tests.screens_of.home import matters


def bodiless(stage: Stage) -> QWidget:
    return stage.window("matters")


def empty(stage: Stage) -> QWidget:
    stage.body()
    return stage.window("matters")


def usual(stage: Stage) -> QWidget:
    matters(stage, 8)
    return stage.window("matters")


def many(stage: Stage) -> QWidget:
    matters(stage, 500)
    return stage.window("matters")


SHOTS = (
    Shot("matters-bodiless", bodiless),
    Shot("matters-empty", empty),
    Shot("matters-usual", usual),
    Shot("matters-many", many),
)
