"""Which column holds what: find the heading rows of a sheet and guess the mapping. Pure.

A guess is only a proposal: `Mapping.with_column` corrects it, and the page shows both.
"""

import re
from collections.abc import Mapping as AnyMapping
from dataclasses import dataclass, replace
from enum import StrEnum

from consult_app.rolls.cells import Row, text_of
from consult_app.rolls.rules import RollKind
from consult_app.rolls.sheets import Sheet

SEARCHED_ROWS = 30
"""The heading is looked for in this many rows from the top."""


class Field(StrEnum):
    """What a column may hold."""

    ADDRESS = "address"
    BUILDING = "building"
    ENTRANCE = "entrance"
    ROOM = "room"
    OWNER = "owner"
    ID_NUMBER = "id_number"
    PHONE = "phone"
    AREA = "area"
    USAGE = "usage"
    STATUS = "status"
    NOTE = "note"
    HOUSEHOLD = "household"
    GROUP = "group"
    NAME = "name"
    RELATION = "relation"
    GENDER = "gender"
    BIRTH = "birth"
    REPRESENTATIVE = "representative"
    SERIAL = "serial"


FIELD_WORDS = {
    Field.ADDRESS: "房屋坐落",
    Field.BUILDING: "楼栋",
    Field.ENTRANCE: "单元",
    Field.ROOM: "房号",
    Field.OWNER: "业主",
    Field.ID_NUMBER: "证件号码",
    Field.PHONE: "电话",
    Field.AREA: "面积",
    Field.USAGE: "用途",
    Field.STATUS: "交付情况",
    Field.NOTE: "备注",
    Field.HOUSEHOLD: "户号",
    Field.GROUP: "小组",
    Field.NAME: "姓名",
    Field.RELATION: "与户主关系",
    Field.GENDER: "性别",
    Field.BIRTH: "出生日期",
    Field.REPRESENTATIVE: "是否代表",
    Field.SERIAL: "序号",
}

_COMMON: dict[Field, str] = {
    Field.SERIAL: "序号 编号 序 顺序号 No NO no 行号",
    Field.ID_NUMBER: "身份证号 身份证 身份证号码 公民身份号码 公民身份证号码 证件号码 证件号 身份号码 有效证件号码 业主身份证号 证件编号 "
    "统一社会信用代码 业主身份证号码 产权人身份证号 产权人证件号码 居民身份证号 身份证件号码",
    Field.PHONE: "联系电话 手机 手机号 手机号码 电话 联系方式 电话号码 移动电话 联系手机 业主电话 业主联系电话 联系人电话",
    Field.NOTE: "备注 说明 备考 其他 其它 附注 备注说明",
}

_OWNERS: dict[Field, str] = {
    Field.ADDRESS: "房屋坐落 坐落 房屋地址 地址 房产地址 房屋位置 门牌号 门牌 详细地址 物业地址 住址 房屋坐落位置 不动产坐落 房产坐落 "
    "房屋编号 房间编号 楼栋单元房号 楼号房号 房屋 房屋门牌 房产 幢室号 楼房号 楼栋房号 单元房号 坐落位置",
    Field.BUILDING: "楼栋 楼号 栋号 幢号 幢 栋 楼 楼栋号 座号 楼幢 楼宇 楼幢号 楼座 栋座 号楼 楼栋名称 所在楼栋",
    Field.ENTRANCE: "单元 单元号 门洞 梯号 楼道 单元名称 门栋",
    Field.ROOM: "房号 室号 房间号 门号 房间 室 房屋号 房室号 户室号 户号 房间号码 门牌室号",
    Field.OWNER: "业主姓名 产权人 所有权人 权利人 不动产权利人 业主 姓名 产权人姓名 业主名称 购房人 买受人 产权所有人 房屋所有权人 "
    "房主 户主 权利人姓名 业主姓名或名称 所有人 房主姓名 户主姓名 购房人姓名 共有人 业主信息",
    Field.AREA: "产权面积 房产证面积 不动产权证面积 产权证面积 登记面积 证载面积 专有部分面积 专有面积 登记建筑面积 产权建筑面积 "
    "建筑面积 房屋建筑面积 房屋面积 面积 建面 实测面积 测绘面积 实测建筑面积 合同面积 预测面积",
    Field.USAGE: "用途 房屋用途 房屋性质 性质 规划用途 房屋类型 物业类型 类型 使用性质 业态 房屋类别 物业性质 设计用途",
    Field.STATUS: "交付情况 交付状态 是否交付 销售状态 销售情况 房屋状态 状态 交房情况 交房状态 是否交房 交付 产权状态",
}

_PEOPLE: dict[Field, str] = {
    Field.ADDRESS: "住址 家庭住址 地址 居住地址 现住址 户籍地址 门牌号 房号",
    Field.HOUSEHOLD: "户号 户编号 家庭编号 户口簿号 家庭户号 户号码 住户编号 户口号 户口本号 户主编号",
    Field.GROUP: "村民小组 小组 组别 组 所属小组 居民小组 所在组 村小组 网格 所属网格 社 组名 所在小组 片区",
    Field.NAME: "姓名 村民姓名 居民姓名 成员姓名 代表姓名 名字 人员姓名 家庭成员姓名 户成员姓名",
    Field.RELATION: "与户主关系 关系 户主关系 家庭关系 与户主的关系",
    Field.GENDER: "性别",
    Field.BIRTH: "出生日期 出生年月日 生日 出生年月 出生 出生时间",
    Field.REPRESENTATIVE: "是否村民代表 村民代表 是否代表 代表 居民代表 是否居民代表 是否为村民代表 是否为代表 户代表",
}

