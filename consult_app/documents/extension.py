"""延期公告: a vote that goes on longer, as it is announced before it would have ended (domain.md §2.4). Pure."""

from dataclasses import dataclass
from datetime import date

from consult_app.documents.matter import Matter
from consult_app.documents.model import Block, Document, KeyValues, Paragraph, SignOff, Title
from consult_app.documents.notice import ADDRESSEES
from consult_app.documents.rules import KIND_WORDS, DocumentKind
from consult_app.documents.wording import say
from consult_app.kernel.text import day_words


@dataclass(frozen=True)
class Extension:
    """延期: from when to when, why, and by which clause or decision; times in words."""

    title: str
    before: str
    closes: str
    reason: str
    clause: str


def extension_notice(matter: Matter, extension: Extension, *, day: date) -> Document:
    """The notice of an extension; votes that were cast before stand."""
    title = say("notices.extension_title", matter=extension.title)
    facts = (
        ("原定截止", extension.before),
        ("延期至", extension.closes),
        ("延期理由", extension.reason),
        ("延期依据", extension.clause),
    )
    blocks: tuple[Block, ...] = (
        Title(title),
        Paragraph(ADDRESSEES[matter.kind], indent=False),
        Paragraph(say("notices.extension_lead", body=matter.body, matter=extension.title, closed=extension.before)),
        KeyValues(facts),
        Paragraph(say("notices.extension_stands")),
        Paragraph(say("notices.contacts", contact=matter.contact_words)),
        SignOff(matter.issuer, day_words(day)),
    )
    return Document(KIND_WORDS[DocumentKind.EXTENSION_NOTICE], title, blocks, large=True)
