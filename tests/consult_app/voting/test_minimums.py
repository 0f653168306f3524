"""A local rule below the law is pointed out: civil-code-278 binds every city."""

import pytest

from consult_app.voting import rulebook
from consult_app.voting.minimums import below_national

PACK = '[pack]\nname = "示范市规则"\n[[rule]]\nas = "{model}"\nid = "{id}"\nvalid_from = 2026-01-01\n{more}\n'


def lowered(more: str, model: str = "owners.ordinary", id: str = "") -> tuple[str, ...]:
    text = PACK.format(model=model, id=id or model, more=more)
    book = rulebook.lay_over(rulebook.load(), "示范市.toml", text.encode())
    return below_national(book, book.rules[-1])


def share(gate: str, op: str, ratio: str, base: str = "participating") -> str:
    return f'{gate} = {{ base = "{base}", op = "{op}", ratio = "{ratio}" }}'


@pytest.mark.parametrize(
    "more",
    [
        "",
        share("approval", ">", "2/3"),
        share("approval", ">", "1/2", "all"),
        share("participation", ">", "2/3", "all"),
        "notice_days = 20",
    ],
)
def test_what_asks_for_as_much_or_more_than_the_law_is_silent(more: str) -> None:
    assert lowered(more) == ()


@pytest.mark.parametrize(
    ("more", "words"),
    [
        (share("approval", ">=", "1/2"), "同意比例为半数以上，低于国家规定的过半数"),
        (share("participation", ">", "1/2", "all"), "参与比例为全体的过半数，低于国家规定的全体的三分之二以上"),
        ('measures = ["heads"]', "只按人数计算，国家规定面积和人数都要达到"),
        ("notice_days = 7", "提前 7 天通知，少于国家规定的 15 天"),
    ],
)
def test_what_asks_for_less_than_civil_code_278_is_said(more: str, words: str) -> None:
    (said,) = lowered(more)
    assert said.endswith(words)


def test_an_item_taken_over_under_another_name_is_held_to_its_law() -> None:
    (said,) = lowered("items = [6]", id="city.fund")  # 筹集维修资金 needs 3/4
    assert "低于国家规定的四分之三以上" in said


def test_a_share_of_those_who_came_never_stands_for_one_of_all() -> None:
    (said,) = lowered(share("approval", ">", "2/3", "present"), "owners_committee.meeting")
    assert "到会的超过三分之二，低于国家规定的全体的过半数" in said


def test_a_variant_that_the_national_rule_knows_is_lawful() -> None:  # 指导规则: 全体委员半数以上
    assert lowered(share("approval", ">=", "1/2", "all"), "owners_committee.meeting") == ()


def test_an_election_made_open_is_said() -> None:
    assert any("须无记名" in said for said in lowered("secret = false", "village.election"))


def test_national_rules_are_never_below_themselves() -> None:
    book = rulebook.load()
    assert [words for rule in book.rules for words in below_national(book, rule)] == []
