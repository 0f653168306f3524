"""Every line of every sheet is in the account, whatever an office does to its workbook."""

from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.utils import get_column_letter

from consult_app.kernel.errors import Refused
from consult_app.rolls.rules import RollKind
from consult_app.rolls.workbook import read
from tests.consult_app.rolls.books import books, number, taken

UPPER = ("房屋", "", "", "业主", "", "面积", "")
LOWER = ("楼栋", "单元", "房号", "姓名", "身份证号", "建筑面积", "备注")
LINES = st.one_of(
    st.builds(
        lambda b, e, r, o, a: [f"{b}号楼", f"{e}单元", r, o, "", a, ""],
        st.integers(1, 3), st.integers(1, 2), st.integers(101, 106),
        st.sampled_from(["甲", "甲、乙", "甲/乙", "A/S", "<b>甲</b>", "", "甲 乙", "甲（50%）、乙（50%）"]),
        st.sampled_from([80, 89.5, "89.5㎡", "", "八十", "89.505", -1]),
    ),
    st.builds(lambda r: ["1-1-1", "", f"1-1-{r}", "甲、乙", f"{number(1)}\n{number(2)}", 80, ""], st.integers(101, 105)),
    st.sampled_from([
        ["小计", "", "", "", "", 160, ""], ["", "", "", "合 计", "", 160, ""], ["", "", "", "", "", 160, ""], [""] * 7,
        ["制表人：某某", "", "", "", "", "", ""], list(LOWER), ["", "", "", "", "", "", "只有备注"],
    ]),
)  # fmt: skip
SHEETS = st.lists(st.lists(LINES, max_size=12), min_size=1, max_size=3)
MERGES = st.lists(st.tuples(st.integers(0, 6), st.integers(3, 14), st.integers(1, 4), st.integers(0, 2)), max_size=2)


def unlike(merges: list[tuple[int, int, int, int]]) -> list[str]:
    """The ranges that do not overlap an earlier one; openpyxl would spoil the file."""
    taken_cells: set[tuple[int, int]] = set()
    found = []
    for left, top, down, across in merges:
        cells = {(row, at) for row in range(top, top + down + 1) for at in range(left, min(6, left + across) + 1)}
        if not cells & taken_cells:
            taken_cells |= cells
            found.append(
                f"{get_column_letter(left + 1)}{top}:{get_column_letter(min(6, left + across) + 1)}{top + down}"
            )
    return found


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(SHEETS, MERGES, st.booleans(), st.booleans())
def test_taken_rejected_and_recognised_rows_are_all_rows(tmp_path: Path, sheets, merges, titled, two_headings):
    head = [["某小区业主名册"]] * titled + [list(UPPER)] * two_headings + [list(LOWER)]
    named = {f"表{at}": [*head, *lines] for at, lines in enumerate(sheets, 1)}
    path = books(tmp_path / "名册.xlsx", named, merge=unlike(merges))
    heights = {sheet.name: len(sheet.rows) for sheet in read(path).sheets}
    try:
        found = taken(path, RollKind.OWNERS)
    except Refused:
        return
    for count in found.counts:
        faulty = {problem.row for problem in found.problems if problem.sheet == count.sheet}
        assert count.taken + count.rejected + sum(count.others.values()) == heights[count.sheet]
        assert count.rejected == len(faulty)
        assert count.taken == sum(unit.sheet == count.sheet for unit in found.units)
        assert not faulty & {unit.row for unit in found.units if unit.sheet == count.sheet}
    assert len({unit.place for unit in found.units}) == len(found.units)
