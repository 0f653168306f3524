"""Gates: who may see a page. A page without one is not served at all (`site.build`).

A token has 80 bits and cannot be guessed, so whoever holds a right one is let in. The code a person can type has 35: a
device that keeps typing wrong ones is shut out for a while, right code or not (threat 4).
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

from starlette.requests import Request
from starlette.responses import Response

from consult_app.storage.store import Store
from consult_app.voting.facts import SlipFacts
from consult_app.voting.receipts import Receipt

MISSES = 5
"""Wrong codes from one device before it is shut out and the chain is told."""

SHUT_OUT = timedelta(minutes=10)
DEVICES = 10_000
"""Devices remembered at once; the oldest are forgotten first, so that memory stays bounded."""

ALARMS = 20
"""Alarms written to the chain in one spell of `SHUT_OUT`, so that an attacker cannot fill it."""


@dataclass
class Misses:
    """How often each device was wrong of late. One for each running site."""

    seen: dict[str, list[datetime]] = field(default_factory=dict)
    alarms: list[datetime] = field(default_factory=list)

    def shut_out(self, device: str, now: datetime) -> bool:
        """Whether a device has used up its tries."""
        return len(self._recent(device, now)) >= MISSES

    def note(self, device: str, now: datetime) -> bool:
        """Count one more miss; True when it is the one that raises the alarm."""
        recent = self._recent(device, now)
        if len(recent) >= MISSES:
            return False
        recent.append(now)
        self.seen.pop(device, None)
        self.seen[device] = recent
        while len(self.seen) > DEVICES:
            del self.seen[next(iter(self.seen))]
        return len(recent) == MISSES and self._may_alarm(now)

    def _recent(self, device: str, now: datetime) -> list[datetime]:
        return [at for at in self.seen.get(device, ()) if now - at < SHUT_OUT]

    def _may_alarm(self, now: datetime) -> bool:
        self.alarms = [at for at in self.alarms if now - at < SHUT_OUT]
        if len(self.alarms) >= ALARMS:
            return False
        self.alarms.append(now)
        return True


class Door(Protocol):
    """What a gate and a page may use of the site."""

    store: Store
    misses: Misses

    async def slip(self, key: str) -> SlipFacts | None: ...

    async def cast(self, key: str, choices: Mapping[str, str], form_key: str) -> Receipt: ...

    async def slip_by_token(self, token: str) -> SlipFacts | None: ...

    async def slip_by_code(self, code: str) -> SlipFacts | None: ...

    async def alarm(self, device: str) -> None: ...


@dataclass(frozen=True)
class Visit:
    """A request that was let in. `slip` is set behind the gates that ask for one; `key` is its token or code."""

    request: Request
    site: Door
    slip: SlipFacts | None = None
    key: str = ""

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


Page = Callable[[Visit], Awaitable[Response]]
Gate = Callable[[Request, Door], Awaitable[Visit]]


async def anyone(request: Request, site: Door) -> Visit:
    """Let everyone in: the page tells nothing."""
    return Visit(request, site)


async def holder_of_token(request: Request, site: Door) -> Visit:
    """Let in whoever holds a slip's token; raises `NoSuchSlip` or, after too many misses, `ShutOut`."""
    token = request.path_params["token"]
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
    if site.misses.note(device, now):
        await site.alarm(device)


def device_of(request: Request) -> str:
    """The address a request came from."""
    return request.client.host if request.client else "?"
