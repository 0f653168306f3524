"""Slips and filled ballots: every code reads, every slip is whole, long matters still fit or are refused."""

from dataclasses import replace
from itertools import groupby, pairwise
from typing import Any

import pypdfium2
import pytest
import zxingcpp

from consult_app.documents.ballots import BallotSheet, FilledBallot, ballots_pdf
from consult_app.documents.qr import code, page_text, read_page
from consult_app.documents.slip_words import SlipFace, SlipSheet
from consult_app.documents.slips import SlipTooSmall, slips_pdf
from consult_app.voting.codes import return_codes

SHEET = SlipSheet(
    body="示范小区业主大会",
    matter="加装电梯资金筹集方案",
    items=("加装电梯资金筹集方案",),
    closes="2026年3月20日 18:00",
    weight="扫码即为本人表决",
    wifi="议事厅",
    address="192.168.1.23:8080",
)


def face(number: int, items: int = 0) -> SlipFace:
    codes = (("4817", "2093", "7750"),) * items
    return SlipFace(
        f"HTTP://192.168.1.23/V/7KQ2MX9D4RTW{number:04d}", "7KQ2MX9D", f"{number:04d}", f"2-1-{number}", codes
    )


def sheet(matter: str, *items: str) -> SlipSheet:
    return SlipSheet(SHEET.body, matter, items, SHEET.closes, SHEET.weight)


def text(pdf: pypdfium2.PdfDocument) -> str:
    pages = (pdf[page].get_textpage().get_text_range() for page in range(len(pdf)))
    return "".join(pages).replace("\r\n", "").replace(" ", "")


def codes(pdf: pypdfium2.PdfDocument, dpi: int = 150) -> list[str]:
    shots = (pdf[page].render(scale=dpi / 72).to_pil() for page in range(len(pdf)))
    return sorted(found.text for shot in shots for found in zxingcpp.read_barcodes(shot))


def test_every_slip_reads_as_its_own_address() -> None:
    slips = [face(number) for number in range(1, 11)]
    pdf = pypdfium2.PdfDocument(slips_pdf(slips, SHEET))
    assert len(pdf) == 3
    assert codes(pdf) == sorted(slip.url for slip in slips)


def test_slip_says_what_a_voter_must_know() -> None:
    found = text(pypdfium2.PdfDocument(slips_pdf([face(57, items=1)], SHEET)))
    for words in (
        "7KQ2MX9D",
        "№0057",
        "房号2-1-57",
        "同意",
        "反对",
        "弃权",
        "业主签名",
        "扫码即为本人表决",
        "议事厅",
        "4817",
    ):
        assert words in found


def test_threat_09_the_part_of_a_secret_slip_that_goes_into_the_box_bears_no_number() -> None:
    secret = replace(SHEET, signature="", secret=True, hall_word="青山")
    with pypdfium2.PdfDocument(slips_pdf([face(57, items=1), face(58)], secret)) as pdf:
        page = pdf[0].get_textpage()
        width = pdf[0].get_width()
        for known_by in ("0057", "0058", "7KQ2", "2-1-57"):
            finder = page.search(known_by)
            places = []
            while (found := finder.get_next()) is not None:
                left, _, right, _ = page.get_charbox(found[0])
                places.append((left + right) / 2 / width)
            assert places, known_by
            assert all(place < 0.3 or place > 0.74 for place in places), (known_by, places)
        assert "存根，入箱前沿右边虚线撕下" in text(pdf)


def test_secret_slip_has_no_line_to_sign() -> None:
    secret = SlipSheet(SHEET.body, SHEET.matter, SHEET.items, SHEET.closes, SHEET.weight, signature="")
    found = text(pypdfium2.PdfDocument(slips_pdf([face(1, items=1)], secret)))
    assert "签名" not in found


def test_same_slips_give_the_same_bytes() -> None:
    assert slips_pdf([face(1)], SHEET) == slips_pdf([face(1)], SHEET)


@pytest.mark.parametrize("count", [1, 2, 3, 6, 10])
def test_items_are_all_printed_whole(count: int) -> None:
    items = tuple(
        f"第{number}项：同意使用维修资金更换第{number}号电梯，费用由本幢业主分摊" for number in range(1, count + 1)
    )
    found = text(pypdfium2.PdfDocument(slips_pdf([face(1, items=count)], sheet("维修资金使用", *items))))
    for item in items:
        assert item in found
    assert found.count("弃权") >= count


def test_matter_that_fits_on_no_page_is_refused() -> None:
    with pytest.raises(SlipTooSmall):
        slips_pdf([face(1)], sheet("方案", *["长" * 300] * 30))


def test_large_print_is_two_a_page_at_most() -> None:
    pdf = pypdfium2.PdfDocument(slips_pdf([face(number) for number in range(3)], SHEET, large=True))
    assert len(pdf) == 2
    assert len(codes(pdf)) == 3


