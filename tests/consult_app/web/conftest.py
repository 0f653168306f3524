"""The site on an open vote: asked in this process, and as a server of its own on the loopback."""

import asyncio
import contextlib
import threading
from dataclasses import dataclass
from typing import Any

import httpx
import pytest

from consult_app.web import form, protocol, server
from consult_app.web.site import build
from tests.consult_app.voting import estate


@dataclass
class Phone:
    """A phone that asks the site of this process; cookies, scripts and redirects are unknown to it."""

    site: Any
    device: str = "192.168.31.77"

    def ask(self, method: str, path: str, **more: Any) -> httpx.Response:
        """One request."""

        async def once() -> httpx.Response:
            transport = httpx.ASGITransport(self.site, client=(self.device, 4711))
            async with httpx.AsyncClient(transport=transport, base_url="http://192.168.31.20:8080") as client:
                return await client.request(method, path, **more)

        return asyncio.run(once())

    def get(self, path: str) -> httpx.Response:
        """Open a page."""
        return self.ask("GET", path)

    def post(self, path: str, **fields: str) -> httpx.Response:
        """Send a form; underscores in names stand for hyphens."""
        return self.ask("POST", path, data={name.replace("_", "-"): value for name, value in fields.items()})


@pytest.fixture
def owners(store, owners_body, tmp_path):
    """An owners' assembly with a roll of nine flats."""
    estate.owners_roll(store, tmp_path, owners_body)
    return owners_body


@pytest.fixture
def vote(store, owners):
    """An open owners' vote, binding, with its nine slips."""
    return estate.opened(store, owners)


@pytest.fixture
def phone(store):
    """A phone before the site."""
    return Phone(build(store))


@pytest.fixture
def patience():
    """Seconds the server gives a client that sends nothing; a test that needs more says so."""
    return 0.2


@pytest.fixture
def inside(store, patience, monkeypatch):
    """The server in a thread of this process, with little patience."""
    monkeypatch.setattr(protocol, "HEAD_PATIENCE", patience)
    monkeypatch.setattr(protocol, "FORM_PATIENCE", patience)
    monkeypatch.setattr(form, "PATIENCE", patience)
    listening = server.listen("127.0.0.1", 0)
    up, held = threading.Event(), []

    class Held(server._Server):
        def __init__(self, *parts):
            super().__init__(*parts)
            held.append(self)

        def capture_signals(self):
            return contextlib.nullcontext()

    monkeypatch.setattr(server, "_Server", Held)
    thread = threading.Thread(target=server.run, args=(store, listening, up.set))
    thread.start()
    assert up.wait(20)
    yield listening
    held[0].should_exit = True
    thread.join(20)
