"""A rendered document: on the grid, whole, findable, embedded, the same bytes every time."""

import base64
import io
import re
from datetime import UTC, datetime
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
import zxingcpp
from PIL import Image

from consult_app.documents.fonts import MissingGlyphs
from consult_app.documents.model import (
    Attendees,
    Block,
    Colophon,
    Column,
    Document,
    Figure,
    Group,
    KeyValues,
    Note,
    PageBreak,
    Paragraph,
    SignatureBoxes,
    Signer,
    SignOff,
    Space,
    Table,
    short_digest,
)
from consult_app.documents.pdf import render
from consult_app.documents.pen import UnreadablePicture, printable
from consult_app.documents.qr import PageKey, read_page
from consult_app.documents.slip_words import SlipFace, SlipSheet
from consult_app.documents.slips import slips_pdf
from tests.consult_app.documents.test_model import EVERY_BLOCK

ISSUED = datetime(2026, 3, 6, 1, 30, tzinfo=UTC)
TOKEN = "7KQ2MX9D4RTW6ZPA"
GOLDEN = Path(__file__).parents[2] / "golden"
MM = 72 / 25.4
BLANKS = str.maketrans("", "", "\r\n \u3000")


def document(*blocks: Block, title: str = "会议纪要", **values: object) -> Document:
    return Document("会议纪要", title, blocks, **values)  # type: ignore[arg-type]


def rendered(doc: Document, token: str | None = TOKEN) -> pypdfium2.PdfDocument:
    return pypdfium2.PdfDocument(render(doc, code="Z109-WS·2026-Y-YSB-0001", token=token, issued=ISSUED))


def text(pdf: pypdfium2.PdfDocument, page: int) -> str:
    return pdf[page].get_textpage().get_text_range().translate(BLANKS)


def picture(pdf: pypdfium2.PdfDocument, page: int, dpi: int) -> Image.Image:
    return pdf[page].render(scale=dpi / 72).to_pil().convert("L")


def without_figure() -> Document:
    kept = tuple(block for block in EVERY_BLOCK.blocks if not isinstance(block, Figure))
    return Document.from_dict({**EVERY_BLOCK.to_dict(), "blocks": document(*kept).to_dict()["blocks"]})


def test_same_document_gives_the_same_bytes() -> None:
    first, second = (render(without_figure(), code="1", token=TOKEN, issued=ISSUED) for _ in range(2))
    assert first == second


def test_rare_names_can_be_found() -> None:
    names = "䶮㼆𬱖𫖯𠮷赟"
    found = text(rendered(document(Paragraph(f"到会人员：{names}。"))), 0)
    assert names in found


