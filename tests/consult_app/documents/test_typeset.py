"""避头尾: no line begins or ends with a mark that may not stand there, and nothing is lost."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult_app.documents.typeset import NO_END, NO_START, Line, break_lines

HAN = "业主大会议题表决同意反对弃权王䶮㼆𬱖𫖯𠮷赟"


def advance(character: str) -> float:
    """Ideographs one em, everything ASCII half."""
    return 0.5 if character.isascii() else 1.0


words = st.one_of(
    st.text(HAN, min_size=1, max_size=12),
    st.sampled_from(["，", "。", "？！", "”，", "》。", "……", "——", "、", "；", "：", "）", "）。"]),
    st.sampled_from(["（", "《", "“", "“《", "〔"]),
    st.sampled_from(["2026", "11,805.86㎡", "66.66%", "3-2-501", "Wi-Fi", "consult", " ", "№ 0057", "5000元"]),
)


@st.composite
def texts(draw: st.DrawFn) -> str:
    """Sentences as people write them: a mark of one kind is followed by words, never by a dozen more marks."""
    parts = draw(st.lists(words, min_size=1, max_size=60))
    kept: list[str] = []
    for part in parts:
        if kept and part[0] not in HAN and kept[-1][-1] not in HAN:
            kept.append("会")
        kept.append(part)
    return "".join(kept)


@given(texts(), st.integers(12, 40), st.integers(0, 4))
def test_no_line_breaks_the_rules(text: str, width: int, first: int) -> None:
    lines = break_lines(text, width, advance, first=first)
    for earlier, later in pairwise(lines):
        assert later.text[0] not in NO_START
        assert earlier.text[-1] not in NO_END
        assert not (earlier.text[-1] == later.text[0] and later.text[0] in "—…")
        assert not (earlier.text[-1].isascii() and later.text[0].isascii() and not _spaced(text, earlier, later))


def _spaced(text: str, earlier: Line, later: Line) -> bool:
    return any(f"{earlier.text[-3:]}{' ' * count}{later.text[:3]}" in text for count in range(1, 4))


@given(texts(), st.integers(12, 40))
def test_nothing_is_lost_but_spaces_at_line_ends(text: str, width: int) -> None:
    joined = "".join(line.text for line in break_lines(text, width, advance))
    assert joined.replace(" ", "") == text.replace(" ", "")


@given(texts(), st.integers(12, 40), st.integers(0, 4))
def test_no_line_is_wider_than_its_room(text: str, width: int, first: int) -> None:
    for line in break_lines(text, width, advance, first=first):
        natural = sum(map(advance, line.text)) - sum(advance(line.text[index]) / 2 for index in line.squeezed)
        assert line.indent + natural <= width + 1e-6
        assert line.width == pytest.approx(natural)
        assert len(line.squeezed) <= 2


@given(st.text("，。）》！", min_size=1, max_size=80), st.integers(4, 10))
def test_marks_without_end_still_fit(text: str, width: int) -> None:
    lines = break_lines(text, width, advance)
    assert "".join(line.text for line in lines) == text
    assert all(line.width <= width + 1e-6 for line in lines)


def test_comma_is_squeezed_onto_the_line() -> None:
    first, second = break_lines("业主大会议题表决，同意", 8.5, advance)
    assert (first.text, first.squeezed, second.text) == ("业主大会议题表决，", (8,), "同意")


def test_two_marks_that_do_not_fit_take_a_word_along() -> None:
    assert [line.text for line in break_lines("业主大会议题表决”。同意", 8, advance)] == ["业主大会议题表", "决”。同意"]


@pytest.mark.parametrize(
    "whole",
    ["186,000 元", "186,000元", "第 59 条", "第3款", "97.00 ㎡", "97.00 平方米", "66.66%", "11月30日", "5 个工作日", "2026年", "12人", "3号楼"],
)  # fmt: skip
def test_a_number_and_its_unit_stand_on_one_line(whole: str) -> None:
    for width in range(8, 30):
        lines = break_lines(f"关于使用维修资金{whole}更换地下室消防水泵和控制柜", width, advance)
        assert any(whole in line.text for line in lines), width


@given(st.text(HAN, min_size=2, max_size=200), st.integers(4, 40))
def test_no_single_character_is_the_last_line(text: str, width: int) -> None:
    lines = break_lines(text, width, advance)
    assert len(lines) == 1 or len(lines[-1].text) > 1


def test_a_last_line_of_one_character_takes_another_along() -> None:
    assert [line.text for line in break_lines("业主大会议题表决。", 7, advance)] == ["业主大会议题", "表决。"]


def test_long_address_is_cut_where_it_must() -> None:
    lines = break_lines("x" * 50, 10, advance)
    assert [len(line.text) for line in lines] == [20, 20, 10]


def test_line_feed_ends_a_line() -> None:
    assert [(line.text, line.open) for line in break_lines("一\n二", 10, advance)] == [("一", False), ("二", False)]
