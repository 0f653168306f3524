import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult_app.voting import cases, rulebook

BOOK = rulebook.load()
VECTORS = json.loads((Path(__file__).parents[2] / "vectors" / "vote-vectors.json").read_text("utf-8"))
BY_RULE = {vector["rule"]: vector for vector in VECTORS}


def asked(vector, **inputs):
    return {"id": vector["id"], "rule": vector["rule"], "inputs": {**vector["inputs"], **inputs}}


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["id"])
def test_every_vector_is_answered_as_written(vector):
    answer = cases.answer(BOOK, asked(vector))
    wrong = {key: answer.get(key) for key, value in vector["expected"].items() if answer[key] != value}
    assert wrong == {}
    assert "error" not in answer
    assert "ignored" not in answer


def leaves(value, path=()):
    """Every place in a JSON value, the containers too."""
    if path:
        yield path
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in pairs:
        yield from leaves(inner, (*path, key))


def replaced(value, path, new):
    copy = json.loads(json.dumps(value))
    place = copy
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = new
    return copy


PLACES = [(rule, path) for rule, vector in BY_RULE.items() for path in leaves(vector["inputs"])]
BROKEN = [None, True, 1.5, -1, "", "三", "NaN", "1e3", float("nan"), float("inf"), [], {}, [None], {"x": 1}, 10**40]


@pytest.mark.parametrize(("rule", "path"), PLACES, ids=str)
def test_no_broken_value_crashes_or_is_said_badly(rule, path):
    vector = BY_RULE[rule]
    for broken in BROKEN:
        answer = cases.answer(BOOK, {**asked(vector), "inputs": replaced(vector["inputs"], path, broken)})
        json.dumps(answer)
        assert "code" in answer
        assert answer["id"] == vector["id"]


NUMBERS = [
    (rule, path)
    for rule, path in PLACES
    if path[-1] in ("for", "against", "abstain", "present", "eligible", "members", "registered", "voters", "collected",
                    "invalid", "seats", "heads", "area", "total_area", "total_heads", "mandates", "households")
    and not isinstance(BY_RULE[rule]["inputs"].get(path[0], None) if len(path) == 1 else None, dict | list)
]  # fmt: skip


@pytest.mark.parametrize(("rule", "path"), NUMBERS, ids=str)
@pytest.mark.parametrize("broken", [-1, True, 1.5, "三", "NaN", None, [], float("nan")], ids=str)
def test_a_number_that_is_none_is_an_error(rule, path, broken):
    vector = BY_RULE[rule]
    answer = cases.answer(BOOK, {**asked(vector), "inputs": replaced(vector["inputs"], path, broken)})
    assert answer["passed"] is None
    assert answer["error"]


@pytest.mark.parametrize("rule", sorted(BY_RULE))
def test_a_missing_input_is_an_error_that_names_it(rule):
    vector = BY_RULE[rule]
    for key in vector["inputs"]:
        if key in ("policy", "delivered_not_returned", "left_early", "min_days"):
            continue
        left = {name: value for name, value in vector["inputs"].items() if name != key}
        answer = cases.answer(BOOK, {**asked(vector), "inputs": left})
        assert key in answer["error"] or (key == "members" and "eligible" in answer["error"])


def test_negative_numbers_are_inconsistent_and_said_so():
    answer = cases.answer(BOOK, asked(BY_RULE["village.reps"], present=-30))
    assert (answer["passed"], answer["code"]) == (None, "INPUT_INCONSISTENT")
    assert answer["error"] == "输入项“present”不能为负数。"


def test_the_sums_are_shown_even_where_they_cannot_be():
    vector = next(vector for vector in VECTORS if vector["id"] == "B01")
    answer = cases.answer(BOOK, asked(vector, against={"area": "-10.00", "heads": -1}))
    assert (answer["passed"], answer["code"]) == (None, "INPUT_INCONSISTENT")
    assert (answer["part_area"], answer["part_heads"]) == ("4490.00", 44)
    assert cases.answer(BOOK, asked(BY_RULE["village.election"], voters=-1))["elected"] == []


@pytest.mark.parametrize(
    "case",
    [
        None,
        3,
        [],
        {},
        {"id": "a"},
        {"id": "a", "rule": "village.reps"},
        {"id": "a", "rule": "village.reps", "inputs": []},
        {"id": "a", "rule": "no.such.rule", "inputs": {}},
        {"id": "a", "rule": "village.reps.from_ballots", "inputs": {}},
        {"id": "a", "rule": ".from_ballots", "inputs": {}},
        {"id": "a", "rule": None, "inputs": {}},
        {"id": "a", "rule": {}, "inputs": {}},
        {"id": "a", "rule": "village.reps", "inputs": {}, "on": "昨天"},
        {"id": "a", "rule": "village.reps", "inputs": {}, "on": "1990-01-01"},
    ],
)
def test_a_case_that_cannot_be_read_is_answered_with_an_error(case):
    answer = cases.answer(BOOK, case)
    assert answer["error"]
    assert answer["passed"] is None


@pytest.mark.parametrize("area", ["0.005", "1,000.00", " 9000.00", "９０００", "9000.", "-", "0x10", "1_000"])
def test_an_area_is_a_plain_decimal_with_two_places_at_most(area):
    assert "total_area" in cases.answer(BOOK, asked(BY_RULE["owners.special"], total_area=area))["error"]


@pytest.mark.parametrize("area", ["9000.000", "9000.0", "9000", 9000])
def test_an_area_may_be_written_shorter_or_longer(area):
    vector = next(vector for vector in VECTORS if vector["id"] == "B01")
    assert cases.answer(BOOK, asked(vector, total_area=area))["passed"] is True


def test_an_unknown_policy_is_an_error_and_an_unknown_input_is_named():
    vector = next(vector for vector in VECTORS if vector["id"] == "B01")
    assert "policy.no_returns" in cases.answer(BOOK, asked(vector, policy={"no_returns": "x"}))["error"]
    assert cases.answer(BOOK, asked(vector, remark="x"))["ignored"] == ["remark"]


def test_owners_special_counts_from_ballots_as_well():
    vector = next(vector for vector in VECTORS if vector["id"] == "C04")
    answer = cases.answer(BOOK, {**asked(vector), "rule": "owners.special.from_ballots"})
    assert answer["passed"] is True


def test_a_case_may_be_judged_by_the_law_of_its_day():
    vector = BY_RULE["village.proxy_check"]
    four = asked(vector, agent_is_candidate=False, mandates=4)
    assert cases.answer(BOOK, four)["code"] == "PROXY_LIMIT"
    assert cases.answer(BOOK, {**four, "on": "2025-06-01"})["passed"] is True


def test_an_answer_holds_every_measure_with_what_is_needed():
    vector = next(vector for vector in VECTORS if vector["id"] == "A08")
    (area, *_) = cases.answer(BOOK, asked(vector))["measures"]
    assert area == {
        "name": "participation_area",
        "label": "参与表决面积",
        "numerator": "6666.67",
        "denominator": "10000.01",
        "op": ">=",
        "ratio": "2/3",
        "needed": "6666.68",
        "shortfall": "0.01",
        "met": False,
        "unit": "㎡",
    }


jsons = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@given(st.sampled_from(sorted(BY_RULE)), jsons, st.data())
def test_anything_json_is_answered(rule, junk, data):
    inputs = BY_RULE[rule]["inputs"]
    key = data.draw(st.sampled_from(sorted(inputs)))
    answer = cases.answer(BOOK, {"id": "x", "rule": rule, "inputs": {**inputs, key: junk}})
    assert answer["id"] == "x"
    assert isinstance(answer["code"], str)
