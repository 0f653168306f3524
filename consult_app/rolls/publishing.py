"""Publish a roll for objection, hear objections and answer them."""

from consult_app.audit import chain
from consult_app.files.actions import attach
from consult_app.kernel.errors import Missing, Refused
from consult_app.kernel.text import bounded, legal_day, required
from consult_app.rolls import queries, standing
from consult_app.rolls.freezing import check_thawed
from consult_app.rolls.publicity import objection_days, period
from consult_app.rolls.tables import RollNotice, RollObjection, RollPoster
from consult_app.storage.store import Work


class PhotoNeeded(Refused):
    """A posting without its photo proves nothing."""

    text = "请附上名册张贴现场的照片（JPG 或 PNG）。"
    field = "photo"


class PosterStale(Refused):
    """The roll changed after its paper was made."""

    text = "公示稿制作以后名册有改动，请重新制作并张贴。"


class AlreadyAnswered(Refused):
    """An objection has its answer."""

    text = "这件异议已经答复。"


def make_poster(
    work: Work, roll_id: int, *, document: tuple[str, bytes], document_digest: str, digest: str, days: int | None = None
) -> int:
    """Keep the masked paper of a roll (name, PDF) that is about to be put up, and return the poster's number.

    `digest` is that of the lines the paper was made of. Refused when the roll is frozen, has changed since
    (`PosterStale`), or the period is shorter than the law's (`TooShort`).
    """
    check_thawed(work.db, roll_id)
    days = objection_days(queries.roll(work.db, roll_id).kind, days)
    if digest != standing.digest(work.db, roll_id):
        raise PosterStale
    subject = f"roll:{roll_id}"
    poster = RollPoster(
        roll_id=roll_id,
        digest=digest,
        document_id=attach(work, subject, "名册公示", *document),
        document_digest=document_digest,
        days=days,
        made_at=work.now,
        made_by=work.actor.name,
    )
    work.db.add(poster)
    work.db.flush()
    facts = {"poster": poster.id, "digest": digest, "document": poster.document_id}
    chain.append(work, "roll.poster_made", subject, days=days, short=document_digest[:16], **facts)
    return poster.id


def post_roll(work: Work, poster_id: int, *, place: str, posted_by: str, photo: tuple[str, bytes]) -> int:
    """Record that a poster was put up, with a photo (name, bytes), and return the notice's number.

    Refused as for `publish_roll`, and when the roll has changed since the poster was made (`PosterStale`).
    """
    poster = work.db.get(RollPoster, poster_id)
    if poster is None:
        raise Missing(what="公示稿", id=poster_id)
    if poster.digest != standing.digest(work.db, poster.roll_id):
        raise PosterStale
    digest = poster.document_digest
    notice_id = publish_roll(
        work, poster.roll_id, place=place, posted_by=posted_by, photo=photo, document_digest=digest, days=poster.days
    )
    work.db.get_one(RollNotice, notice_id).document_id = poster.document_id
    return notice_id


def publish_roll(
    work: Work,
    roll_id: int,
    *,
    place: str,
    posted_by: str,
    photo: tuple[str, bytes],
    document: tuple[str, bytes] | None = None,
    document_digest: str = "",
    days: int | None = None,
) -> int:
    """Record that a roll was put up for objection, with a photo (name, bytes), and return the notice's number.

    `document` is the masked paper as PDF (name, bytes), `days` the period, by default that of its kind. Refused when the
    roll is frozen, the photo is missing, or the period shorter than the law's (`TooShort`).
    """
    roll = queries.roll(work.db, roll_id)
    check_thawed(work.db, roll_id)
    days = objection_days(roll.kind, days)
    place = required(place, "张贴地点", 200, "place")
    posted_by = required(posted_by, "张贴人", 120, "posted_by")
    if not photo[1]:
        raise PhotoNeeded
    subject = f"roll:{roll_id}"
    picture = attach(work, subject, "张贴照片", *photo)
    paper = attach(work, subject, "名册公示", *document) if document else None
    notice = RollNotice(
        roll_id=roll_id,
        digest=standing.digest(work.db, roll_id),
        document_digest=document_digest,
        document_id=paper,
        days=days,
        place=place,
        posted_by=posted_by,
        posted_at=work.now,
        photo_id=picture,
    )
    work.db.add(notice)
    work.db.flush()
    chain.append(
        work, "roll.published", subject, place=place, days=days, notice=notice.id, digest=notice.digest, photo=picture
    )
    return notice.id


def receive_roll_objection(
    work: Work, notice_id: int, *, name: str, text: str, contact: str = "", line: str = ""
) -> int:
    """Record an objection to a published roll and return its number; one that comes late is kept and marked as late.

    `line` says which line it is about, as the notice numbers it or as the place is called.
    """
    notice = work.db.get(RollNotice, notice_id)
    if notice is None:
        raise Missing(what="名册公示", id=notice_id)
    window = period(legal_day(notice.posted_at), notice.days)
    objection = RollObjection(
        notice_id=notice_id,
        name=required(name, "异议人", 120, "name"),
        contact=bounded(contact, "联系方式", 120, "contact"),
        line=bounded(line, "所指的行", 120, "line"),
        text=required(text, "异议内容", 5_000, "text"),
        received_at=work.now,
        in_time=window.in_time(legal_day(work.now)),
    )
    work.db.add(objection)
    work.db.flush()
    summary = _summary(objection.text)
    chain.append(work, "roll.objected", f"roll:{notice.roll_id}", objection=objection.id, summary=summary)
    return objection.id


def answer_roll_objection(work: Work, objection_id: int, *, answer: str, upheld: bool, answered_by: str = "") -> None:
    """Record the answer to an objection and whether it is upheld; answered once only. An upheld one is then corrected."""
    objection = work.db.get(RollObjection, objection_id)
    if objection is None:
        raise Missing(what="异议", id=objection_id)
    if objection.answered_at is not None:
        raise AlreadyAnswered
    objection.answer = required(answer, "答复", 5_000, "answer")
    objection.answered_by = bounded(answered_by, "答复人", 120, "answered_by") or work.actor.name
    objection.upheld, objection.answered_at = upheld, work.now
    roll_id = work.db.get_one(RollNotice, objection.notice_id).roll_id
    chain.append(
        work,
        "roll.objection_answered",
        f"roll:{roll_id}",
        objection=objection.id,
        upheld=upheld,
        summary=("成立，" if upheld else "不成立，") + _summary(objection.answer),
    )


def _summary(text: str) -> str:
    return text if len(text) <= 60 else text[:60] + "…"
