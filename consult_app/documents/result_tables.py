"""The tables of a vote: what was chosen, and the shares the law asks for. Pure; shared by minutes, notice and count sheet."""

from collections.abc import Iterator

from consult_app.documents.matter import UNTOLD, Followed, ItemOutcome, Vote
from consult_app.documents.model import Block, Column, Heading, Note, Paragraph, Table
from consult_app.documents.wording import say
from consult_app.kernel.text import area_words, number_words, percent_words
from consult_app.voting.measures import Measure, Unit, amount_words, threshold_words


def outcome_blocks(vote: Vote) -> Iterator[Block]:
    """Every item with its two tables and its conclusion."""
    for item in vote.items:
        yield Heading(2, f"（{number_words(int(item.code))}）{item.text}" if item.code.isdigit() else item.text)
        yield choices_table(item, vote.with_area)
        if item.measures:
            yield measures_table(item.measures, item.exact)
        if item.followed:
            yield from _followed_blocks(item.followed, item.exact)
        yield Paragraph(conclusion(item, vote.is_survey), face="kai")
    if any(line.area is None for item in vote.items for line in item.choices):
        yield Note(say("minutes.areas_untold"))
    yield Note(say("minutes.shares_note"))


def choices_table(item: ItemOutcome, with_area: bool) -> Table:
    """同意, 反对, 弃权, 无效 and 未参与 in heads and area with their shares."""
    columns = [Column("表决意见", 1.4, "center"), Column("人数", 1, "right"), Column("占比", 1, "right")]
    if with_area:
        columns += [Column("面积（㎡）", 1.6, "right"), Column("占比", 1, "right")]
    return Table(tuple(columns), tuple(line.cells(with_area) for line in item.choices))


def measures_table(measures: tuple[Measure, ...], exact: bool = True) -> Table:
    """Each share that the law asks for, as a fraction, with what it must reach; of 同意 by area no more than that if not `exact`."""
    columns = (
        Column("法定要求", 1.6),
        Column("应当达到", 1.3, "center"),
        Column("实际", 2.6, "right"),
        Column("占比", 1, "right"),
        Column("结果", 1, "center"),
    )
    return Table(columns, tuple(_measure_row(measure, exact) for measure in measures))


def conclusion(item: ItemOutcome, is_survey: bool) -> str:
    """The sentence under an item."""
    if is_survey:
        return say("minutes.item_survey", item=item.title)
    if item.passed is None:
        return say("minutes.item_pending", item=item.title, reason=item.words)
    return say("minutes.item_passed" if item.passed else "minutes.item_failed", item=item.title)


def roll_sentence(vote: Vote) -> str:
    """Total heads and area and how they were counted (民法典278; 司法解释8、9)."""
    if not vote.with_area:
        return say("minutes.owners_roll_heads", heads=f"{vote.eligible_heads:,}")
    sentence = say("minutes.owners_roll", heads=f"{vote.eligible_heads:,}", area=area_words(vote.eligible_area))
    if vote.counts_parking is None:
        return sentence
    return sentence + say("minutes.parking_counted" if vote.counts_parking else "minutes.parking_not_counted")


def participation_sentence(vote: Vote) -> str:
    """How many took part, with the shares of the whole."""
    heads = f"{vote.participating_heads:,}"
    if vote.with_area:
        return say("minutes.participating", heads=heads, area=area_words(vote.participating_area))
    return say("minutes.participating_heads", heads=heads)


def books_table(vote: Vote) -> Table:
    """Where every issued slip went."""
    rows = (*((label, f"{count:,}") for label, count in vote.books), ("合计（发出）", f"{vote.issued:,}"))
    return Table((Column("表决票去向", 3), Column("张数", 1, "right")), rows, heavy=(len(rows) - 1,))


def _followed_blocks(followed: Followed, exact: bool) -> Iterator[Block]:
    """从多: who was counted, that it is contested, and what the result is without them."""
    if followed.contested:
        counted = say("terms.follow_counted", heads=f"{followed.heads:,}", area=area_words(followed.area))
        yield Paragraph(f"{counted}{followed.contested}。", lead="有争议：")
    yield Paragraph(say("terms.follow_without", reason=followed.words))
    yield measures_table(followed.measures, exact)


def _measure_row(measure: Measure, exact: bool) -> tuple[str, ...]:
    if not exact and measure.name == "approval_area":
        needed, whole = area_words(measure.needed), amount_words(measure.denominator, measure.unit)
        sign, met = ("≥", "符合") if measure.met else ("＜", "未达到")
        return measure.label, threshold_words(measure.threshold), f"{sign} {needed} / {whole}", UNTOLD, met
    part, whole = amount_words(measure.numerator, measure.unit), amount_words(measure.denominator, measure.unit)
    missing = amount_words(measure.shortfall, measure.unit)
    return (
        measure.label,
        threshold_words(measure.threshold),
        f"{part.removesuffix(' ㎡') if measure.unit is Unit.AREA else part} / {whole}",
        percent_words(measure.numerator, measure.denominator),
        "符合" if measure.met else f"差 {missing}",
    )
