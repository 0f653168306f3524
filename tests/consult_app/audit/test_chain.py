import pytest
from sqlalchemy import text

from consult_app.audit import chain, events
from consult_app.bodies import actions
from consult_app.storage.store import Actor, Store
from tests.fixtures import SECRETARY
from tests.postgres.databases import of_sqlite


@pytest.fixture
def filled(store: Store) -> Store:
    for number in range(5):
        store.do(SECRETARY, actions.add_body, "owners", f"小区{number}")
    return store


def tamper(store: Store, statement: str) -> None:
    with store.engine.connect().execution_options(writes=True) as connection, connection.begin():
        connection.execute(text(statement))


def test_untouched_chain_holds(filled: Store) -> None:
    standing = filled.ask(chain.verify)
    assert standing.broken is None
    assert (standing.entries, standing.head) == filled.ask(chain.head) == (20, standing.head)


@pytest.mark.parametrize(
    ("statement", "seq", "reason"),
    [
        ("update audit_entry set facts = '{}' where seq = 7", 7, "内容被改动"),
        ("update audit_entry set actor = '别人' where seq = 3", 3, "内容被改动"),
        ("delete from audit_entry where seq = 9", 9, "缺少"),
        ("delete from audit_entry where seq = 20", 20, "链尾"),
        ("update audit_entry set digest = previous where seq = 4", 4, "内容被改动"),
        ("update audit_head set seq = 21", 21, "链尾"),
        ("update audit_entry set facts = '被改' where seq = 6", 6, "无法读取"),
        pytest.param("update audit_entry set facts = x'00ff' where seq = 6", 6, "内容被改动", marks=of_sqlite),
        pytest.param("update audit_entry set at = '昨天' where seq = 8", 8, "无法读取", marks=of_sqlite),
        pytest.param("update audit_entry set actor = x'00ff' where seq = 8", 8, "内容被改动", marks=of_sqlite),
    ],
)
def test_first_broken_entry_is_named(filled: Store, statement: str, seq: int, reason: str) -> None:
    tamper(filled, statement)
    broken = filled.ask(chain.verify).broken
    assert broken is not None
    assert broken.seq == seq
    assert reason in broken.reason


def test_since_gives_what_came_after(filled: Store) -> None:
    assert [change.seq for change in filled.ask(chain.since, 18)] == [19, 20]


def test_what_happened_is_told_by_name_once(filled: Store) -> None:
    names = {change.seq: change.event for change in filled.ask(chain.since, 0)}
    assert filled.ask(chain.happened, 0, 20) == set(names.values())
    assert filled.ask(chain.happened, 18, 20) == {names[19], names[20]}
    assert filled.ask(chain.happened, 20, 20) == frozenset()


def test_many_acts_are_chained_as_one_by_one(store: Store) -> None:
    acts = [("server.stopped", f"server:{number}", {"how": number}) for number in range(5)]
    assert store.do(SECRETARY, chain.append_all, acts) == 5
    assert store.do(SECRETARY, chain.append, "server.stopped", "server:9") == 6
    assert store.ask(chain.verify).broken is None
    assert [change.facts for change in store.ask(chain.since, 0)][:5] == [{"how": number} for number in range(5)]


ODD = ['引"号\\', "\u2028\u2029", "\x00\x1f\x7f", "𬱖🙂", "a\nb\t", ""]


@pytest.mark.parametrize("odd", ODD)
def test_an_entry_is_chained_by_the_digest_that_is_verified(store: Store, odd: str) -> None:
    """Whatever stands in it: the text that is hashed as it is written is put together, the other one is encoded whole."""
    told = odd.replace("\x00", "")  # PostgreSQL's texts hold none
    facts = {told: told, "n": 1.5, "deep": [{"b": None, "a": True}]}
    store.do(Actor(f"某{told}", f"人{told}"), chain.append, "server.stopped", f"server:{told}", **facts)
    assert store.ask(chain.verify).broken is None


def test_unknown_event_cannot_be_appended(store: Store) -> None:
    with pytest.raises(KeyError, match="no such event"):
        store.do(SECRETARY, chain.append, "body.vanished", "body:1")


def test_history_speaks_chinese(filled: Store) -> None:
    newest = filled.ask(chain.history, ["body:1"])[-1]
    assert newest.words == "建立议事主体「小区0」"


def test_a_fact_an_old_entry_lacks_shows_as_an_ellipsis() -> None:
    assert events.words("body.added", {}) == "建立议事主体「…」"
