"""The big screen: every scene at 16:9 and 4:3. The figures are made up."""

from fractions import Fraction

from PySide6.QtCore import QSize

from tests.screens import SCREENS, Shot
from ui.projector import scenes
from ui.projector.codes import code_of
from ui.projector.paint import picture
from ui.widgets.turnout_bar import Share

BODY, MATTER = "示范小区业主大会", "加装电梯资金筹集方案"
LONG = "关于授权业主委员会选聘物业服务企业并签订物业服务合同及调整物业服务费标准的议题"
KNOWN_BY = "会场暗号「石榴」，网址 192.168.31.20:8080"
TWO, THREE = Fraction(2, 3), Fraction(3, 4)

SCENES: dict[str, scenes.Scene] = {
    "title": scenes.Title(BODY, "2026年第一次业主大会会议", "2026年3月18日 星期三 19:30　社区活动室"),
    "title-long": scenes.Title(BODY, LONG, "社区活动室"),
    "agenda": scenes.Agenda(
        BODY,
        "第三网格议事会　第一次会议",
        (
            scenes.AgendaLine("宣布议题与议事规则", "5 分钟", "done"),
            scenes.AgendaLine("提议人说明情况", "10 分钟", "done"),
            scenes.AgendaLine("自由讨论", "30 分钟", "now"),
            scenes.AgendaLine("形成协商意见", "15 分钟", "later"),
            scenes.AgendaLine("宣读记录、签字", "10 分钟", "later"),
        ),
    ),
    "matter": scenes.Matter(
        BODY,
        MATTER,
        "2026-014",
        (
            "同意按附件方案筹集加装电梯资金，并委托业主委员会办理。",
            "资金由本单元业主按楼层系数分摊：一层不出资，二层起按系数递增；政府补贴到账后按比例退还。",
        ),
    ),
    "how": scenes.HowToVote(
        BODY,
        MATTER,
        "YISHI",
        code_of("WIFI:T:WPA;S:YISHI;P:yishi2026;;"),
        "192.168.31.20:8080",
        "手机填票，打印签字后有效",
        f"{KNOWN_BY}：与您选票上的不同，就不要扫。",
    ),
    "voting": scenes.Voting(
        BODY,
        MATTER,
        "距截止 14:05",
        (
            Share("人数", 55, 100, TWO, "55 / 100", "还差 12 人"),
            Share("面积", 703002, 1180586, TWO, "7,030.02 ㎡", "还差 840.56 ㎡"),
        ),
        (KNOWN_BY, "竖线为三分之二。达到后，参与者四分之三以上同意为通过。", "依据：民法典第二百七十八条第（六）项"),
        "YISHI",
        code_of("WIFI:T:WPA;S:YISHI;P:yishi2026;;"),
    ),
    "voting-full": scenes.Voting(
        BODY,
        LONG,
        "距截止 12 小时 14 分",
        (
            Share("人数", 1255, 3100, TWO, "1,255 / 3,100 人", "还差 812 人"),
            Share("面积", 10703002, 21180586, TWO, "107,030.02 / 211,805.86 ㎡", "还差 34,840.56 ㎡"),
        ),
        (
            KNOWN_BY,
            "存证链头：第 1234 条　7F3A29C1（可拍照留存）",
            "通过条件：人数、面积均三分之二以上参与，参与者四分之三以上同意。",
            "依据：民法典第二百七十八条第（六）项",
        ),
        "YISHI",
        code_of("WIFI:T:WPA;S:YISHI;P:yishi2026;;"),
    ),
    "voting-plain": scenes.Voting(
        BODY, LONG, "", (Share("人数", 20, 25, TWO, "20 / 25", "已达到", True),), ("依据：村民委员会组织法",)
    ),
    "result": scenes.Result(
        BODY,
        MATTER,
        "通过",
        True,
        (
            Share("参与　人数", 81, 100, TWO, "81 / 100", "✓ 三分之二以上", True),
            Share("参与　面积", 920450, 1180586, TWO, "9,204.50 / 11,805.86", "✓ 三分之二以上", True),
            Share("同意　人数", 64, 81, THREE, "64 / 81", "✓ 四分之三以上", True),
            Share("同意　面积", 725011, 920450, THREE, "7,250.11 / 9,204.50", "✓ 四分之三以上", True),
        ),
        "✓ 同意 64 人　✗ 反对 12 人　○ 弃权 5 人",
        "依据：民法典第二百七十八条",
    ),
    "result-failed": scenes.Result(
        BODY,
        LONG,
        "未达法定参与",
        False,
        (
            Share("参与　人数", 55, 100, TWO, "55 / 100", "还差 12 人"),
            Share("参与　面积", 703002, 1180586, TWO, "7,030.02 / 11,805.86", "还差 840.56 ㎡"),
        ),
        "✓ 同意 41 人　✗ 反对 9 人　○ 弃权 5 人",
        "依据：民法典第二百七十八条",
        "还有 3 张打印票等待签字",
    ),
    "blank": scenes.Blank(),
}


def _shot(name: str, scene: scenes.Scene, size: tuple[int, int]) -> Shot:
    shape = "wide" if size[0] * 9 == size[1] * 16 else "old"
    return Shot(f"screen-{name}-{shape}", lambda _stage: picture(scene, QSize(*size)), (size,))


SHOTS = tuple(_shot(name, scene, size) for name, scene in SCENES.items() for size in SCREENS)
