"""Sheets of many rows as xlsx: read back as they were by another reader, and stopped when asked."""

import io
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from consult_app.rolls.book import book_of, neutral
from consult_app.rolls.paper import PaperSheet

TEXTS = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=30)
VALUES = TEXTS | st.integers(0, 10**6) | st.decimals(0, 10**6, places=2)


def read_back(content):
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in load_workbook(io.BytesIO(content))}


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(VALUES, VALUES), max_size=8))
def test_whatever_is_written_is_read_back_as_text_or_number(rows):
    content = book_of([PaperSheet("甲", ("左", "右"), rows), PaperSheet("乙", ("a&b<c>",), [])])
    book = read_back(content)
    shown = [tuple((neutral(v) or None) if isinstance(v, str) else float(v) for v in row) for row in rows]
    found = [tuple(float(v) if isinstance(v, int | float) else v for v in row) for row in book["甲"][1:]]
    assert found[: len(shown)] == shown[: len(found)]
    assert all(set(row) == {None} for row in shown[len(found) :])
    assert book["乙"] == [("a&b<c>",)]


def test_an_area_shows_two_decimals_and_leading_noughts_stay():
    sheet = load_workbook(
        io.BytesIO(book_of([PaperSheet("甲", ("房号", "面积"), [("0101", Decimal("89.50"))])]))
    ).active
    assert (sheet["A2"].value, sheet["B2"].value, sheet["B2"].number_format) == ("0101", 89.5, "0.00")
    assert sheet.freeze_panes == "A2"


def test_the_writer_tells_how_far_it_is_and_can_be_stopped():
    class Stop(Exception):
        pass

    def told(rows):
        seen.append(rows)
        if rows >= 4000:
            raise Stop

    seen: list[int] = []
    with pytest.raises(Stop):
        book_of([PaperSheet("甲", ("号",), ((at,) for at in range(100_000)))], told)
    assert seen == [2000, 4000]
