"""The story by the command line alone: play, serve, vote by plain forms, close, count, export, verify, tamper."""

import csv
import sqlite3
import zipfile
from collections import Counter
from fractions import Fraction
from itertools import cycle
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from tests.stories.phone import Phone
from tests.stories.program import answer, consult, serving

CHOICES = ("for", "for", "against", "for", "abstain", "for")


@pytest.fixture(scope="module")
def voted(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The story played to the open vote, and all but seven of a hundred links voted with over HTTP."""
    story = answer("demo", "--out", tmp_path_factory.mktemp("story"), "--stage", "voting")
    with Path(story["files"]["links"]).open(encoding="utf-8", newline="") as lines:
        links = list(csv.DictReader(lines))
    story["before"] = answer("--data", story["data"], "motion", "tally", str(story["motion"]))
    story["votes"] = []
    with serving(Path(story["data"])) as server:
        phone = Phone(server.address)
        for link, choice in zip(links[:-7], cycle(CHOICES), strict=False):
            receipt = phone.vote(link["path"], choice)
            assert receipt.status == 200, receipt.text
            story["votes"].append((link["path"], choice))
        again = [phone.get(link["path"]) for link in links[:5]]
        story["again"] = [page.status for page in again]
        story["pages"] = [page.text for page in again]
        story["missing"] = len(links) - len(story["votes"])
        phone.close()
    story["open"] = answer("--data", story["data"], "motion", "tally", str(story["motion"]))
    return story


@pytest.fixture(scope="module")
def closed(voted: dict[str, Any]) -> dict[str, Any]:
    """The same after `motion close`."""
    consult("--data", voted["data"], "motion", "close", str(voted["motion"]))
    return voted | {"closed": answer("--data", voted["data"], "motion", "tally", str(voted["motion"]))}


def test_tally_shows_turnout_only_while_the_vote_is_open(voted: dict[str, Any]) -> None:
    assert voted["before"]["participating"] == {"heads": 0, "area": "0.00"}
    assert voted["open"]["state"] == "open"
    assert voted["open"]["participating"]["heads"] == len(voted["votes"])
    assert voted["open"]["channels"]["phone"] == len(voted["votes"])
    assert not {"choices", "verdict"} & voted["open"].keys()


def test_second_use_of_a_slip_says_when_and_how_it_was_used(voted: dict[str, Any]) -> None:
    assert set(voted["again"]) == {409}
    assert all("手机" in page and "年" in page for page in voted["pages"])


def test_choices_equal_an_independent_count(closed: dict[str, Any]) -> None:
    counted = Counter(choice for _, choice in closed["votes"])
    shown = closed["closed"]["choices"]["1"]
    assert {choice: shown[choice]["ballots"] for choice in counted} == counted
    assert {choice: shown[choice]["heads"] for choice in counted} == counted


def test_areas_equal_an_independent_count(closed: dict[str, Any]) -> None:
    """Weights by other means: plain SQL over the frozen roll, in the order of the slips."""
    areas = Counter[str]()
    with sqlite3.connect(f"file:{closed['data']}/consult.db?mode=ro", uri=True) as db:
        rows = db.execute(
            "SELECT elector_id, area FROM credential JOIN elector ON elector.id = elector_id ORDER BY serial"
        )
        weights = [area for _, area in rows.fetchall()]
    db.close()
    for (_, choice), area in zip(closed["votes"], weights, strict=False):
        areas[choice] += area
    shown = closed["closed"]["choices"]["1"]
    assert {choice: shown[choice]["area"] for choice in areas} == {
        choice: f"{area // 100}.{area % 100:02d}" for choice, area in areas.items()
    }


def test_verdict_equals_an_independent_reading_of_article_278(closed: dict[str, Any]) -> None:
    tally = closed["closed"]
    passed = True
    for measure in ("heads", "area"):
        eligible, took_part = (Fraction(tally[base][measure]) for base in ("eligible", "participating"))
        in_favour = Fraction(tally["choices"]["1"]["for"][measure])
        passed &= took_part >= eligible * Fraction(2, 3) and in_favour > took_part / 2
    assert tally["verdict"]["passed"] is passed


def test_minutes_tell_the_result_once_the_vote_is_closed(closed: dict[str, Any], tmp_path: Path) -> None:
    target = tmp_path / "minutes.pdf"
    consult("--data", closed["data"], "minutes", "export", str(closed["meeting"]), "--pdf", target)
    text = _text(target)
    tally = closed["closed"]
    in_favour, took_part = tally["choices"]["1"]["for"]["heads"], tally["participating"]["heads"]
    assert "业主大会会议纪要" in text
    assert f"{in_favour}人/{took_part}人" in text


def test_audit_chain_holds_until_an_entry_is_changed(closed: dict[str, Any], tmp_path: Path) -> None:
    copied = tmp_path / "consult.db"
    with sqlite3.connect(f"{closed['data']}/consult.db") as source, sqlite3.connect(copied) as target:
        source.backup(target)
        target.execute("UPDATE audit_entry SET actor = 'x' WHERE seq = 40")
    source.close()
    target.close()
    assert answer("--data", closed["data"], "--json", "audit", "verify")["ok"]
    broken = consult("--data", tmp_path, "audit", "verify", exit_code=2)
    assert "第 40 条" in broken.stderr


def test_bundle_holds_until_a_byte_of_a_paper_is_changed(tmp_path: Path) -> None:
    story = answer("demo", "--out", tmp_path / "story", "--voters", "10")
    bundle = Path(story["files"]["bundle"])
    consult("archive", "verify", bundle)
    forged = tmp_path / "forged.zip"
    with zipfile.ZipFile(bundle) as source, zipfile.ZipFile(forged, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            target.writestr(name, content[:-1] + b" " if name.startswith("01正文/08") else content)
    refused = consult("archive", "verify", forged, exit_code=2)
    assert "01正文/08" in refused.stdout + refused.stderr


def _text(path: Path) -> str:
    pdf = pypdfium2.PdfDocument(path)
    try:
        return "".join("".join(page.get_textpage().get_text_range().split()) for page in pdf)
    finally:
        pdf.close()
