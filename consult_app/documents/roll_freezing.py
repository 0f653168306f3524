"""名册冻结说明: what was frozen, when and by whom, with the number by which anyone can tell that it is the same roll."""

from collections.abc import Iterator

from sqlalchemy.orm import Session

from consult_app.bodies import queries as bodies
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
from consult_app.documents.wording import say
from consult_app.kernel.text import area_words, day_words, moment_words
from consult_app.rolls import queries as rolls
from consult_app.rolls import standing
from consult_app.rolls.amending import NotFrozen
from consult_app.rolls.canonical import check_number
from consult_app.rolls.heads import total_area
from consult_app.rolls.rules import RollKind

KIND = "名册冻结说明"

_SIGNERS = ("经办人", "监票人", "议事主体代表")


def roll_freezing_of(db: Session, roll_id: int) -> Document:
    """The certificate of a roll's freezing, to be read out, signed and filed. Refused (`NotFrozen`) when it is open."""
    frozen = standing.freezing(db, roll_id)
    if frozen is None:
        raise NotFrozen
    name = bodies.body(db, rolls.roll(db, roll_id).body_id).name
    title = say("sheets.freezing_title", body=name)
    blocks: tuple[Block, ...] = (
        Title(title),
        Paragraph(say("sheets.freezing_lead", body=name, when=moment_words(frozen.frozen_at), first=frozen.frozen_by)),
        Heading(1, "一、名册"),
        KeyValues(tuple(_contents(db, roll_id)), columns=2),
        Heading(1, "二、公示与异议"),
        *(Paragraph(words) for words in _publicity(db, roll_id, frozen.unpublished_why)),
        Heading(1, "三、核对码"),
        Paragraph(say("sheets.freezing_number")),
        KeyValues((("核对码", check_number(frozen.digest)),)),
        Note(f"完整校验值（SHA-256）：{frozen.digest}"),
        Note(say("sheets.freezing_after")),
        SignatureBoxes(tuple(Signer(role) for role in _SIGNERS), height=18),
    )
    return Document(KIND, title, blocks)


def _contents(db: Session, roll_id: int) -> Iterator[tuple[str, str]]:
    roll = rolls.roll(db, roll_id)
    yield "名册日期", day_words(roll.as_of)
    yield "来源", roll.source_name
    if roll.kind is RollKind.OWNERS:
        parking = bool(bodies.body(db, roll.body_id).policy.get("count_parking", False))
        heads = rolls.heads(db, roll_id, count_parking=parking)
        yield "专有部分", f"{sum(len(head.units) for head in heads):,} 个，{area_words(total_area(heads))} ㎡"
        yield "业主人数", f"{len(heads):,} 人"
        yield "合并为一人", f"{len(rolls.joinings(db, roll_id))} 处"
    else:
        people = rolls.people(db, roll_id)
        yield "人数", f"{len(people):,} 人"


def _publicity(db: Session, roll_id: int, unpublished_why: str) -> Iterator[str]:
    for notice in reversed(standing.notices(db, roll_id)):
        period = notice.period
        yield say(
            "sheets.freezing_published",
            day=day_words(period.posted_on),
            place=notice.place,
            days=notice.days,
            closed=day_words(period.last_day),
        )
    heard = standing.objections(db, roll_id)
    upheld = sum(bool(each.upheld) for each in heard)
    if heard:
        yield say("sheets.freezing_objections", count=len(heard), upheld=upheld)
    elif standing.notices(db, roll_id):
        yield "异议期内没有收到异议。"
    if unpublished_why:
        yield say("sheets.freezing_unpublished", reason=unpublished_why)
