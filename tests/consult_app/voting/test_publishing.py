"""A published list is held against the chain: only the files that were made stand there, and only a whole chain tells."""

from hashlib import sha256

import pytest
from sqlalchemy import update

from consult_app.audit import chain
from consult_app.audit.tables import Entry
from consult_app.documents.list_files import publish_list
from consult_app.voting.actions import record_list
from consult_app.voting.publishing import witness
from tests.consult_app.voting.estate import SECRETARY


@pytest.fixture
def declared(vote):
    """A declared vote in which nine of nine voted."""
    for number in range(9):
        vote.cast(number)
    vote.close()
    vote.declare()
    return vote


@pytest.fixture
def files(store, declared) -> dict[str, bytes]:
    """The published files by their endings."""
    return {name.rpartition(".")[2]: content for name, content in publish_list(store, SECRETARY, declared.motion)}


@pytest.mark.parametrize("ending", ["json", "pdf"])
def test_threat_08_data_and_paper_are_known_by_the_entry_they_were_published_by(store, files, ending):
    found = store.ask(witness, files[ending])
    entry = store.ask(chain.newest, "motion.ballots_listed")
    assert (found.holds, found.entry.seq, found.others) == (True, entry.seq, ())
    assert entry.facts["paper"] == sha256(files["pdf"]).hexdigest()
    assert found.words == (
        f"存证链第 {entry.seq} 条记有这份文件：「加装电梯资金筹集方案」的逐票清单，"
        f"编号 {entry.facts['code']}，于 2026年11月22日 09:00 制作。",
    )


def test_threat_08_a_file_with_one_other_byte_is_known_by_none(store, files):
    found = store.ask(witness, files["json"].replace(b"\n", b"", 1))
    assert (found.holds, found.entry, found.lists) == (False, None, 1)
    assert "记有逐票清单 1 次，都不是它" in found.words[0]


def test_where_no_list_was_ever_made_the_wrong_data_are_suspected(store, declared):
    found = store.ask(witness, b"{}")
    assert (found.holds, found.lists) == (False, 0)
    assert "请确认打开的是这次表决的数据" in found.words[0]


def test_threat_08_a_chain_that_does_not_hold_is_no_witness(store, files):
    def rewrite(work):
        work.db.execute(update(Entry).where(Entry.event == "motion.declared").values(actor="别人"))
        chain.append(work, "server.alarm", "server:0", device="x")

    store.do(SECRETARY, rewrite)
    found = store.ask(witness, files["json"])
    assert not found.holds
    assert "不能作证" in found.words[0]


def test_threat_08_two_different_lists_of_one_vote_are_told_of(store, declared, files):
    other = {"data": b"another", "paper": b"paper", "files": ["逐票清单.json"]}
    store.do(SECRETARY, record_list, declared.motion, "7F3A29C1", **other)
    first, second = (store.ask(witness, content) for content in (files["json"], b"another"))
    assert (first.others, second.others) == ((second.entry.seq,), (first.entry.seq,))
    assert f"第 {second.entry.seq} 条" in first.words[1]


def test_the_same_list_published_once_more_is_no_other(store, declared, files, clock):
    clock.forward(days=1)
    again = dict(publish_list(store, SECRETARY, declared.motion))
    assert again["逐票清单.json"] == files["json"]
    assert again["逐票清单.pdf"] != files["pdf"]
    assert store.ask(witness, files["pdf"]).others == ()
