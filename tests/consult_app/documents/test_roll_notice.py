from datetime import UTC, date, datetime

import pytest

from consult_app.documents import pdf
from consult_app.documents.roll_notice import roll_notice_of
from consult_app.kernel.resources import path as resource
from consult_app.rolls import actions, publicity, queries
from consult_app.rolls.rules import RollKind
from tests.consult_app.papers import text_of
from tests.consult_app.rolls.books import number, rows_of, taken
from tests.fixtures import SECRETARY

DAY = date(2026, 11, 22)


@pytest.fixture
def estate(store, owners_body):
    """The number of the accepted sample roll."""
    found = taken(resource("samples", "owners-small.xlsx"))
    return store.do(SECRETARY, actions.accept_import, owners_body, found, DAY)


def notice(store, roll, **changes):
    facts = {"day": DAY, "issuer": "示范小区业主大会筹备组", "contact": "社区居委会", **changes}
    return store.ask(roll_notice_of, roll, **facts)


def test_the_notice_holds_sums_period_and_every_line(store, estate):
    document = notice(store, estate)
    texts = list(document.texts())
    assert any("专有部分 109 个，面积合计 11,805.86 ㎡，业主人数 100 人" in text for text in texts)
    assert "异议期 7 日，自张贴之日的次日起计算。" in texts
    assert any("3 日内答复" in text for text in texts)
    assert len(document.blocks[-1].rows) == len(store.ask(queries.units, estate))


def test_no_name_number_phone_or_room_of_a_person_is_in_its_text_or_pdf(store, estate):
    document = notice(store, estate)
    printed = text_of(pdf.render(document, code="名册公示", token=None, issued=datetime(2026, 11, 22, tzinfo=UTC)))
    words = "".join(document.texts()) + printed
    people = store.ask(queries.people, estate)
    for person in people:
        if not person.legal:
            assert f"、{person.name}" not in words
            assert all(person.name not in row[2] for row in document.blocks[-1].rows)
        assert not person.id_number or person.id_number not in words
    phones = {unit.phone for unit in store.ask(queries.units, estate) if unit.phone}
    assert phones
    assert not any(phone in words for phone in phones)
    assert all("***" in row[1] for row in document.blocks[-1].rows)


def test_units_of_one_owner_bear_one_number_and_parking_bears_none(store, tmp_path, owners_body):
    found = rows_of(
        tmp_path,
        ("1-1-101", "张三丰", 80, number(1), "", ""),
        ("1-1-102", "欧阳修、李四", 90, "", "", ""),
        ("车位B1", "张三丰", 12, number(1), "", ""),
        ("2-1-101", "张三丰", 80, number(1), "", ""),
        ("2-1-102", "嘉和示范房地产开发有限公司", 80, "", "", "未售"),
    )
    roll = store.do(SECRETARY, actions.accept_import, owners_body, found, DAY)
    assert [row[1:] for row in notice(store, roll).blocks[-1].rows] == [
        ("1幢1单元***", "张*丰", "80.00", "1"),
        ("1幢1单元***", "欧阳*、李*", "90.00", "2"),
        ("车位***", "张*丰", "12.00", "不计"),
        ("2幢1单元***", "张*丰", "80.00", "1"),
        ("2幢1单元***", "嘉和示范房地产开发有限公司", "80.00", "3"),
    ]
    assert notice(store, roll, rooms=True).blocks[-1].rows[0][1] == "1号楼1单元101"


def test_a_village_has_the_five_days_of_its_law(store, village_body):
    found = taken(resource("samples", "village.xlsx"), RollKind.PEOPLE)
    roll = store.do(SECRETARY, actions.accept_import, village_body, found, DAY)
    document = notice(store, roll)
    assert any("村民委员会组织法》第十七条" in text for text in document.texts())
    assert "异议期 5 日，自张贴之日的次日起计算。" in list(document.texts())
    assert {row[4] for row in document.blocks[-1].rows} == {"代表", "年满十八周岁", "未满十八周岁"}
    with pytest.raises(publicity.TooShort):
        notice(store, roll, days=3)
