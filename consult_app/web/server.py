"""Run the site: one process, a socket bound before anything else, limits against slow and hostile clients."""

import contextlib
import errno
import importlib.util
import logging
import socket
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, cast
from urllib.parse import urlsplit

import uvicorn

from consult_app.kernel.errors import Refused
from consult_app.storage.store import Store
from consult_app.web.address import lan_addresses, url_of
from consult_app.web.misses import Misses
from consult_app.web.phones import Phones
from consult_app.web.press import Pressed
from consult_app.web.protocol import Crowd, PressProtocol
from consult_app.web.site import build

log = logging.getLogger(__name__)

PORT = 8080
HTTP_PORT = 80
EVERYWHERE = "0.0.0.0"
"""The host that stands for all networks of this computer."""

KEEP_ALIVE = 15
CONNECTIONS = 6000
EACH = 3000
"""Connections of one address, so that one laptop cannot hold every place; a hall behind a second router has one address too."""

OPEN_FILES = 8192


class PortTaken(Refused):
    """Another program listens there."""

    text = "端口 {port} 已被其他程序占用，投票服务没有开启。请关闭那个程序，或换一个端口。"
    field = "port"


class PortBarred(Refused):
    """The system lets only administrators listen there."""

    text = "系统不允许使用端口 {port}，请换一个 1024 以上的端口。"
    field = "port"


class NotOurAddress(Refused):
    """The computer does not have that address."""

    text = "本机没有地址 {host}，请检查网络连接，或重新选择地址。"
    field = "host"


class BadPort(Refused):
    """A port is a number from 0 to 65535."""

    text = "端口应为 1 到 65535 之间的数字。"
    field = "port"


@dataclass(frozen=True)
class Listening:
    """A bound socket and the addresses phones can reach it by, the likeliest first."""

    bound: socket.socket
    addresses: tuple[str, ...]
    port: int

    @property
    def is_reachable(self) -> bool:
        """Whether phones can reach it: not without a network, where only this computer is left."""
        return not all("//127." in address for address in self.addresses)


def listen(host: str = EVERYWHERE, port: int = PORT) -> Listening:
    """Bind the socket; port 0 takes a free one. Refused: `PortTaken`, `PortBarred`, `NotOurAddress`, `BadPort`."""
    if not 0 <= port <= 65535:
        raise BadPort
    try:
        family, kind, protocol, _, place = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except (OSError, UnicodeError):
        raise NotOurAddress(host=host)
    bound = socket.socket(family, kind, protocol)
    try:
        # On Windows this option would let two programs share a port; there, ask for the port alone.
        exclusive = getattr(socket, "SO_EXCLUSIVEADDRUSE", None)
        bound.setsockopt(socket.SOL_SOCKET, exclusive if exclusive is not None else socket.SO_REUSEADDR, 1)
        bound.bind(place)
        bound.listen(2048)
    except OSError as error:
        bound.close()
        raise _refusal(error, host, port)
    number = int(bound.getsockname()[1])
    hosts = (lan_addresses() or ("127.0.0.1",)) if host == EVERYWHERE else (host,)
    return Listening(bound, tuple(url_of(name, number) for name in hosts), number)


def adopt(number: int) -> Listening:
    """The socket a parent process bound and handed down; its addresses are the parent's affair."""
    bound = socket.socket(fileno=number)
    return Listening(bound, (), int(bound.getsockname()[1]))


def shortest_port() -> int:
    """80 where the system lets this program have it, so that slips lead to an address without a port; else `PORT`.

    Such an address has 39 characters at most, and its code mostly 25 modules instead of 29: it reads from further off.
    """
    try:
        listen(port=HTTP_PORT).bound.close()
    except (PortTaken, PortBarred):
        return PORT
    return HTTP_PORT


def run(
    store: Store,
    listening: Listening,
    ready: Callable[[], None] = lambda: None,
    *,
    report: Callable[[int], None] = lambda count: None,
    trusted_proxy: str = "",
    pin: str = "",
    misses: Misses | None = None,
) -> None:
    """Serve one Store as `serve` does; calls `report` every second with how many phones came. `pin` opens tablets.

    `misses` is the count of wrong codes, where other processes share it.
    """
    store.checkpoint_apart()
    phones = Phones(urlsplit(address).hostname or "" for address in listening.addresses)
    site = build(store, phones=phones, pin=pin, misses=misses)
    serve(site, listening, ready, lambda: report(phones.count(store.now())), trusted_proxy=trusted_proxy)


def serve(
    site: Pressed,
    listening: Listening,
    ready: Callable[[], None],
    each_second: Callable[[], None] = lambda: None,
    *,
    trusted_proxy: str = "",
) -> None:
    """Serve a site until the process is told to end; calls `ready` once phones can connect.

    Only behind a `trusted_proxy` (its address) is a device the one that the proxy names: anybody can write that header.
    """
    allow_files(OPEN_FILES)
    config = uvicorn.Config(
        site,
        http=cast(Any, partial(PressProtocol, Crowd(EACH, trusted_proxy))),
        ws="none",
        lifespan="off",
        loop="uvloop" if importlib.util.find_spec("uvloop") else "asyncio",
        access_log=False,
        log_level="warning",
        server_header=False,
        proxy_headers=bool(trusted_proxy),
        forwarded_allow_ips=trusted_proxy or None,
        timeout_keep_alive=KEEP_ALIVE,
        timeout_graceful_shutdown=3,
        limit_concurrency=CONNECTIONS,
        backlog=2048,
    )
    _Server(config, ready, each_second).run(sockets=[listening.bound])


class _Server(uvicorn.Server):
    def __init__(self, config: uvicorn.Config, ready: Callable[[], None], each_second: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready, self._each_second = ready, each_second

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets=sockets)
        self._ready()

    async def on_tick(self, counter: int) -> bool:
        if counter % 10 == 0:
            self._each_second()
        return await super().on_tick(counter)


def allow_files(wanted: int) -> None:
    """Let the process hold a connection for every phone in the hall, as far as the system allows."""
    if sys.platform == "win32":
        return
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    limit = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    if soft != resource.RLIM_INFINITY and soft < limit:
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (limit, hard))


def _refusal(error: OSError, host: str, port: int) -> Refused:
    kinds: dict[int | None, Any] = {
        errno.EADDRINUSE: PortTaken(port=port),
        errno.EACCES: PortBarred(port=port),
        errno.EPERM: PortBarred(port=port),
        errno.EADDRNOTAVAIL: NotOurAddress(host=host),
        10048: PortTaken(port=port),  # WSAEADDRINUSE
        10013: PortTaken(port=port),  # WSAEACCES: an exclusive owner holds it
        10049: NotOurAddress(host=host),  # WSAEADDRNOTAVAIL
    }
    if error.errno not in kinds:
        raise error
    found: Refused = kinds[error.errno]
    return found
