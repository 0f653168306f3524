"""After a crash: database, chain, ballots and journal are held together, and every way they can differ is told apart."""

import shutil
from pathlib import Path

import pytest
from sqlalchemy import text

from consult_app.app import App, open_app
from consult_app.audit import medium, medium_folder, second_medium
from consult_app.audit.medium_folder import shares_disk
from consult_app.storage import journal
from consult_app.voting import recovery
from consult_app.voting.recovery import Finding, Report, Weight
from tests.consult_app.voting.estate import FOR
from tests.fixtures import SECRETARY, CountingTokens, HandClock
from tests.postgres.databases import of_sqlite


@pytest.fixture
def stick(tmp_path: Path, monkeypatch, app: App) -> Path:
    """A second medium that is chosen before the vote begins."""
    found = tmp_path / "stick"
    found.mkdir()
    monkeypatch.setattr(second_medium, "PATIENCE", 60.0)  # a busy machine may take seconds for a sync
    medium_folder.choose(app.settings.data, found)
    return found


@pytest.fixture
def voted(stick: Path, app: App, vote):
    """An open vote in which three have voted."""
    for number in range(3):
        vote.cast(number, FOR)
    return vote


def report(app: App, stick: Path | None) -> Report:
    return app.store.ask(recovery.examine, stick)


def finding(app: App, stick: Path | None, part: str) -> Finding:
    return next(found for found in report(app, stick).findings if found.part == part)


def the_journal(stick: Path) -> Path:
    (found,) = stick.glob("*.txt")
    return found


def test_when_all_is_well_every_part_says_so(app, stick, voted):
    found = report(app, stick)
    assert [each.weight for each in found.findings] == [Weight.WELL] * 4
    assert found.summary == "全部相符，没有丢票，可以继续工作。"
    assert found.last
    assert (found.last.serial, found.last.channel) == ("0003", "手机")
    assert "已投 3 票" in finding(app, stick, "票数").text


def test_without_a_second_medium_that_is_said_and_nothing_is_grave(app, voted):
    assert finding(app, None, "副本").text == "没有设副本介质，无从对照。"
    assert report(app, None).weight is Weight.NOTE


def test_a_stick_that_is_not_there_is_asked_for(app, stick, voted):
    stick.rename(stick.with_name("away"))
    assert finding(app, stick, "副本").advice == "请插好 U 盘，再检查一次。"


def test_another_datas_journal_is_called_foreign(app, stick, voted):
    path = the_journal(stick)
    path.rename(path.with_name(journal.NAME.format("0" * 12)))
    assert "另一份数据的副本" in finding(app, stick, "副本").text
    shutil.copy(path.with_name(journal.NAME.format("0" * 12)), path)
    path.unlink()
    journal.begin(path, "f" * 64)
    assert finding(app, stick, "副本").text == "这份副本属于另一份数据。"


def test_a_journal_behind_the_database_is_no_loss(app, stick, voted):
    path = the_journal(stick)
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join(lines[:-2]) + lines[-2][:50])
    found = finding(app, stick, "副本")
    assert (found.weight, found.text[:18]) == (Weight.NOTE, "副本比数据库少 2 行，末尾一行没有写完"[:18])


@of_sqlite
def test_threat_15_votes_that_only_the_journal_knows_are_listed_by_serial(
    app, stick, voted, tmp_path, clock: HandClock
):
    copy = tmp_path / "old"
    shutil.copytree(app.settings.data, copy)
    voted.cast(5, FOR)
    voted.cast(6, FOR)
    old = open_app(type(app.settings)(copy, f"sqlite:///{copy / 'consult.db'}"), clock, CountingTokens())
    found = finding(old, stick, "副本")
    assert (found.weight, found.serials) == (Weight.GRAVE, ("0006", "0007"))
    assert "重新投票" in found.advice
    old.close()


@of_sqlite
def test_a_vote_lost_and_cast_again_is_lost_no_more(app, stick, voted, tmp_path, clock: HandClock):
    copy = tmp_path / "old"
    shutil.copytree(app.settings.data, copy)
    voted.cast(5, FOR)
    medium_folder.choose(copy, None)
    old = open_app(type(app.settings)(copy, f"sqlite:///{copy / 'consult.db'}"), clock, CountingTokens())
    other = type(voted)(**{**vars(voted), "store": old.store})
    other.cast(6, FOR)
    assert finding(old, stick, "副本").serials == ("0006",)
    other.cast(5, FOR)
    assert finding(old, stick, "副本").serials == ()
    old.close()


def test_an_edited_journal_is_named_by_its_line(app, stick, voted):
    path = the_journal(stick)
    path.write_bytes(path.read_bytes().replace(b'"0002"', b'"0009"'))
    found = finding(app, stick, "副本")
    assert found.weight is Weight.GRAVE
    assert "行被改动过" in found.text


def test_a_vote_without_its_ballot_is_grave(app, stick, voted):
    with app.store.engine.connect().execution_options(writes=True) as connection, connection.begin():
        connection.execute(text("delete from ballot where elector_id = 2"))
    assert finding(app, stick, "票数").text.endswith("登记投票 3 人，票箱中有 2 张，对不上。")
    assert finding(app, stick, "存证链").weight is Weight.GRAVE


def test_the_journal_holds_no_choice(app, stick, voted):
    for line in journal.read(the_journal(stick)).lines:
        assert set(vars(line)) == {"seq", "at", "event", "subject", "digest", "serial", "channel", "seal"}
    assert app.store.ask(medium.medium).fault == ""


def test_two_folders_of_one_disk_are_told(tmp_path):
    assert shares_disk(tmp_path, tmp_path)
    assert not shares_disk(tmp_path, tmp_path / "nowhere")


def test_the_chain_names_who_chose_the_medium(app, stick):
    app.store.do(SECRETARY, medium.set_medium, str(stick))
    assert app.store.ask(medium.medium).place == str(stick)
