"""登记议题: empty, filled in, refused."""

from PySide6.QtWidgets import QWidget

from tests.screens import Shot, Stage
from ui.pages.register import RegisterPage


def empty(stage: Stage) -> QWidget:
    stage.body()
    return stage.window("register")


def refused(stage: Stage) -> QWidget:
    stage.body()
    window = stage.window("register")
    page = window.page()  # type: ignore[attr-defined]
    assert isinstance(page, RegisterPage)
    page.what.fill(
        title="三号楼加装电梯", wish="三号楼住户多为老人，上下楼不便，希望加装电梯。\n请居委会组织商量方案和费用。"
    )
    page.submit.click()
    return window


SHOTS = (Shot("register-empty", empty), Shot("register-refused", refused))
