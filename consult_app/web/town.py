"""A town's vote site: each community's pages under its code, `/NH01/V/…`, one not knowing of the other."""

from functools import partial
from pathlib import Path

import anyio.to_thread
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from consult_app.app import UnknownCommunity
from consult_app.town import CODE, Town
from consult_app.web.misses import Misses
from consult_app.web.page import html
from consult_app.web.press import Press
from consult_app.web.site import Pages, build


class TownSite:
    """The sites of all communities; one that is entered while the server runs is found at its first visit."""

    def __init__(self, town: Town, misses: Path | None = None) -> None:
        """`misses` is the file in which all workers count wrong codes; a single process needs none."""
        self._town = town
        self._misses = misses
        self._sites: dict[str, Pages] = {}
        self._lookups = anyio.CapacityLimiter(1)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer by the community whose code the path begins with, in either case."""
        within = scope["path"].removeprefix(scope.get("root_path", ""))
        first = within.lstrip("/").partition("/")[0]
        site = await self._site(first.upper())
        if site is None:
            await _no_such_place()(scope, receive, send)
            return
        await site({**scope, "root_path": f"{scope.get('root_path', '')}/{first}"}, receive, send)

    def press_at(self, scope: Scope) -> tuple[Press, str] | None:
        """The press of the community a path begins with, once its pages were asked for, and the token of the vote."""
        first, _, rest = scope["path"].lstrip("/").partition("/")
        site = self._sites.get(first.upper())
        token = site.press.token_of(scope, f"/{rest}") if site else ""
        return (site.press, token) if site and token else None

    async def _site(self, code: str) -> Pages | None:
        if code not in self._sites:
            if not CODE.fullmatch(code):
                return None
            try:
                store = await anyio.to_thread.run_sync(partial(self._town.store, code), limiter=self._lookups)
            except UnknownCommunity:
                return None
            self._sites.setdefault(code, build(store, misses=Misses(self._misses, code)))
        return self._sites[code]


def _no_such_place() -> Response:
    text, advice = "请重新扫描选票上的二维码。", "仍然打不开，请把选票交给工作人员。"
    return html("notice.html", 404, motion=None, heading="没有这个页面", text=text, advice=advice, legal="")
