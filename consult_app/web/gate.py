"""Gates: who may see a page. A page without one is not served at all (`site.build`).

A token has 80 bits and cannot be guessed, so whoever holds a right one is let in. The code a person can type has 35: a
device that keeps typing wrong ones is shut out for a while, right code or not, and when very many are wrong from many
devices, typing rests for all (threat 4). A wrong code and one that nobody bears get the same page, so neither tells more.
"""

from collections import deque
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Protocol

from starlette.requests import Request
from starlette.responses import Response

from consult_app.storage.store import Store
from consult_app.voting.credentials import is_token
from consult_app.voting.facts import SlipFacts
from consult_app.voting.receipts import Receipt

if TYPE_CHECKING:
    from consult_app.web.kiosk import Kiosk

MISSES = 5
"""Wrong codes from one device before it is shut out and the chain is told."""

MISSES_IN_ALL = 300
"""Wrong codes from all devices in one spell before typing rests for all: a hall of elderly people stays far below."""

SHUT_OUT = timedelta(minutes=10)
DEVICES = 10_000
"""Devices remembered at once; the oldest are forgotten first, so that memory stays bounded."""

ALARMS = 20
"""Alarms written to the chain in one spell of `SHUT_OUT`, so that an attacker cannot fill it."""

ALL = "（全部设备）"
"""What the alarm names where typing rests for all."""


@dataclass
class Misses:
    """How often each device, and all together, were wrong of late. One for each running site."""

    seen: dict[str, list[datetime]] = field(default_factory=dict)
    all: deque[datetime] = field(default_factory=lambda: deque(maxlen=MISSES_IN_ALL))
    alarms: list[datetime] = field(default_factory=list)

    def shut_out(self, device: str, now: datetime) -> bool:
        """Whether a device, or all together, have used up their tries."""
        return len(self._recent(device, now)) >= MISSES or self._all_used_up(now)

    def note(self, device: str, now: datetime) -> str | None:
        """Count one more miss; whom to raise the alarm about, when it is the last try."""
        if self.shut_out(device, now):
            return None
        recent = [*self._recent(device, now), now]
        self.seen.pop(device, None)
        self.seen[device] = recent
        while len(self.seen) > DEVICES:
            del self.seen[next(iter(self.seen))]
        self.all.append(now)
        if self._all_used_up(now):
            return ALL
        return device if len(recent) == MISSES and self._may_alarm(now) else None

    def _recent(self, device: str, now: datetime) -> list[datetime]:
        return [at for at in self.seen.get(device, ()) if now - at < SHUT_OUT]

    def _all_used_up(self, now: datetime) -> bool:
        return len(self.all) == MISSES_IN_ALL and now - self.all[0] < SHUT_OUT

    def _may_alarm(self, now: datetime) -> bool:
        self.alarms = [at for at in self.alarms if now - at < SHUT_OUT]
        if len(self.alarms) >= ALARMS:
            return False
        self.alarms.append(now)
        return True


class Door(Protocol):
    """What a gate and a page may use of the site."""

    @property
    def store(self) -> Store: ...

    @property
    def misses(self) -> Misses: ...

    @property
    def kiosk(self) -> "Kiosk": ...

    async def slip(self, key: str) -> SlipFacts | None: ...

    async def cast(self, key: str, choices: Mapping[str, str], form_key: str) -> Receipt: ...

    async def slip_by_token(self, token: str) -> SlipFacts | None: ...

    async def slip_by_code(self, code: str) -> SlipFacts | None: ...

    async def alarm(self, device: str) -> None: ...


@dataclass(frozen=True)
class Visit:
    """A request that was let in. `slip` is set behind the gates that ask for one; `key` is its token or code.

    `receipt` is the page that a stored vote is answered with, `back` where one turns from a slip to the next (a tablet's pad).
    """

    request: Request
    site: Door
    slip: SlipFacts | None = None
    key: str = ""
    receipt: str = "receipt.html"
    back: str = ""

    @property
    def path(self) -> str:
        """Where the page's forms go: the path the visitor came by."""
        return self.request.url.path

    @property
    def device(self) -> str:
        """The device as far as the network tells it apart."""
        return device_of(self.request)


class ShutOut(Exception):
    """The device used up its tries."""


class NoSuchSlip(Exception):
    """Nothing answers to what was scanned or typed."""


class NoSuchPage(Exception):
    """The path has not even the shape of a slip's."""


Page = Callable[[Visit], Awaitable[Response]]
Gate = Callable[[Request, Door], Awaitable[Visit]]


async def anyone(request: Request, site: Door) -> Visit:
    """Let everyone in: the page tells nothing."""
    return Visit(request, site)


async def holder_of_token(request: Request, site: Door) -> Visit:
    """Let in whoever holds a slip's token; raises `NoSuchPage`, `NoSuchSlip` or, after too many misses, `ShutOut`."""
    token = request.path_params["token"]
    if not is_token(token):
        raise NoSuchPage
    slip = await site.slip_by_token(token)
    if slip is None:
        await miss(request, site)
        raise NoSuchSlip
    return Visit(request, site, slip, token)


async def holder_of_code(request: Request, site: Door) -> Visit:
    """Let in whoever knows a slip's code, unless the device used up its tries."""
    if site.misses.shut_out(device_of(request), site.store.now()):
        raise ShutOut
    code = request.path_params["code"]
    slip = await site.slip_by_code(code)
    if slip is None:
        await miss(request, site)
        raise NoSuchSlip
    return Visit(request, site, slip, code)


async def miss(request: Request, site: Door) -> None:
    """Count a miss, and raise `ShutOut` where the device had used up its tries before."""
    device, now = device_of(request), site.store.now()
    if site.misses.shut_out(device, now):
        raise ShutOut
    if about := site.misses.note(device, now):
        await site.alarm(about)


def device_of(request: Request) -> str:
    """The address a request came from: of a trusted proxy's client, where the server has one (`server.run`)."""
    return request.client.host if request.client else "?"
