"""平板投票台: a tablet on the table where a helper and a witness see each voter through, one after another.

It opens behind the helper's PIN that the window or `consult serve --tablet` shows. Helper and witness stand in the record of
every vote cast here, what was chosen beside nobody's name but the voter's own, and in a secret vote beside none. Works without
script: every key of the pad is a button that sends the form, and a scanner types a slip's address into the field with the focus.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from consult_app.kernel.errors import Refused
from consult_app.storage.store import ALPHABET, Actor, Store
from consult_app.voting import casting
from consult_app.voting.casting import two_people
from consult_app.voting.credentials import CODE_LENGTH, grouped, is_human_code, normalised, scanned
from consult_app.voting.facts import SlipFacts
from consult_app.voting.receipts import Receipt
from consult_app.web.form import read_form
from consult_app.web.gate import Door, NoSuchPage, NoSuchSlip, Visit, device_of
from consult_app.web.misses import Misses, ShutOut
from consult_app.web.page import html

PLACE = "/desk"
COOKIE = "desk"
SHIFT = timedelta(hours=8)
"""How long a tablet stays open before the PIN is asked for again."""

PIN_LENGTH = 6
KEY_LENGTH = 26
KEYS = (ALPHABET[:5], ALPHABET[5:10], *(ALPHABET[start : start + 6] for start in range(10, 32, 6)))
"""The pad's rows: figures, then letters."""


@dataclass(frozen=True)
class Shift:
    """Who stands at one tablet, and since when."""

    helper: str
    witness: str
    since: datetime


@dataclass
class Kiosk:
    """The tablets of one running site. Without a `pin` there are none.

    `misses` are wrong PINs. `guesses` are whole codes that no slip bears, by tablets that are signed in: a slip of the pen is
    never whole, so that no honest helper is shut out, and no flood of wrong PINs or phones' codes can shut a tablet out.
    """

    pin: str = ""
    misses: Misses = field(default_factory=Misses)
    guesses: Misses = field(default_factory=Misses)
    shifts: dict[str, Shift] = field(default_factory=dict)

    def shift(self, key: str, now: datetime) -> Shift | None:
        """The shift a tablet's key belongs to, unless it is over."""
        found = self.shifts.get(key)
        return found if found is not None and now - found.since < SHIFT else None


@dataclass(frozen=True)
class Assisted:
    """The site as a tablet sees it: what is cast here comes with a helper and a witness."""

    inner: Door
    shift: Shift

    @property
    def store(self) -> Store:
        """The site's own."""
        return self.inner.store

    @property
    def misses(self) -> Misses:
        """The site's own."""
        return self.inner.misses

    @property
    def kiosk(self) -> Kiosk:
        """The site's own."""
        return self.inner.kiosk

    async def slip(self, key: str) -> SlipFacts | None:
        """The slip of a token or a code."""
        return await self.inner.slip(key)

    async def slip_by_token(self, token: str) -> SlipFacts | None:
        """The slip of a token."""
        return await self.inner.slip_by_token(token)

    async def slip_by_code(self, code: str) -> SlipFacts | None:
        """The slip of a code."""
        return await self.inner.slip_by_code(code)

    async def alarm(self, device: str) -> None:
        """Tell the chain of a device that keeps guessing."""
        await self.inner.alarm(device)

    async def cast(self, key: str, choices: Mapping[str, str], form_key: str) -> Receipt:
        """Store an assisted vote; the slip's own lock keeps a form sent again from counting twice."""
        slip = await self.slip(key)
        if slip is None:
            raise NoSuchSlip
        names = (self.shift.helper, self.shift.witness)
        helper = Actor(names[0], "helper")
        return await self.store.do_async(helper, casting.cast_assisted, slip.motion.id, key, choices, *names)


def pin(store: Store) -> str:
    """A new PIN of figures."""
    number = 0
    for letter in store.tokens(12):
        number = number * len(ALPHABET) + ALPHABET.index(letter)
    return f"{number % 10**PIN_LENGTH:0{PIN_LENGTH}d}"


async def helper_of_slip(request: Request, site: Door) -> Visit:
    """Let a signed-in tablet in to the slip of a token or a code; raises `NoSuchPage` for any other device."""
    shift = _shift(request, site)
    if shift is None:
        raise NoSuchPage
    key = normalised(request.path_params["key"])
    slip = await _slip(request, site, key)
    if slip is None:
        raise NoSuchSlip
    return Visit(request, Assisted(site, shift), slip, key, receipt="desk_receipt.html", back=PLACE)


