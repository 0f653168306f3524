"""Every paper and workbook the program makes, after hostile words were typed everywhere."""

import functools
import importlib
import inspect
import io
import pkgutil
import re
import sys
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pikepdf
import pytest

from consult_app import documents
from consult_app.demo.player import Stage, play
from consult_app.documents import drafting, issuing, polling, queries
from consult_app.documents.head_sheet import head_sheet
from consult_app.documents.key_cards import key_cards_pdf
from consult_app.documents.list_files import publish_list
from consult_app.documents.model import Document
from consult_app.documents.roll_poster import freezing_pdf, print_poster
from consult_app.documents.room_poster import room_poster
from consult_app.documents.rules import Audience
from consult_app.documents.vote_ballots import vote_ballots
from consult_app.documents.vote_files import vote_files
from consult_app.documents.vote_slips import vote_slips
from consult_app.rolls import export, freezing
from consult_app.rolls import queries as rolls
from consult_app.storage.store import Store
from consult_app.voting import actions
from consult_app.voting import queries as voting
from consult_app.voting.rehearsing import note_rehearsal
from tests.consult_app.papers import text_of
from tests.consult_app.voting import estate
from tests.consult_app.voting.test_electing import declared, papers, ready
from tests.consult_app.voting.test_proxying import give
from tests.fixtures import SECRETARY, CountingTokens
from tests.hostile.words import EACH, stayed, type_everywhere

ACTIVE = (b"/JavaScript", b"/JS", b"/URI", b"/Launch", b"/OpenAction", b"/SubmitForm")
"""What a PDF may hold that does something, or leads somewhere."""

FOOT = re.compile(r"(?:第\d+页，共\d+页)?—\d+—编号\w{4}-\w{4}校验[0-9a-f]{16}")
"""What stands between two pages, and may stand in the middle of words."""


def builders() -> Iterator[Callable[..., Any]]:
    """Every public function that makes a document, or the bytes of a paper or workbook."""
    for name in (
        *(module.name for module in pkgutil.iter_modules(documents.__path__, "consult_app.documents.")),
        export.__name__,
    ):
        for _, function in inspect.getmembers(importlib.import_module(name), inspect.isfunction):
            makes = inspect.signature(function).return_annotation in (bytes, Document)
            if function.__module__ == name and makes and not function.__name__.startswith("_"):
                yield function


@pytest.fixture
def made(monkeypatch) -> dict[str, list[bytes]]:
    """What each builder makes from now on; the builders that make documents for others to set leave none."""
    found: dict[str, list[bytes]] = {}

    def watched(function: Callable[..., Any], name: str) -> Callable[..., Any]:
        @functools.wraps(function)
        def build(*args: Any, **kwargs: Any) -> Any:
            made = function(*args, **kwargs)
            found.setdefault(name, []).extend([made] if isinstance(made, bytes) else [])
            return made

        return build

    modules = [module for name, module in sys.modules.items() if name.startswith(("consult_app.", "tests."))]
    for builder in builders():
        wrapped = watched(builder, f"{builder.__module__}.{builder.__name__}")
        for module in modules:
            for name in [name for name, value in vars(module).items() if value is builder]:
                monkeypatch.setattr(module, name, wrapped)
    return found


