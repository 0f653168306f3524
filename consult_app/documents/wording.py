"""用语: official sentences kept in `resources/wording`, filled in by named facts. Pure.

A lawyer edits the TOML files; a test holds every placeholder to `PLACEHOLDERS` and every use to its sentence.
"""

import string
import tomllib
from functools import cache

from consult_app.kernel import resources

PLACEHOLDERS = {
    "agents": "可以接受委托的人",
    "answer_days": "答复异议的天数",
    "answered": "已答复的异议件数",
    "area": "面积，㎡",
    "basis": "所依据的决议或意见",
    "body": "议事主体名称",
    "channels": "投票方式",
    "clause": "议事规则的条款原文",
    "check": "存证链校验值的前十六位",
    "closed": "投票截止时间",
    "collected": "收回选票张数",
    "contact": "联系人或单位",
    "count": "件数或份数",
    "day": "日期",
    "days": "天数",
    "decision_body": "依法决定的机构",
    "digest": "存证链校验值",
    "dissatisfied": "不满意份数",
    "duplicates": "重复票件数",
    "excused": "请假人数",
    "expected": "应到人数",
    "fair": "基本满意份数",
    "first": "第一操作人",
    "heads": "人数",
    "invalid": "废票张数",
    "issued": "发出票数",
    "item": "表决事项",
    "law": "法律条文",
    "legal": "法律效力说明",
    "limit": "接受委托的限制",
    "matter": "议题名称",
    "meeting": "会议名称",
    "names": "人员姓名",
    "observers": "列席人数",
    "opened": "投票开始时间",
    "ordinal": "序号",
    "part": "参与表决的面积，㎡",
    "place": "地点",
    "positions": "各类发言条数",
    "present": "实到人数",
    "proposer": "提议人",
    "range": "涉及范围",
    "reason": "理由",
    "registered": "登记参加选举的人数",
    "responsible": "责任人",
    "rule": "表决规则名称",
    "satisfied": "满意份数",
    "seats": "应选名额",
    "second": "第二操作人",
    "slip": "括号里的选票编号，没有选票为空",
    "source": "议题来源",
    "seq": "存证链条目序号",
    "spoiled": "作废票张数",
    "statements": "发言条数",
    "unit": "计数单位",
    "upheld": "成立的异议件数",
    "valid": "有效票张数",
    "venue": "议事平台名称",
    "voters": "参加投票人数",
    "when": "会议时间",
    "wish": "提议诉求",
}
"""Every name a sentence may hold in braces, with its meaning."""

FILES = ("elections", "lists", "minutes", "notices", "sheets", "terms")


@cache
def sentences() -> dict[str, str]:
    """Every sentence by `file.key`."""
    found: dict[str, str] = {}
    for file in FILES:
        table = tomllib.loads(resources.path("wording", f"{file}.toml").read_text(encoding="utf-8"))
        found |= {f"{file}.{key}": sentence for key, sentence in table.items()}
    return found


def placeholders(sentence: str) -> frozenset[str]:
    """The names a sentence holds in braces."""
    return frozenset(name for _, name, _, _ in string.Formatter().parse(sentence) if name is not None)


def say(key: str, **facts: object) -> str:
    """The sentence of a key with its facts filled in; a missing fact or key is a bug and raises."""
    return sentences()[key].format(**facts)
