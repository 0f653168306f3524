"""检查与恢复, the second medium's card, and the alarms that stand on every page."""

from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QWidget

from consult_app.audit import medium, medium_folder
from consult_app.voting.recovery import Finding, LastVote, Report, Weight
from tests.screens import SCREENS, Shot, Stage
from tests.screens_of.projector import SCENES
from ui.alarms import Alarm
from ui.dialogs.second_medium import Renew
from ui.pages.recovery import RecoveryPage
from ui.projector.paint import paint_noted
from ui.watchman import HALTED
from ui.window import Window

LAST = LastVote("0412", datetime(2026, 11, 22, 1, 0, tzinfo=UTC), "手机")
WELL = (
    Finding("数据库", Weight.WELL, "数据文件完整。"),
    Finding("存证链", Weight.WELL, "存证链完整，共 1,024 条；已投的票与存证逐张相符。"),
    Finding("票数", Weight.WELL, "已投 412 票，每票都在票箱中，没有重复。"),
)
LEVEL = Finding("副本", Weight.WELL, "副本介质相符，共 415 行。")
LOST = Finding(
    "副本",
    Weight.GRAVE,
    "副本中有 3 票数据库里没有：这些票已答复“已收到”，但没有保存下来。",
    "副本不含选择，不能补录。请逐一通知下列选票的持票人重新投票，并记入会议记录。",
    ("0413", "0415", "0416"),
)


def shown(stage: Stage, report: Report, took_over: bool) -> QWidget:
    """The page with a report."""
    stage.body()
    window = stage.window("recovery", took_over=took_over)
    assert isinstance(window, Window)
    page = window.page()
    assert isinstance(page, RecoveryPage)
    page.turn += 1  # what the page itself asked for is of no interest here
    page.show_report(report)
    return window


def alarmed(stage: Stage) -> QWidget:
    stage.body()
    stage.do(medium.set_medium, "/media/U盘")
    stage.do(medium.lose_medium, "/media/U盘", "没有插好，或已被拔出")
    window = stage.window("home")
    text = "投票已停止：磁盘已满。没有收下的票都已告知投票人，不会漏记、重记。请先排除故障，恢复后自动继续。"
    stage.desk.alarms.sound(Alarm("store", text, HALTED, "cinnabar"))
    stage.desk.watchman.close()
    return window


def with_medium(stage: Stage) -> QWidget:
    stage.body()
    folder = Path(stage.app.settings.data).with_name("示例U盘")
    folder.mkdir(exist_ok=True)
    medium_folder.choose(stage.app.settings.data, folder)
    stage.do(medium.set_medium, str(folder))
    return stage.window("settings")


def noted(width: int, height: int) -> QImage:
    size = QSize(width, height)
    image = QImage(size, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    place = QRectF(0, 0, size.width(), size.height())
    paint_noted(painter, place, SCENES["voting"], HALTED)
    painter.end()
    return image


def _noted(width: int, height: int, _stage: Stage) -> QImage:
    return noted(width, height)


SHOTS = (
    Shot("recovery-well", lambda stage: shown(stage, Report((*WELL, LEVEL), LAST, ""), True)),
    Shot("recovery-lost", lambda stage: shown(stage, Report((*WELL, LOST), LAST, ""), False)),
    Shot("recovery-asked", lambda stage: stage.window("recovery")),
    Shot("alarms", alarmed),
    Shot("settings-medium", with_medium),
    Shot("dialog-renew-journal", lambda stage: Renew(stage.desk)),
    *(
        Shot(f"projector-note-{width}", partial(_noted, width, height), sizes=((width, height),))
        for width, height in SCREENS
    ),
)
