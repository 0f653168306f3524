"""The catalogue of everything that can happen, each with a Chinese sentence.

The sentence is what the history of a matter shows; `{names}` are facts of the entry.
"""

import string
from typing import Any

CATALOGUE: dict[str, str] = {
    # bodies and files
    "body.added": "建立议事主体「{name}」",
    "body.changed": "修改议事主体「{name}」的设置",
    "venue.added": "设立{level}「{name}」",
    "file.attached": "附上{kind}「{name}」",
    # rolls
    "roll.imported": "导入名册「{source}」，{summary}",
    "roll.changed": "更正名册：{what}，理由：{reason}",
    "roll.joined": "确认「{name}」为同一人：{what}",
    "roll.separated": "撤销合并：{what}",
    "roll.carried": "沿用上一名册的合并 {carried} 项，{lapsed} 项须重新核对",
    "roll.parted": "认定「{name}」不是同一人：{what}",
    "roll.unparted": "撤销“不是同一人”的认定：{what}",
    "roll.partings_carried": "沿用上一名册“不是同一人”的认定 {count} 项",
    "roll.poster_made": "制作名册公示稿，异议期 {days} 天，校验 {short}",
    "roll.published": "在{place}公示名册，异议期 {days} 天",
    "roll.objected": "收到对名册的异议：{summary}",
    "roll.objection_answered": "答复对名册的异议：{summary}",
    "roll.frozen": "冻结名册，{summary}，校验值 {short}",
    "roll.amended": "名册冻结后变更：{what}，{day}发生，理由：{reason}",
    "roll.renewed": "按冻结后的变更更新名册，{count} 项",
    # proposals
    "proposal.registered": "登记议题「{title}」",
    "proposal.changed": "修改议题：{what}",
    "proposal.reached": "{artefact}：{what}",
    "proposal.released": "{artefact}：{what}",
    "proposal.voided": "{artefact}作废，理由：{reason}",
    "proposal.step_completed": "完成第{ordinal}步「{step}」",
    "proposal.returned": "退回「{step}」，理由：{reason}",
    "proposal.ended": "议题{outcome}，理由：{reason}",
    "proposal.escalated": "转到「{venue}」议事，理由：{reason}",
    "proposal.handed_down": "交「{venue}」办理，{due} 前完成，理由：{reason}",
    "proposal.postponed": "「{step}」办理期限改为 {due}，理由：{reason}",
    "proposal.reopened": "撤销完成第{ordinal}步「{step}」",
    # meetings
    "meeting.called": "召集会议「{title}」",
    "meeting.changed": "修改会议：{what}",
    "meeting.opened": "会议开始",
    "meeting.closed": "会议结束，实到 {present} 人",
    "meeting.agenda": "议程：{what}",
    "meeting.checked_in": "{name} {status}",
    "meeting.stated": "{speaker}发言（{position}）",
    "meeting.statement_corrected": "更正{speaker}的发言记录",
    "meeting.opinion": "形成协商意见",
    # voting
    "rules.adopted": "采用地方规则「{name}」",
    "rules.withdrawn": "停用地方规则「{name}」，理由：{reason}",
    "motion.drafted": "起草表决事项「{title}」",
    "motion.changed": "修改表决事项：{what}",
    "motion.frozen": "冻结表决规则与名册，{heads} 人 {area} ㎡",
    "motion.issued": "发放选票 {count} 张",
    "room.rehearsed": "演练：{words}",
    "room.zeroed": "核对票箱为零，有效选票 {slips} 张",
    "head.printed": "打印链头单，第 {seq} 条，校验值 {short}",
    "dispute.printed": "打印「{label}」的争议核查单",
    "motion.opened": "开始投票，{closes} 截止",
    "box.carded": "制作监票人密钥卡 3 张，凭其中 2 张开封，公钥 {public}",
    "box.opened": "票箱开封（{by}），密封选票 {count} 张",
    "secret.written": "{what}写成 {count} 个文件，放在：{place}",
    "secret.destroyed": "销毁{what} {count} 个（覆盖后删除）{rest}",
    "motion.extended": "投票延期至 {closes}，理由：{reason}",
    "motion.closed": "截止投票，{first}、{second}共同操作",
    "motion.declared": "宣布结果：{outcome}",
    "motion.ballots_listed": "制作逐票清单供公布，编号 {code}，文件：{files}",
    "credential.reissued": "选票 {serial} 作废，补发 {replacement}，理由：{reason}",
    "credential.handed": "选票 {serial} 已签收领取",
    "credential.unhanded": "撤销选票 {serial} 的领取登记",
    "credential.returned": "选票 {serial} 未使用，收回",
    "credential.spoiled": "选票 {serial} 作废，理由：{reason}",
    "ballot.cast": "选票 {serial} 已投（{channel}）",
    "ballot.signed": "选票 {serial} 的纸质票已签字",
    "ballot.entered": "{teller}录入选票 {serial}",
    "ballot.conflict": "选票 {serial} 重复：{what}",
    "ballot.conflict_decided": "选票 {serial} 的重复票由{first}、{second}裁定",
    "ballot.doubted": "{label}的票列入疑难票：{ground}",
    "ballot.doubt_settled": "{label}的疑难票由{first}、{second}裁定：{outcome}，理由：{reason}",
    "proxy.registered": "{principal}委托{agent}代为表决",
    "proxy.revoked": "{principal}撤销对{agent}的委托，理由：{reason}",
    "proxy.nominated": "{label}的共有人推选{nominee}表决",
    "election.changed": "修改选举：{what}",
    "election.consented": "{name}同意作为候选人，由{nominated_by}推荐",
    "election.opened": "选举投票开始，{closes} 截止",
    "election.closed": "选举投票结束，{first}、{second}共同封箱",
    "election.annulled": "选举作废，理由：{reason}；{first}、{second}共同确认",
    "election.entered": "{teller}录入选举计票",
    "election.agreed": "选举计票一致，已采用",
    "ballot.boxed": "选票 {serial} 的无记名纸质票投入票箱",
    "papers.entered": "{teller}录入无记名纸质选票计数",
    "papers.agreed": "无记名纸质选票计数一致，已采用，共 {papers} 张",
    "hands.entered": "{teller}录入举手表决计数",
    "hands.agreed": "举手表决计数一致，已采用",
    # documents and notices
    "document.drafted": "起草{kind}「{title}」",
    "document.changed": "修改{kind}「{title}」",
    "document.issued": "印发{kind}「{title}」，编号 {code}",
    "document.voided": "{kind}「{title}」作废，理由：{reason}",
    "document.scanned": "收到{kind}签字件，编号 {code}",
    "notice.posted": "在{place}张贴「{title}」",
    "notice.taken_down": "撤下「{title}」，张贴满 {days} 天",
    "objection.received": "收到异议：{summary}",
    "objection.answered": "答复异议：{summary}",
    # follow-up
    "work_order.assigned": "交 {responsible} 办理，{due} 前办结",
    "work_order.progress": "办理进展 {percent}%：{summary}",
    "work_order.closed": "办结：{summary}",
    "review.recorded": "{reviewer}评价：{rating}",
    "review.followed_up": "回访{reviewer}：{summary}",
    # archive
    "archive.filed": "归档，档号 {code}",
    "archive.exported": "导出档案包 {code}",
    # the program itself
    "community.added": "登记社区 {code} {name}",
    "server.started": "开启投票服务 {address}",
    "server.stopped": "关闭投票服务",
    "server.alarm": "设备 {device} 连续多次输错选票代码，已暂停受理",
    "server.flooded": "多台设备输错选票代码太多，已对所有手机暂停输入代码 10 分钟，扫码不受影响",
    "journal.set": "选票副本另存到 {place}",
    "journal.unset": "不再另存选票副本",
    "journal.lost": "副本介质（{place}）{reason}，投票继续",
    "journal.back": "副本介质（{place}）恢复，补记 {count} 行",
    "journal.renewed": "保留旧副本 {old}，另建新副本，理由：{reason}",
    "recovery.examined": "非正常退出后检查：{summary}",
    "clock.jumped": "电脑时钟被{direction} {span}（变成 {after}），仍按 {kept} 计时",
    "data.backed_up": "备份数据到 {place}",
}
"""Event name -> sentence. An entry with an unknown event cannot be appended."""


class _Facts(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        return "…"


def words(event: str, facts: dict[str, Any]) -> str:
    """The event as a sentence; a fact that an old entry lacks shows as `…`."""
    sentence = CATALOGUE.get(event)
    if sentence is None:
        return event
    return string.Formatter().vformat(sentence, (), _Facts(facts))
