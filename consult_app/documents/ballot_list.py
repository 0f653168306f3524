"""逐票清单: the ballots of a declared vote for the notice board, with column sums; `consult verify` reads this paper back. Pure.

A line stands in one cell, its parts apart by one space, so that the text of the PDF can be read line by line again.
"""

from collections.abc import Iterator

from consult_app.documents.model import (
    Block,
    Column,
    Document,
    Heading,
    KeyValues,
    Note,
    Paragraph,
    SignOff,
    Table,
    Title,
)
from consult_app.documents.wording import say
from consult_app.kernel.text import area_plain
from consult_app.voting.listing import BallotList, ListedBallot

KIND = "逐票清单"
SIGNS = {">=": "≥", ">": "＞", "=": "＝"}
SHORT = {"同意": "同", "反对": "反", "弃权": "弃", "填写无效": "无"}
"""One character a question where there are several."""

_CHECKS = ("lists.check_1", "lists.check_2", "lists.check_3", "lists.check_4")


def ballot_list_paper(found: BallotList, day: str) -> Document:
    """The list as a paper to post on `day`."""
    title = say("lists.title", matter=found.title)
    blocks: list[Block] = [
        Title(title),
        Paragraph(say("lists.lead" if found.with_words else "lists.lead_secret")),
        KeyValues(tuple(_facts(found))),
        Heading(1, "一、选票"),
        Paragraph(say("lists.legend_one" if len(found.items) == 1 else "lists.legend_many")),
        _lines(found),
        Heading(1, "二、面积档"),
        *_classes(found),
        Heading(1, "三、合计"),
        Paragraph(say("lists.sums_area" if found.by_area else "lists.sums_heads")),
        _one_column([text for item, _ in found.items for text in _sums(found, item)]),
        Heading(1, "四、怎样核对"),
        *(Paragraph(say(key)) for key in _CHECKS[0 if found.with_words else 1 :]),
        Note(say("lists.limits" if found.with_words else "lists.limits_secret")),
        SignOff(found.body, day),
    ]
    return Document(KIND, title, tuple(blocks))


def _facts(found: BallotList) -> Iterator[tuple[str, str]]:
    for code, text in found.items:
        yield f"第{code}项", text
    yield "应参加", _weight(found, found.eligible_heads, found.eligible_area)
    yield "计入", f"{len(found.lines)} 票"
    if found.present is not None:
        yield "到会", f"{found.present} 人"
    if found.silent_heads:
        yield "从多", _weight(found, found.silent_heads, found.silent_area)
        if found.unfollowed:
            yield "不从多", "、".join(f"第{code}项" for code in found.unfollowed)
    yield "标准", gate_words(found)
    yield "结果", "；".join(f"第{code}项{outcome}" for code, outcome in found.outcomes)
    yield "方案校验", found.plan


def gate_words(found: BallotList) -> str:
    """`人数和面积：参与≥2/3；同意＞1/2，占参与`: the shares as they are read back."""
    measures = "人数和面积" if found.by_area else "人数"
    taking, consent = found.rule_table["participation"], found.rule_table["approval"]
    part = f"参与{SIGNS[taking['op']]}{taking['ratio']}" if taking else "参与不限"
    base = "占全体" if consent and consent["base"] == "all" else "占参与"
    agreed = f"同意{SIGNS[consent['op']]}{consent['ratio']}，{base}" if consent else "同意不限"
    return f"{measures}：{part}；{agreed}"


def _weight(found: BallotList, heads: int, area: int) -> str:
    return f"{heads} 人，{area_plain(area)} ㎡" if found.by_area else f"{heads} 人"


def _lines(found: BallotList) -> Table:
    many = len(found.items)
    columns = 3 if many == 1 else 2 if many <= 8 else 1
    cells = [_line(line) for line in found.lines]
    rows = [tuple(cells[start : start + columns]) for start in range(0, len(cells), columns)]
    filled = tuple(row + ("",) * (columns - len(row)) for row in rows)
    return Table(tuple(Column("") for _ in range(columns)), filled)


def _line(line: ListedBallot) -> str:
    chosen = line.choices[0] if len(line.choices) == 1 else "".join(SHORT[choice] for choice in line.choices)
    return f"{line.words} {line.weight} {chosen}"


def _classes(found: BallotList) -> Iterator[Block]:
    if not found.by_area:
        yield Paragraph(say("lists.one_class"))
        return
    yield Paragraph(say("lists.classes"))
    yield _one_column(
        [
            f"{each.label} 档 {area_plain(each.low)} 起不到 {area_plain(each.high)} ㎡，每票按 {area_plain(each.value)} ㎡，"
            f"{each.ballots} 票"
            for each in found.classes
        ]
    )


def _sums(found: BallotList, item: str) -> Iterator[str]:
    for each in found.sums:
        if each.item == item:
            area = f"，按档 {area_plain(each.by_class)} ㎡，零头 {area_plain(each.rest)} ㎡，宣布 {area_plain(each.area)} ㎡"
            yield f"第{item}项 {each.choice} {each.heads} 票" + (area if each.has_area else "")


def _one_column(texts: list[str]) -> Table:
    return Table((Column(""),), tuple((text,) for text in texts))
