import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from consult_app.cli.context import Context
from consult_app.cli.roll import app as roll
from consult_app.cli.roll_life import NoPoster, NotPosted
from consult_app.cli.roll_lines import WrongChange
from consult_app.kernel.errors import Missing
from consult_app.kernel.resources import path as resource
from consult_app.rolls import freezing
from consult_app.rolls.canonical import check_number
from consult_app.settings import Settings
from tests.consult_app.papers import photo
from tests.consult_app.rolls.books import HEADING, book


@pytest.fixture
def command(folder: Settings, owners_body: int, village_body: int):
    """Run `consult roll ...` on the test's data and return what it printed."""

    def call(*words: object, as_json: bool = False) -> str:
        result = CliRunner().invoke(roll, [str(word) for word in words], obj=Context(folder, as_json))
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result.stdout

    return call


@pytest.fixture
def run(command):
    """The same with --json, read."""
    return lambda *words: json.loads(command(*words, as_json=True))


@pytest.fixture
def body(run, owners_body, tmp_path):
    """A body with a roll of three units, two of them of one name."""
    rows = [
        HEADING,
        ("1-1-101", "甲", 80, "", "", ""),
        ("1-1-102", "甲", 90, "", "", ""),
        ("2-1-101", "乙", 70, "", "", ""),
    ]
    run("import", book(tmp_path / "名册.xlsx", rows), "--body", owners_body, "--accept")
    return owners_body


@pytest.fixture
def frozen(run, body):
    """A body with a frozen roll."""
    run("freeze", "--body", body, "--unpublished-why", "演示")
    return body


def pair(run, body):
    (waiting,) = run("joinings", "--body", body)["waiting"]
    return waiting["person"], waiting["same_as"]


def test_a_roll_is_published_objected_to_and_answered(run, body, tmp_path):
    run("apart", *pair(run, body), "--evidence", "分别到场")
    assert run("status", "--body", body)["act"] == "print"
    with pytest.raises(NoPoster):
        run("publish", "--body", body, "--place", "公告栏", "--posted-by", "甲", "--photo", tmp_path / "a.jpg")
    with pytest.raises(NotPosted):
        run("object", "--body", body, "--name", "乙", "--text", "面积不对")
    paper = tmp_path / "公示.pdf"
    made = run("poster", "--body", body, "--issuer", "筹备组", "--contact", "居委会", "--pdf", paper)
    assert made["days"] == 7
    assert paper.read_bytes().startswith(b"%PDF")
    name, content = photo()
    picture = tmp_path / name
    picture.write_bytes(content)
    run("publish", "--body", body, "--place", "公告栏", "--posted-by", "网格员甲", "--photo", picture)
    made = run("object", "--body", body, "--name", "乙", "--text", "面积不对", "--line", "第 3 行")
    assert run("status", "--body", body)["act"] == "answer"
    run("answer", made["objection"], "--answer", "与产权证一致", "--not-upheld")
    (objection,) = run("objections", "--body", body)
    assert (objection["upheld"], objection["answer"], objection["line"]) == (False, "与产权证一致", "第 3 行")
    with pytest.raises(freezing.StillOpen):
        run("freeze", "--body", body)
    assert run("status", "--body", body)["act"] == "wait"


def test_a_freeze_prints_digest_and_number_and_writes_its_paper(run, command, body, tmp_path):
    paper = tmp_path / "冻结.pdf"
    found = run("freeze", "--body", body, "--unpublished-why", "沿用上月公示的名册", "--pdf", paper)
    assert found["number"] == check_number(found["digest"])
    assert paper.read_bytes().startswith(b"%PDF")
    assert run("status", "--body", body)["number"] == found["number"]
    assert "冻结\t已完成" in command("status", "--body", body)


def test_pairs_are_joined_separated_kept_apart_and_asked_about_again(run, command, body):
    assert "待确认" in command("joinings", "--body", body)
    joining = run("join", *pair(run, body), "--evidence", "出示证件")["joining"]
    assert len(run("heads", "--body", body)) == 2
    run("separate", joining, "--reason", "误认")
    parting = run("apart", *pair(run, body))["parting"]
    found = run("joinings", "--body", body)
    assert (found["waiting"], len(found["apart"])) == ([], 1)
    run("ask-again", parting, "--reason", "再核对")
    assert len(run("joinings", "--body", body)["waiting"]) == 1


def test_a_sale_after_the_freeze_is_an_amendment_and_enters_the_next_roll(run, frozen):
    (line,) = run("lines", "--body", frozen, "--find", "2-1-101")
    facts = ("--kind", "transfer", "--on", "2026-11-22", "--reason", "过户，见不动产权证")
    run("amend", line["line"], "--owner", "丙 E12345678", "--set", "电话=13800000000", *facts)
    (amendment,) = run("amendments", "--body", frozen)
    assert amendment["after"]["owners"] == [["丙", "E12345678"]]
    assert amendment["rule"].startswith("冻结后转让的")
    assert run("lines", "--body", frozen, "--find", "2-1-101")[0]["owners"] == "乙"
    run("renew", "--body", frozen)
    assert run("lines", "--body", frozen, "--find", "2-1-101")[0]["owners"] == "丙"


def test_a_line_that_is_gone_leaves_the_next_roll(run, frozen):
    line = run("lines", "--body", frozen)[0]["line"]
    run("amend", line, "--gone", "--kind", "error", "--on", "2026-11-22", "--reason", "重复登记")
    run("renew", "--body", frozen, "--on", "2026-11-22")
    assert len(run("lines", "--body", frozen)) == 2


@pytest.mark.parametrize("words", [("--set", "面积"), ("--set", "没有=1")])
def test_a_change_that_names_no_field_is_refused(run, frozen, words):
    line = run("lines", "--body", frozen)[0]["line"]
    with pytest.raises(WrongChange):
        run("amend", line, *words, "--kind", "error", "--on", "2026-11-22", "--reason", "误")


@pytest.mark.parametrize("line", ["unit", "room:1", "unit:x", "unit:99999999999999999999"])
def test_a_line_that_is_none_is_refused(run, frozen, line):
    with pytest.raises(Missing):
        run("amend", line, "--kind", "error", "--on", "2026-11-22", "--reason", "误")


def test_a_villager_who_moved_is_amended(run, village_body):
    run("import", resource("samples", "village.xlsx"), "--body", village_body, "--accept")
    run("freeze", "--body", village_body, "--unpublished-why", "演示")
    person = run("lines", "--body", village_body)[0]
    found = run("lines", "--body", village_body, "--find", person["what"])
    assert person in found
    run("amend", person["line"], "--set", "户号=9999", "--kind", "person", "--on", "2026-11-22", "--reason", "分户")
    assert run("amendments", "--body", village_body)[0]["after"]["household"] == "9999"


def test_what_cannot_be_read_or_written_is_said(run, body, tmp_path: Path):
    words = ("poster", "--body", body, "--issuer", "筹备组", "--contact", "居委会")
    with pytest.raises(Exception, match="写不到"):
        run(*words, "--pdf", tmp_path)
    with pytest.raises(Exception, match="打不开"):
        run("publish", "--body", body, "--place", "栏", "--posted-by", "甲", "--photo", tmp_path / "没有.jpg")


def test_flats_of_the_developer_are_one_head_and_no_question(run, owners_body):
    run("import", resource("samples", "owners-estate.xlsx"), "--body", owners_body, "--accept")
    assert run("joinings", "--body", owners_body)["waiting"] == []
