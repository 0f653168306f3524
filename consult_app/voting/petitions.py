"""Petitions: whether a joint demand (联名) has the signatures that the law asks for."""

from collections.abc import Mapping
from dataclasses import dataclass

from consult_app.voting.measures import Measure, amount_words
from consult_app.voting.rule import Petition
from consult_app.voting.verdicts import Code, Verdict, inconsistent


@dataclass(frozen=True, slots=True)
class Signed:
    """Signatures on one route: `signers` of `entitled` (0.01 m² where the route counts area)."""

    signers: int
    entitled: int


def demanded(petition: Petition, signed: Mapping[str, Signed]) -> Verdict:
    """The verdict on a petition; `signed` holds each route by its measure. More signers than entitled is refused."""
    measures = tuple(
        Measure(
            f"petition_{route.measure}",
            route.label,
            signed[route.measure].signers,
            signed[route.measure].entitled,
            route.threshold,
            route.unit,
        )
        for route in petition.routes
    )
    for measure in measures:
        over = measure.numerator - measure.denominator
        if measure.numerator < 0 or measure.denominator < 0:
            return inconsistent("人数和面积不能为负数")
        if over > 0:
            return inconsistent(f"{measure.label}比总数多 {amount_words(over, measure.unit)}", measures=measures)
    if all(measure.denominator == 0 for measure in measures):
        return inconsistent("总数须大于零")
    enough = any if petition.mode == "any" else all
    passed = enough(measure.met for measure in measures)
    return Verdict(passed, Code.PASSED if passed else Code.PETITION_NOT_MET, measures)
