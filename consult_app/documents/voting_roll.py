"""票权清册: who votes with which heads and area, and how each head was formed; in full, or masked to be posted. Pure."""

from collections.abc import Iterator, Sequence

from consult_app.documents.matter import Matter
from consult_app.documents.minutes import rule_words
from consult_app.documents.model import (
    Block,
    Column,
    Document,
    KeyValues,
    Note,
    SignatureBoxes,
    Signer,
    Table,
    Title,
)
from consult_app.documents.rules import KIND_WORDS, Audience, DocumentKind
from consult_app.documents.terms import terms
from consult_app.documents.wording import say
from consult_app.kernel.text import area_words
from consult_app.rolls.masking import masked_name, masked_place
from consult_app.voting.explaining import VoterLine
from consult_app.voting.facts import MotionFacts


def voting_roll(
    matter: Matter, motion: MotionFacts, voters: Sequence[VoterLine], audience: Audience = Audience.ARCHIVE
) -> Document:
    """The frozen roll of a motion; the public one masks names and rooms (个人信息保护法 arts. 6, 25)."""
    title = say("sheets.roll_title", matter=motion.title)
    with_area = "area" in motion.rule.measures
    public = audience is Audience.PUBLIC
    blocks: list[Block] = [
        Title(title),
        KeyValues((("议题编号", matter.number), *plan_facts(motion))),
        Table(_columns(with_area), tuple(rows(voters, with_area=with_area, public=public))),
        Note(say("sheets.roll_public_note" if public else "sheets.roll_note")),
    ]
    if not public:
        blocks.append(SignatureBoxes((Signer("制表人"), Signer("核对人"))))
    return Document(KIND_WORDS[DocumentKind.VOTING_ROLL], title, tuple(blocks))


def plan_facts(motion: MotionFacts) -> tuple[tuple[str, str], ...]:
    """The rule, the vote's own terms, the totals and the check of the frozen plan, for paper and workbook."""
    area = "area" in motion.rule.measures
    return (
        ("适用规则", rule_words(motion.rule.title, motion.rule.basis)),
        *((term.label, term.words) for term in terms(motion)),
        ("业主总人数" if area else "应参加表决", f"{motion.eligible.heads:,} {motion.rule.unit.value}"),
        *((("专有部分总面积", f"{area_words(motion.eligible.area)} ㎡"),) if area else ()),
        ("方案校验", motion.plan_check),
    )


def rows(voters: Sequence[VoterLine], *, with_area: bool, public: bool) -> Iterator[tuple[str, ...]]:
    """One line a voter: number, name, rooms, heads, area where it votes, and how the head was formed."""
    for place, voter in enumerate(voters, 1):
        area = (area_words(voter.area),) if with_area else ()
        yield (str(place), name_of(voter, public), rooms_of(voter, public), str(voter.heads), *area, voter.reason)


def name_of(voter: VoterLine, public: bool) -> str:
    """A voter's name, masked for the public; of the developer, who is no natural person, whole."""
    if not public:
        return voter.label
    return "、".join(masked_name(name) for name in voter.names) or voter.label


def rooms_of(voter: VoterLine, public: bool) -> str:
    """A voter's rooms; for the public without the room, and of a villager without the household."""
    if not public:
        return "、".join(voter.rooms)
    if not voter.places:
        return "、".join(room for room in voter.rooms if not room.endswith("户"))
    return "、".join(dict.fromkeys(masked_place(*place) for place in voter.places))


def _columns(with_area: bool) -> tuple[Column, ...]:
    columns = [
        Column("序号", 0.6, "center"),
        Column("票权人", 1.6),
        Column("房屋", 2.0),
        Column("人数", 0.6, "right"),
    ]
    if with_area:
        columns.append(Column("面积（㎡）", 1.2, "right"))
    return (*columns, Column("计算依据", 2.6))
