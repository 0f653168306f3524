"""Shares compared exactly: thresholds, measures, and how both are said in Chinese.

Areas are whole numbers of 0.01 m²; nothing here divides before it has compared.
"""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Any

from consult_app.kernel.text import area_plain, area_words, number_words, percent_words


class Op(StrEnum):
    """How a share is held against its ratio. civil-code-1259: 以上 includes the number, 超过 does not."""

    AT_LEAST = ">="
    MORE_THAN = ">"
    EXACTLY = "="


class Unit(StrEnum):
    """What a measure counts: `㎡` in steps of 0.01, persons, households, or votes."""

    AREA = "㎡"
    PERSON = "人"
    HOUSEHOLD = "户"
    VOTE = "票"


class Base(StrEnum):
    """Of whom a share is taken: everyone entitled, or only those who took part in one way or another."""

    ALL = "all"
    PARTICIPATING = "participating"
    PRESENT = "present"
    VOTERS = "voters"
    COLLECTED = "collected"


@dataclass(frozen=True, slots=True)
class Threshold:
    """A share that must be reached, kept as written: `>=` and `"2/3"`."""

    op: Op
    ratio: str
    base: Base = Base.ALL

    @property
    def fraction(self) -> Fraction:
        return Fraction(self.ratio)

    def met(self, part: int, whole: int) -> bool:
        """Whether `part` of `whole` reaches the share, by cross-multiplication. Of nobody, nothing is ever reached."""
        if whole <= 0:
            return False
        ratio = self.fraction
        left, right = part * ratio.denominator, whole * ratio.numerator
        match self.op:
            case Op.AT_LEAST:
                return left >= right
            case Op.MORE_THAN:
                return left > right
            case Op.EXACTLY:
                return left == right

    def needed(self, whole: int) -> int:
        """The smallest whole number that reaches the share of `whole` (0.01 m² or heads)."""
        ratio = self.fraction
        product = whole * ratio.numerator
        if self.op is Op.MORE_THAN:
            return product // ratio.denominator + 1
        return -(-product // ratio.denominator)


def threshold_words(threshold: Threshold) -> str:
    """`三分之二以上`, `过半数`, `超过三分之二`, `半数以上`, `全体一致`."""
    ratio = threshold.fraction
    if threshold.op is Op.EXACTLY:
        return "全体一致" if ratio == 1 else f"恰为{fraction_words(ratio)}"
    if ratio == Fraction(1, 2):
        return "过半数" if threshold.op is Op.MORE_THAN else "半数以上"
    if threshold.op is Op.MORE_THAN:
        return f"超过{fraction_words(ratio)}"
    return f"{fraction_words(ratio)}以上"


def fraction_words(ratio: Fraction) -> str:
    """`三分之二`."""
    if ratio == 1:
        return "全部"
    return f"{number_words(ratio.denominator)}分之{number_words(ratio.numerator)}"


@dataclass(frozen=True, slots=True)
class Measure:
    """One share that the law asks for, as it stands: numerator of denominator against its threshold.

    Areas count 0.01 m². `needed` and `shortfall` are in the same unit, for the denominator as it is now.
    """

    name: str
    label: str
    numerator: int
    denominator: int
    threshold: Threshold
    unit: Unit = Unit.PERSON

    @property
    def op(self) -> Op:
        return self.threshold.op

    @property
    def ratio(self) -> str:
        return self.threshold.ratio

    @property
    def met(self) -> bool:
        return self.threshold.met(self.numerator, self.denominator)

    @property
    def needed(self) -> int:
        return self.threshold.needed(self.denominator)

    @property
    def shortfall(self) -> int:
        return max(0, self.needed - self.numerator)

    def to_dict(self) -> dict[str, Any]:
        """The measure for machines: areas as decimal strings, counts as numbers."""
        return {
            "name": self.name,
            "label": self.label,
            "numerator": plain(self.numerator, self.unit),
            "denominator": plain(self.denominator, self.unit),
            "op": self.op.value,
            "ratio": self.ratio,
            "needed": plain(self.needed, self.unit),
            "shortfall": plain(self.shortfall, self.unit),
            "met": self.met,
            "unit": self.unit.value,
        }


def plain(amount: int, unit: Unit) -> str | int:
    """An amount for machines: `"6000.00"` for an area, a number otherwise."""
    return area_plain(amount) if unit is Unit.AREA else amount


def amount_words(amount: int, unit: Unit) -> str:
    """`840.50 ㎡`, `12 人`."""
    return f"{area_words(amount) if unit is Unit.AREA else f'{amount:,}'} {unit.value}"


def percent(measure: Measure) -> str:
    """`66.66%`, truncated; show the fraction beside it."""
    return percent_words(measure.numerator, measure.denominator)


def measure_words(measure: Measure) -> str:
    """`参与表决面积 6,000.00 ㎡ / 9,000.00 ㎡（66.66%），须三分之二以上，已达到`."""
    state = "已达到" if measure.met else f"还差 {amount_words(measure.shortfall, measure.unit)}"
    return (
        f"{measure.label} {amount_words(measure.numerator, measure.unit)} / "
        f"{amount_words(measure.denominator, measure.unit)}（{percent(measure)}），"
        f"须{threshold_words(measure.threshold)}，{state}"
    )


def shortfall_words(measures: tuple[Measure, ...]) -> str:
    """`还差 12 人 / 840.50 ㎡`, heads before area; empty when every measure is met."""
    missing = [measure for measure in measures if not measure.met]
    ordered = sorted(missing, key=lambda measure: measure.unit is Unit.AREA)
    return f"还差 {' / '.join(amount_words(m.shortfall, m.unit) for m in ordered)}" if ordered else ""
