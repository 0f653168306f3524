"""计票表: what was counted, item by item, for 监票人, 唱票人 and 计票人 to sign (指导规则; domain.md §4.4). Pure."""

from consult_app.documents.matter import Matter, Vote
from consult_app.documents.minutes import period_words, rule_words
from consult_app.documents.model import (
    Block,
    Document,
    Heading,
    KeyValues,
    Note,
    Paragraph,
    SignatureBoxes,
    Signer,
    Title,
)
from consult_app.documents.result_tables import books_table, outcome_blocks, participation_sentence, roll_sentence
from consult_app.documents.rules import KIND_WORDS, DocumentKind
from consult_app.documents.wording import say


def count_sheet(matter: Matter, vote: Vote) -> Document:
    """The count of a closed vote with the slips' books and the shares the law asks for."""
    title = say("sheets.count_title", matter=vote.title)
    blocks: list[Block] = [
        Title(title),
        KeyValues((("议题编号", matter.number), *vote_facts(vote))),
        Paragraph(roll_sentence(vote)),
        Heading(1, "一、表决票"),
        books_table(vote),
        Heading(1, "二、计票结果"),
        Paragraph(participation_sentence(vote)),
        *outcome_blocks(vote),
        *((Note(vote.checks),) if vote.checks else ()),
        Note(say("sheets.count_note")),
        SignatureBoxes((Signer("监票人"), Signer("唱票人"), Signer("计票人"))),
    ]
    return Document(KIND_WORDS[DocumentKind.COUNT_SHEET], title, tuple(blocks))


def vote_facts(vote: Vote) -> tuple[tuple[str, str], ...]:
    """When it was voted, by which rule and terms, with what weight, and who closed it, for paper and workbook."""
    return (
        ("投票时间", period_words(vote.opened_at, vote.closed_at)),
        ("适用规则", rule_words(vote.rule_title, vote.law)),
        ("法律效力", vote.legal),
        *vote.terms,
        ("共同截止", "、".join(vote.closed_by)),
        *_chain(vote),
    )


def _chain(vote: Vote) -> tuple[tuple[str, str], ...]:
    """The head of the audit chain when the result was declared: whoever keeps this sheet can tell a later change (threat 8)."""
    if not vote.chain_digest:
        return ()
    digest = " ".join(vote.chain_digest[start : start + 8].upper() for start in range(0, 64, 8))
    return (("存证链", say("sheets.count_chain", seq=vote.chain_seq, digest=digest)),)