_FIELDS = {
    RollKind.OWNERS: _OWNERS | _COMMON,
    RollKind.PEOPLE: _PEOPLE | _COMMON,
    RollKind.MEMBERS: _PEOPLE | _COMMON,
}
_NEEDED = {
    RollKind.OWNERS: (frozenset({Field.ADDRESS, Field.ROOM}), frozenset({Field.AREA, Field.OWNER})),
    RollKind.PEOPLE: (
        frozenset({Field.NAME}),
        frozenset({Field.ID_NUMBER, Field.BIRTH, Field.HOUSEHOLD, Field.GROUP, Field.PHONE, Field.REPRESENTATIVE}),
    ),
    RollKind.MEMBERS: (frozenset({Field.NAME}),),
}
_WORDS: AnyMapping[RollKind, AnyMapping[str, tuple[Field, int]]] = {
    kind: {word.lower(): (field, rank) for field, words in fields.items() for rank, word in enumerate(words.split())}
    for kind, fields in _FIELDS.items()
}
_NOT_AREA = re.compile("套内|公摊|分摊|车位|车库|储藏|阳台|使用面积")
_BRACKETS = re.compile(r"[(（\[【].*?[)）\]】]")
_FILLERS = re.compile(r"[\s*:：;；、,，.。_\-—·/]+")
_UNIT_WORDS = re.compile(r"(㎡|m2|m²|平方米|平米)$", re.IGNORECASE)


@dataclass(frozen=True)
class Mapping:
    """How to read one sheet: heading rows [first, first + count), counted from 0, and the column of each field."""

    first: int
    count: int
    headings: tuple[str, ...]
    columns: AnyMapping[Field, int]

    @property
    def body(self) -> int:
        """The first row after the heading, counted from 0."""
        return self.first + self.count

    def column(self, field: Field) -> int:
        """The column of a field, counted from 0; -1 where the sheet has none."""
        return self.columns.get(field, -1)

    def with_column(self, field: Field, column: int | None) -> "Mapping":
        """The mapping with one field read from another column, or from none; a column serves one field."""
        columns = {known: at for known, at in self.columns.items() if known is not field and at != column}
        if column is not None:
            columns[field] = column
        return replace(self, columns=columns)

    def lacking(self, kind: RollKind) -> tuple[Field, ...]:
        """The fields without which no line of this kind can be read."""
        return tuple(
            sorted(choice)[0] for choice in _NEEDED[kind] if not any(field in self.columns for field in choice)
        )


def fields_of(kind: RollKind) -> tuple[Field, ...]:
    """The fields a roll of this kind may have, in the order a page shows them."""
    return tuple(field for field in Field if field in _FIELDS[kind])


def guess(sheet: Sheet, kind: RollKind) -> Mapping | None:
    """The likeliest heading of a sheet and its columns; None when no row looks like a heading."""
    best: tuple[int, Mapping] | None = None
    for first in range(min(SEARCHED_ROWS, len(sheet.rows))):
        for count in (1, 2):
            found = _guess_at(sheet, kind, first, count)
            if found and (best is None or found[0] > best[0]):
                best = found
    return best[1] if best else None


def _guess_at(sheet: Sheet, kind: RollKind, first: int, count: int) -> tuple[int, Mapping] | None:
    if count == 2 and (first + 1 >= len(sheet.rows) or not _is_wordy(sheet.rows[first + 1])):
        return None
    if not _is_wordy(sheet.rows[first]):
        return None
    headings = _headings(sheet, first, count)
    columns: dict[Field, int] = {}
    ranks: dict[Field, int] = {}
    for column, choices in enumerate(headings):
        known = next((hit for words in choices if (hit := _field(words, kind))), None)
        if known and (known[0] not in columns or known[1] < ranks[known[0]]):
            columns[known[0]], ranks[known[0]] = column, known[1]
    if not all(any(field in columns for field in choice) for choice in _NEEDED[kind]):
        return None
    plain = tuple(choices[0] if choices else "" for choices in headings)
    # more columns go first; then the upper heading, for it may be repeated below; then one row rather than two
    return len(columns) * 100 - first - 2 * (count - 1), Mapping(first, count, plain, columns)


def _headings(sheet: Sheet, first: int, count: int) -> list[list[str]]:
    """For every column the texts its heading may be read as, likeliest first."""
    top = [text_of(cell) for cell in sheet.rows[first]]
    if count == 1:
        return [[text] if text else [] for text in top]
    for row, left, bottom, right in sheet.merged:
        if row == first == bottom and right < len(top):
            top[left : right + 1] = [top[left]] * (right - left + 1)
    low = [text_of(cell) for cell in sheet.rows[first + 1]]
    return [
        [text for text in ((below, above + below, above) if below else (above,)) if text]
        for above, below in zip(top, low, strict=True)
    ]


def _field(text: str, kind: RollKind) -> tuple[Field, int] | None:
    """The field a heading names, with its rank among that field's names (the lower the better)."""
    if kind is RollKind.OWNERS and "面积" in text and _NOT_AREA.search(text):
        return None
    words = _WORDS[kind]
    whole = _UNIT_WORDS.sub("", _FILLERS.sub("", text)).lower()
    bare = _UNIT_WORDS.sub("", _FILLERS.sub("", _BRACKETS.sub("", text))).lower()
    if hit := words.get(whole) or words.get(bare):
        return hit
    if len(bare) > 12:
        return None
    longest = max((word for word in words if len(word) > 1 and word in bare), key=len, default="")
    if not longest:
        return None
    field, rank = words[longest]
    return field, rank + 100


def _is_wordy(row: Row) -> bool:
    """Whether a row may be a heading: short words, no numbers, no dates."""
    texts = [cell for cell in row if cell != ""]
    return len(texts) > 1 and all(
        isinstance(cell, str) and len(cell) <= 40 and sum(char.isdigit() for char in cell) < 4 for cell in texts
    )