@pytest.mark.parametrize("doc", [without_figure(), document(Paragraph("一"), large=True)])
def test_every_font_is_embedded(doc: Document) -> None:
    with pikepdf.open(io.BytesIO(render(doc, code="1", token=TOKEN, issued=ISSUED))) as file:
        fonts = [item for item in file.objects if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/Font"]
        assert fonts
        assert all("/FontFile2" in font.FontDescriptor for font in fonts)
        assert all("/ToUnicode" in font for font in fonts)


def test_archival_marks_are_set() -> None:
    with pikepdf.open(
        io.BytesIO(render(without_figure(), code="1", token=TOKEN, issued=ISSUED, issuer="甲社区"))
    ) as file:
        assert file.Root.Lang == "zh-CN"
        assert file.Root.OutputIntents[0].S == "/GTS_PDFA1"
        with file.open_metadata() as xmp:
            assert (xmp["pdfaid:part"], xmp["pdfaid:conformance"]) == ("2", "U")
            assert xmp["dc:title"] == "关于加装电梯的会议纪要"
            assert xmp["dc:creator"] == ["甲社区"]
            assert xmp["xmp:CreateDate"] == "2026-03-06T09:30:00+08:00"


def test_page_holds_twenty_two_lines_of_twenty_eight_characters() -> None:
    pdf = rendered(document(Paragraph("业" * 28 * 30, indent=False), title=""))
    page = pdf[0].get_textpage()
    tops: dict[int, int] = {}
    for index in range(page.count_chars()):
        if page.get_text_range(index, 1) == "业":
            tops[round(page.get_charbox(index)[1])] = tops.get(round(page.get_charbox(index)[1]), 0) + 1
    assert len(tops) == 22
    assert set(tops.values()) == {28}


def test_foot_of_each_page_says_page_number_code_and_digest() -> None:
    doc = document(Paragraph("议" * 28 * 25))
    pdf = rendered(doc)
    digest = short_digest(doc.digest()).replace(" ", "")
    assert [len(pdf), "第1页，共2页" in text(pdf, 0), "第2页，共2页" in text(pdf, 1)] == [2, True, True]
    for page in (0, 1):
        assert f"—{page + 1}—" in text(pdf, page)
        assert "Z109-WS·2026-Y-YSB-0001" in text(pdf, page)
        assert digest in text(pdf, page)


def test_code_of_each_page_reads_from_its_picture() -> None:
    pdf = rendered(document(Paragraph("议" * 28 * 25)))
    for page in (0, 1):
        (found,) = zxingcpp.read_barcodes(picture(pdf, page, 150))
        assert read_page(found.text) == PageKey(TOKEN, page + 1)


def test_draft_says_so_and_has_no_code() -> None:
    pdf = rendered(document(Paragraph("一")), token=None)
    assert "草稿" in text(pdf, 0)
    assert zxingcpp.read_barcodes(picture(pdf, 0, 150)) == []


def test_long_table_repeats_its_header_and_loses_no_row() -> None:
    rows = tuple((f"{number:04d}", f"{number}室", "") for number in range(1, 121))
    table = Table((Column("序号"), Column("房号", 2), Column("签名", 2)), rows, row_height=14)
    pdf = rendered(document(table))
    pages = [text(pdf, page) for page in range(len(pdf))]
    assert len(pages) > 5
    assert all("序号" in page for page in pages)
    assert [f"{number:04d}" for number in range(1, 121)] == re.findall(r"\d{4}(?=\d+室)", "".join(pages))


def test_row_taller_than_a_page_goes_on_over_the_next() -> None:
    pdf = rendered(document(Table((Column("发言人"), Column("发言", 5)), (("甲", "话" * 3000),))))
    assert sum(text(pdf, page).count("话") for page in range(len(pdf))) == 3000


def test_signature_boxes_are_never_divided() -> None:
    boxes = SignatureBoxes(tuple(Signer("代表", f"第{number}人") for number in range(40)), columns=3, height=24)
    pdf = rendered(document(boxes))
    for page in range(len(pdf)):
        found = text(pdf, page)
        assert found.count("代表") == found.count("年月日")


@pytest.mark.parametrize("lines", range(10, 21))
def test_six_who_sign_do_so_on_one_page(lines: int) -> None:
    roles = ("主持人", "记录人", "监票人", "唱票人", "计票人", "见证人")
    boxes = SignatureBoxes(tuple(Signer(role) for role in roles))
    pdf = rendered(document(*(Paragraph("一段话。") for _ in range(lines)), boxes))
    holding = [{page for page in range(len(pdf)) if role in text(pdf, page)} for role in roles]
    assert set.union(*holding) == holding[0]
    assert len(holding[0]) == 1


@pytest.mark.parametrize("lines", range(8, 24))
def test_sign_off_never_stands_on_a_page_without_text(lines: int) -> None:
    text_above = [Paragraph(f"第{number}行。") for number in range(lines)]
    boxes, sign_off = SignatureBoxes((Signer("主持人"),)), SignOff("某小区", "2026年3月5日")
    pdf = rendered(document(*text_above, boxes, sign_off))
    last = text(pdf, len(pdf) - 1)
    assert "2026年3月5日" in last
    assert "主持人" in last


@pytest.mark.parametrize("lines", range(10, 22))
def test_names_are_signed_under_the_table_they_are_signed_for(lines: int) -> None:
    """A page of signatures alone could be put behind another count (threat 24)."""
    table = Table((Column("法定要求", 1), Column("结果", 1)), (("参与面积", "符合"), ("同意面积", "符合")))
    pdf = rendered(
        document(
            *(Paragraph("甲") for _ in range(lines)),
            table,
            Paragraph("结论：通过。"),
            Note("占比为截去尾数的百分数。"),
            SignatureBoxes((Signer("监票人"), Signer("计票人"))),
        )
    )
    last = text(pdf, len(pdf) - 1)
    assert "法定要求" in last
    assert "监票人" in last


@pytest.mark.parametrize("lines", range(16, 24))
def test_no_page_has_a_line_or_two_alone(lines: int) -> None:
    pdf = rendered(document(*(Paragraph("甲") for _ in range(lines))))
    assert text(pdf, len(pdf) - 1).count("甲") >= 3


@pytest.mark.parametrize("lines", range(16, 24))
def test_what_a_colon_announces_is_on_its_page(lines: int) -> None:
    after = (Paragraph("有。"), *(Paragraph("乙") for _ in range(9)))
    pdf = rendered(document(*(Paragraph("甲") for _ in range(lines)), Paragraph("不同意见："), *after))
    told = [text(pdf, page) for page in range(len(pdf))]
    assert any("不同意见：有。" in page for page in told)


@pytest.mark.parametrize("empty", [0, 2, 21])
def test_a_page_break_before_signatures_leaves_no_empty_page(empty: int) -> None:
    signed = SignatureBoxes((Signer("监票人"),))
    pdf = rendered(document(Paragraph("甲"), Space(empty), PageBreak(), signed))
    assert ["监票人" in text(pdf, page) for page in range(len(pdf))] == [False, True]


def test_a_title_on_a_board_is_a_little_smaller_where_that_saves_a_line() -> None:
    title = "关于使用维修资金 186,000 元更换地下室消防水泵"
    with rendered(document(title=title, large=True)) as pdf:
        shown = pdf[0].get_textpage().get_text_range().split("\r\n")
    assert "关于使用维修资金 186,000 元" in [line.strip() for line in shown]


@pytest.mark.parametrize("lines", [5, 36, 43])
def test_a_form_of_one_page_stays_one_in_smaller_type(lines: int) -> None:
    form = document(*[Paragraph("本户的记录如下。")] * lines, style="one_page")
    assert len(rendered(form)) == 1


def test_a_form_of_one_page_is_no_smaller_than_it_must_be() -> None:
    def height(lines: int) -> float:
        page = rendered(document(*[Paragraph("本户的记录如下。")] * lines, style="one_page"))[0].get_textpage()
        _, bottom, _, top = page.get_charbox(page.search("如").get_next()[0])
        return float(top - bottom)

    assert height(5) > 1.15 * height(40)


def test_attendance_names_are_not_divided() -> None:
    names = tuple(f"欧阳{last}" for last in "甲乙丙丁戊己庚辛壬癸" * 3)
    lines = rendered(document(Attendees((Group("出席", names),))))[0].get_textpage().get_text_range().split("\r\n")
    assert not any(line.rstrip().endswith(("欧", "欧阳")) for line in lines)


def test_colophon_stands_on_the_last_line_of_the_last_page() -> None:
    pdf = rendered(
        document(Paragraph("议" * 28 * 25), SignOff("甲社区", "2026年3月6日"), colophon=Colophon("乙", "甲", "今日"))
    )
    shot = picture(pdf, 1, 72)
    rule = round((37 + 225) * MM)
    assert min(shot.crop((100, rule - 2, 500, rule + 3)).tobytes()) < 160
    assert "印发" not in text(pdf, 0)


def test_key_values_share_lines_in_two_columns() -> None:
    lines = rendered(document(KeyValues((("应到", "28人"), ("实到", "26人")), columns=2)))[0].get_textpage()
    assert "应到：28人" in text_line(lines.get_text_range())


def text_line(words: str) -> str:
    return next(line for line in words.replace(" ", "").split("\r\n") if "实到：26人" in line)


@pytest.mark.parametrize(
    ("mode", "kind"), [("RGB", "JPEG"), ("CMYK", "JPEG"), ("RGBA", "PNG"), ("P", "PNG"), ("L", "PNG")]
)
def test_picture_of_any_kind_is_printed_without_cmyk(mode: str, kind: str) -> None:
    data = io.BytesIO()
    Image.new("RGB", (60, 40), (0, 120, 0)).convert(mode).save(data, kind)
    figure = Figure(base64.b64encode(data.getvalue()).decode(), 60, "张贴照片")
    made = render(document(figure, title=""), code="1", token=None, issued=ISSUED)
    assert b"DeviceCMYK" not in made
    shot = pypdfium2.PdfDocument(made)[0].render(scale=1).to_pil()
    red, green, _blue = shot.getpixel((round((28 + 78) * MM), round((37 + 20) * MM)))
    assert green - red > 60 or mode == "L"


def test_photograph_is_turned_upright() -> None:
    data = io.BytesIO()
    exif = Image.Exif()
    exif[0x0112] = 6
    Image.new("RGB", (400, 100), (0, 120, 0)).save(data, "JPEG", exif=exif)
    assert printable(data.getvalue())[1:] == (100, 400)


def test_broken_picture_is_refused() -> None:
    with pytest.raises(UnreadablePicture):
        rendered(document(Figure(base64.b64encode(b"no picture").decode())))


def test_character_in_no_font_is_refused() -> None:
    with pytest.raises(MissingGlyphs, match="U\\+3106B"):
        rendered(document(Paragraph("张\U0003106b")))


def test_picture_of_the_page_is_the_golden_one() -> None:
    golden = GOLDEN / "document-page-1.png"
    shot = picture(rendered(without_figure()), 0, 60)
    with Image.open(golden) as expected:
        assert shot.size == expected.size
        assert shot.tobytes() == expected.convert("L").tobytes(), "look at the page; if it is right, renew the picture"


def test_picture_of_a_slip_is_the_golden_one() -> None:
    sheet = SlipSheet(
        "示范小区业主大会", "加装电梯资金筹集方案", ("加装电梯资金筹集方案",), "2026年3月20日 18:00", "扫码即为本人表决"
    )
    codes = (("4817", "2093", "7750"),)
    slip = SlipFace("HTTP://192.168.1.23/V/7KQ2MX9D4RTW6ZPA", "7KQ2MX9D", "0057", "2-1-301", codes, "苹果　老虎")
    shot = picture(pypdfium2.PdfDocument(slips_pdf([slip], sheet)), 0, 80)
    with Image.open(GOLDEN / "slip.png") as expected:
        assert shot.tobytes() == expected.convert("L").tobytes(), "look at the slip; if it is right, renew the picture"
