"""票权清册 and 计票表 as Excel workbooks. A text is always a text: no cell is ever taken for a formula. Pure."""

import io
from collections.abc import Iterable, Sequence

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from consult_app.documents.count_sheet import vote_facts
from consult_app.documents.matter import UNTOLD, Vote
from consult_app.documents.published import published
from consult_app.documents.result_tables import measures_table, participation_sentence, roll_sentence
from consult_app.documents.voting_roll import name_of, plan_facts, rooms_of, rows
from consult_app.voting.explaining import VoterLine
from consult_app.voting.facts import MotionFacts

Cell = str | int | float

AREA_FORMAT = "#,##0.00"


def voting_roll_xlsx(motion: MotionFacts, voters: Sequence[VoterLine], *, public: bool = False) -> bytes:
    """The frozen roll and the vote it was frozen for; the public one masks names and rooms."""
    with_area = "area" in motion.rule.measures
    headings = ("序号", "票权人", "房屋", "人数", *(("面积（㎡）",) if with_area else ()), "计算依据")
    found = (
        (place, *line[1:3], voter.heads, *((_square_metres(voter.area),) if with_area else ()), line[-1])
        for place, (voter, line) in enumerate(
            zip(voters, rows(voters, with_area=with_area, public=public), strict=True), 1
        )
    )
    widths = (6, 24, 30, 8, *((14,) if with_area else ()), 60)
    terms = (("表决事项", motion.title), *plan_facts(motion))
    return _workbook((("票权清册", headings, widths, found), _terms(terms)))


def count_sheet_xlsx(vote: Vote, voters: Sequence[VoterLine] = (), *, public: bool = False) -> bytes:
    """The count of a closed vote: choices, the law's shares, and voter by voter; the public one holds totals only."""
    vote = published(vote) if public else vote
    choices = (
        (
            item.code,
            item.text,
            line.label,
            line.heads,
            *((UNTOLD if line.area is None else _square_metres(line.area),) if vote.with_area else ()),
        )
        for item in vote.items
        for line in item.choices
    )
    area = ("面积（㎡）",) if vote.with_area else ()
    shares = ((item.code, *row) for item in vote.items for row in measures_table(item.measures, item.exact).rows)
    sheets: list[_Sheet] = [
        ("计票结果", ("项", "表决内容", "表决意见", "人数", *area), (6, 50, 12, 10, 16), choices),
        ("法定要求", ("项", "法定要求", "应当达到", "实际", "占比", "结果"), (6, 24, 16, 34, 10, 18), shares),
    ]
    if voters and not public:
        lines = (
            (place, name_of(voter, False), rooms_of(voter, False), "\n".join(voter.chain))
            for place, voter in enumerate(voters, 1)
        )
        sheets.append(("逐户说明", ("序号", "票权人", "房屋", "如何计入"), (6, 24, 30, 90), lines))
    outcomes = ((f"第{item.code}项结论", item.words) for item in vote.items)
    books = "，".join(f"{label} {count:,} 张" for label, count in vote.books)
    sheets.append(
        _terms(
            (
                ("表决事项", vote.title),
                *vote_facts(vote),
                ("应参加表决", roll_sentence(vote)),
                ("参与表决", participation_sentence(vote)),
                ("表决票", f"发出 {vote.issued:,} 张" + (f"：{books}" if books else "")),
                *outcomes,
            )
        )
    )
    return _workbook(sheets)


def _terms(facts: Sequence[tuple[str, str]]) -> "_Sheet":
    """The sheet that says of which vote a workbook tells, so that it can stand without its paper."""
    return "表决说明", ("项目", "内容"), (16, 90), facts


_Sheet = tuple[str, Sequence[str], Sequence[int], Iterable[Sequence[Cell]]]


def _workbook(sheets: Iterable[_Sheet]) -> bytes:
    book = Workbook(write_only=True)
    for title, headings, widths, lines in sheets:
        sheet = book.create_sheet(title)
        sheet.freeze_panes = "A2"
        for place, width in enumerate(widths, 1):
            sheet.column_dimensions[get_column_letter(place)].width = width
        sheet.append([_cell(sheet, heading, bold=True) for heading in headings])
        for line in lines:
            sheet.append([_cell(sheet, value) for value in line])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _cell(sheet: object, value: Cell, *, bold: bool = False) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, value=value)
    if isinstance(value, str):
        cell.data_type = "s"  # never a formula, whatever it begins with
        cell.quotePrefix = True
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    if isinstance(value, float):
        cell.number_format = AREA_FORMAT
    if bold:
        cell.font = Font(bold=True)
    return cell


def _square_metres(area: int) -> float:
    """An area for showing only: a spreadsheet has no other numbers, and two decimals survive."""
    return area / 100
