"""会议: the list and one meeting before, while and after it runs, with made-up people."""

from datetime import timedelta

from PySide6.QtWidgets import QWidget

from consult_app.meetings import actions, queries
from consult_app.meetings.actions import AgendaLine
from consult_app.meetings.rules import TWO_THIRDS
from tests.consult_app.voting import estate
from tests.screens import Shot, Stage
from ui.dialogs.attendance import AttendanceSheet
from ui.dialogs.correct_statement import CorrectStatement
from ui.dialogs.opinion import DraftOpinion
from ui.pages.meeting import MeetingPage

AGENDA = (
    AgendaLine("宣布议题与议事规则", 5),
    AgendaLine("提议人说明情况", 10),
    AgendaLine("自由讨论", 30),
    AgendaLine("形成协商意见", 15),
    AgendaLine("宣读记录、签字", 10),
)
SAID = (
    ("业主07", "业主代表", "赞成", "按楼层分摊比较公平，一层不出，二层以上按系数。"),
    ("物业服务人", "列席", "提问", "施工期间的消防通道怎么保证？方案里没有写。"),
    ("业主12", "业主", "反对", "一层采光受影响，建议先做日照分析再表决。"),
    ("第三网格网格长", "主持", "建议", "请设计单位下次会议到场答复采光和消防两个问题。"),
)


def _called(stage: Stage) -> int:
    body = stage.body()
    matter = estate.matter(stage.store, body)
    meeting: int = stage.do(
        actions.call, matter, title="第三网格议事会　第一次会议", place="社区活动室",
        starts_at=stage.clock.now + timedelta(hours=1), chair="第三网格网格长", recorder="社区书记",
        expected=[f"业主{n:02d}" for n in range(1, 26)], agenda=AGENDA, quorum=TWO_THIRDS,
    )  # fmt: skip
    return meeting


def _running(stage: Stage, said: int = 4) -> int:
    meeting = _called(stage)
    stage.clock.forward(hours=1)
    stage.do(actions.open_meeting, meeting)
    for n in range(1, 20):
        stage.do(actions.check_in, meeting, name=f"业主{n:02d}")
    for n in range(20, 23):
        stage.do(actions.check_in, meeting, name=f"业主{n:02d}", status="excused", reason="外出")
    for name in ("物业服务人", "第三网格网格长", "设计单位", "社区民警"):
        stage.do(actions.check_in, meeting, name=name, status="observer", capacity="列席")
    for item, minutes in zip(stage.store.ask(queries.meeting, meeting).agenda[:3], (5, 12, 3), strict=True):
        stage.do(actions.start_item, item.id)
        stage.clock.forward(minutes=minutes)
    for n in range(said):
        speaker, capacity, position, text = SAID[n % 4]
        stage.clock.forward(minutes=4 if said < 10 else 0, seconds=7)
        stage.do(actions.state, meeting, speaker=speaker, capacity=capacity, position=position, text=text)
    return meeting


def empty(stage: Stage) -> QWidget:
    stage.body()
    return stage.window("meetings")


def meetings(stage: Stage) -> QWidget:
    _running(stage)
    return stage.window("meetings")


def called(stage: Stage) -> QWidget:
    return stage.window("meeting", id=_called(stage))


def running(stage: Stage) -> QWidget:
    window = stage.window("meeting", id=_running(stage))
    page = window.findChild(MeetingPage)
    assert page is not None
    page.entry.fill("业主03", "业主", "建议", "能不能请街道协调，把消防通道一起改造")
    return window


def many(stage: Stage) -> QWidget:
    return stage.window("meeting", id=_running(stage, 500))


def closed(stage: Stage) -> QWidget:
    meeting = _running(stage)
    said = stage.store.ask(queries.meeting, meeting).statements[2]
    stage.do(actions.correct, said.id, text=said.text + "并公布结果。", position="反对", reason="听记有误")
    stage.do(
        actions.record_opinion, meeting, agreed="同意按楼层系数分摊，一层不出资。", dissent="业主12：一层采光受影响。"
    )
    stage.do(actions.close_meeting, meeting)
    return stage.window("meeting", id=meeting)


def opinion(stage: Stage) -> QWidget:
    return DraftOpinion(stage.desk, stage.store.ask(queries.meeting, _running(stage)))


def attendance(stage: Stage) -> QWidget:
    return AttendanceSheet(stage.desk, _running(stage))


def correction(stage: Stage) -> QWidget:
    return CorrectStatement(stage.desk, stage.store.ask(queries.meeting, _running(stage)).statements[0])


SHOTS = (
    Shot("meetings-empty", empty),
    Shot("meetings-usual", meetings),
    Shot("meeting-called", called),
    Shot("meeting-running", running),
    Shot("meeting-many", many),
    Shot("meeting-closed", closed),
    Shot("meeting-sheet-opinion", opinion),
    Shot("meeting-sheet-attendance", attendance),
    Shot("meeting-sheet-correction", correction),
)
