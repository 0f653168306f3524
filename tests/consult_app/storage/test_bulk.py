"""A great many rows at once: stored as single ones would be, on whichever database."""

from datetime import date

from sqlalchemy import func, select

from consult_app.audit import chain
from consult_app.rolls import queries
from consult_app.rolls.actions import add_roll, person_row
from consult_app.rolls.rules import Person, RollKind
from consult_app.rolls.tables import RollPerson
from consult_app.storage.bulk import insert_rows
from tests.fixtures import SECRETARY

DAY = date(2026, 11, 22)
BORN = date(1985, 1, 13)


def fill(work, body, people):
    roll = add_roll(work, body, RollKind.PEOPLE, DAY, "手工录入", "", {})
    insert_rows(work.db, RollPerson, (person_row(roll, person) for person in people))
    chain.append(work, "roll.imported", f"body:{body}", roll=roll, source="", sha256="", summary="")
    return roll


def test_days_marks_and_odd_names_come_back_as_they_were(store, village_body):
    people = [
        Person(1, "甲'一\"", birth=BORN, group="一组", household="01", representative=True),
        Person(2, "乙%s{}", birth=None, note="?:name"),
    ]
    roll = store.do(SECRETARY, fill, village_body, people)
    first, second = store.ask(queries.people, roll)
    assert (first.name, first.birth, first.representative, first.group) == ("甲'一\"", BORN, True, "一组")
    assert (second.name, second.birth, second.representative, second.note) == ("乙%s{}", None, False, "?:name")


def test_more_rows_than_one_piece_keep_their_order(store, village_body):
    roll = store.do(SECRETARY, fill, village_body, [Person(at, f"村民{at}") for at in range(1, 12_002)])
    names = [person.name for person in store.ask(queries.people, roll)]
    assert names == [f"村民{at}" for at in range(1, 12_002)]


def test_no_rows_are_no_work(store, village_body):
    roll = store.do(SECRETARY, fill, village_body, [])
    assert store.ask(lambda db: db.scalar(select(func.count()).where(RollPerson.roll_id == roll))) == 0
