"""Gates: who may see a page. A page without one is not served at all (`site.build`).

A token has 80 bits and cannot be guessed, so whoever holds a right one is let in. The code a person can type has 35: a
device that keeps typing wrong ones is shut out for a while, right code or not, and when very many are wrong from many
devices, typing rests for all (threat 4). A wrong code and one that nobody bears get the same page, so neither tells more.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from starlette.requests import Request
from starlette.responses import Response

from consult_app.storage.store import Store
from consult_app.voting.credentials import is_token
from consult_app.voting.facts import SlipFacts
from consult_app.voting.receipts import Receipt
from consult_app.web.misses import Misses, ShutOut

if TYPE_CHECKING:
    from consult_app.web.kiosk import Kiosk


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
    if about := site.misses.note(device_of(request), site.store.now()):
        await site.alarm(about)


def device_of(request: Request) -> str:
    """The address a request came from: of a trusted proxy's client, where the server has one (`server.run`)."""
    return request.client.host if request.client else "?"
