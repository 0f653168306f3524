"""The published list: the result follows from it by three routes, and one changed line is found by all three."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from consult_app.documents import pdf
from consult_app.documents.ballot_list import ballot_list_paper
from consult_app.documents.list_files import publish_list
from consult_app.kernel import resources
from consult_app.recount.listed import read_list, verify
from consult_app.recount.reading import Unreadable
from consult_app.voting import queries
from consult_app.voting.listing import BallotList, ListedBallot, ballot_list
from tests.consult_app.voting import estate
from tests.consult_app.web.test_phone import ARGUMENTS, CHROMIUM
from tests.fixtures import SECRETARY

CHOICES = ("for", "for", "for", "against", "abstain")
VOTERS = 40
JOINT = {"不同意合计": ["反对", "弃权", "填写无效"], "参与合计": ["同意", "反对", "弃权", "填写无效"]}


@pytest.fixture
def declared(store, owners_body, tmp_path):
    """A declared vote of two questions in which all but two of forty owners voted."""
    estate.owners_roll(store, tmp_path, owners_body, VOTERS)
    vote = estate.opened(store, owners_body, items=["同意筹集资金。", "同意委托业主委员会办理。"])
    for number in range(VOTERS - 2):
        vote.cast(number, {"1": CHOICES[number % 5], "2": CHOICES[number % 3]})
    vote.close()
    vote.declare()
    return vote


@pytest.fixture
def nearly_agreed(store, owners_body, tmp_path):
    """A declared vote of thirty in which one was against the first question, and two and three were divided on the second."""
    estate.owners_roll(store, tmp_path, owners_body, 30)
    vote = estate.opened(store, owners_body, items=["同意筹集资金。", "同意委托业主委员会办理。"])
    for number in range(30):
        second = "against" if number < 2 else "abstain" if number < 5 else "for"
        vote.cast(number, {"1": "against" if number == 29 else "for", "2": second})
    vote.close()
    vote.declare()
    return vote


@pytest.fixture
def published(declared, tmp_path) -> dict[str, Path]:
    """The files that are put up and handed out."""
    paths = []
    for name, content in publish_list(declared.store, SECRETARY, declared.motion):
        paths.append(tmp_path / name)
        paths[-1].write_bytes(content)
    return {path.suffix: path for path in paths}


@pytest.fixture(scope="module")
def page():
    """The static page in a browser that has no network."""
    if not CHROMIUM.exists():
        pytest.skip("needs Debian's chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=ARGUMENTS)
        context = browser.new_context(offline=True)
        opened = context.new_page()
        opened.goto(resources.path("verify", "verify.html").as_uri())
        yield opened
        browser.close()


def by_page(page: Any, data: Any) -> tuple[str, int]:
    """What the static page makes of a list: its verdict, and how many differences it names."""
    page.fill("#text", json.dumps(data, ensure_ascii=False))
    page.click("#check")
    return page.inner_text(".verdict"), page.locator("#answer li").count()


def by_pencil(data: Any) -> list[bool]:
    """Plain sums, as with a pencil: whether each printed sum is that of the lines."""
    right = []
    for place, code in enumerate(data["items"]):
        for each in (one for one in data["sums"] if one["item"] == code):
            lines = [line for line in data["lines"] if line[2 + place] in JOINT.get(each["choice"], [each["choice"]])]
            area = sum(round(float(data["classes"][line[1]]["value"]) * 100) for line in lines)
            rest, told = (round(float(each[name] or 0) * 100) for name in ("rest", "area"))
            right.append(len(lines) == each["heads"] and (each["area"] is None or area + rest == told))
    return right


@pytest.mark.parametrize("form", [".json", ".pdf"])
def test_the_result_follows_from_data_file_and_paper_by_three_routes(declared, published, page, form):
    assert verify(published[form]).agrees
    data = read_list(published[form])
    assert by_page(page, data) == ("与宣布的结果一致", 0)
    assert all(by_pencil(data))
    tally = declared.store.ask(queries.tally, declared.motion)
    assert data["outcomes"] == {item.code: "通过" if item.verdict.passed else "未通过" for item in tally.items}
    assert len(data["lines"]) == VOTERS - 2


def test_threat_28_where_areas_of_few_are_not_told_the_three_routes_still_agree(nearly_agreed, page, tmp_path):
    found = nearly_agreed.store.ask(ballot_list, nearly_agreed.motion)
    data, paper = found.to_dict(), tmp_path / "list.pdf"
    paper.write_bytes(_paper(found))
    assert {each["choice"] for each in data["sums"]} >= JOINT.keys()
    printed = read_list(paper)
    assert [printed[name] for name in ("lines", "sums")] == [data[name] for name in ("lines", "sums")]
    assert verify(paper).agrees
    assert by_page(page, data) == ("与宣布的结果一致", 0)
    assert all(by_pencil(data))


@pytest.mark.parametrize("lie", ["outcome", "choice", "left out"])
def test_threat_28_where_areas_of_few_are_not_told_a_lie_is_still_found(nearly_agreed, page, tmp_path, lie):
    data = nearly_agreed.store.ask(ballot_list, nearly_agreed.motion).to_dict()
    if lie == "outcome":
        data["outcomes"]["1"] = "未通过"
    elif lie == "choice":
        swap(data)
    else:
        data["sums"] = [each for each in data["sums"] if each["choice"] not in JOINT]
    path = tmp_path / "changed.json"
    path.write_text(json.dumps(data), "utf-8")
    assert not verify(path).agrees
    assert by_page(page, data)[0] == "与宣布的结果不一致"


def test_an_outcome_that_the_told_areas_leave_open_is_not_vouched_for(nearly_agreed, page, tmp_path):
    """By the classes 同意 may lie on either side of the half: both routes say that they cannot tell."""
    data = nearly_agreed.store.ask(ballot_list, nearly_agreed.motion).to_dict()
    for each in data["classes"].values():
        each["low"] = "0.00"
    path = tmp_path / "wide.json"
    path.write_text(json.dumps(data), "utf-8")
    assert any("按面积档不能断定" in line for line in verify(path).found)
    by_page(page, data)
    assert "按面积档不能断定" in page.inner_text("#answer")


def test_the_paper_says_what_the_data_file_says(published):
    told, printed = read_list(published[".json"]), read_list(published[".pdf"])
    for name in ("lines", "sums", "outcomes", "eligible", "present", "classes"):
        assert printed[name] == told[name], name


def test_every_voter_finds_the_own_line(declared, published):
    lines = {line[0]: line[2:] for line in read_list(published[".pdf"])["lines"]}
    words = {"for": "同意", "against": "反对", "abstain": "弃权"}
    for number in range(VOTERS - 2):
        chosen = [words[CHOICES[number % 5]], words[CHOICES[number % 3]]]
        assert lines[declared.slips[number].words] == chosen
    assert declared.slips[-1].words not in lines


def swap(data: dict[str, Any]) -> None:
    """Another choice in one line."""
    line = data["lines"][7]
    line[2] = _other(line[2])


def drop(data: dict[str, Any]) -> None:
    """A line left out."""
    del data["lines"][7]


def weigh(data: dict[str, Any]) -> None:
    """A line in another class of weight."""
    line = data["lines"][7]
    line[1] = "A" if line[1] != "A" else "B"


@pytest.mark.parametrize("change", [swap, drop, weigh])
def test_one_changed_line_is_found_by_all_three(declared, published, page, tmp_path, change: Callable[[Any], None]):
    data = json.loads(published[".json"].read_text("utf-8"))
    change(data)
    path = tmp_path / "changed.json"
    path.write_text(json.dumps(data), "utf-8")
    assert not verify(path).agrees
    verdict, differences = by_page(page, data)
    assert (verdict, differences > 0) == ("与宣布的结果不一致", True)
    assert not all(by_pencil(data))


def reworded(line: ListedBallot) -> ListedBallot:
    """A line with another choice."""
    return replace(line, choices=(_other(line.choices[0]), *line.choices[1:]))


def reweighed(line: ListedBallot) -> ListedBallot:
    """A line in another class of weight."""
    return replace(line, weight="A" if line.weight != "A" else "B")


@pytest.mark.parametrize("change", [reworded, reweighed])
def test_one_changed_line_of_the_paper_is_found_by_all_three(
    declared, page, tmp_path, change: Callable[[ListedBallot], ListedBallot]
):
    found = declared.store.ask(ballot_list, declared.motion)
    first, *rest = found.lines
    path = tmp_path / "changed.pdf"
    path.write_bytes(_paper(replace(found, lines=(change(first), *rest))))
    assert not verify(path).agrees
    verdict, differences = by_page(page, read_list(path))
    assert (verdict, differences > 0) == ("与宣布的结果不一致", True)
    assert not all(by_pencil(read_list(path)))


def test_a_false_outcome_is_found(published, page, tmp_path):
    data = json.loads(published[".json"].read_text("utf-8"))
    data["outcomes"]["1"] = "未通过" if data["outcomes"]["1"] == "通过" else "通过"
    path = tmp_path / "changed.json"
    path.write_text(json.dumps(data), "utf-8")
    assert [line for line in verify(path).differences if "宣布为" in line]
    assert by_page(page, data)[0] == "与宣布的结果不一致"


def test_an_area_cannot_hide_in_the_rest(published, page, tmp_path):
    data = json.loads(published[".json"].read_text("utf-8"))
    agreed = data["sums"][0]
    agreed["rest"], agreed["area"] = (f"{float(agreed[name]) + 900:.2f}" for name in ("rest", "area"))
    path = tmp_path / "changed.json"
    path.write_text(json.dumps(data), "utf-8")
    assert not verify(path).agrees
    assert by_page(page, data)[0] == "与宣布的结果不一致"


def test_the_page_asks_the_network_for_nothing():
    text = resources.path("verify", "verify.html").read_text("utf-8")
    assert "http:" not in text.replace("http-equiv", "")
    assert "https:" not in text
    assert "default-src 'none'" in text


@pytest.mark.parametrize("content", [b"", b"{}", b"[1]", b"%PDF-1.7 nothing"])
def test_what_is_no_list_is_named(tmp_path, content):
    path = tmp_path / "list.json"
    path.write_bytes(content)
    with pytest.raises(Unreadable):
        verify(path)


def _other(choice: str) -> str:
    return "反对" if choice != "反对" else "同意"


def _paper(found: BallotList) -> bytes:
    return pdf.render(
        ballot_list_paper(found, "2026年11月22日"), code="X", token=None, issued=datetime(2026, 11, 22, tzinfo=UTC)
    )
