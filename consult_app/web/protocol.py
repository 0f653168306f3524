"""HTTP with patience, and with a short way for the press: uvicorn's protocol, told when to hurry.

A request that trickles is cut off (threat 19). A confirmed vote that comes whole is handed to the press as it comes off the
wire, without a task, a framework or a second packet; should the press send it back, the site gets it as if it had just come.
"""

import asyncio
from collections import Counter
from functools import partial
from typing import Any, cast

from starlette.types import Scope
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle

from consult_app.web.press import Press, Pressed

HEAD_PATIENCE = 10
"""Seconds a client may take to send the head of a request; one that trickles it is cut off."""

FORM_PATIENCE = 1
"""Seconds the press waits for a form whose head has come; a slower one is the site's, which knows how to wait."""


class Crowd:
    """How many connections each address holds; `each` at most, but for the `exempt` proxy, behind which all stand."""

    def __init__(self, each: int, exempt: str = "") -> None:
        self._each = each
        self._exempt = exempt
        self._held: Counter[str] = Counter()

    def enter(self, address: str) -> bool:
        """Count one more; whether there is room for it."""
        self._held[address] += 1
        return self._held[address] <= self._each or address == self._exempt

    def leave(self, address: str) -> None:
        """One less."""
        self._held[address] -= 1
        if self._held[address] <= 0:
            del self._held[address]


class SteadyProtocol(HttpToolsProtocol):
    """HTTP with patience for the head of a request, and room for others beside one address; uvicorn itself knows neither."""

    _address = ""
    _in_head = False
    _impatience: asyncio.TimerHandle | None = None

    def __init__(self, crowd: Crowd, **given: Any) -> None:
        super().__init__(**given)
        self._crowd = crowd

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Give a new connection its time for the first head, or turn it away."""
        super().connection_made(transport)
        self._address = self.client[0] if self.client else ""
        if self._crowd.enter(self._address):
            self._expect_head()
        else:
            transport.close()

    def data_received(self, data: bytes) -> None:
        """Give a following request its time when its head does not come at once."""
        super().data_received(data)
        if self._in_head and self._impatience is None:
            self._expect_head()

    def on_message_begin(self) -> None:
        """A request begins."""
        self._in_head = True
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        """The head is there."""
        self._in_head = False
        self._stop_expecting()
        super().on_headers_complete()

    def connection_lost(self, exc: Exception | None) -> None:
        """Nothing to wait for."""
        self._crowd.leave(self._address)
        self._in_head = False
        self._stop_expecting()
        super().connection_lost(exc)

    def _expect_head(self) -> None:
        self._impatience = self.loop.call_later(HEAD_PATIENCE, self._lose_patience)

    def _stop_expecting(self) -> None:
        if self._impatience is not None:
            self._impatience.cancel()
            self._impatience = None

    def _lose_patience(self) -> None:
        self._impatience = None
        if not self.transport.is_closing():
            self.transport.close()


class PressProtocol(SteadyProtocol):
    """Hands the press what is its own. `press_at` of the site says which press takes a path's votes, if any."""

    _pressed: tuple[Any, Press, str] | None = None
    _hurry: asyncio.TimerHandle | None = None

    def on_message_complete(self) -> None:
        """The request is there, whole."""
        super().on_message_complete()
        if self._pressed is not None and self._pressed[0] is self.cycle:
            self._press()

    def connection_lost(self, exc: Exception | None) -> None:
        """The phone has gone; what it sent whole is being cast all the same."""
        self._drop_form()
        super().connection_lost(exc)

    def _start_asgi_task(self, cycle: RequestResponseCycle, app: Any) -> None:
        site = cast(Pressed, self.config.app)
        found = site.press_at(cast(Scope, cycle.scope)) if app is self.app else None
        if found is None or cycle.waiting_for_100_continue:
            super()._start_asgi_task(cycle, app)
            return
        self._pressed = (cycle, *found)
        if cycle.more_body:
            self._hurry = self.loop.call_later(FORM_PATIENCE, self._hand_on, cycle)
        else:
            self._press()

    def _press(self) -> None:
        assert self._pressed is not None
        cycle, press, token = self._pressed
        self._drop_form()
        if not press.cast(token, bytes(cycle.body), cycle.scope, partial(self._answer, cycle)):
            self._hand_on(cycle)

    def _answer(self, cycle: RequestResponseCycle, answer: bytes | None) -> None:
        """Send the answer's head and body in one piece; without one the site answers."""
        if cycle.disconnected:
            return
        if answer is None:
            self._hand_on(cycle)
            return
        if cycle.keep_alive:
            self.transport.write(b"HTTP/1.1 200 OK\r\n" + answer)
        else:
            self.transport.write(b"HTTP/1.1 200 OK\r\nconnection: close\r\n" + answer)
            self.transport.close()
        cycle.response_started = cycle.response_complete = True
        cycle.on_response()

    def _hand_on(self, cycle: RequestResponseCycle) -> None:
        self._drop_form()
        super()._start_asgi_task(cycle, self.app)

    def _drop_form(self) -> None:
        self._pressed = None
        if self._hurry is not None:
            self._hurry.cancel()
            self._hurry = None