async def enter(visit: Visit) -> Response:
    """The tablet's first page: the PIN, or, signed in, the field for a scanner and the pad for a slip's code."""
    if not visit.site.kiosk.pin:
        raise NoSuchPage
    shift = _shift(visit.request, visit.site)
    return _sign_in() if shift is None else _pad(shift, "")


async def send(visit: Visit) -> Response:
    """What was scanned, a key of the pad, or a sign-in."""
    if not visit.site.kiosk.pin:
        raise NoSuchPage
    form = await read_form(visit.request)
    if "pin" in form:
        return await _begin(visit, form)
    shift = _shift(visit.request, visit.site)
    if shift is None:
        return _sign_in()
    if "leave" in form:
        visit.site.kiosk.shifts.pop(visit.request.cookies.get(COOKIE, ""), None)
        return _sign_in()
    if "code" in form:
        return await _open(visit, shift, scanned(form["code"]))
    return await _press(visit, shift, form)


async def _begin(visit: Visit, form: Mapping[str, str]) -> Response:
    kiosk, now = visit.site.kiosk, visit.site.store.now()
    device = device_of(visit.request)
    if kiosk.misses.shut_out(device, now):
        raise ShutOut
    names = (form.get("helper", "")[:60], form.get("witness", "")[:60])
    if form.get("pin", "").strip() != kiosk.pin:
        if about := kiosk.misses.note(device, now):
            await visit.site.alarm(about)
        return _sign_in(*names, "口令不对。口令显示在工作人员的电脑上。", 403)
    try:
        helper, witness = two_people(*names)
    except Refused as refused:
        return _sign_in(*names, str(refused), 422)
    key = visit.site.store.tokens(KEY_LENGTH)
    kiosk.shifts[key] = Shift(helper, witness, now)
    answer = RedirectResponse(PLACE, 303, {"Cache-Control": "no-store"})
    answer.set_cookie(COOKIE, key, path=PLACE, httponly=True, samesite="strict", max_age=int(SHIFT.total_seconds()))
    return answer


async def _press(visit: Visit, shift: Shift, form: Mapping[str, str]) -> Response:
    typed = normalised(form.get("typed", ""))[:CODE_LENGTH]
    pressed = form.get("press", "")
    typed = typed[:-1] if pressed == "back" else "" if pressed == "clear" else (typed + pressed[:1])[:CODE_LENGTH]
    return _pad(shift, typed) if len(typed) < CODE_LENGTH else await _open(visit, shift, typed)


async def _open(visit: Visit, shift: Shift, key: str) -> Response:
    """Lead to the slip of a token or a code; a wrong one gets the same words whatever is wrong with it."""
    if await _slip(visit.request, visit.site, key):
        return RedirectResponse(f"{PLACE}/{quote(key)}", 303, {"Cache-Control": "no-store"})
    kept = key if len(key) <= CODE_LENGTH else ""
    return _pad(shift, kept, "没有这张选票。请再扫一次，或者对照选票上的 8 位代码改正。", 404)


async def _slip(request: Request, site: Door, key: str) -> SlipFacts | None:
    """The slip a tablet asks for; raises `ShutOut` where it guessed too often."""
    guesses, device, now = site.kiosk.guesses, device_of(request), site.store.now()
    if guesses.shut_out(device, now):
        raise ShutOut
    slip = await site.slip(key)
    if slip is None and is_human_code(key) and (about := guesses.note(device, now)):
        await site.alarm(about)
    return slip


def _shift(request: Request, site: Door) -> Shift | None:
    return site.kiosk.shift(request.cookies.get(COOKIE, ""), site.store.now())


def _sign_in(helper: str = "", witness: str = "", problem: str = "", status: int = 200) -> Response:
    return html("desk_sign_in.html", status, big=True, action=PLACE, helper=helper, witness=witness, problem=problem)


def _pad(shift: Shift, typed: str, problem: str = "", status: int = 200) -> Response:
    shown = grouped(typed.ljust(CODE_LENGTH, "·"))
    return html(
        "desk_pad.html", status, big=False, action=PLACE, shift=shift, typed=typed, shown=shown, rows=KEYS,
        problem=problem,
    )  # fmt: skip
