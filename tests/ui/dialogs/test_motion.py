"""起草表决: who decides and what silence means are chosen by a person, never guessed."""

from datetime import timedelta

import pytest

from consult_app.voting import queries
from consult_app.voting.adopting import adopt_pack
from tests.consult_app.voting import estate
from tests.fixtures import SECRETARY
from ui.dialogs.motion import DraftMotion

LOW = """
[pack]
name = "示范市规则"
[[rule]]
as = "owners.special"
id = "owners.special"
valid_from = 2026-01-01
approval = { base = "participating", op = ">", ratio = "1/2" }
"""
CLAUSE = "第十二条　送达后逾期未交回的，视为同意已表决的多数意见。"


@pytest.fixture
def body(desk, store, owners_body, tmp_path):
    """An owners' assembly with nine flats in three buildings."""
    estate.owners_roll(store, tmp_path, owners_body)
    desk.turn_to(owners_body)
    return owners_body


@pytest.fixture
def sheet(qtbot, desk, store, body):
    """The sheet on a matter that was not screened, as far as its questions."""
    found = DraftMotion(desk, estate.matter(store, body))
    qtbot.addWidget(found)
    found.form.fill(items="同意更新电梯。", closes_at=store.now() + timedelta(hours=3), legal_mode="binding")
    return found


def drafted(sheet, store):
    sheet.action_button.click()
    return store.ask(queries.motion, sheet.made) if sheet.made else None


def shown(sheet, *names):
    return [not sheet.form.fields[name].block.isHidden() for name in names]


def test_no_rule_is_chosen_before_the_item_of_law(sheet, store):
    assert sheet.form.values("rule_id") == {"rule_id": None}
    assert drafted(sheet, store) is None
    assert sheet.form.error_of("rule_id")


@pytest.mark.parametrize(
    ("item", "rule"), [(5, "owners.ordinary"), (6, "owners.special"), (279, "owners.unanimous_interested")]
)
def test_the_item_of_law_leads_to_its_rule(sheet, item, rule):
    sheet.form.fill(legal_item=item)
    assert sheet.form.values("rule_id") == {"rule_id": rule}


def test_an_item_without_a_reason_is_refused(sheet, store):
    sheet.form.fill(legal_item=5)
    assert drafted(sheet, store) is None
    assert sheet.form.error_of("rule_reason")


def test_the_item_and_its_reason_stay_with_the_motion(sheet, store):
    sheet.form.fill(legal_item=5, rule_reason="动用已有资金")
    motion = drafted(sheet, store)
    assert motion.legal_item.startswith("民法典第二百七十八条第一款第五项：使用")
    assert (motion.rule_reason, motion.scope, motion.follow_clause) == ("动用已有资金", (), "")


def test_a_local_share_below_the_law_is_pointed_out(qtbot, desk, store, body):
    store.do(SECRETARY, adopt_pack, "示范市.toml", LOW.encode())
    sheet = DraftMotion(desk, estate.matter(store, body))
    qtbot.addWidget(sheet)
    sheet.form.fill(legal_item=6)
    assert (
        sheet.lowered.text()
        == "「业主共同决定（特别事项）」同意比例为过半数，低于国家规定的四分之三以上。请以法律为准。"
    )
    sheet.form.fill(legal_item=5)
    assert sheet.lowered.isHidden()


def test_part_of_the_estate_needs_its_buildings_and_a_reason(sheet, store):
    sheet.form.fill(legal_item=5, rule_reason="动用已有资金", scope="part")
    assert shown(sheet, "scope_parts", "scope_reason") == [True, True]
    assert drafted(sheet, store) is None
    assert sheet.form.error_of("scope_parts")
    sheet.form.fill(scope_parts=[("2", "")])
    assert drafted(sheet, store) is None
    assert sheet.form.error_of("scope_reason")
    sheet.form.fill(scope_reason="费用只由2号楼业主分摊")
    motion = drafted(sheet, store)
    assert (motion.scope, motion.scope_reason) == ((("2", ""),), "费用只由2号楼业主分摊")


def test_silence_follows_only_with_the_clause_and_proved_delivery(sheet, store):
    sheet.form.fill(legal_item=5, rule_reason="动用已有资金")
    assert shown(sheet, "follow", "follow_clause", "delivered") == [True, False, False]
    sheet.form.fill(follow=True)
    assert drafted(sheet, store) is None
    assert sheet.form.error_of("follow_clause")
    sheet.form.fill(follow_clause=CLAUSE)
    assert drafted(sheet, store) is None
    assert sheet.form.error_of("delivered")
    sheet.form.fill(delivered=True)
    assert drafted(sheet, store).follow_clause == CLAUSE


def test_a_change_of_use_asks_which_building_is_interested(sheet):
    sheet.form.fill(legal_item=279)
    assert sheet.form.values("scope") == {"scope": "part"}
    assert shown(sheet, "scope_parts", "follow") == [True, False]


def test_a_village_is_asked_none_of_it(qtbot, desk, store, village_body, tmp_path):
    estate.village_roll(store, tmp_path, village_body)
    desk.turn_to(village_body)
    sheet = DraftMotion(desk, estate.matter(store, village_body))
    qtbot.addWidget(sheet)
    assert not any(shown(sheet, "legal_item", "rule_reason", "scope", "scope_parts", "follow", "follow_clause"))


def test_an_entrance_of_a_building_may_be_ticked(qtbot, desk, store, owners_body, tmp_path):
    lines = ["楼栋,单元,房号,建筑面积,业主姓名,身份证号,交付情况"]
    lines += [f"1,{entrance},101,80.00,业主{entrance},,已交付" for entrance in (1, 2)]
    estate.import_roll(store, tmp_path / "roll.csv", owners_body, lines)
    desk.turn_to(owners_body)
    sheet = DraftMotion(desk, estate.matter(store, owners_body))
    qtbot.addWidget(sheet)
    picker = sheet.terms.picker
    picker.take([("1", "2")])
    assert picker.scope == (("1", "2"),)
    picker.take([("1", "1"), ("1", "2")])
    assert picker.scope == (("1", ""),)
