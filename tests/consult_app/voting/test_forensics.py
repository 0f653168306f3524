"""Threat 9: an organiser with every file in hand finds nothing that joins a voter to a choice, and would, were it there."""

import logging
import random
import shutil
import sqlite3
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from consult_app.app import open_app
from consult_app.bodies.actions import add_body
from consult_app.settings import settings
from consult_app.storage.migrate import copy_file
from consult_app.voting import actions, witnessing
from consult_app.voting.choices import LETTERS
from consult_app.voting.rules import Choice
from consult_app.voting.sealing import cards_of
from consult_app.voting.tables import Credential, Elector, Participation, SealedBallot
from tests.consult_app.voting import estate, forensics
from tests.consult_app.voting.estate import PHONE, SECRETARY
from tests.consult_app.voting.forensics import Truth
from tests.fixtures import CountingTokens, HandClock
from tests.postgres.databases import of_sqlite

VOTERS, ITEMS = 300, 8
"""With eight questions everybody can choose otherwise: a choice that is found anywhere is known for whose it is."""

PAPERS = frozenset(range(0, VOTERS, 15))
HELPED = frozenset(range(1, VOTERS, 8)) - PAPERS

pytestmark = of_sqlite


@dataclass
class Scene:
    """A secret vote of 300 on files of its own: the folder of data, that of the stick, and what really was voted."""

    root: Path
    truths: tuple[Truth, ...]
    seed: str
    sealed: tuple[bytes, ...]
    seized: dict[str, bytes]

    @property
    def database(self) -> Path:
        return next((self.root / "data").glob("*.db"))

    def files(self) -> dict[str, bytes]:
        return forensics.bytes_of(self.root)


class Tokens(CountingTokens):
    """Foretold tokens that remember the seeds they gave."""

    seed = ""

    def __call__(self, length: int) -> str:
        token = super().__call__(length)
        if length == 25:
            self.seed = token
        return token


def voted(root: Path, clock, *, cards: bool) -> Scene:
    """Hold the vote, seize the files just before it is closed, and close it."""
    tokens = Tokens()
    app = open_app(settings(root / "data"), clock, tokens)
    handler = logging.FileHandler(root / "data" / "program.log")
    logging.getLogger().addHandler(handler)
    logging.getLogger().setLevel(logging.DEBUG)
    stick = root / "stick"
    stick.mkdir()
    app.medium.use(stick)
    store = app.store
    try:
        body = store.do(SECRETARY, add_body, "village", "示范村村民会议")
        roll(store, root, body)
        items = [f"第 {n} 件事" for n in range(1, ITEMS + 1)]
        vote = estate.issued(store, body, "village.reps", secret=True, items=items)
        codes = store.do(SECRETARY, actions.make_cards, vote.motion).codes if cards else ()
        store.do(SECRETARY, actions.open_vote, vote.motion)
        chosen = cast_all(vote, clock)
        truths, sealed = store.ask(truths_of, vote, chosen)
        copy_file(app.settings.database_file, root / "backup-during", clock())
        seized = forensics.bytes_of(root)
        vote.close()
        if cards:
            store.do(SECRETARY, actions.open_box, vote.motion, codes[:2])
        for teller in ("计票人甲", "计票人乙"):
            counts = {str(n): {"for": len(PAPERS)} for n in range(1, ITEMS + 1)}
            store.do(SECRETARY, actions.enter_paper_count, vote.motion, teller, len(PAPERS), counts)
        vote.declare()
        assert store.ask(witnessing.verify).broken is None
        copy_file(app.settings.database_file, root / "backup-after", clock())
        if not cards:  # that copy is the limit which is told: it holds key and sealed votes
            shutil.rmtree(root / "backup-during")
        return Scene(root, truths, tokens.seed, sealed, seized)
    finally:
        logging.getLogger().removeHandler(handler)
        handler.close()
        shutil.copytree(root / "data", root / "as-it-ran")
        app.close()


def roll(store, folder: Path, body: int) -> None:
    """Three hundred representatives, each known by a name of one length."""
    lines = ["姓名,户号,性别,出生日期,与户主关系,村民小组,村民代表"]
    lines += [f"村民{n:03d},{n:03d},男,1980-01-{n % 28 + 1:02d},户主,一组,是" for n in range(VOTERS)]
    estate.import_roll(store, folder / "village.csv", body, lines)


