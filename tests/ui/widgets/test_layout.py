"""The scrolling body of a page: a bar where something is out of sight, and none where all of it is seen."""

import pytest

from ui.widgets.card import Card
from ui.widgets.layout import boxed, column, row, scrolling
from ui.widgets.text import Words

LINES = "请连回印选票时的路由器，或在路由器里把地址固定下来；换不回来就重新印制选票，或改用纸质选票。"


@pytest.mark.parametrize(("cards", "scrolls"), [(5, False), (40, True)])
def test_a_page_scrolls_only_where_it_must(qtbot, cards, scrolls):
    body = column(*(Card("网络").add(boxed(row(Words(LINES, wrap=True)))) for _ in range(cards)), None)
    area = scrolling(body)
    qtbot.addWidget(area)
    area.resize(1000, 600)
    area.show()
    qtbot.waitExposed(area)
    inside = area.widget()
    assert inside is not None
    assert (area.verticalScrollBar().maximum() > 0) is scrolls
    assert inside.height() >= inside.childrenRect().bottom()
    assert all(words.height() >= words.heightForWidth(words.width()) for words in inside.findChildren(Words))
