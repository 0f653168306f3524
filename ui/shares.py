"""Measures of the law as bars: the one place where a measure is put into the words a bar shows."""

from fractions import Fraction

from consult_app.kernel.text import area_words
from consult_app.meetings.rules import QuorumMeasure
from consult_app.voting.measures import Measure, Unit, amount_words, threshold_words
from ui.widgets.turnout_bar import Share


def share_of(measure: Measure, name: str = "") -> Share:
    """A measure as a bar: `人数`, `55 / 100 人`, `还差 12 人`, with the threshold as `2/3`."""
    verdict = "已达到" if measure.met else f"还差 {amount_words(measure.shortfall, measure.unit)}"
    part, whole = (amount_words(amount, measure.unit) for amount in (measure.numerator, measure.denominator))
    figures = f"{part.removesuffix(measure.unit.value).strip()} / {whole}"
    name = name or ("面积" if measure.unit is Unit.AREA else f"{measure.unit.value}数")
    fraction = measure.threshold.fraction
    return Share(name, measure.numerator, measure.denominator, fraction, figures, verdict, measure.met, measure.ratio)


def result_share(measure: Measure, exact: bool = True) -> Share:
    """A measure of a verdict: `同意　人数`, `64 / 81`, and what the law asks with ✓ or ✗.

    Where the area of 同意 is not to be told exactly (threat 28), only how far it reaches the share: `≥ 378.01 / 756.00`.
    """
    gate = "同意" if "同意" in measure.label else "参与"
    found = share_of(measure, gate + "　" + ("面积" if measure.unit is Unit.AREA else f"{measure.unit.value}数"))
    words = threshold_words(measure.threshold)
    if not exact and measure.name == "approval_area":
        needed, whole = (area_words(amount) for amount in (measure.needed, measure.denominator))
        part, figures = (measure.needed, f"≥ {needed}") if measure.met else (0, f"＜ {needed}")
        verdict = f"✓ {words}" if measure.met else f"✗ 须{words}"
        return Share(
            found.name, part, found.whole, found.threshold, f"{figures} / {whole}", verdict, found.reached, found.mark
        )
    verdict = f"✓ {words}" if measure.met else f"✗ 须{words}，还差 {amount_words(measure.shortfall, measure.unit)}"
    figures = found.figures.removesuffix(measure.unit.value).strip()
    return Share(found.name, found.part, found.whole, found.threshold, figures, verdict, found.reached, found.mark)


def quorum_share(measure: QuorumMeasure) -> Share:
    """The quorum of a meeting as a bar."""
    ratio = Fraction(measure.quorum.numerator, measure.quorum.denominator)
    verdict = "已达到" if measure.reached else f"还差 {measure.shortfall} 人"
    figures = f"{measure.present} / {measure.expected} 人"
    return Share(
        "到会", measure.present, measure.expected, ratio, figures, verdict, measure.reached, measure.quorum.words
    )
