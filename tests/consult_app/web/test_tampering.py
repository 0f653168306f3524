"""A neighbour on the Wi-Fi between a real browser and the server, who changes votes on their way (threats 6 and 7)."""

import html
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from sqlalchemy import update

from consult_app.app import open_app
from consult_app.bodies.actions import add_body
from consult_app.documents.vote_slips import vote_slips
from consult_app.settings import Settings, settings
from consult_app.storage.store import TokenSource
from consult_app.voting import queries
from consult_app.voting.choices import Channel
from consult_app.voting.credentials import token_digest
from consult_app.voting.tables import Ballot, Credential
from consult_app.web import child
from tests.consult_app.papers import text_of
from tests.consult_app.voting import estate
from tests.consult_app.web.test_phone import ARGUMENTS, CHROMIUM
from tests.fixtures import SECRETARY, CountingTokens

pytestmark = pytest.mark.skipif(not CHROMIUM.exists(), reason="needs Debian's chromium")
FEW = 5
SWAPPED = {"同意": "反对", "反对": "同意"}


class Neighbour(BaseHTTPRequestHandler):
    """Hands everything on, but swaps 同意 and 反对: in what is sent to the server, and back in what the voter is shown."""

    server_port = 0
    protocol_version = "HTTP/1.1"

    def log_message(self, *_: object) -> None:
        """Keep quiet."""

    def do_GET(self) -> None:
        self._hand_on(b"")

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        swap = {b"=for": b"=against", b"=against": b"=for"}
        self._hand_on(re.sub(b"=(?:for|against)(?=&|$)", lambda found: swap[found[0]], body))

    def _hand_on(self, body: bytes) -> None:
        asked = HTTPConnection("127.0.0.1", self.server_port)
        headers = {"Content-Type": self.headers.get("Content-Type", ""), "Content-Length": str(len(body))}
        asked.request(self.command, self.path, body or None, headers if body else {})
        answer = asked.getresponse()
        shown = answer.read().decode()
        if body:
            shown = re.sub("同意(?!筹)|反对", lambda found: SWAPPED[found[0]], shown)
            shown = re.sub('value="(for|against)"', lambda found: f'value="{_other(found[1])}"', shown)
        sent = shown.encode()
        self.send_response(answer.status)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(sent)))
        self.end_headers()
        self.wfile.write(sent)
        asked.close()


def _other(choice: str) -> str:
    return "against" if choice == "for" else "for"


@pytest.fixture
def votes() -> int:
    """How many people vote."""
    return FEW


@contextmanager
def opened(folder: Settings, votes: int, tokens: TokenSource) -> Iterator[estate.Vote]:
    """An open vote with a slip for each of the votes and one more, on the computer's own clock."""
    app = open_app(folder, tokens=tokens)
    body = app.store.do(SECRETARY, add_body, "owners", "示范小区业主大会")
    estate.owners_roll(app.store, folder.data, body, votes + 1)
    yield estate.opened(app.store, body)
    app.close()


@pytest.fixture
def today(folder, votes) -> Iterator[estate.Vote]:
    """The vote in the hall."""
    with opened(folder, votes, CountingTokens()) as vote:
        yield vote


@pytest.fixture
def server(folder, today) -> Iterator[str]:
    """Where the server process answers."""
    running = child.start(folder, "127.0.0.1", 0)
    yield running.address
    running.stop()


@pytest.fixture
def neighbour(server, monkeypatch) -> Iterator[str]:
    """The address of the neighbour who stands between."""
    monkeypatch.setattr(Neighbour, "server_port", int(server.rpartition(":")[2]))
    between = ThreadingHTTPServer(("127.0.0.1", 0), Neighbour)
    thread = threading.Thread(target=between.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{between.server_port}"
    between.shutdown()
    between.server_close()
    thread.join(20)


@pytest.fixture
def phone():
    """A browser without scripts."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=ARGUMENTS)
        yield browser.new_context(java_script_enabled=False).new_page()
        browser.close()


def voted(phone, address: str, token: str) -> tuple[str, str]:
    """Vote 同意 as the page shows it: what the page said was to be confirmed, and the code on the receipt."""
    phone.goto(f"{address}/{token}")
    phone.locator(".pick label", has_text="同意").click(force=True)
    phone.click("form button.button")
    confirming = phone.inner_text(".chosen strong")
    phone.click("form[data-final] button")
    return html.unescape(confirming), phone.inner_text(".codes strong")


@pytest.mark.parametrize("votes", [20, pytest.param(200, marks=pytest.mark.long)])
def test_threat_06_every_vote_changed_on_the_wifi_shows_a_wrong_code(phone, neighbour, today, votes):
    wrong = 0
    for slip in today.slips[:votes]:
        confirming, code = voted(phone, neighbour, slip.token)
        assert "同意" in confirming, "the voter sees nothing before the receipt"
        wrong += code != slip.codes[0][0]
    assert wrong == votes
    stored = today.store.ask(lambda db: {row.choices for row in db.query(Ballot)})
    assert stored == {"a"}
    assert today.store.ask(queries.turnout, today.motion).channels[Channel.PHONE] == votes


def test_threat_06_an_unchanged_vote_shows_the_right_code(phone, server, today):
    slip = today.slips[-1]
    assert voted(phone, server, slip.token) == ("✓ 同意", slip.codes[0][0])


def test_threat_07_slip_and_screen_bear_network_address_and_one_word(today, folder):
    motion = today.store.ask(queries.motion, today.motion)
    slips = text_of(vote_slips(motion, today.slips[:1], wifi="YISHI", address="192.168.31.20"))
    assert motion.hall_word
    for words in ("YISHI", "192.168.31.20", motion.hall_word):
        assert words in slips


@pytest.fixture
def stranger(tmp_path, today, votes) -> Iterator[str]:
    """The address of a server that runs this very program on a vote just like it, and lets in every slip of the hall's."""
    tokens = CountingTokens()
    tokens.count = 10_000  # chance of one's own: the vote's key, and nothing else, differs
    held = settings(tmp_path / "stranger")
    with opened(held, votes, tokens) as vote, vote.store.engine.begin() as connection:
        for slip in today.slips:
            learnt = {"token_digest": token_digest(slip.token), "human_code": slip.human_code}
            connection.execute(update(Credential).where(Credential.serial == int(slip.serial)).values(learnt))
    running = child.start(held, "127.0.0.1", 0)
    yield running.address
    running.stop()


def test_threat_07_a_strangers_server_takes_the_vote_but_shows_a_wrong_code(phone, stranger, server, today):
    for slip in today.slips:
        confirming, code = voted(phone, stranger, slip.token)
        assert confirming == "✓ 同意"
        assert code != slip.codes[0][0]
        assert voted(phone, server, slip.token) == ("✓ 同意", slip.codes[0][0])
