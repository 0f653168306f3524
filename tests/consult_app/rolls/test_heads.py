"""Heads by 司法解释(法释〔2020〕17号) art. 9, on small rolls and by properties."""

from hypothesis import given
from hypothesis import strategies as st

from consult_app.rolls.heads import DEVELOPER, HeadKind, count, heads, resolve, total_area
from consult_app.rolls.rules import Person, Unit, UnitStatus, Usage, unfit


def unit(serial, owners, area=10000, status=UnitStatus.DELIVERED, usage=Usage.DWELLING):
    return Unit(serial, "9", "", f"{serial:03d}", area, usage, status, tuple(owners))


def people(*names):
    return tuple(Person(at, name) for at, name in enumerate(names, start=1))


def test_article_9_one_owner_of_fifteen_flats_is_one_head_with_all_their_area():
    """The Shanghai case: fifteen signed ballots of one owner are one."""
    found = heads([unit(at, [1]) for at in range(1, 16)], people("甲"))
    assert [(head.kind, head.area, len(head.units)) for head in found] == [(HeadKind.SEVERAL_UNITS, 150_000, 15)]
    assert "第九条" in found[0].reason


def test_article_9_all_that_the_developer_has_not_sold_or_delivered_is_one_head():
    units = [unit(1, [1], status=UnitStatus.UNSOLD), unit(2, [1], status=UnitStatus.UNSOLD), unit(3, [2], status=UnitStatus.UNDELIVERED), unit(4, [3])]  # fmt: skip
    found = heads(units, people("嘉和公司", "买受人", "甲"))
    assert [head.key for head in found] == [DEVELOPER, "p3"]
    assert found[0].label == "嘉和公司（建设单位）"
    assert "未售 2 套、未交付 1 套" in found[0].reason


def test_the_developer_is_named_once_and_a_waiting_buyer_never_in_its_stead():
    company, buyer = Person(1, "嘉和公司", legal=True), Person(3, "甲")
    again = Person(2, "嘉和公司", legal=True)
    waiting = unit(3, [3], status=UnitStatus.UNDELIVERED)
    unsold = [unit(1, [1], status=UnitStatus.UNSOLD), unit(2, [2], status=UnitStatus.UNSOLD), waiting]
    assert heads(unsold, (company, again, buyer))[0].label == "嘉和公司（建设单位）"
    assert heads([waiting], (buyer,))[0].label == "建设单位"


def test_co_owners_of_one_name_are_both_named():
    (only,) = heads([unit(1, [1, 2])], people("甲", "甲"))
    assert only.label == "甲、甲"


def test_a_delivered_flat_of_the_same_buyer_stays_apart_from_the_developers_head():
    found = heads([unit(1, [2], status=UnitStatus.UNDELIVERED), unit(2, [2])], people("嘉和公司", "甲"))
    assert [head.key for head in found] == [DEVELOPER, "p2"]


def test_the_developers_own_delivered_unit_is_in_its_one_head():
    units = [unit(1, [1], status=UnitStatus.UNSOLD), unit(2, [1]), unit(3, [4]), unit(4, [1, 2]), unit(5, [3])]
    owners = people("嘉和公司", "甲", "乙", "嘉和公司")
    found = heads(units, owners, joins={4: 1})
    assert [(head.key, head.units) for head in found] == [(DEVELOPER, (1, 2, 3)), ("p1+p2", (4,)), ("p3", (5,))]
    assert "未售 1 套、自有 2 套，合计 300.00 ㎡" in found[0].reason
    assert count(units) == 4


def test_co_owners_are_one_head_keyed_by_their_set():
    units = [unit(1, [1, 2]), unit(2, [2, 1]), unit(3, [1]), unit(4, [3])]
    found = heads(units, people("夫", "妻", "丙"))
    assert [(head.key, head.area) for head in found] == [("p1+p2", 20000), ("p1", 10000), ("p3", 10000)]
    assert found[0].kind is HeadKind.CO_OWNERS


def test_namesakes_without_numbers_are_not_joined_until_someone_finds_them_one():
    units, owners = [unit(1, [1]), unit(2, [2]), unit(3, [3])], people("甲", "甲", "甲")
    assert len(heads(units, owners)) == 3
    assert [head.key for head in heads(units, owners, joins={2: 1})] == ["p1", "p3"]
    assert [head.key for head in heads(units, owners, joins={2: 1, 3: 2})] == ["p1"]


def test_parking_counts_only_where_the_rules_say_so():
    units = [unit(1, [1]), unit(2, [2], area=1250, usage=Usage.PARKING)]
    assert total_area(heads(units, people("甲", "乙"))) == 10000
    assert len(heads(units, people("甲", "乙"), count_parking=True)) == 2


def test_joinings_that_go_in_a_ring_still_end():
    assert resolve({1: 2, 2: 1}, 1) in (1, 2)


OWNED = st.lists(
    st.tuples(st.lists(st.integers(1, 6), min_size=1, max_size=3, unique=True), st.integers(1, 50000), st.sampled_from(UnitStatus)),
    max_size=30,
)  # fmt: skip


@given(OWNED, st.randoms())
def test_heads_never_depend_on_the_order_of_lines_and_lose_no_area(owned, chance):
    units = [unit(at, owners, area, status) for at, (owners, area, status) in enumerate(owned, start=1)]
    everyone = people(*"甲乙丙丁戊己")
    expected = {(head.key, head.area, frozenset(head.units)) for head in heads(units, everyone)}
    chance.shuffle(units)
    found = heads(units, everyone)
    assert {(head.key, head.area, frozenset(head.units)) for head in found} == expected
    assert total_area(found) == sum(each.area for each in units)
    assert count(units) == len(found) <= len(units)


@given(OWNED, st.dictionaries(st.integers(1, 6), st.integers(1, 6)))
def test_a_joining_never_makes_more_heads(owned, joins):
    units = [unit(at, owners, area, status) for at, (owners, area, status) in enumerate(owned, start=1)]
    everyone = people(*"甲乙丙丁戊己")
    acyclic = {person: same for person, same in joins.items() if same < person}
    assert len(heads(units, everyone, joins=acyclic)) <= len(heads(units, everyone))


def test_a_roll_that_lacks_something_names_the_line():
    lacking = (unit(1, []), unit(2, [1], status=UnitStatus.UNKNOWN), unit(3, [1], area=0), unit(4, [1]))
    assert unfit(lacking, people("甲")) == ("9号楼001缺少业主", "9号楼002缺少交付情况", "9号楼003缺少面积")
    assert unfit((), ()) == ("名册是空的",)
    assert unfit((unit(4, [1]),), people("甲")) == ()
