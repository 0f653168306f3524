"""`consult motion proxy`, `doubt`, `nominate`, `explain` and `what-if`: all that the page of a vote can do."""

import json
from pathlib import Path
from typing import Any

import pytest

from consult_app.settings import Settings
from consult_app.voting import queries
from tests.consult_app.cli.test_main import consult
from tests.consult_app.voting import estate
from tests.consult_app.voting.estate import AGAINST

LINES = [
    "楼栋,单元,房号,建筑面积,业主姓名,身份证号,交付情况",
    "1,1,101,80.00,业主甲、业主乙,,已交付",
    *(f"1,1,{n}01,{80 + n}.00,业主{n:02d},,已交付" for n in range(2, 10)),
]
TWO = ("--first", "监票人甲", "--second", "监票人乙")


@pytest.fixture
def vote(store, owners_body, tmp_path) -> estate.Vote:
    estate.import_roll(store, tmp_path / "shared.csv", owners_body, LINES)
    return estate.opened(store, owners_body)


@pytest.fixture
def scan(tmp_path: Path) -> str:
    path = tmp_path / "scan.pdf"
    path.write_bytes(b"%PDF-1.4\n%%EOF\n")
    return str(path)


@pytest.fixture
def motion(folder: Settings):
    """Runs `consult motion ...` and reads its JSON; a refusal comes as its one line."""

    def run(*words: str) -> Any:
        done = consult("--data", str(folder.data), "--json", "motion", *words)
        assert done.returncode in (0, 2), done.stderr
        return json.loads(done.stdout) if done.returncode == 0 else done.stderr

    return run


def test_a_mandate_goes_its_way(motion, vote, scan, tmp_path) -> None:
    id = str(vote.motion)
    register = ("proxy", "register", id, "--principal", "业主02", "--authority", "代为表决", "--relation", "子女")
    assert "扫描件" in motion(*register, "--agent", "业主03")
    assert "物业服务企业" in motion(*register, "--agent", "某员工", "--property-staff", "--document", scan)
    given = motion(*register, "--agent", "业主03", "--document", scan)["proxy"]
    listed = motion("proxy", "list", id)
    assert [line["agent"] for line in listed["proxies"]] == ["业主03"]
    assert "最多接受 3 人" in listed["terms"][0]
    assert motion("proxy", "list", id, "--masked")["proxies"][0]["principal"] != "业主02"
    out = tmp_path / "名单.pdf"
    motion("proxy", "notice", id, "--out", str(out))
    assert out.read_bytes().startswith(b"%PDF")
    assert motion("proxy", "revoke", str(given))["revoked"] is True
    assert "没有名单" in motion("proxy", "notice", id, "--out", str(out))


def test_doubts_are_raised_listed_and_settled(motion, vote, scan) -> None:
    for place in range(9):
        vote.cast(place)
    for teller in ("计票人甲", "计票人乙"):
        vote.paper(0, AGAINST, teller)
    id, code = str(vote.motion), vote.slips[8].human_code
    raised = motion("doubt", "raise", id, "--voter", code, "--ground", "unsigned", "--note", "签名栏空白")["doubt"]
    assert "不在可选的范围" in motion("doubt", "raise", id, "--voter", code, "--ground", "ugly", "--note", "…")
    assert "有 0 人" in motion("doubt", "raise", id, "--voter", "谁", "--ground", "late", "--note", "…")
    vote.close()
    cases = {case["kind"]: case for case in motion("doubt", "list", id)}
    assert cases["doubt"]["ways"][0]["turns"] is False
    pair = ("doubt", "pair", str(cases["pair"]["id"]), *TWO)
    assert "推选" in motion(*pair)
    assert motion("nominate", id, "--voter", "1号楼1单元101", "--nominee", "业主乙", "--document", scan)
    assert motion(*pair, "--counted", "paper") == {"pair": cases["pair"]["id"]}
    settle = ("doubt", "settle", str(raised), "--reason", "当场核对", *TWO)
    assert "不在可选的范围" in motion(*settle, "--outcome", "lost")
    motion(*settle, "--outcome", "excluded")
    assert not any(case["open"] for case in motion("doubt", "list", id))
    found = vote.store.ask(queries.tally, vote.motion)
    assert (found.counted.heads, found.passed) == (8, True)


def test_the_count_is_explained_and_weighed(motion, vote) -> None:
    for place in range(3, 9):
        vote.cast(place)
    id = str(vote.motion)
    assert "截止投票以前" in motion("what-if", id)
    assert motion("explain", id)["items"] == []
    vote.close()
    told = motion("explain", id, "--voter", "业主09")
    assert [line["label"] for line in told["voters"]] == ["业主09"]
    assert told["voters"][0]["steps"][-1] == {"step": "计票", "words": "计入同意"}
    assert told["items"][0]["outcome"] == "通过"
    (weighed,) = motion("what-if", id)
    assert (weighed["doubts"], weighed["flips"]) == (0, [])
