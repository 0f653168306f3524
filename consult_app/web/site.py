"""The site: every page with its gate, and the edge where refusals and bugs become pages."""

import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

import anyio
import anyio.to_thread
from sqlalchemy.exc import OperationalError
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from consult_app.audit import chain
from consult_app.kernel.errors import Refused
from consult_app.storage.failure import StorageFailed
from consult_app.storage.store import SYSTEM, Store
from consult_app.voting import casting, lookup
from consult_app.voting.credentials import is_token
from consult_app.voting.facts import SlipFacts
from consult_app.voting.receipts import Receipt
from consult_app.voting.stack import cast_stack
from consult_app.web import kiosk, vote
from consult_app.web.form import FormRefused
from consult_app.web.gate import (
    Gate,
    NoSuchPage,
    NoSuchSlip,
    Page,
    anyone,
    device_of,
    holder_of_code,
    holder_of_token,
)
from consult_app.web.misses import ALL, Misses, ShutOut
from consult_app.web.opened import Opened
from consult_app.web.page import html
from consult_app.web.phones import Phones
from consult_app.web.press import VOTER, Press

log = logging.getLogger(__name__)
READERS = 8
"""Reads at once."""

T = TypeVar("T")


@dataclass(frozen=True)
class Place:
    """One page: where it stands, what it is, and who may see it."""

    path: str
    method: str
    page: Page
    gate: Gate | None


class Ungated(Exception):
    """A bug: a page was given no gate."""


PLACES = (
    Place("/", "GET", vote.enter_code, anyone),
    Place("/", "POST", vote.open_by_code, anyone),
    Place(kiosk.PLACE, "GET", kiosk.enter, anyone),
    Place(kiosk.PLACE, "POST", kiosk.send, anyone),
    Place(f"{kiosk.PLACE}/{{key}}", "GET", vote.choose, kiosk.helper_of_slip),
    Place(f"{kiosk.PLACE}/{{key}}", "POST", vote.submit, kiosk.helper_of_slip),
    *(Place(path, "GET", vote.choose, holder_of_token) for path in ("/{token}", "/V/{token}", "/v/{token}")),
    *(Place(path, "POST", vote.submit, holder_of_token) for path in ("/{token}", "/V/{token}", "/v/{token}")),
    *(Place(path, "GET", vote.choose, holder_of_code) for path in ("/C/{code}", "/c/{code}")),
    *(Place(path, "POST", vote.submit, holder_of_code) for path in ("/C/{code}", "/c/{code}")),
)
"""A token stands right behind the address, so that the printed code is small; slips of old have /V/ before it.

The path is accepted in either case: slips print it in capitals, people type it as they like."""


class Site:
    """What the pages share: the Store behind threads, and the memory of wrong codes and of phones."""

    def __init__(self, store: Store, phones: Phones, pin: str, misses: Misses) -> None:
        self.store = store
        self.misses = misses
        self.kiosk = kiosk.Kiosk(pin)
        self.phones = phones
        self._opened = Opened(store)
        self._readers = anyio.CapacityLimiter(READERS)

    async def slip(self, key: str) -> SlipFacts | None:
        """The slip that a token or a code belongs to."""
        return await (self.slip_by_token(key) if is_token(key) else self.slip_by_code(key))

    async def slip_by_token(self, token: str) -> SlipFacts | None:
        """The slip of a token."""
        return await self._opened.slip(token)

    async def slip_by_code(self, code: str) -> SlipFacts | None:
        """The slip of a code."""
        return await self._ask(partial(self.store.ask, lookup.slip_by_code, code))

    async def cast(self, key: str, choices: Mapping[str, str], form_key: str) -> Receipt:
        """Store a vote by token or code; it is on disk when this returns."""
        cast = casting.cast_ballot if is_token(key) else casting.cast_by_code
        return await self.store.do_async(VOTER, cast, key, choices, form_key)

    async def alarm(self, device: str) -> None:
        """Tell the chain, and so the window, that a device keeps guessing, or that typing rests for all."""
        event = "server.flooded" if device == ALL else "server.alarm"
        await self.store.do_async(SYSTEM, chain.append, event, "server:0", device=device)

    async def _ask(self, call: "partial[T]") -> T:
        return await anyio.to_thread.run_sync(call, limiter=self._readers)


def build(
    store: Store,
    places: tuple[Place, ...] = PLACES,
    phones: Phones | None = None,
    pin: str = "",
    misses: Misses | None = None,
) -> "Pages":
    """The vote site on a Store, that notes the `phones` which come by; tablets sign in with the `pin`, none without.

    Sites that share their `misses` shut out together. Raises `Ungated` for a page without a gate.
    """
    site = Site(store, phones or Phones(), pin, misses or Misses())
    routes = []
    for place in places:
        if place.gate is None:
            raise Ungated(place.path)
        routes.append(Route(place.path, _endpoint(site, place.page, place.gate), methods=[place.method]))
    store.stack(casting.cast_ballot, cast_stack)
    return Pages(Press(store), Starlette(routes=routes, exception_handlers={HTTPException: _http_error}))


@dataclass(frozen=True)
class Pages:
    """A Store's pages as they are served, and the press that takes its confirmed votes before them."""

    press: Press
    framework: ASGIApp

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        await self.framework(scope, receive, send)

    def press_at(self, scope: Scope) -> tuple[Press, str] | None:
        """The press and the token of what may be a confirmed vote."""
        token = self.press.token_of(scope, scope["path"])
        return (self.press, token) if token else None


def _endpoint(site: Site, page: Page, gate: Gate) -> Callable[[Request], Awaitable[Response]]:
    async def answer(request: Request) -> Response:
        site.phones.note(device_of(request), site.store.now())
        try:
            return await page(await gate(request, site))
        except NoSuchPage:
            return _no_page(404)
        except NoSuchSlip:
            return _plain(404, "打不开这张选票", "请核对扫描的码或选票上的代码。", "仍然打不开，请把选票交给工作人员。")
        except ShutOut:
            text = "这台设备输错的次数太多，请 10 分钟后再试。"
            return _plain(429, "请稍后再试", text, "不想等，请把选票交给工作人员，用纸质选票同样有效。")
        except FormRefused as refused:
            return _unreadable(refused.status)
        except StorageFailed:
            log.exception("the database failed")
            return _failed(503)
        except Refused as refused:
            return _plain(409, "没有投成", str(refused), "请把选票交给工作人员。")
        except OperationalError:
            log.exception("the database does not answer")
            return _failed(503)
        except Exception:
            log.exception("a page failed: %s", request.url.path[:3])
            return _failed(500)

    return answer


def _unreadable(status: int) -> Response:
    page = _plain(status, "没有收到完整的选票", "请返回上一页再提交一次。", "仍然不行，请把选票交给工作人员。")
    page.headers["Connection"] = "close"
    return page


def _failed(status: int) -> Response:
    text = "这次没有收下您的投票，也不会重复计票。"
    return _plain(status, "暂时不能投票", text, "请稍等再扫一次码，或把选票交给工作人员。")


async def _http_error(_request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    return _no_page(status)


def _no_page(status: int) -> Response:
    return _plain(status, "没有这个页面", "请重新扫描选票上的二维码。", "扫不了码，请打开首页输入选票上的代码。")


def _plain(status: int, heading: str, text: str, advice: str) -> Response:
    return html("notice.html", status, motion=None, heading=heading, text=text, advice=advice, legal="")
