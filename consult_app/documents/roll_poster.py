"""The papers of a roll as PDF: the poster, set outside the transaction and kept as it is put up, and the freezing's."""

from sqlalchemy.orm import Session

from consult_app.bodies import queries as bodies
from consult_app.documents import pdf
from consult_app.documents.model import Document
from consult_app.documents.roll_freezing import roll_freezing_of
from consult_app.documents.roll_notice import KIND, roll_notice_of
from consult_app.kernel.text import legal_day, required
from consult_app.rolls import queries as rolls
from consult_app.rolls import standing
from consult_app.rolls.publishing import make_poster
from consult_app.storage.store import Actor, Store


def print_poster(
    store: Store, actor: Actor, roll_id: int, *, issuer: str, contact: str, days: int | None = None, rooms: bool = False
) -> int:
    """Set the masked notice of a roll as PDF, keep it, and return the poster's number.

    Refused as for `make_poster`, when issuer or contact is blank, and when a character has no glyph.
    """
    now = store.now()
    issuer = required(issuer, "落款单位", 120, "issuer")
    contact = required(contact, "受理异议的单位或联系人", 120, "contact")

    def content(db: Session) -> tuple[Document, str]:
        document = roll_notice_of(
            db, roll_id, day=legal_day(now), issuer=issuer, contact=contact, days=days, rooms=rooms
        )
        return document, standing.digest(db, roll_id)

    document, digest = store.ask(content)
    code = document.digest()[:8].upper()
    made = pdf.render(document, code=code, token=code, issued=now, issuer=issuer)
    paper = (f"{KIND}.pdf", made)
    return store.do(
        actor, make_poster, roll_id, document=paper, document_digest=document.digest(), digest=digest, days=days
    )


def freezing_pdf(store: Store, roll_id: int) -> bytes:
    """The certificate of a freezing as PDF. Refused when the roll is not frozen."""
    document, name = store.ask(lambda db: (roll_freezing_of(db, roll_id), _body(db, roll_id)))
    code = document.digest()[:8].upper()
    return pdf.render(document, code=code, token=code, issued=store.now(), issuer=name)


def _body(db: Session, roll_id: int) -> str:
    return bodies.body(db, rolls.roll(db, roll_id).body_id).name
