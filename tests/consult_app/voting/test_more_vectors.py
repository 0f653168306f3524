"""Boundary cases of every rule: the program, the second opinion and what was written by hand agree."""

import json
from collections import Counter
from fractions import Fraction
from pathlib import Path

import pytest

from consult_app.cli.rule import read_cases
from consult_app.voting import cases, rulebook
from tests.consult_app.voting.second_opinion import opinion

BOOK = rulebook.load()
VECTORS = Path(__file__).parents[2] / "vectors"
FILES = sorted(VECTORS.glob("more-*.json"))
GIVEN = json.loads((VECTORS / "vote-vectors.json").read_text("utf-8"))
ALL = [case for file in FILES for case in json.loads(file.read_text("utf-8"))]
SOUND = [case for case in ALL if not case["id"].startswith("X")]
BAD = [case for case in ALL if case["id"].startswith("X")]
EXACT = ("part_area", "total_area")


def same(key, told, expected):
    return Fraction(told) == Fraction(expected) if key in EXACT else told == expected


def asked(case):
    return cases.answer(BOOK, {key: case[key] for key in ("id", "rule", "on", "inputs") if key in case})


@pytest.mark.parametrize("case", SOUND, ids=lambda case: case["id"])
def test_every_boundary_is_answered_as_written(case):
    answer = asked(case)
    assert {k: answer.get(k) for k, v in case["expected"].items() if not same(k, answer.get(k), v)} == {}, case[
        "reason"
    ]
    assert "error" not in answer
    assert "ignored" not in answer


@pytest.mark.parametrize("case", [*SOUND, *GIVEN], ids=lambda case: case["id"])
def test_a_second_opinion_comes_to_the_same(case):
    second = opinion(case["rule"], case["inputs"])
    assert {k: second.get(k) for k, v in case["expected"].items() if not same(k, second.get(k), v)} == {}


@pytest.mark.parametrize("case", SOUND, ids=lambda case: case["id"])
def test_every_measure_shows_its_fraction_what_is_needed_and_what_is_missing(case):
    second = opinion(case["rule"], case["inputs"]).get("shares")
    if second is None:
        return
    told = {measure["name"]: measure for measure in asked(case)["measures"]}
    for name, part, whole, needed, shortfall, met in second:
        measure = told[name]
        numbers = [Fraction(measure[key]) for key in ("numerator", "denominator", "needed", "shortfall")]
        assert numbers == [part, whole, needed, shortfall], name
        assert measure["met"] is met
    assert [name for name, *_ in second] == [name for name in told if ":" not in name]


@pytest.mark.parametrize("case", BAD, ids=lambda case: case["id"])
def test_what_cannot_be_counted_is_refused_and_named(case):
    answer = asked(case)
    assert (answer["passed"], answer["code"]) == (None, case["expected"]["code"]), case["reason"]
    assert case["expected"].get("names", "") in answer.get("error", "") + answer.get("problem", "")


def test_every_case_has_its_own_number_and_a_reason():
    assert max(Counter(case["id"] for case in ALL).values()) == 1
    assert all(case["reason"].endswith((".", "?")) for case in ALL)


def test_every_rule_of_the_book_has_boundary_cases():
    told = {case["rule"].removesuffix(".from_ballots") for case in ALL}
    assert {rule.id for rule in BOOK.rules} <= told


def test_a_number_too_long_to_read_spoils_only_its_own_case():
    text = '[{"id": 1, "rule": "village.reps", "inputs": {"eligible": %s}}, {"id": 2}]' % ("9" * 5000)
    problem, read = read_cases(text.encode())
    assert (problem, len(read)) == ("", 2)
    answer = cases.answer(BOOK, read[0])
    assert (answer["id"], answer["passed"], answer["code"]) == (1, None, "INPUT_INCONSISTENT")
    assert answer["error"] == "输入项“eligible”太大。"
