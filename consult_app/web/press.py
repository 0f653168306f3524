"""The press of 确认投票: a confirmed vote by a slip's token, taken past the framework.

A hall presses at once, and a request that is built, routed and rendered costs several times what the vote itself does. So
the one form that everybody sends at the same moment is read here from the bare bytes, and a receipt that was filled in
answers it. Anything else, and every refusal, goes to the site as if nothing had looked at it: to say no, there is time.
"""

import asyncio
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, Protocol

from starlette.types import Receive, Scope, Send

from consult_app.storage.store import Actor, Store
from consult_app.storage.writer import Write
from consult_app.voting import casting, lookup
from consult_app.voting.credentials import TOKEN_LENGTH
from consult_app.voting.receipts import Receipt
from consult_app.web import page, vote
from consult_app.web.letter import Letter

VOTER = Actor("投票人", "voter")

LONGEST = 4096
"""Bytes of a form that is read here; a ballot of thirty items has about one thousand."""

PLACES = ("", "/V", "/v")
"""What stands between the address and the token."""

Answer = Callable[[bytes | None], None]
"""Takes an answer from its first header on; None where the site has to see to it."""

_FORM = b"application/x-www-form-urlencoded"
_SAFE = frozenset(b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-=&")
"""A form of these characters alone needs no decoding; what our own pages send has no others."""


class Pressed(Protocol):
    """A site whose confirmed votes are taken before the framework sees them."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None: ...

    def press_at(self, scope: Scope) -> "tuple[Press, str] | None":
        """The press of a request, and the token it is pressed with, where it may be a vote for the press."""


class Press:
    """The press of one Store."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._letters: dict[tuple[int, bool, bool], Letter] = {}
        self._rendering: set[asyncio.Task[None]] = set()
        headers = {**page.headers(), "Content-Type": "text/html; charset=utf-8"}
        self._plain = "".join(f"{name.lower()}: {value}\r\n" for name, value in headers.items()).encode()
        self._packed = self._plain + b"content-encoding: gzip\r\n"

    def token_of(self, scope: Scope, path: str) -> str:
        """The token in the path of a form; empty for other paths, and for forms that are not read here."""
        place, _, token = path.rpartition("/")
        if len(token) != TOKEN_LENGTH or place not in PLACES or scope["method"] != "POST":
            return ""
        headers = dict(scope["headers"])
        length = headers.get(b"content-length", b"")
        kind = headers.get(b"content-type", b"").partition(b";")[0].strip().lower()
        return token if kind == _FORM and length.isdigit() and len(length) <= 4 and int(length) <= LONGEST else ""

    def cast(self, token: str, body: bytes, scope: Scope, answer: Answer) -> bool:
        """Cast a confirmed vote and answer it once it is on disk; False, and nothing done, for any other form."""
        form = _form(body)
        if form is None:
            return False
        choices = {name[5:]: value for name, value in form.items() if name.startswith("item-")}
        told = partial(self._told, form.get("big") == "1", page.reads_gzip(scope), answer)
        self.store.do_then(told, VOTER, casting.cast_ballot, token, choices, form.get("key", "")[:64])
        return True

    def _told(self, big: bool, packed: bool, answer: Answer, write: Write) -> None:
        if write.error is not None:
            answer(None)  # the site tries again, and says why it cannot be done
            return
        receipt: Receipt = write.result
        kind = (receipt.motion_id, big, bool(receipt.codes))
        letter = self._letters.get(kind)
        if letter is not None:
            answer(self._filled(letter, receipt, packed))
            return
        task = asyncio.create_task(self._answer_first(kind, receipt, packed, answer))
        self._rendering.add(task)
        task.add_done_callback(self._rendering.discard)

    async def _answer_first(self, kind: tuple[int, bool, bool], receipt: Receipt, packed: bool, answer: Answer) -> None:
        """Render the receipt of a motion. What stands in it is frozen before the first vote, so it is done once."""
        try:
            motion = await asyncio.to_thread(partial(self.store.ask, lookup.motion, kind[0]))
            self._letters[kind] = vote.receipt_letter(motion, *kind[1:])
        except Exception:
            answer(None)  # the site meets the same error, and knows what to say
        else:
            answer(self._filled(self._letters[kind], receipt, packed))

    def _filled(self, letter: Letter, receipt: Receipt, packed: bool) -> bytes:
        values = vote.gaps_of(receipt)
        body = letter.gzipped(values) if packed else letter.plain(values)
        return b"%bcontent-length: %d\r\n\r\n%b" % (self._packed if packed else self._plain, len(body), body)


def _form(body: bytes) -> Mapping[str, str] | None:
    """The fields of a confirmed vote in plain characters; None for anything else."""
    if not _SAFE.issuperset(body):
        return None
    fields: list[Any] = [field.partition("=")[::2] for field in body.decode("ascii").split("&")]
    form = dict(fields)
    whole = len(form) == len(fields) and form.get("confirmed") == "1" and "change" not in form
    return form if whole else None
