"""演练: simulated phones vote over HTTP at a real vote server on data of their own, which are then purged whole.

Nothing of a rehearsal can count: it has its own folder and database, beside the real one and made anew; its slips are
unknown to the real database, whose file the rehearsal never opens. When it ends the folder is gone.
"""

import http.client
import shutil
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from datetime import timedelta
from html.parser import HTMLParser
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlencode, urlsplit

from consult_app.app import App, open_app
from consult_app.bodies import queries as bodies
from consult_app.bodies.actions import add_body
from consult_app.demo.made_up import write_roll
from consult_app.kernel.errors import Refused
from consult_app.kernel.text import legal_day
from consult_app.proposals.actions import register
from consult_app.rolls.actions import accept_import
from consult_app.rolls.extract import extract
from consult_app.rolls.plan import plan
from consult_app.rolls.rules import RollKind
from consult_app.rolls.workbook import read
from consult_app.settings import Settings
from consult_app.settings import settings as settings_of
from consult_app.storage.store import Actor
from consult_app.voting import actions
from consult_app.voting import queries as voting
from consult_app.voting.issuing import IssuedSlip
from consult_app.web import child, server

NAME = "演练，不计票"
CLERK = Actor("演练")
AT_ONCE = 40
"""Phones that vote at one moment."""

MOST = 300
PATIENCE = 20
RECEIPT = "已收到您的投票"
"""What the receipt page says, and no other."""

CHOICES = ("for", "against", "abstain")


class RehearsalCount(Refused):
    """A rehearsal has at least one phone and no more than a laptop can simulate beside the server."""

    text = "演练的手机数应为 1 到 {most} 部。"
    field = "phones"


@dataclass(frozen=True)
class Rehearsed:
    """What came of it: phones, receipts they got, votes the database held, the slowest press in milliseconds, all purged."""

    phones: int
    receipts: int
    stored: int
    slowest: int
    purged: bool

    @property
    def passed(self) -> bool:
        """Whether every phone got its receipt, every receipt a vote, and nothing is left."""
        return self.phones == self.receipts == self.stored and self.purged

    @property
    def words(self) -> str:
        """The outcome in a sentence."""
        said = f"{self.phones} 部模拟手机，收到回执 {self.receipts} 份，存入 {self.stored} 票，最慢 {self.slowest} 毫秒"
        return f"{said}；演练数据{'已全部清除' if self.purged else '没有清除干净'}。"


def folder(settings: Settings) -> Path:
    """Where a rehearsal's data stand while it runs: beside the real ones."""
    return settings.data.with_name(f"{settings.data.name}-rehearsal")


def rehearse(
    settings: Settings,
    phones: int,
    told: Callable[[int, int], object] = lambda done, whole: None,
    *,
    host: str = server.EVERYWHERE,
    port: int = 0,
) -> Rehearsed:
    """Let `phones` simulated phones vote at a vote server of its own, and purge all of it; `told` hears how many are through.

    Refused: `RehearsalCount`, and as a vote server's start. What an earlier rehearsal left when it crashed is purged first.
    """
    if not 1 <= phones <= MOST:
        raise RehearsalCount(most=MOST)
    purge(settings)
    try:
        app = open_app(settings_of(folder(settings)))
        try:
            receipts, stored, slowest = _hold(app, phones, told, host, port)
        finally:
            app.close()
    finally:
        purged = purge(settings)
    return Rehearsed(phones, receipts, stored, slowest, purged)


def purge(settings: Settings) -> bool:
    """Remove a rehearsal's data, and end the server that one which crashed left running on them; whether nothing is left."""
    place = folder(settings)
    if place.exists() and (left := child.orphan(settings_of(place))) is not None:
        left.stop()
    shutil.rmtree(place, ignore_errors=True)
    return not place.exists()


