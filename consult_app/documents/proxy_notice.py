"""委托名单公布: who votes through whom, masked, as it is put up before the vote (村委法18, 居委法19; 个人信息保护法6). Pure."""

from collections.abc import Iterator, Sequence
from datetime import date

from consult_app.documents.matter import Matter
from consult_app.documents.minutes import rule_words
from consult_app.documents.model import Block, Column, Document, Heading, Paragraph, SignOff, Table, Title
from consult_app.documents.notice import ADDRESSEES
from consult_app.documents.rules import KIND_WORDS, DocumentKind
from consult_app.documents.wording import say
from consult_app.kernel.text import day_words
from consult_app.voting.facts import MotionFacts
from consult_app.voting.proxy_list import ProxyFacts


def proxy_notice(
    matter: Matter, motion: MotionFacts, terms: Sequence[str], mandates: Sequence[ProxyFacts], *, day: date
) -> Document:
    """The masked list of the mandates that stand, with the terms they fulfil; of those taken back nothing is said."""
    title = say("notices.proxy_title", matter=motion.title)
    stand = tuple(mandate for mandate in mandates if mandate.revoked_at is None)
    columns = (
        Column("序号", 0.6, "center"),
        Column("委托人", 1.4),
        Column("房屋", 2.0),
        Column("受托人", 1.4),
        Column("关系", 1.6),
    )
    blocks: list[Block] = [
        Title(title),
        Paragraph(ADDRESSEES[matter.kind], indent=False),
        Paragraph(say("notices.proxy_lead", body=matter.body, count=len(stand))),
        Heading(1, "一、名单"),
        Table(columns, tuple(_rows(stand))),
        Heading(1, "二、接受委托的条件"),
        Paragraph("".join(terms)),
        Paragraph(f"适用规则：{rule_words(motion.rule.title, motion.rule.basis)}。"),
        Heading(1, "三、异议和查验"),
        Paragraph(say("notices.proxy_objections")),
        Paragraph(say("notices.proxy_privacy", contact=matter.issuer)),
        SignOff(matter.issuer, day_words(day)),
    ]
    return Document(KIND_WORDS[DocumentKind.PROXY_NOTICE], title, tuple(blocks))


def _rows(mandates: Sequence[ProxyFacts]) -> Iterator[tuple[str, ...]]:
    for place, mandate in enumerate(mandates, 1):
        rooms = "、".join(dict.fromkeys(mandate.rooms))
        yield str(place), mandate.principal, rooms, mandate.agent, mandate.relation or "—"
