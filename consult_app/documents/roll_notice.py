"""名册公示: a roll as it is put up for objection, masked (domain.md §4.6; 个人信息保护法 arts. 6, 25).

Names lose their given part and rooms their number; identity numbers and phones are never in it. Each line has a serial
by which an objection names it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from consult_app.bodies import queries as bodies
from consult_app.bodies.rules import BodyKind
from consult_app.documents.model import Block, Column, Document, Heading, Paragraph, SignOff, Table, Title
from consult_app.documents.notice import ADDRESSEES
from consult_app.documents.wording import say
from consult_app.kernel.text import area_words, day_words
from consult_app.rolls import queries as rolls
from consult_app.rolls.heads import Head, total_area
from consult_app.rolls.masking import masked_name, masked_place
from consult_app.rolls.publicity import ANSWER_DAYS, objection_days
from consult_app.rolls.rules import Person, RollKind, Unit, is_adult, place_words

KIND = "名册公示"

LAWS = {
    BodyKind.OWNERS: "《中华人民共和国民法典》第二百七十八条",
    BodyKind.VILLAGE: "《中华人民共和国村民委员会组织法》第十七条",
    BodyKind.RESIDENTS: "《中华人民共和国城市居民委员会组织法》第十七条",
}


@dataclass(frozen=True)
class RollPaper:
    """What the notice is made of. `heads` counts as the body's rules say; with `rooms` the room numbers stay readable."""

    body: str
    body_kind: BodyKind
    kind: RollKind
    as_of: date
    units: tuple[Unit, ...]
    people: tuple[Person, ...]
    heads: tuple[Head, ...]
    issuer: str
    contact: str
    rooms: bool = False


def roll_notice(paper: RollPaper, *, day: date, days: int) -> Document:
    """The masked roll with its sums, how to object within `days`, and by when one is answered."""
    title = say("notices.roll_title", body=paper.body)
    blocks: list[Block] = [
        Title(title),
        Paragraph(ADDRESSEES[paper.body_kind], indent=False),
        Paragraph(say("notices.roll_lead", law=LAWS[paper.body_kind], body=paper.body, day=day_words(paper.as_of))),
        Paragraph(_sums(paper)),
        Heading(1, "一、公示与异议"),
        Paragraph(say("notices.roll_days", days=days)),
        Paragraph(say("notices.roll_objections", contact=paper.contact, answer_days=ANSWER_DAYS)),
        Paragraph(say("notices.roll_privacy", contact=paper.contact)),
        SignOff(paper.issuer, day_words(day)),
        Heading(1, "二、名册"),
        _owners_table(paper) if paper.kind is RollKind.OWNERS else _people_table(paper),
    ]
    return Document(KIND, title, tuple(blocks))


def roll_notice_of(
    db: Session, roll_id: int, *, day: date, issuer: str, contact: str, days: int | None = None, rooms: bool = False
) -> Document:
    """The notice of a stored roll; `days` is the period of its kind unless given, refused when the law asks for more."""
    roll = rolls.roll(db, roll_id)
    body = bodies.body(db, roll.body_id)
    owners = roll.kind is RollKind.OWNERS
    parking = bool(body.policy.get("count_parking", False))
    paper = RollPaper(
        body=body.name,
        body_kind=body.kind,
        kind=roll.kind,
        as_of=roll.as_of,
        units=rolls.units(db, roll_id) if owners else (),
        people=rolls.people(db, roll_id),
        heads=rolls.heads(db, roll_id, count_parking=parking) if owners else (),
        issuer=issuer,
        contact=contact,
        rooms=rooms,
    )
    return roll_notice(paper, day=day, days=objection_days(roll.kind, days))


def _sums(paper: RollPaper) -> str:
    if paper.kind is RollKind.OWNERS:
        counted = sum(len(head.units) for head in paper.heads)
        area = area_words(total_area(paper.heads))
        return say("notices.roll_owners", count=f"{counted:,}", area=area, heads=f"{len(paper.heads):,}")
    if paper.kind is RollKind.MEMBERS:
        return say("notices.roll_members", heads=f"{len(paper.people):,}")
    households = len({person.household for person in paper.people if person.household})
    return say("notices.roll_people", heads=f"{len(paper.people):,}", count=f"{households:,}")


def _owners_table(paper: RollPaper) -> Table:
    columns = (
        Column("序号", 0.8, "center"),
        Column("房屋坐落", 2.2),
        Column("业主", 2),
        Column("面积（㎡）", 1.4, "right"),
        Column("票权号", 0.9, "center"),
    )
    return Table(columns, tuple(_owner_rows(paper)), caption=say("notices.roll_heads"))


def _owner_rows(paper: RollPaper) -> Iterator[tuple[str, ...]]:
    """Every unit; units of one 票权号 count as one head, and one without does not vote (parking)."""
    head_of = {unit: number for number, head in enumerate(paper.heads, 1) for unit in head.units}
    people = {person.id: person for person in paper.people}
    for serial, unit in enumerate(paper.units, 1):
        owners = "、".join(_public_name(people[owner]) for owner in unit.owners if owner in people)
        place = place_words(*unit.place) if paper.rooms else masked_place(*unit.place)
        vote = str(head_of.get(unit.id, "不计"))
        yield str(serial), place, owners or ("建设单位" if unit.developers else ""), area_words(unit.area), vote


def _people_table(paper: RollPaper) -> Table:
    columns = (
        Column("序号", 0.8, "center"),
        Column("小组", 1.2),
        Column("户号", 1.2, "center"),
        Column("姓名", 1.6),
        Column("资格", 1.4, "center"),
    )
    rows = tuple(
        (str(serial), person.group, person.household, _public_name(person), _standing(person, paper))
        for serial, person in enumerate(paper.people, 1)
    )
    return Table(columns, rows)


def _standing(person: Person, paper: RollPaper) -> str:
    if paper.kind is RollKind.MEMBERS:
        return "成员"
    age = "年满十八周岁" if is_adult(person.birth, paper.as_of) else "未满十八周岁"
    return "代表" if person.representative else age


def _public_name(person: Person) -> str:
    """A natural person's name masked; that of an organisation is no personal information."""
    return person.name if person.legal else masked_name(person.name)