def cast_all(vote, clock) -> list[tuple[int, str]]:
    """Everybody votes, in an order of chance and a second apart; who chose what, in the order of casting."""
    chance = random.Random(9)
    letters = chance.sample(range(3**ITEMS), VOTERS)
    order = chance.sample(range(VOTERS), VOTERS)
    cast = []
    for voter in order:
        clock.forward(seconds=1)
        options = [(Choice.FOR, Choice.AGAINST, Choice.ABSTAIN)[letters[voter] // 3**n % 3] for n in range(ITEMS)]
        choices = {str(n): option.value for n, option in enumerate(options, 1)}
        slip = vote.slips[voter]
        if voter in PAPERS:
            vote.store.do(SECRETARY, actions.box_paper, vote.motion, slip.human_code)
            continue
        if voter in HELPED:
            vote.store.do(SECRETARY, actions.cast_assisted, vote.motion, slip.human_code, choices, "协助人员", "见证人")
        else:
            vote.store.do(PHONE, actions.cast_ballot, slip.token, choices, f"form-{voter}")
        cast.append((voter, "".join(LETTERS[option] for option in options)))
    return cast


def truths_of(db, vote, chosen) -> tuple[tuple[Truth, ...], tuple[bytes, ...]]:
    rows = {
        row.serial: row
        for row in db.execute(
            select(Credential.serial, Credential.id, Credential.human_code, Credential.token_digest,
                   Participation.id.label("part"), Participation.elector_id, Participation.at, Elector.label, Elector.key)
            .join(Participation, Participation.credential_id == Credential.id)
            .join(Elector, Elector.id == Participation.elector_id)
        )
    }  # fmt: skip
    truths = []
    for voter, letters in chosen:
        row = rows[int(vote.slips[voter].serial)]
        marks = (row.human_code, row.token_digest, row.label, f'"{row.serial:04d}"', f"{row.at:%H:%M:%S}")
        truths.append(Truth(letters, marks, (row.id, row.part, row.elector_id, row.serial)))
    return tuple(truths), tuple(db.scalars(select(SealedBallot.box)))


@pytest.fixture(scope="module", params=[False, True], ids=["without cards", "with cards"])
def scene(request, tmp_path_factory):
    clock = HandClock(datetime(2026, 11, 22, 1, 0, tzinfo=UTC))
    return voted(tmp_path_factory.mktemp("hall"), clock, cards=request.param)


def test_threat_09_no_bytes_of_any_file_join_a_voter_to_a_choice(scene):
    files = scene.files()
    assert {"backup-after", "stick", "data", "as-it-ran"} <= {name.split("/")[0] for name in files}
    assert forensics.plain_choices(files, scene.truths), "the count itself can be read"
    assert forensics.pairs(files, scene.truths) == []
    assert forensics.orders(files, scene.truths) == []
    for name in files:
        if name.endswith(".db"):
            assert forensics.joins(scene.root / name, scene.truths) == []


def test_threat_09_choices_stand_only_in_the_database(scene):
    told = forensics.plain_choices(scene.files(), scene.truths)
    assert told
    assert all(name.endswith(".db") for name in told)


def test_threat_09_while_the_vote_runs_no_choice_can_be_read_anywhere(scene):
    assert any(name.endswith("-wal") and content for name, content in scene.seized.items())
    assert forensics.plain_choices(scene.seized, scene.truths) == []


def test_threat_09_key_and_sealed_ballots_are_gone_from_every_byte(scene):
    files = {name: content for name, content in scene.files().items() if not name.startswith("backup-during")}
    assert len(scene.sealed) == VOTERS - len(PAPERS)
    for name, content in files.items():
        assert scene.seed.encode() not in content, name
        assert not any(box in content for box in scene.sealed), name


def test_threat_09_files_seized_during_the_vote_hold_the_key_only_where_nobody_has_cards(scene, request):
    held = any(scene.seed.encode() in content for content in scene.seized.values())
    assert held == ("without cards" in request.node.name)


@pytest.fixture
def leaky(scene, tmp_path):
    """A copy of the data that may be made to leak."""
    shutil.copytree(scene.root / "data", tmp_path / "data")
    return Scene(tmp_path, scene.truths, scene.seed, scene.sealed, {})


def spoil(scene: Scene, *statements: tuple[str, list[tuple]]) -> None:
    connection = sqlite3.connect(scene.database)
    for statement, rows in statements:
        connection.executemany(statement, rows) if rows else connection.execute(statement)
    connection.commit()
    connection.close()


def test_a_leak_by_number_is_found(leaky):
    rows = [(truth.numbers[2], truth.letters) for truth in leaky.truths]
    spoil(leaky, ("create table leak (elector, letters)", []), ("insert into leak values (?, ?)", sorted(rows)))
    assert any("leak.0 names its voter" in found for found in forensics.joins(leaky.database, leaky.truths))


def test_a_leak_by_order_is_found(leaky):
    rows = [(truth.letters,) for truth in leaky.truths]
    spoil(leaky, ("create table leak (letters)", []), ("insert into leak values (?)", rows))
    assert any("order of casting" in found for found in forensics.joins(leaky.database, leaky.truths))


def test_a_leak_in_freed_pages_is_found(leaky):
    rows = [(truth.marks[0], truth.letters) for truth in leaky.truths]
    spoil(
        leaky, ("pragma secure_delete = off", []), ("create table leak (code, letters)", []),
        ("insert into leak values (?, ?)", rows), ("drop table leak", []),
    )  # fmt: skip
    assert forensics.joins(leaky.database, leaky.truths) == []
    assert len(forensics.pairs(leaky.files(), leaky.truths)) > 200


def test_a_leak_in_the_log_is_found(leaky):
    told = "".join(f"{truth.marks[4]} vote {truth.letters}\n" for truth in leaky.truths)
    (leaky.root / "data" / "program.log").write_text(told)
    assert len(forensics.pairs(leaky.files(), leaky.truths)) >= len(leaky.truths)
    assert any("program.log" in found for found in forensics.orders(leaky.files(), leaky.truths))


def test_one_stolen_card_says_nothing_of_the_seed(scene):
    first, again = cards_of(scene.seed), cards_of(scene.seed)
    assert not set(first) & set(again), "a card is new chance each time, whatever the seed"