def _hold(app: App, phones: int, told: Callable[[int, int], object], host: str, port: int) -> tuple[int, int, int]:
    """Open a vote, let the phones at it, and count receipts, stored votes and the slowest press."""
    serving = child.start(app.settings, host, port)
    try:
        motion, slips = open_vote(app, phones, serving.address)
        receipts, slowest = 0, 0.0
        with ThreadPoolExecutor(AT_ONCE) as pool:
            waiting = [pool.submit(_vote, serving.address, slip, n) for n, slip in enumerate(slips)]
            for done, phone in enumerate(as_completed(waiting), 1):
                got, taken = phone.result()
                receipts, slowest = receipts + got, max(slowest, taken)
                told(done, phones)
        stored = sum(app.store.ask(voting.turnout, motion).channels.values())
        return receipts, stored, round(slowest * 1000)
    finally:
        serving.stop()


def open_vote(app: App, phones: int, address: str) -> tuple[int, tuple[IssuedSlip, ...]]:
    """Open a vote on data of its own, with a slip for each phone; the motion and the slips."""
    store, now = app.store, app.store.now()
    body = store.do(CLERK, add_body, "owners", NAME)
    with TemporaryDirectory() as made:
        path = Path(made) / "演练名册.xlsx"
        write_roll(path, phones)
        store.do(CLERK, accept_import, body, extract(plan(read(path), RollKind.OWNERS)), legal_day(now))
    venue = store.ask(bodies.venues, body)[0].id
    matter = store.do(
        CLERK, register, body, title=NAME, source="resident", proposer="演练", taken_down=False,
        affected_range="演练", wish="演练，不计票", venue_id=venue,
    )  # fmt: skip
    motion = store.do(
        CLERK, actions.draft_motion, matter, title=NAME, items=("演练：请随意选择。",), rule_id="owners.ordinary",
        on=legal_day(now), legal_mode="survey", closes_at=now + timedelta(hours=2),
    )  # fmt: skip
    store.do(CLERK, actions.freeze, motion)
    slips = store.do(CLERK, actions.issue_slips, motion, address)
    store.do(CLERK, actions.open_vote, motion)
    return motion, slips


def _vote(address: str, slip: IssuedSlip, number: int) -> tuple[bool, float]:
    """One phone: open the slip's page, choose, confirm; whether it got a receipt, and the seconds its last press took."""
    place = urlsplit(address)
    line = http.client.HTTPConnection(place.hostname or "", place.port or 80, timeout=PATIENCE)
    path = f"/{slip.token}"
    try:
        form = _ask(line, "GET", path)
        form |= {name: CHOICES[number % len(CHOICES)] for name in form if name.startswith("item-")}
        form = _ask(line, "POST", path, form)
        began = time.monotonic()
        line.request("POST", path, urlencode(form | {"confirmed": "1"}), _FORM)
        answer = line.getresponse()
        told = answer.read().decode("utf-8", "replace")
        return answer.status == 200 and RECEIPT in told and slip.serial in told, time.monotonic() - began
    except (OSError, http.client.HTTPException):
        return False, 0.0
    finally:
        line.close()


def _ask(
    line: http.client.HTTPConnection, method: str, path: str, form: dict[str, str] | None = None
) -> dict[str, str]:
    """Open a page and give the fields of its form, as the page itself would send them."""
    line.request(method, path, urlencode(form) if form else None, _FORM if form else {})
    fields = _Fields()
    fields.feed(line.getresponse().read().decode("utf-8", "replace"))
    return fields.found


class _Fields(HTMLParser):
    """The fields of a page's first form: the hidden ones with their values, a question's without."""

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, str] = {}
        self.forms = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a field."""
        facts = dict(attrs)
        self.forms += tag == "form"
        if tag == "input" and facts.get("name") and self.forms == 1:
            self.found[facts["name"] or ""] = (facts.get("value") or "") if facts.get("type") == "hidden" else ""


_FORM = {"Content-Type": "application/x-www-form-urlencoded"}