def vote_papers(store: Store, clock: Any, body: int, folder: Path, hostile: str) -> None:
    """The papers of one vote of owners with mandates, from its roll to the list of its ballots."""
    estate.owners_roll(store, folder, body, 12)
    vote = estate.opened(store, body, legal_mode="assisted")
    store.do(SECRETARY, note_rehearsal, vote.motion, "2 部模拟手机")
    issuing.issue_at_once(store, SECRETARY, polling.draft_zero_report, vote.motion)
    facts = store.ask(voting.motion, vote.motion)
    vote_slips(facts, vote.slips, wifi=f"YISHI{hostile}", address="192.168.31.20", large=True)
    give(vote, 10, "亲属甲", relation="子女")
    proposal = facts.proposal_id
    soon = {"place": "社区活动室", "starts_at": clock.now}
    drafts = [
        store.do(SECRETARY, drafting.draft_proxy_notice, vote.motion),
        store.do(SECRETARY, polling.draft_issue_sheet, vote.motion),
        store.do(SECRETARY, drafting.draft_meeting_notice, proposal, motion_id=vote.motion, **soon),
        *(store.do(SECRETARY, drafting.draft_voting_roll, vote.motion, audience=one) for one in Audience),
    ]
    store.do(
        SECRETARY,
        actions.extend,
        vote.motion,
        facts.closes_at + timedelta(days=7),
        "人数未过三分之二",
        "议事规则第十条",
    )
    drafts.append(store.do(SECRETARY, polling.draft_extension_notice, vote.motion))
    for number in range(10):
        vote.cast(number)
    head_sheet(store, SECRETARY, vote.motion)
    elector = store.ask(voting.electors, vote.motion)[0].id
    issuing.issue_at_once(store, SECRETARY, polling.draft_dispute_sheet, vote.motion, elector)
    vote.close()
    vote_ballots(facts, store.ask(voting.filled_ballots, vote.motion))
    for slip in vote.slips[:10]:
        store.do(SECRETARY, actions.sign_ballot, vote.motion, slip.human_code)
    vote.declare()
    publish_list(store, SECRETARY, vote.motion)
    store.ask(vote_files, vote.motion)
    drafts.append(store.do(SECRETARY, drafting.draft_owners_minutes, vote.motion))
    issue(store, drafts)
    issuing.preview(store, drafts[0])
    roll = store.ask(rolls.rolls, body)[0].id
    store.ask(export.exported, roll, masked=False)
    print_poster(store, SECRETARY, roll, issuer="筹备组", contact="社区居委会", days=10)
    store.do(SECRETARY, freezing.freeze_roll, roll, "沿用上月已公示的名册")
    freezing_pdf(store, roll)


def village_papers(store: Store, body: int, folder: Path) -> None:
    """The papers of an election, and the cards of a secret vote."""
    estate.village_roll(store, folder, body, 28)
    motion = ready(store, body, seats=2)
    declared(store, motion, papers(50, 40, 30))
    proposal = store.ask(voting.motion, motion).proposal_id
    drafts = (drafting.draft_count_sheet, drafting.draft_election_minutes, drafting.draft_voting_roll)
    issue(store, [store.do(SECRETARY, one, motion) for one in drafts])
    issue(store, [store.do(SECRETARY, drafting.draft_result_notice, proposal, motion)])
    secret = estate.issued(store, body, "village.reps", secret=True)
    cards = store.do(SECRETARY, actions.make_cards, secret.motion)
    key_cards_pdf(store.ask(voting.motion, secret.motion), cards, store.now())


def issue(store: Store, drafts: list[int]) -> None:
    """Issue drafts and read them back."""
    for draft in drafts:
        issuing.issue(store, SECRETARY, draft)
        store.ask(queries.pdf, draft)


def stays_words(content: bytes, hostile: str, where: str) -> int:
    """How often the hostile words stand on a paper or in a workbook, as words and as nothing else."""
    if content.startswith(b"PK"):
        cells = [cell for sheet in openpyxl.load_workbook(io.BytesIO(content)) for row in sheet for cell in row]
        assert not [cell for cell in cells if cell.data_type == "f"], where
        return stayed("　".join(str(cell.value) for cell in cells), hostile, where)
    with pikepdf.open(io.BytesIO(content)) as pdf:
        objects = b"\n".join(found.unparse() for found in pdf.objects)
    assert not [name for name in ACTIVE if name in objects], where
    return stayed(FOOT.sub("", text_of(content)), hostile, where)


@pytest.mark.parametrize("hostile", EACH)
def test_threat_27_hostile_words_stay_words_on_every_paper(
    monkeypatch, store, clock, owners_body, village_body, tmp_path, made, hostile
):
    type_everywhere(monkeypatch, hostile)
    play(tmp_path / "story", Stage.FILED, 6, clock(), CountingTokens(), "http://192.168.31.20")
    vote_papers(store, clock, owners_body, tmp_path, hostile)
    village_papers(store, village_body, tmp_path)
    room_poster(f"扫码投票{hostile}", "http://192.168.31.20/", f"YISHI{hostile}", "WIFI:S:YISHI;;", store.now())
    assert {f"{one.__module__}.{one.__name__}" for one in builders()} - made.keys() == set()
    for name, contents in made.items():
        read = [stays_words(content, hostile, name) for content in contents]
        assert not contents or any(read), f"{name}: the words do not come out at all"
