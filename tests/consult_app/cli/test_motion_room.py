"""`consult motion rehearse` and `zero`: the room before the vote, as a script meets it."""

import json
from pathlib import Path

import pytest

from consult_app.audit import chain
from consult_app.documents import queries as documents
from consult_app.settings import Settings
from tests.consult_app.cli.test_main import consult
from tests.consult_app.papers import text_of
from tests.consult_app.voting import estate


@pytest.fixture
def vote(store, owners_body, tmp_path) -> estate.Vote:
    estate.owners_roll(store, tmp_path, owners_body)
    return estate.opened(store, owners_body)


def test_a_rehearsal_is_told_and_stands_in_the_zero_report(folder: Settings, store, vote, tmp_path: Path) -> None:
    begin = ("--data", str(folder.data), "--json", "motion")
    held = consult(*begin, "rehearse", str(vote.motion), "--phones", "2", "--host", "127.0.0.1")
    assert (held.returncode, held.stderr) == (0, "")
    told = json.loads(held.stdout)
    assert (told["passed"], told["phones"], told["receipts"], told["stored"], told["purged"]) == (True, 2, 2, 2, True)
    assert store.ask(chain.newest, "room.rehearsed").subject == f"motion:{vote.motion}"
    out = tmp_path / "零票报告.pdf"
    made = consult(*begin, "zero", str(vote.motion), "--out", str(out))
    assert (made.returncode, made.stderr) == (0, "")
    report = json.loads(made.stdout)
    assert (report["participations"], report["slips"]) == (0, 9)
    entry = store.ask(chain.newest, "room.zeroed")
    assert (report["seq"], report["digest"]) == (entry.seq, entry.digest)
    told = text_of(out.read_bytes())
    assert "2部模拟手机，收到回执2份" in told
    assert f"第{entry.seq}条，{entry.digest[:8].upper()}" in told
    assert out.read_bytes() == store.ask(documents.pdf, store.ask(documents.document_by_code, report["code"]).id)


def test_a_box_with_a_vote_in_it_gives_no_zero_report(folder: Settings, vote, tmp_path: Path) -> None:
    vote.cast(0)
    out = tmp_path / "零票报告.pdf"
    done = consult("--data", str(folder.data), "motion", "zero", str(vote.motion), "--out", str(out))
    assert (done.returncode, done.stdout) == (2, "")
    assert "不能出零票报告" in done.stderr
    assert not out.exists()


@pytest.mark.parametrize(("motion", "phones"), [("99", "2"), ("1", "0"), ("1", "301")])
def test_no_rehearsal_of_nothing_or_of_none(folder: Settings, vote, motion: str, phones: str) -> None:
    done = consult("--data", str(folder.data), "motion", "rehearse", motion, "--phones", phones)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("\n") == 1


def test_threat_08_a_printed_head_is_held_against_the_chain(folder: Settings, store, vote, tmp_path: Path) -> None:
    begin, out = ("--data", str(folder.data), "--json", "audit"), tmp_path / "链头单.pdf"
    made = consult(*begin, "head", "--out", str(out))
    assert (made.returncode, made.stderr) == (0, "")
    head = json.loads(made.stdout)
    assert out.read_bytes().startswith(b"%PDF")
    assert store.ask(chain.newest, "head.printed").facts["digest"] == head["head"]
    typed = f"{head['entries']}:{head['head'].upper()}"
    held = consult(*begin, "verify", "--head", typed)
    assert (held.returncode, json.loads(held.stdout)["compared"]) == (0, 1)
    other = consult("--data", str(folder.data), "audit", "verify", "--head", f"{head['entries']}:{'0' * 64}")
    assert (other.returncode, other.stdout) == (2, "")
    assert f"第 {head['entries']} 条断开：与印出的链头不符" in other.stderr
