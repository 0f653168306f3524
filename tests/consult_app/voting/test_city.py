"""A city's own figures, as one file: no code knows of them, yet they are offered, counted, explained and printed."""

import json
from datetime import UTC, datetime

from typer.testing import CliRunner

from consult_app.cli import rule as cli
from consult_app.documents import gather
from consult_app.documents.count_sheet import count_sheet
from consult_app.documents.owners_minutes import owners_minutes
from consult_app.documents.pdf import render
from consult_app.voting import local_rules, queries
from consult_app.voting.adopting import adopt_pack, withdraw_pack
from consult_app.voting.rule_choice import by_item, needs_item
from tests.consult_app.papers import text_of
from tests.consult_app.voting import estate
from tests.consult_app.voting.estate import AGAINST, DAY, FOR, SECRETARY

CITY = """
[pack]
name = "示范市物业管理条例"

[[law]]
id = "sample-city"
title = "示范市物业管理条例"
short = "示范市物业管理条例"
valid_from = 2026-01-01

[[law.article]]
key = "40"
number = "第四十条"
text = "既有住宅加装电梯，由本单元业主共同决定，经参与表决的业主五分之四以上同意。"

[[rule]]
id = "city.lift"
title = "既有住宅加装电梯"
kind = "owners"
electorate = "owners"
measures = ["area", "heads"]
items = [7]
cite = ["civil-code-278", "sample-city-40"]
valid_from = 2026-01-01
participation = { op = ">=", ratio = "2/3" }
approval = { base = "participating", op = ">=", ratio = "4/5" }
notice_days = 15
"""
SUMS = {"total_area": "900.00", "total_heads": 9, "against": {"area": "200.01", "heads": 2},
        "abstain": {"area": "0", "heads": 0}, "invalid_mark": {"area": "0", "heads": 0}}  # fmt: skip


def test_a_new_rule_is_a_file_and_nothing_else(tmp_path):
    pack = tmp_path / "示范市.toml"
    pack.write_text(CITY, "utf-8")
    near, enough = {"area": "799.99", "heads": 8}, {"area": "800.04", "heads": 8}
    cases = [
        {"id": 1, "rule": "city.lift", "inputs": {**SUMS, "total_heads": 10, "total_area": "1000.05", "for": enough}},
        {"id": 2, "rule": "city.lift", "inputs": {**SUMS, "total_heads": 10, "total_area": "1000.00", "for": near}},
        {"id": 3, "rule": "city.lift.from_ballots", "inputs": {"units": [], "ballots": []}},
    ]
    found = CliRunner().invoke(cli.app, ["evaluate", "--pack", str(pack)], input=json.dumps(cases))
    answers = json.loads(found.stdout)
    assert [answer["code"] for answer in answers] == ["PASSED", "APPROVAL_AREA_NOT_MET", "INPUT_INCONSISTENT"]
    assert answers[1]["measures"][2]["shortfall"] == "0.01"
    assert answers[0]["basis"] == "《民法典》第二百七十八条、《示范市物业管理条例》第四十条"
    assert answers[0]["source"] == "示范市物业管理条例"
    listed = CliRunner().invoke(cli.app, ["list", "--pack", str(pack)]).stdout
    assert "既有住宅加装电梯\t参与三分之二以上，同意五分之四以上" in listed


def test_a_citys_rule_is_offered_counted_and_printed_with_its_source(store, owners):
    store.do(SECRETARY, adopt_pack, "示范市.toml", CITY.encode())
    offered = tuple(rule for rule in store.ask(local_rules.book).in_force(DAY) if needs_item(rule))
    assert "city.lift" in [rule.id for rule in by_item(offered, 7)]
    vote = estate.opened(store, owners, "city.lift")
    for number in range(8):
        vote.cast(number, AGAINST if number < 2 else FOR)
    store.do(SECRETARY, withdraw_pack, 1, "条例已修改")  # the motion keeps its own copy
    vote.close()
    verdict = store.ask(queries.tally, vote.motion).items[0].verdict
    assert (verdict.passed, verdict.code) == (False, "APPROVAL_AREA_NOT_MET")
    assert verdict.measures[2].ratio == "4/5"
    matter = store.ask(gather.matter, store.ask(queries.motion, vote.motion).proposal_id)
    result = store.ask(gather.vote, vote.motion)
    for document in (owners_minutes(matter, result, day=DAY), count_sheet(matter, result)):
        words = text_of(render(document, code="7KQ2MX9D", token=None, issued=datetime(2026, 11, 22, tzinfo=UTC)))
        assert "规则来源：示范市物业管理条例" in words
        assert "《示范市物业管理条例》第四十条" in words
        assert "五分之四以上" in words
