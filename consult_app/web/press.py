"""The press of 确认投票: a confirmed vote by a slip's token, taken past the framework.

A hall presses at once, and a request that is built, routed and rendered costs several times what the vote itself does. So
the one form that everybody sends at the same moment is read here from the bare bytes, and a receipt that was filled in
answers it. Anything else, and every refusal, goes on to the site as if nothing had looked at it: to say no, there is time.
"""

import asyncio
from collections.abc import Mapping
from contextlib import suppress
from functools import partial

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from consult_app.storage.store import Actor, Store
from consult_app.voting import actions, queries
from consult_app.voting.credentials import TOKEN_LENGTH
from consult_app.web import page, vote
from consult_app.web.letter import Letter

VOTER = Actor("投票人", "voter")
AT_ONCE = 1
"""Seconds a form is waited for here; a slower one is the site's."""

LONGEST = 4096
"""Bytes of a form that is read here; a ballot of thirty items has about one thousand."""

PLACES = ("", "/V", "/v")
"""What stands between the address and the token."""

_FORM = b"application/x-www-form-urlencoded"
_SAFE = frozenset(b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-=&")
"""A form of these characters alone needs no decoding; what our own pages send has no others."""


class Press:
    """The site with the press in front of it."""

    def __init__(self, store: Store, site: ASGIApp) -> None:
        self.store = store
        self.site = site
        self._letters: dict[tuple[int, bool, bool], Letter] = {}
        self._headers = [(name.lower().encode(), value.encode()) for name, value in page.headers().items()]
        self._headers.append((b"content-type", b"text/html; charset=utf-8"))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a confirmed vote with its receipt; hand everything else on."""
        if scope["type"] == "http" and scope["method"] == "POST":
            token, length = _pressed(scope)
            if token:
                parts = await _read(receive, length)
                form = _form(parts, length)
                if form is not None and await self._cast(token, form, scope, send):
                    return
                receive = _again(parts, receive)
        await self.site(scope, receive, send)

    async def _cast(self, token: str, form: Mapping[str, str], scope: Scope, send: Send) -> bool:
        choices = {name[5:]: value for name, value in form.items() if name.startswith("item-")}
        try:
            receipt = await self.store.do_async(VOTER, actions.cast_ballot, token, choices, form.get("key", "")[:64])
            letter = await self._letter(receipt.motion_id, form.get("big") == "1", bool(receipt.codes))
        except Exception:
            return False  # the site tries again, and says why it cannot be done
        await self._answer(letter, vote.gaps_of(receipt), scope, send)
        return True

    async def _letter(self, motion_id: int, big: bool, coded: bool) -> Letter:
        """The receipt of a motion. What stands in it is frozen before the first vote, so it is rendered once."""
        found = self._letters.get((motion_id, big, coded))
        if found is None:
            ask = partial(self.store.ask, queries.motion, motion_id)
            found = vote.receipt_letter(await asyncio.to_thread(ask), big, coded)
            self._letters[motion_id, big, coded] = found
        return found

    async def _answer(self, letter: Letter, values: Mapping[str, str], scope: Scope, send: Send) -> None:
        if page.reads_gzip(scope):
            body, headers = letter.gzipped(values), [*self._headers, (b"content-encoding", b"gzip")]
        else:
            body, headers = letter.plain(values), list(self._headers)
        headers.append((b"content-length", b"%d" % len(body)))
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": body})


def _pressed(scope: Scope) -> tuple[str, int]:
    """The token a path ends with and the length of the form; nothing for other paths, and for forms that are not read here."""
    path = scope["path"].removeprefix(scope.get("root_path", ""))
    place, _, token = path.rpartition("/")
    if len(token) != TOKEN_LENGTH or place not in PLACES:
        return "", 0
    headers = dict(scope["headers"])
    length = headers.get(b"content-length", b"")
    kind = headers.get(b"content-type", b"").partition(b";")[0].strip().lower()
    if kind != _FORM or not length.isdigit() or len(length) > 4 or int(length) > LONGEST:
        return "", 0
    return token, int(length)


async def _read(receive: Receive, length: int) -> list[Message]:
    """The parts of a body up to its length; as far as it comes at once."""
    parts: list[Message] = []
    with suppress(TimeoutError):
        async with asyncio.timeout(AT_ONCE):
            while length > 0:
                part = await receive()
                parts.append(part)
                length -= len(part.get("body", b""))
                if not part.get("more_body"):
                    break
    return parts


def _form(parts: list[Message], length: int) -> dict[str, str] | None:
    """The fields of a confirmed vote that came whole and in plain characters; None for anything else."""
    body = b"".join(part.get("body", b"") for part in parts)
    if len(body) != length or not _SAFE.issuperset(body):
        return None
    fields = [field.partition("=")[::2] for field in body.decode("ascii").split("&")]
    form = dict(fields)
    whole = len(form) == len(fields) and form.get("confirmed") == "1" and "change" not in form
    return form if whole else None


def _again(parts: list[Message], receive: Receive) -> Receive:
    """A body that was begun, from its beginning."""
    waiting = iter(parts)

    async def replay() -> Message:
        return next(waiting, None) or await receive()

    return replay
