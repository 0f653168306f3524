"""Who speaks and votes in the story, and what: all of it made up and plainly synthetic. Pure."""

from dataclasses import dataclass

from consult_app.meetings.actions import AgendaLine
from consult_app.storage.store import Actor
from consult_app.voting.choices import Channel

SECRETARY = Actor("练习书记")
BODY = "示范小区业主大会"
TITLE = "使用维修资金 186,000 元更换地下室消防水泵"
"""Also the one question that is put to the vote, so that four slips fit a page."""
RANGE = "全体业主"
WISH = "地下室两台消防水泵已超过使用年限，试泵时压力不足。建议使用维修资金更换水泵和控制柜，消除隐患。"
REASON = "更换共用消防设施，费用从已归集的维修资金中列支，属于使用维修资金"
PLACE = "小区党群服务站一楼议事厅"
BOARD = "小区东门公告栏"
PROPOSER = "练习楼栋长甲"
CHAIR, RECORDER = "练习主持人", "练习记录人"
SCRUTINEERS = ("练习监票人甲", "练习监票人乙")
TELLERS = ("练习计票人甲", "练习计票人乙")
HELPER = "练习工作人员"
RESPONSIBLE, UNIT = "练习责任人", "示范小区物业服务中心"
TASK = "更换地下室两台消防水泵及控制柜，组织验收，公示费用支出"
BUDGET = 186_000_00
"""In 0.01 yuan."""

COUNCIL = tuple(f"练习{part}{mark}" for part in ("楼栋长", "业主代表", "党员代表") for mark in "甲乙丙丁")
ABSENT, EXCUSED = COUNCIL[-1], COUNCIL[-2]
OBSERVERS = (("练习物业经理", "物业服务人"), ("练习消防技术员", "技术人员"))
AGENDA = (
    AgendaLine("通报消防水泵检测情况", 15, OBSERVERS[1][0]),
    AgendaLine("讨论更换方案和费用", 30, CHAIR),
    AgendaLine("形成协商意见", 10, CHAIR),
)


@dataclass(frozen=True)
class Speech:
    """One statement: at which agenda item (from 0), who, as what, with which position."""

    item: int
    speaker: str
    capacity: str
    position: str
    text: str


SPEECHES = (
    Speech(
        0, OBSERVERS[1][0], "技术人员", "说明", "两台水泵使用年限均已超过十五年，末端试水压力不足，控制柜元件老化。"
    ),
    Speech(0, COUNCIL[4], "业主代表", "提问", "只换水泵，不换控制柜行不行？"),
    Speech(0, OBSERVERS[1][0], "技术人员", "说明", "控制柜与新泵不匹配，单换水泵通不过验收。"),
    Speech(1, COUNCIL[0], "楼栋长", "赞成", "消防安全不能拖，赞成使用维修资金更换。"),
    Speech(1, COUNCIL[5], "业主代表", "建议", "报价要三家比选，结果和发票都要公示。"),
    Speech(1, COUNCIL[6], "业主代表", "反对", "希望先核对维修资金余额，再决定是否全额列支。"),
    Speech(1, COUNCIL[8], "党员代表", "赞成", "余额已经公示，列支后仍高于续筹线，赞成。"),
)
CORRECTION = (4, "报价须三家比选，比选结果、合同和发票都要公示。", "发言人核对后补充")
"""Which speech (from 0) was corrected, to what, and why."""

AGREED = "一、同意提请业主大会表决使用维修资金更换消防水泵及控制柜。二、报价三家比选，比选结果、合同和发票公示。"
DISSENT = "一名业主代表希望先核对维修资金余额。"
OBJECTION = ("练习业主9", "请说明三家比选的时间。", "比选在决议公示期满后十日内完成，结果张贴公示。")
PROGRESS = ((40, "完成三家比选并签订合同，比选结果已张贴。"), (100, "两台水泵和控制柜安装完毕，试泵合格。"))
CLOSING = "两台消防水泵及控制柜更换完毕并通过验收，实际支出 182,600 元，发票已公示。"
REVIEWS = (
    (PROPOSER, "proposer", "满意", "办得及时。"),
    (COUNCIL[4], "resident", "满意", ""),
    (COUNCIL[5], "resident", "满意", "支出公示清楚。"),
    (COUNCIL[6], "resident", "基本满意", "施工噪声大了几天。"),
)
VISIT = (COUNCIL[6], "上门", "说明了施工时段安排，对方表示理解，对结果没有意见。")


@dataclass(frozen=True)
class Vote:
    """What one voter does: by which channel (None: does not vote), which choice, and whether an unused slip comes back."""

    channel: Channel | None
    choice: str
    returned: bool = False


def vote_of(place: int) -> Vote:
    """What the voter at a place of the roll (from 0) does: nine in ten take part, most by phone, eight in ten in favour."""
    choice = ("for", "for", "for", "against", "for", "for", "for", "abstain", "for", "for")[place * 7 % 10]
    if place % 25 in (3, 14):
        return Vote(None, choice, returned=place % 25 == 14)
    if place % 20 == 9:
        return Vote(Channel.PAPER, choice)
    return Vote(Channel.ASSISTED if place % 50 == 27 else Channel.PHONE, choice)