def test_address_of_forty_characters_takes_twenty_nine_modules() -> None:
    address = "HTTP://192.168.100.100:8080/7KQ2MX9D4RTW"
    assert len(address) == 40
    assert code(address).side == 29


def test_page_key_reads_back() -> None:
    key = read_page(page_text("7KQ2MX9D4RTW6ZPA", 12))
    assert key is not None
    assert (key.token, key.page) == ("7KQ2MX9D4RTW6ZPA", 12)
    assert read_page("HTTP://192.168.1.23/V/7KQ2") is None


def test_filled_ballot_names_voter_and_choice_and_can_be_ticked_off() -> None:
    ballots = [
        FilledBallot(
            f"7KQ2MX{number:02d}", f"B1-7KQ2MX{number:02d}", f"{number:04d}", "王䶮", ("同意", "弃权"), "2-1-301"
        )
        for number in range(7)
    ]
    pdf = pypdfium2.PdfDocument(ballots_pdf(ballots, BallotSheet(SHEET.body, SHEET.matter, ("第一项", "第二项"))))
    assert codes(pdf) == sorted(ballot.scan for ballot in ballots)
    assert text(pdf).count("王䶮") == 7
    assert text(pdf).count("业主签名") == 7


def test_three_slips_a_page_where_the_matter_takes_two_lines() -> None:
    matter = "使用维修资金 186,000 元更换地下室消防水泵"
    pdf = pypdfium2.PdfDocument(slips_pdf([face(number) for number in range(1, 7)], sheet(matter, matter)))
    assert len(pdf) == 2
    assert len(codes(pdf)) == 6


def under_fold(page: pypdfium2.PdfPage) -> list[list[tuple[str, tuple[float, float, float, float]]]]:
    """The digits right of the fold, line by line from the top, each with its left, bottom, right and top."""
    found = page.get_textpage()
    text = found.get_text_range()
    digits = [(text[at], found.get_charbox(at, loose=True)) for at in range(len(text)) if text[at].isdigit()]
    right = [(digit, box) for digit, box in digits if box[0] > page.get_width() * 0.755]
    right.sort(key=lambda one: (-round(one[1][1]), one[1][0]))
    return [list(line) for _, line in groupby(right, key=lambda one: round(one[1][1]))]


def words_of(line: list[tuple[str, tuple[float, float, float, float]]]) -> list[str]:
    """The numbers an eye sees on a line: parted where half a digit is clear between them."""
    words = line[0][0]
    for (_, before), (digit, box) in pairwise(line):
        clear = box[0] - before[2] >= (box[2] - box[0]) / 2
        words += f" {digit}" if clear else digit
    return words.split()


FORMS: dict[str, tuple[dict[str, Any], bool, int]] = {
    "usual": ({}, False, 30),
    "secret": ({"signature": "", "secret": True}, False, 30),
    "large": ({}, True, 14),
    "large-secret": ({"signature": "", "secret": True}, True, 14),
}
"""How a slip differs, whether it is in large print, and how many short questions it must hold."""


@pytest.mark.parametrize("form", FORMS)
def test_return_codes_stand_clearly_apart_in_every_form_and_number_of_questions(form: str) -> None:
    more, large, most = FORMS[form]
    for count in range(1, most + 1):
        items = tuple(f"同意第{number}项。" for number in range(1, count + 1))
        told = return_codes("K" * 26, 1, count)
        words = "" if more else "苹果　老虎"
        slip = replace(face(1), return_codes=told, passphrase=words)
        with pypdfium2.PdfDocument(slips_pdf([slip], replace(SHEET, items=items, **more), large=large)) as pdf:
            lines = under_fold(pdf[0])
            numbers = [(str(number),) if count > 1 else () for number in range(1, count + 1)]
            expected = [word for number, codes in zip(numbers, told, strict=True) for word in (*number, *codes)]
            stub = [slip.serial] if words else []
            assert [word for line in lines for word in words_of(line)] == [*expected, *stub], (form, count)
            for above, below in pairwise(lines):
                assert above[0][1][1] - below[0][1][1] > 1.15 * (above[0][1][2] - above[0][1][0]) / 0.57, (form, count)
            assert all(box[2] < pdf[0].get_width() * (200 / 210) for line in lines for _, box in line), (form, count)


def test_questions_are_each_numbered_beside_their_codes_in_large_print() -> None:
    told = (("8114", "7621", "4368"), ("2093", "7750", "4817"))
    slip = replace(face(1), return_codes=told)
    with pypdfium2.PdfDocument(slips_pdf([slip], sheet("方案", "第一项", "第二项"), large=True)) as pdf:
        assert [words_of(line) for line in under_fold(pdf[0])] == [
            ["1", "8114"], ["7621"], ["4368"], ["2", "2093"], ["7750"], ["4817"]
        ]  # fmt: skip
