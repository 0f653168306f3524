from datetime import date

import pytest

from consult_app.audit import chain
from consult_app.kernel.errors import Blank, Missing
from consult_app.storage.store import Store
from consult_app.voting import local_rules
from consult_app.voting.adopting import PackAdopted, PackTooLarge, adopt_pack, withdraw_pack
from consult_app.voting.rulebook import BadPack
from tests.fixtures import SECRETARY

DAY = date(2026, 11, 22)

CITY = """
[pack]
name = "示范市规则"

[[rule]]
as = "owners_committee.meeting"
id = "owners_committee.meeting"
valid_from = 2026-01-01
participation = { op = ">=", ratio = "2/3" }
"""

DISTRICT = """
[pack]
name = "示范区规则"

[[rule]]
as = "city.only"
id = "district.only"
valid_from = 2026-01-01
"""

ONLY = CITY.replace('\nid = "owners_committee.meeting"', '\nid = "city.only"')


def adopt(store: Store, text: str, file: str = "示范市.toml") -> int:
    return store.do(SECRETARY, adopt_pack, file, text.encode())


def test_a_local_pack_lies_over_the_national_rule_and_is_named_as_its_source(store: Store) -> None:
    adopt(store, CITY)
    rule = store.ask(local_rules.book).rule("owners_committee.meeting", DAY)
    assert rule.source == "示范市规则"
    assert rule.participation is not None
    assert (rule.participation.op, str(rule.participation.ratio)) == (">=", "2/3")
    assert [pack.name for pack in store.ask(local_rules.packs)] == ["示范市规则"]


def test_a_withdrawn_pack_leaves_the_national_rule(store: Store) -> None:
    number = adopt(store, CITY)
    store.do(SECRETARY, withdraw_pack, number, "规定已废止")
    assert store.ask(local_rules.book).rule("owners_committee.meeting", DAY).source == "国家规定"
    with pytest.raises(Missing):
        store.do(SECRETARY, withdraw_pack, number, "再停一次")
    assert store.ask(chain.history, [f"rules:{number}"])[0].words == "停用地方规则「示范市规则」，理由：规定已废止"


def test_a_pack_that_others_build_on_cannot_be_withdrawn(store: Store) -> None:
    number = adopt(store, ONLY)
    adopt(store, DISTRICT, "示范区.toml")
    with pytest.raises(BadPack, match="示范区"):
        store.do(SECRETARY, withdraw_pack, number, "规定已废止")
    assert len(store.ask(local_rules.packs)) == 2


@pytest.mark.parametrize("text", ["", "这不是规则", '[pack]\nname = "空"', CITY.replace("2/3", "2/0")])
def test_a_pack_that_makes_no_sense_is_refused_and_nothing_is_stored(store: Store, text: str) -> None:
    with pytest.raises(BadPack, match="示范市"):
        adopt(store, text)
    assert store.ask(local_rules.packs) == ()


def test_the_same_pack_twice_too_large_and_without_reason_are_refused(store: Store) -> None:
    number = adopt(store, CITY)
    with pytest.raises(PackAdopted):
        adopt(store, CITY)
    with pytest.raises(PackTooLarge):
        adopt(store, "#" * 600_000)
    with pytest.raises(Blank):
        store.do(SECRETARY, withdraw_pack, number, " ")
