import json

import pytest
from typer.testing import CliRunner

from consult_app.cli import rule
from tests.consult_app.cli.test_main import consult


def run(stdin, *arguments):
    result = CliRunner().invoke(rule.app, ["evaluate", *arguments], input=stdin)
    return result.exit_code, json.loads(result.stdout)


CASE = {"id": "H01", "rule": "owners.notice", "inputs": {"notice_date": "2026-06-01", "meeting_date": "2026-06-16"}}


def test_evaluate_answers_every_case_in_order():
    code, answers = run(json.dumps([CASE, {**CASE, "id": "H02", "rule": "nothing"}]))
    assert code == 0
    assert [answer["id"] for answer in answers] == ["H01", "H02"]
    assert answers[0]["passed"] is True
    assert "nothing" in answers[1]["error"]


@pytest.mark.parametrize(
    "stdin",
    ["", "{", "3", '{"id": 1}', "[" * 100_000, b"\xff\xfe"],
    ids=lambda s: str(s[:9]),
)
def test_what_is_no_list_is_answered_in_json_and_refused(stdin):
    code, answers = run(stdin)
    assert code == 2
    assert answers[0]["error"]


def test_a_byte_order_mark_is_no_matter():
    assert run(b"\xef\xbb\xbf[]") == (0, [])


def test_a_key_named_twice_is_an_error():
    text = '[{"id": 1, "rule": "village.reps", "inputs": {"eligible": 45, "eligible": 30}}]'
    assert "inputs" in run(text)[1][0]["error"]


def test_not_a_number_and_half_characters_stay_valid_json():
    _, answers = run('[{"id": NaN, "rule": "\\ud800", "inputs": {}}]')
    assert answers[0]["id"] == "nan"
    assert answers[0]["rule"] == "\ud800"


def test_a_local_pack_is_laid_over(tmp_path):
    pack = tmp_path / "city.toml"
    pack.write_text(
        '[pack]\nname = "某市"\n[[rule]]\nid = "owners.notice"\nas = "owners.notice"\n'
        "valid_from = 2026-01-01\nnotice_days = 20\n",
        "utf-8",
    )
    _, answers = run(json.dumps([CASE]), "--pack", str(pack))
    assert (answers[0]["code"], answers[0]["source"]) == ("NOTICE_TOO_SHORT", "某市")


def test_list_names_every_rule_with_its_article():
    result = CliRunner().invoke(rule.app, ["list"])
    assert (
        "owners.special\t业主共同决定（特别事项）\t参与三分之二以上，同意四分之三以上\t《民法典》第二百七十八条"
        in result.stdout
    )


def test_a_pack_is_adopted_with_a_warning_listed_and_withdrawn(tmp_path):
    pack = tmp_path / "city.toml"
    pack.write_text(
        '[pack]\nname = "某市"\n[[rule]]\nid = "owners.ordinary"\nas = "owners.ordinary"\nvalid_from = 2026-01-01\n'
        'approval = { base = "participating", op = ">=", ratio = "1/2" }\n',
        "utf-8",
    )

    def answered(*words):
        return json.loads(consult("--data", str(tmp_path), "--json", "rule", *words).stdout)

    adopted = answered("adopt", str(pack))
    assert adopted["rules"] == ["owners.ordinary"]
    assert adopted["warnings"] == ["「业主共同决定（一般事项）」同意比例为半数以上，低于国家规定的过半数"]
    assert answered("packs") == [adopted]
    assert "注意：" in consult("--data", str(tmp_path), "rule", "packs").stdout
    assert consult("--data", str(tmp_path), "rule", "adopt", str(tmp_path / "none.toml")).returncode != 0
    assert answered("withdraw", "1", "--reason", "已废止")["withdrawn"]
    assert answered("packs") == []
