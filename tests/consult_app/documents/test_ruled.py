"""Where ruled tables may be broken."""

from consult_app.documents import model
from consult_app.documents.page import STANDARD, Slab, paginate
from consult_app.documents.ruled import set_table


def pages_of(rows: int, above: float) -> list[int]:
    """How many slabs of a table stand on each page, below something of that height (points)."""
    table = model.Table(
        (model.Column("项目", 1), model.Column("数量", 1)), tuple((f"{n}", f"{n}") for n in range(rows))
    )
    first = Slab(above, lambda _pen, _x, _top: None)
    return [len(page) for page in paginate([first, *set_table(table, STANDARD)], STANDARD)]


def test_a_small_table_is_never_broken() -> None:
    for above in range(400, 620, 20):
        pages = pages_of(5, float(above))
        assert pages in ([8], [1, 7], [7]), above  # 7: heading, five lines and the space below, which begins no page


def test_no_line_of_a_large_table_stands_alone() -> None:
    for above in range(400, 620, 20):
        pages = pages_of(40, float(above))
        assert pages[0] == 1 or pages[0] >= 4, above
        assert pages[-1] >= 3, above
