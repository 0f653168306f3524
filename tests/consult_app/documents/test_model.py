"""A document survives JSON, and its digest follows its words."""

import base64
import json
from dataclasses import replace

from consult_app.documents.model import (
    Attendees,
    Colophon,
    Column,
    Document,
    Figure,
    Group,
    Heading,
    KeyValues,
    Mark,
    Note,
    PageBreak,
    Paragraph,
    SignatureBoxes,
    Signer,
    SignOff,
    Space,
    Subtitle,
    Table,
    Title,
    short_digest,
)

EVERY_BLOCK = Document(
    kind="会议纪要",
    title="关于加装电梯的\n会议纪要",
    style="official",
    mark=Mark("示范社区大党委会议纪要", "〔2026〕3号", "示范社区党委", "2026年3月6日"),
    colophon=Colophon("街道办事处", "示范社区党委", "2026年3月6日"),
    blocks=(
        Title("另一个标题"),
        Subtitle("（2026年第3次）"),
        KeyValues((("时间", "2026年3月5日"), ("地点", "会议室")), columns=2),
        Heading(1, "一、议题"),
        Paragraph("正文。", lead="张三（赞成）："),
        Table((Column("序号", 1, "center"), Column("事项", 4)), (("1", "公示"), ("2", "施工")), "办理表", 14, (1,)),
        Attendees((Group("出席", ("张三", "王䶮")), Group("请假", ()))),
        SignatureBoxes((Signer("主持人", "张三"),)),
        Note("注。"),
        Figure(base64.b64encode(b"not looked at").decode(), 60, "照片"),
        Space(2),
        PageBreak(),
        SignOff("示范社区居民委员会", "2026年3月6日"),
    ),
)


def test_json_gives_the_same_document_back() -> None:
    assert Document.from_dict(json.loads(json.dumps(EVERY_BLOCK.to_dict()))) == EVERY_BLOCK


def test_digest_survives_json() -> None:
    again = Document.from_dict(json.loads(json.dumps(EVERY_BLOCK.to_dict())))
    assert again.digest() == EVERY_BLOCK.digest()


def test_one_changed_word_changes_the_digest() -> None:
    assert replace(EVERY_BLOCK, title="关于加装电梯的\n会议记录").digest() != EVERY_BLOCK.digest()


def test_printed_digest_is_the_first_sixteen_digits() -> None:
    assert short_digest("0123456789abcdef" + "0" * 48) == "0123 4567 89ab cdef"


def test_texts_hold_what_is_printed_and_nothing_else() -> None:
    texts = set(EVERY_BLOCK.texts())
    assert {"王䶮", "公示", "张三（赞成）：", "街道办事处", "〔2026〕3号"} <= texts
    assert "justify" not in texts
    assert "Paragraph" not in texts
