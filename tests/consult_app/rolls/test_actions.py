from datetime import date

import pytest

from consult_app.audit import chain
from consult_app.kernel.errors import Blank, Missing, Refused
from consult_app.kernel.resources import path as resource
from consult_app.rolls import actions, corrections, joins, listing, queries
from consult_app.rolls.entries import PersonEntry, UnitEntry
from consult_app.rolls.extract import extract
from consult_app.rolls.headings import Field
from consult_app.rolls.plan import plan
from consult_app.rolls.rules import Electorate, RollKind, UnitStatus
from consult_app.rolls.workbook import read
from tests.consult_app.rolls.books import HEADING, book, number, rows_of, taken
from tests.fixtures import SECRETARY

DAY = date(2026, 11, 22)


@pytest.fixture
def estate(store, owners_body):
    """The number of the accepted sample roll."""
    found = taken(resource("samples", "owners-small.xlsx"))
    return store.do(SECRETARY, actions.accept_import, owners_body, found, DAY)


@pytest.fixture
def village(store, village_body):
    """The number of the accepted sample village."""
    found = taken(resource("samples", "village.xlsx"), RollKind.PEOPLE)
    return store.do(SECRETARY, actions.accept_import, village_body, found, DAY)


def change(store, roll, unit_id, reason="买卖过户", **fields):
    entry = store.ask(corrections.unit_entry, unit_id)
    store.do(SECRETARY, corrections.change_unit, unit_id, UnitEntry(**{**vars(entry), **fields}), reason)


def test_an_accepted_roll_gives_the_same_heads_as_the_file(store, owners_body, estate):
    heads = store.ask(queries.heads, estate)
    assert (len(heads), sum(head.area for head in heads)) == (100, 1180586)
    assert len(store.ask(queries.units, estate)) == 109
    roll = store.ask(queries.current_roll, owners_body)
    assert roll is not None
    assert (roll.id, roll.kind, roll.as_of, roll.source_name) == (estate, RollKind.OWNERS, DAY, "owners-small.xlsx")
    assert roll.report["heads"] == 100


def test_an_import_is_witnessed_with_the_files_digest(store, owners_body, estate):
    (entry,) = [entry for entry in store.ask(chain.history, [f"body:{owners_body}"]) if entry.event == "roll.imported"]
    assert "109 套 11,805.86 ㎡，业主 100 人，9 行未采用" in entry.words
    assert len(entry.facts["sha256"]) == 64
    assert store.ask(chain.verify).broken is None


def test_a_newer_roll_is_current_and_the_older_stays(store, tmp_path, owners_body, estate):
    newer = store.do(
        SECRETARY, actions.accept_import, owners_body, rows_of(tmp_path, ("1-1-101", "甲", 80, "", "", "")), DAY
    )
    assert store.ask(queries.current_roll, owners_body).id == newer
    assert [roll.id for roll in store.ask(queries.rolls, owners_body)] == [newer, estate]
    assert len(store.ask(queries.units, estate)) == 109


def test_an_import_without_one_good_line_changes_nothing(store, tmp_path, owners_body, estate):
    bad = rows_of(tmp_path, ("1-1-101", "甲", "八十", "", "", ""))
    head = store.ask(chain.head)
    with pytest.raises(actions.NothingTaken):
        store.do(SECRETARY, actions.accept_import, owners_body, bad, DAY)
    assert store.ask(queries.current_roll, owners_body).id == estate
    assert store.ask(chain.head) == head


def test_a_village_takes_no_roll_of_flats(store, tmp_path, village_body):
    with pytest.raises(actions.WrongKind, match="人员名册"):
        store.do(
            SECRETARY, actions.accept_import, village_body, rows_of(tmp_path, ("1-1-101", "甲", 80, "", "", "")), DAY
        )


def test_a_body_without_a_roll_has_none(store, owners_body):
    assert store.ask(queries.current_roll, owners_body) is None
    with pytest.raises(Missing):
        store.ask(queries.roll, 99)


def test_the_villages_electors_are_those_of_its_truth(store, village):
    assert len(store.ask(queries.electors, village, Electorate.ADULTS, DAY)) == 844
    assert len(store.ask(queries.electors, village, "representatives", DAY)) == 31
    assert len(store.ask(queries.electors, village, "households", DAY)) <= 318


def test_a_list_of_members_stands_beside_the_roll(store, tmp_path, owners_body, estate):
    found = taken(book(tmp_path / "委员.xlsx", [("姓名", "电话"), ("甲", "13800000000"), ("乙", "")]), RollKind.MEMBERS)
    members = store.do(SECRETARY, actions.accept_import, owners_body, found, DAY)
    assert store.ask(queries.current_roll, owners_body).id == estate
    assert store.ask(queries.current_roll, owners_body, "members").id == members
    assert [e.label for e in store.ask(queries.electors, members, "members", DAY)] == ["甲", "乙"]
    assert store.ask(queries.obstacles, members) == ()


