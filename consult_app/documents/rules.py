"""What kinds of document there are, what each is for, and when it may change. Pure."""

from enum import StrEnum


class DocumentKind(StrEnum):
    """What a document is. A record, minutes, a resolution and a notice are four things (domain.md §4.2)."""

    REGISTRATION = "registration"
    SCREENING = "screening"
    MEETING_NOTICE = "meeting_notice"
    SIGN_IN_SHEET = "sign_in_sheet"
    RECORD = "record"
    MINUTES = "minutes"
    OWNERS_MINUTES = "owners_minutes"
    VOTING_ROLL = "voting_roll"
    COUNT_SHEET = "count_sheet"
    PROXY_NOTICE = "proxy_notice"
    ISSUE_SHEET = "issue_sheet"
    EXTENSION_NOTICE = "extension_notice"
    ZERO_REPORT = "zero_report"
    DISPUTE_SHEET = "dispute_sheet"
    RESULT_NOTICE = "result_notice"
    WORK_ORDER = "work_order"
    IMPLEMENTATION_NOTICE = "implementation_notice"
    SATISFACTION_SHEET = "satisfaction_sheet"
    FLOW_SHEET = "flow_sheet"


class DocumentState(StrEnum):
    """A draft can be edited; an issued document never changes; a void one stays in the file, marked 作废."""

    DRAFT = "draft"
    ISSUED = "issued"
    VOID = "void"


class Audience(StrEnum):
    """Who reads: 存档版 in full, 公示版 masked and with totals only (个人信息保护法 arts. 6, 25)."""

    ARCHIVE = "archive"
    PUBLIC = "public"


KIND_WORDS = {
    DocumentKind.REGISTRATION: "议题登记表",
    DocumentKind.SCREENING: "议题审定单",
    DocumentKind.MEETING_NOTICE: "会前公告",
    DocumentKind.SIGN_IN_SHEET: "签到表",
    DocumentKind.RECORD: "议事记录",
    DocumentKind.MINUTES: "议事协商会议纪要",
    DocumentKind.OWNERS_MINUTES: "业主大会会议纪要",
    DocumentKind.VOTING_ROLL: "票权清册",
    DocumentKind.COUNT_SHEET: "计票表",
    DocumentKind.PROXY_NOTICE: "委托名单公布",
    DocumentKind.ISSUE_SHEET: "选票发放登记表",
    DocumentKind.EXTENSION_NOTICE: "延期公告",
    DocumentKind.ZERO_REPORT: "零票报告",
    DocumentKind.DISPUTE_SHEET: "争议核查单",
    DocumentKind.RESULT_NOTICE: "结果公示",
    DocumentKind.WORK_ORDER: "办理责任单",
    DocumentKind.IMPLEMENTATION_NOTICE: "落实公示",
    DocumentKind.SATISFACTION_SHEET: "满意度评议表",
    DocumentKind.FLOW_SHEET: "议事流程单",
}

STATE_WORDS = {DocumentState.DRAFT: "草稿", DocumentState.ISSUED: "已印发", DocumentState.VOID: "已作废"}

ARTEFACTS = {
    DocumentKind.REGISTRATION: "registration",
    DocumentKind.SCREENING: "screening",
    DocumentKind.MEETING_NOTICE: "meeting_notice",
    DocumentKind.SIGN_IN_SHEET: "attendance",
    DocumentKind.RECORD: "record",
    DocumentKind.MINUTES: "opinion",
    DocumentKind.OWNERS_MINUTES: "resolution",
    DocumentKind.COUNT_SHEET: "count_sheet",
    DocumentKind.RESULT_NOTICE: "result_notice",
    DocumentKind.WORK_ORDER: "work_order",
    DocumentKind.IMPLEMENTATION_NOTICE: "implementation_notice",
    DocumentKind.SATISFACTION_SHEET: "satisfaction",
}
"""The workflow artefact that a document of each kind is, unless its draft names another."""

SIGNERS = {
    DocumentKind.ZERO_REPORT: ("监票人", "监票人", "计票人"),
    DocumentKind.DISPUTE_SHEET: ("核查人", "监票人", "提出异议人"),
}
"""Who signs a paper that is no step's artefact; who signs an artefact is named by the matter's template."""

NOTICES = (
    DocumentKind.MEETING_NOTICE,
    DocumentKind.PROXY_NOTICE,
    DocumentKind.RESULT_NOTICE,
    DocumentKind.EXTENSION_NOTICE,
    DocumentKind.IMPLEMENTATION_NOTICE,
)
MINUTES = (DocumentKind.MINUTES, DocumentKind.OWNERS_MINUTES)

CODE_LENGTH = 8
"""Characters of a document's code, 5 bits each; it is found in a table, so it need not be secret, only distinct."""


def code_of(typed: str) -> str:
    """A document code as a person types or reads it, in its one form: letters that are not in use stand for digits."""
    letters = "".join(char for char in typed.upper() if char.isalnum() and char.isascii())
    return letters.translate(str.maketrans("OIL", "011"))


def code_words(code: str) -> str:
    """`7K3M-Q2TD`: a code as it is printed."""
    return f"{code[:4]}-{code[4:]}"
