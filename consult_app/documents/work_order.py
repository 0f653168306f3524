"""办理责任单 and 满意度评议表. Pure; the package followup hands in plain values."""

from datetime import date

from consult_app.documents.matter import Matter
from consult_app.documents.model import (
    Block,
    Column,
    Document,
    KeyValues,
    Paragraph,
    SignatureBoxes,
    Signer,
    Table,
    Title,
)
from consult_app.documents.rules import KIND_WORDS, DocumentKind
from consult_app.documents.wording import say
from consult_app.kernel.text import day_words, percent_words


def work_order(
    matter: Matter, *, basis: str, responsible: str, unit: str, task: str, due_on: date, budget: str = ""
) -> Document:
    """办理责任单: who does what until when, on which resolution (`basis`), for how much."""
    title = say("sheets.work_order_title")
    facts = [
        ("议题编号", matter.number),
        ("议题名称", matter.title),
        ("责任人", responsible),
        ("责任单位", unit),
        ("办理事项", task),
        ("办理期限", f"{day_words(due_on)}前办结"),
        ("经费", budget),
    ]
    blocks = (
        Title(title),
        Paragraph(say("sheets.work_order_lead", basis=basis, responsible=responsible)),
        KeyValues(tuple((label, value) for label, value in facts if value)),
        SignatureBoxes((Signer("责任人", responsible), Signer("居（村）委会主任或业委会主任")), columns=2),
    )
    return Document(KIND_WORDS[DocumentKind.WORK_ORDER], title, blocks)


def satisfaction_sheet(
    matter: Matter, *, counts: tuple[int, int, int], lines: tuple[tuple[str, str, str], ...] = ()
) -> Document:
    """满意度评议表: 满意, 基本满意 and 不满意 in forms, and each line (who in which part, rating, comment)."""
    title = say("sheets.satisfaction_title")
    total = sum(counts)
    shares = tuple(
        (label, f"{count}", percent_words(count, total))
        for label, count in zip(("满意", "基本满意", "不满意"), counts, strict=True)
    )
    satisfied, fair, dissatisfied = counts
    summary = say("sheets.satisfaction_summary", count=total, satisfied=satisfied, fair=fair, dissatisfied=dissatisfied)
    blocks: list[Block] = [
        Title(title),
        KeyValues((("议题编号", matter.number), ("议题名称", matter.title))),
        Paragraph(summary),
        Table((Column("评价", 2), Column("份数", 1, "right"), Column("占比", 1, "right")), shares),
    ]
    if lines:
        blocks.append(Table((Column("评议人", 1.5), Column("评价", 1, "center"), Column("意见", 3)), lines))
    blocks.append(SignatureBoxes((Signer("评议代表"), Signer("社区（村）书记")), columns=2))
    return Document(KIND_WORDS[DocumentKind.SATISFACTION_SHEET], title, tuple(blocks))