def test_joining_two_lines_makes_one_head_and_can_be_undone(store, tmp_path, owners_body):
    found = rows_of(tmp_path, ("1-1-101", "甲", 80, "", "", ""), ("1-1-102", "甲", 90, "", "", ""))
    roll = store.do(SECRETARY, actions.accept_import, owners_body, found, DAY)
    (proposal,) = store.ask(queries.proposals, roll)
    joining = store.do(SECRETARY, actions.join_people, proposal.person, proposal.same_as, "本人到场，出示证件")
    (head,) = store.ask(queries.heads, roll)
    assert head.area == 17000
    assert [fact.evidence for fact in store.ask(queries.joinings, roll)] == ["本人到场，出示证件"]
    store.do(SECRETARY, actions.separate_people, joining, "两人同名")
    assert len(store.ask(queries.heads, roll)) == 2
    with pytest.raises(actions.NotJoined):
        store.do(SECRETARY, actions.separate_people, joining, "再次")


def test_different_numbers_are_never_joined_and_evidence_is_required(store, tmp_path, owners_body):
    found = rows_of(tmp_path, ("1-1-101", "甲", 80, number(1), "", ""), ("1-1-102", "甲", 90, number(2), "", ""))
    roll = store.do(SECRETARY, actions.accept_import, owners_body, found, DAY)
    first, second = store.ask(queries.people, roll)
    with pytest.raises(joins.DifferentNumbers):
        store.do(SECRETARY, actions.join_people, first.id, second.id, "同名")
    with pytest.raises(Blank):
        store.do(SECRETARY, actions.join_people, first.id, second.id, " ")


def test_a_sale_changes_the_owner_and_keeps_what_was(store, estate):
    unit = store.ask(queries.units, estate)[0]
    change(store, estate, unit.id, owners=(("新业主", number(7)),))
    assert store.ask(corrections.unit_entry, unit.id).owners == (("新业主", number(7)),)
    (history,) = store.ask(queries.history, f"unit:{unit.id}")
    assert [owner[0] for owner in history.before["业主"]] == ["黄明子", "叶诺文"]
    assert (history.reason, history.changed_by) == ("买卖过户", SECRETARY.name)
    assert len(store.ask(queries.heads, estate)) == 100
    assert not store.ask(listing.find_people, estate, "黄明子")


def test_a_correction_that_changes_nothing_leaves_no_trace(store, estate):
    unit = store.ask(queries.units, estate)[0]
    head = store.ask(chain.head)
    change(store, estate, unit.id)
    assert store.ask(queries.history, f"unit:{unit.id}") == ()
    assert store.ask(chain.head) == head


def test_a_buyer_with_a_known_number_is_the_known_owner(store, estate):
    units = {unit.place: unit for unit in store.ask(queries.units, estate)}
    buyer = ("万行诺", "000000199205113828")
    change(store, estate, units["1", "1", "101"].id, owners=(buyer,))
    (head,) = [head for head in store.ask(queries.heads, estate) if head.names == ("万行诺",)]
    assert len(head.units) == 2
    with pytest.raises(corrections.OtherName, match="万行诺"):
        change(store, estate, units["1", "1", "201"].id, owners=(("别人", buyer[1]),))


def test_a_joined_owner_whose_twin_sold_all_still_counts(store, tmp_path, owners_body):
    found = rows_of(tmp_path, ("1-1-101", "甲", 80, "", "", ""), ("1-1-102", "甲", 90, "", "", ""))
    roll = store.do(SECRETARY, actions.accept_import, owners_body, found, DAY)
    first, second = store.ask(queries.units, roll)
    store.do(SECRETARY, actions.join_people, second.owners[0], first.owners[0], "本人到场")
    change(store, roll, first.id, owners=(("乙", ""),))
    assert sorted(head.label for head in store.ask(queries.heads, roll)) == ["乙", "甲"]


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"area": "八十"}, "area"),
        ({"area": "-1"}, "area"),
        ({"area": "80.123"}, "area"),
        ({"owners": ()}, "owners"),
        ({"owners": (("甲", "000000196001011230"),)}, "owners"),
        ({"owners": (("", ""),)}, "owners"),
        ({"room": ""}, "room"),
        ({"room": "102"}, "room"),
    ],
)
def test_a_bad_correction_is_refused_beside_its_field_and_changes_nothing(store, estate, fields, field):
    unit = store.ask(queries.units, estate)[0]
    before = store.ask(corrections.unit_entry, unit.id)
    with pytest.raises(Refused) as refused:
        change(store, estate, unit.id, **fields)
    assert refused.value.field == field
    assert store.ask(corrections.unit_entry, unit.id) == before


