import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from consult_app.cli.context import Context
from consult_app.cli.roll import app as roll
from consult_app.kernel.errors import Refused
from consult_app.kernel.resources import path as resource
from consult_app.settings import Settings

TRUTH = json.loads((Path(__file__).parents[1] / "rolls" / "truth.json").read_text("utf-8"))


@pytest.fixture
def run(folder: Settings, owners_body: int, village_body: int):
    """Run `consult roll ...` on the test's data and return its answer."""

    def call(*words: object):
        result = CliRunner().invoke(
            roll, [str(word) for word in words], obj=Context(folder, True), catch_exceptions=True
        )
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        return json.loads(result.stdout)

    return call


def test_an_import_shows_the_keys_of_the_interface_and_writes_nothing(run, owners_body):
    answer = run("import", resource("samples", "owners-small.xlsx"), "--body", owners_body)
    truth = TRUTH["owners-small.xlsx"]
    for key in ("units", "total_area", "heads", "co_owned", "developer_units", "commercial", "ignored_sheets"):
        assert answer[key] == truth[key]
    assert set(answer["problems"][0]) == {"sheet", "row", "column", "code", "message"}
    assert (answer["accepted"], answer["roll"]) == (False, None)
    assert run("heads", "--body", owners_body) == []


def test_an_accepted_import_is_the_current_roll(run, owners_body):
    run("import", resource("samples", "owners-small.xlsx"), "--body", owners_body, "--accept")
    assert len(run("heads", "--body", owners_body)) == 100
    again = run("import", resource("samples", "owners-small.xlsx"), "--body", owners_body)
    assert again["difference"] == {"new": [], "gone": [], "owners": [], "areas": [], "others": []}


def test_a_village_is_counted_on_the_day_asked_for(run, village_body):
    answer = run(
        "import", resource("samples", "village.xlsx"), "--body", village_body, "--on", "2026-11-22", "--accept"
    )
    truth = TRUTH["village.xlsx"]
    assert (answer["people"], answer["households"], answer["adults"], answer["representatives"], answer["groups"]) == (
        truth["people"], truth["households"], 844, truth["representatives"], truth["groups"],
    )  # fmt: skip
    assert answer["problems"] == []
    assert len(run("electors", "--body", village_body, "--electorate", "representatives")) == 31


def test_one_sheet_can_be_named(run, owners_body):
    file = resource("samples", "owners-small.xlsx")
    assert run("import", file, "--body", owners_body, "--sheet", "Sheet1")["units"] == 109
    with pytest.raises(Refused, match="现有：Sheet1、地下车位、说明"):
        run("import", file, "--body", owners_body, "--sheet", "没有")


def test_another_kind_of_file_is_refused(run, owners_body, tmp_path):
    file = tmp_path / "名册.xlsx"
    file.write_bytes(b"%PDF-1.7")
    with pytest.raises(Refused, match="内容是 PDF"):
        run("import", file, "--body", owners_body, "--accept")
    assert run("heads", "--body", owners_body) == []


def test_the_current_roll_is_written_as_xlsx_in_full_and_masked(run, owners_body, tmp_path):
    with pytest.raises(Refused, match="还没有名册"):
        run("export", "--body", owners_body, "--xlsx", tmp_path / "a.xlsx")
    run("import", resource("samples", "owners-small.xlsx"), "--body", owners_body, "--accept")
    for words in ((), ("--masked",)):
        path = tmp_path / f"名册{len(words)}.xlsx"
        answer = run("export", "--body", owners_body, "--xlsx", path, *words)
        assert answer["bytes"] == path.stat().st_size
    again = run("import", tmp_path / "名册0.xlsx", "--body", owners_body, "--sheet", "名册")
    assert not any(again["difference"].values())
    with pytest.raises(Refused, match="写不到"):
        run("export", "--body", owners_body, "--xlsx", tmp_path)
