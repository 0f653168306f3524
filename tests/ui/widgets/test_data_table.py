"""Tables: sort, filter, copy, export, memory."""

from openpyxl import load_workbook
from PySide6.QtCore import Qt

from ui.memory import Memory
from ui.widgets.data_table import Column, DataTable
from ui.widgets.table_paper import as_html, write_xlsx

COLUMNS = (
    Column("房屋", lambda row: row[0], 8),
    Column("面积", lambda row: f"{row[1]:,}", 8, sort=lambda row: row[1], right=True),
    Column("业主", lambda row: row[2], search=lambda row: row[2] + " sl"),
)
ROWS = (("1-1-101", 900, "示例甲"), ("1-1-102", 10_000, "示例乙"), ("2-1-101", 80, "=1+1"))


def table(qtbot, path) -> DataTable:
    found = DataTable(COLUMNS, "名册", Memory(path / "window.json"))
    qtbot.addWidget(found)
    found.show_rows(ROWS)
    return found


def test_figures_sort_by_their_size_not_their_words(qtbot, tmp_path):
    found = table(qtbot, tmp_path)
    found.sortByColumn(1, Qt.SortOrder.AscendingOrder)
    assert [row[1] for row in found.rows.shown] == [80, 900, 10_000]


def test_a_filter_wants_every_word(qtbot, tmp_path):
    found = table(qtbot, tmp_path)
    found.filter("1-1 乙")
    assert found.rows.shown == [ROWS[1]]


def test_a_filter_looks_into_search_words_too(qtbot, tmp_path):
    found = table(qtbot, tmp_path)
    found.filter("SL 2-1")
    assert found.rows.shown == [ROWS[2]]


def test_the_current_row_stays_current_after_new_rows(qtbot, tmp_path):
    found = table(qtbot, tmp_path)
    found.selectRow(1)
    found.show_rows((("0-0-000", 1, "示例丙"), *ROWS))
    assert found.current() == ROWS[1]


def test_enter_opens_the_current_row(qtbot, tmp_path):
    found = table(qtbot, tmp_path)
    found.selectRow(0)
    with qtbot.waitSignal(found.opened) as opened:
        qtbot.keyClick(found, Qt.Key.Key_Return)
    assert opened.args == [ROWS[0]]


def test_rows_are_copied_as_text(qtbot, tmp_path):
    found = table(qtbot, tmp_path)
    found.selectRow(0)
    assert found.as_text() == "房屋\t面积\t业主\n1-1-101\t900\t示例甲"


def test_an_export_holds_no_formula(qtbot, tmp_path):
    found = table(qtbot, tmp_path)
    write_xlsx(found, tmp_path / "roll.xlsx")
    cell = load_workbook(tmp_path / "roll.xlsx").active["C4"]
    assert (cell.value, cell.data_type) == ("=1+1", "s")


def test_a_printed_table_is_escaped(qtbot, tmp_path):
    found = table(qtbot, tmp_path)
    found.show_rows((("<b>", 1, "&"),))
    assert "&lt;b&gt;" in as_html(found)


def test_widths_are_remembered(qtbot, tmp_path):
    found = table(qtbot, tmp_path)
    found.setColumnWidth(0, 333)
    found._keep_columns()
    assert table(qtbot, tmp_path).columnWidth(0) == 333


def test_a_hundred_thousand_rows_are_shown(qtbot, tmp_path):
    found = table(qtbot, tmp_path)
    found.show_rows([(f"{n}", n, "示例") for n in range(100_000)])
    found.filter("99999")
    assert len(found.rows.shown) == 1


def test_columns_narrow_until_all_are_seen(qtbot, tmp_path) -> None:
    wide = tuple(Column(f"第{place}列", lambda _row: "短", width=30) for place in range(5))
    table = DataTable(wide, "窄", Memory(tmp_path / "window.json"))
    qtbot.addWidget(table)
    table.resize(700, 300)
    table.show()
    table.show_rows((1, 2, 3))
    assert sum(table.columnWidth(place) for place in range(5)) <= table.viewport().width()


def test_a_hidden_column_takes_no_room(qtbot, tmp_path) -> None:
    table = DataTable(
        tuple(Column(f"第{place}列", lambda _row: "短", width=30) for place in range(5)),
        "藏",
        Memory(tmp_path / "w.json"),
    )
    qtbot.addWidget(table)
    table.setColumnHidden(2, True)
    table.resize(700, 300)
    table.show()
    table.show_rows((1, 2, 3))
    widths = [table.columnWidth(place) for place in (0, 1, 3, 4)]
    assert max(widths) - min(widths) <= 4  # the last one, which is stretched, got no more than its share


def test_whole_words_stay_whole_where_others_are_cut(qtbot, tmp_path) -> None:
    long = "一二三四五六七八九十" * 2
    columns = (
        Column("甲", lambda _row: long, 40),
        Column("乙", lambda _row: long, 40, whole=True),
        Column("丙", lambda _row: long, 40),
    )
    table = DataTable(columns, "整", Memory(tmp_path / "w.json"))
    qtbot.addWidget(table)
    words = table.fontMetrics().horizontalAdvance(long)
    table.resize(round(words * 2.9), 300)
    table.show()
    table.show_rows((1, 2, 3))
    assert min(table.columnWidth(0), table.columnWidth(1)) > words > table.columnWidth(2)


def test_columns_the_user_has_drawn_stay(qtbot, tmp_path) -> None:
    memory = Memory(tmp_path / "window.json")
    memory.put("columns.宽", {"甲": 400, "乙": 500})
    table = DataTable((Column("甲", str), Column("乙", str), Column("丙", str)), "宽", memory)
    qtbot.addWidget(table)
    table.resize(600, 300)
    table.show()
    assert (table.columnWidth(0), table.columnWidth(1)) == (400, 500)