def test_a_roll_can_be_written_by_hand(store, owners_body):
    roll = store.do(SECRETARY, actions.begin_by_hand, owners_body, "owners", DAY)
    entry = UnitEntry("1号楼", "1单元", "101", "89.5㎡", (("甲", ""), ("乙", "")), phone="138-0000-0000")
    added = store.do(SECRETARY, corrections.add_unit, roll, entry, "补录")
    (line,) = store.ask(listing.lines, roll)
    assert (line.id, line.place, line.owners, line.area, line.phone) == (
        added,
        "1号楼1单元101",
        "甲、乙",
        8950,
        "13800000000",
    )
    with pytest.raises(corrections.UnitExists):
        store.do(SECRETARY, corrections.add_unit, roll, entry, "补录")
    store.do(SECRETARY, corrections.strike_unit, added, "录错")
    assert store.ask(listing.lines, roll) == ()
    assert store.ask(queries.obstacles, roll) == ("名册是空的",)


def test_villagers_are_added_corrected_and_struck(store, village):
    entry = PersonEntry("甲", number(1), household="0999", group="1组", representative=True)
    added = store.do(SECRETARY, corrections.add_person, village, entry, "迁入")
    assert len(store.ask(queries.electors, village, "representatives", DAY)) == 32
    with pytest.raises(corrections.PersonExists):
        store.do(SECRETARY, corrections.add_person, village, entry, "迁入")
    store.do(SECRETARY, corrections.change_person, added, PersonEntry("甲", number(1), household="0999"), "不再担任")
    assert len(store.ask(queries.electors, village, "representatives", DAY)) == 31
    assert store.ask(corrections.person_entry, added).birth == "1970-01-01"
    store.do(SECRETARY, corrections.strike_person, added, "迁出")
    assert len(store.ask(queries.people, village)) == 1070


def test_an_owner_with_a_flat_cannot_be_struck(store, estate):
    person = store.ask(queries.people, estate)[0]
    with pytest.raises(corrections.Unreadable, match="名下还有房屋"):
        store.do(SECRETARY, corrections.strike_person, person.id, "误")


def test_the_list_is_found_by_name_room_phone_and_initials(store, estate):
    for search in ("黄明子", "hmz", "HMZ", "1-1-101", "1号楼1单元101", "15235139848"):
        assert "1号楼1单元101" in [line.place for line in store.ask(listing.lines, estate, search=search)], search
    assert store.ask(listing.line_count, estate, "S07") == 1
    assert store.ask(listing.lines, estate, search="100%") == ()
    assert [line.id for line in store.ask(listing.lines, estate, offset=2, limit=3)] == [
        line.id for line in store.ask(listing.lines, estate)[2:5]
    ]
    assert len(store.ask(listing.lines, estate, search="tgt")) == len(store.ask(listing.find_people, estate, "tgt")) + 1


def test_people_are_found_with_where_they_live(store, village):
    (found, *_) = store.ask(listing.find_people, village, "xzy")
    assert (found.name, found.where) == ("许志宇", "2组 0001户")


def test_an_unknown_status_keeps_a_roll_from_being_frozen(store, tmp_path, owners_body):
    heading = ("房屋坐落", "业主", "面积", "交付情况")
    found = taken(book(tmp_path / "a.xlsx", [heading, ("1-1-101", "甲", 80, "")]))
    roll = store.do(SECRETARY, actions.accept_import, owners_body, found, DAY)
    assert store.ask(queries.obstacles, roll) == ("1号楼1单元101缺少交付情况",)
    change(store, roll, store.ask(queries.units, roll)[0].id, status=UnitStatus.DELIVERED)
    assert store.ask(queries.obstacles, roll) == ()


def test_the_columns_of_an_accepted_file_are_remembered(store, tmp_path, owners_body):
    sheets = read(book(tmp_path / "a.xlsx", [("地址", "住户", "业主", "面积"), ("1-1-101", "甲", "乙", 80)]))
    made = plan(sheets, RollKind.OWNERS)
    guessed = made.read[0].mapping
    assert guessed is not None
    corrected = made.with_mapping("名册", guessed.with_column(Field.OWNER, 1))
    store.do(SECRETARY, actions.accept_import, owners_body, extract(corrected), DAY)
    again = plan(sheets, RollKind.OWNERS, remembered=store.ask(queries.remembered, RollKind.OWNERS))
    assert [each.mapping and each.mapping.column(Field.OWNER) for each in again.read] == [1]
    assert HEADING not in store.ask(queries.remembered, RollKind.OWNERS)
