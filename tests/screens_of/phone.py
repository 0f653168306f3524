"""The phone pages, drawn by Chromium with scripts off at the size of a small telephone; those of the tablet at its size."""

import asyncio
import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import httpx
from PySide6.QtGui import QImage

from consult_app.kernel.fonts import font_path
from consult_app.web.site import build
from tests.consult_app.voting import estate
from tests.screens import Shot, Stage

CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = [
    *("--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync"),
]
PHONE = (360, 720)
TABLET = (768, 1024)
PIN = "604821"
ADDRESS = "http://192.168.31.20:8080"
TWO_ITEMS = ["同意按附件方案筹集加装电梯资金。", "同意委托业主委员会与施工单位签订合同，并公示合同全文。"]


@contextmanager
def browser(stage: Stage, *, signed_in: bool = False, size: tuple[int, int] = PHONE) -> Iterator[Any]:
    """A page whose requests the site answers in this process; the bundled font stands in for the phone's own.

    `signed_in` makes it a tablet with helper and witness.
    """
    from playwright.sync_api import sync_playwright

    folder = Path(stage.app.settings.data)
    fonts = folder / "fonts.conf"
    fonts.write_text(f"<fontconfig><dir>{font_path('ui').parent}</dir><cachedir>{folder}</cachedir></fontconfig>")
    site = build(stage.store, pin=PIN)
    cookie = {"cookie": sign_in(site)} if signed_in else {}
    with ThreadPoolExecutor(1) as beside, sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=CHROMIUM, args=ARGUMENTS, env={**os.environ, "FONTCONFIG_FILE": str(fonts)}
        )
        width, height = size
        page = chromium.new_page(
            viewport={"width": width, "height": height}, java_script_enabled=False, device_scale_factor=2
        )

        def answer(route: Any) -> None:
            asked = route.request
            headers = {"content-type": asked.headers.get("content-type", ""), **cookie}
            request = httpx.Request(asked.method, asked.url, content=asked.post_data_buffer, headers=headers)
            reply = beside.submit(lambda: asyncio.run(ask(site, request))).result()
            route.fulfill(status=reply.status_code, headers=dict(reply.headers), body=reply.content)

        page.route("**/*", answer)
        yield page
        chromium.close()


async def ask(site: Any, request: httpx.Request) -> httpx.Response:
    """What the site answers."""
    async with httpx.AsyncClient(transport=httpx.ASGITransport(site)) as client:
        return await client.send(request)


def sign_in(site: Any) -> str:
    """The cookie of a tablet that helper and witness have opened."""
    form = {"pin": PIN, "helper": "协助甲", "witness": "见证乙"}
    reply = asyncio.run(ask(site, httpx.Request("POST", f"{ADDRESS}/desk", data=form)))
    return reply.headers["set-cookie"].partition(";")[0]


def vote(stage: Stage, **more: Any) -> estate.Vote:
    """An owners' vote with nine slips, open unless told otherwise."""
    body = stage.body()
    estate.owners_roll(stage.store, stage.app.settings.data, body)
    make: Callable[..., estate.Vote] = estate.issued if more.pop("unopened", False) else estate.opened
    return make(stage.store, body, **more)


def picture(page: Any) -> QImage:
    """The whole page as it scrolls."""
    image = QImage()
    image.loadFromData(page.screenshot(full_page=True))
    return image


def choosing(stage: Stage, mode: str = "binding", big: bool = False) -> QImage:
    """The ballot, with a choice made."""
    held = vote(stage, legal_mode=mode)
    with browser(stage) as page:
        page.goto(f"{ADDRESS}/V/{held.slips[0].token}{'?big=1' if big else ''}")
        page.locator("label[for=i1for]").click(force=True)
        return picture(page)


def two_items(stage: Stage) -> QImage:
    """A ballot of two items, sent with one of them unanswered."""
    held = vote(stage, items=TWO_ITEMS)
    with browser(stage) as page:
        page.goto(f"{ADDRESS}/V/{held.slips[0].token}")
        page.locator("label[for=i1against]").click(force=True)
        page.locator("form").evaluate("form => form.noValidate = true")
        page.get_by_role("button", name="下一步").click()
        return picture(page)


def confirming(stage: Stage, items: list[str] | None = None) -> QImage:
    """The page that repeats the choice."""
    held = vote(stage, **({"items": items} if items else {}))
    with browser(stage) as page:
        choose(page, held.slips[0].token, items)
        return picture(page)


def receipt(
    stage: Stage, mode: str = "binding", again: bool = False, items: list[str] | None = None, big: bool = False
) -> QImage:
    """The receipt; or what a second scan of the slip shows."""
    held = vote(stage, legal_mode=mode, **({"items": items} if items else {}))
    with browser(stage) as page:
        choose(page, held.slips[0].token, items, big)
        page.get_by_role("button", name="确认投票").click()
        if again:
            page.goto(f"{ADDRESS}/V/{held.slips[0].token}")
        return picture(page)


def choose(page: Any, token: str, items: list[str] | None, big: bool = False) -> None:
    """Choose 同意 for each item and go on."""
    page.goto(f"{ADDRESS}/V/{token}{'?big=1' if big else ''}")
    _choose_all(page, items)


def _choose_all(page: Any, items: list[str] | None) -> None:
    for number in range(1, len(items or [""]) + 1):
        page.locator(f"label[for=i{number}for]").click(force=True)
    page.get_by_role("button", name="下一步").click()


def tablet(stage: Stage, part: str) -> QImage:
    """The tablet on the table: its sign-in, its pad with half a code or a wrong one, a slip's ballot, the receipt with codes, and
    a slip that is used."""
    held = vote(stage, items=TWO_ITEMS)
    code = held.slips[0].human_code
    with browser(stage, signed_in=part != "sign-in", size=TABLET) as page:
        page.goto(f"{ADDRESS}/desk{'' if part in ('sign-in', 'pad', 'wrong') else f'/{code}'}")
        if part == "pad":
            for key in code[:4]:
                page.get_by_role("button", name=key, exact=True).click()
        if part == "wrong":
            page.keyboard.type("7KQ2MX9E")
            page.keyboard.press("Enter")
        if part in ("receipt", "used"):
            _choose_all(page, TWO_ITEMS)
            page.get_by_role("button", name="确认投票").click()
        if part == "used":
            page.goto(f"{ADDRESS}/desk/{code}")
        return picture(page)


def opened_at(stage: Stage, path: str, **more: Any) -> QImage:
    """One address, opened."""
    held = vote(stage, **more)
    with browser(stage) as page:
        page.goto(f"{ADDRESS}{path.format(token=held.slips[0].token)}")
        return picture(page)


def own_terms(stage: Stage) -> QImage:
    """A ballot of part of an estate, where unreturned slips follow the majority."""
    return opened_at(
        stage, "/V/{token}", scope=(("1", ""), ("2", "")), scope_reason="电梯费用只由1号楼、2号楼业主分摊", warning_printed=True,
        follow_clause="第十二条　表决票送达后逾期未交回的，视为同意已表决的多数意见。",
    )  # fmt: skip


def closed(stage: Stage) -> QImage:
    """A slip scanned after closing."""
    held = vote(stage)
    held.close()
    with browser(stage) as page:
        page.goto(f"{ADDRESS}/V/{held.slips[0].token}")
        return picture(page)


STATES: dict[str, Callable[[Stage], QImage]] = {
    "choose": choosing,
    "choose-assisted-large": lambda stage: choosing(stage, "assisted", big=True),
    "two-items-unanswered": two_items,
    "confirm": confirming,
    "confirm-two-items": lambda stage: confirming(stage, TWO_ITEMS),
    "receipt": receipt,
    "receipt-assisted": lambda stage: receipt(stage, "assisted"),
    "receipt-two-items": lambda stage: receipt(stage, items=TWO_ITEMS),
    "receipt-large": lambda stage: receipt(stage, items=TWO_ITEMS, big=True),
    "used": lambda stage: receipt(stage, again=True),
    "own-terms": own_terms,
    "code": lambda stage: opened_at(stage, "/"),
    "wrong": lambda stage: opened_at(stage, "/V/0000000000000000"),
    "not-yet-open": lambda stage: opened_at(stage, "/V/{token}", unopened=True),
    "closed": closed,
}

TABLET_PARTS = ("sign-in", "pad", "wrong", "ballot", "receipt", "used")

SHOTS = (
    *(Shot(f"phone-{name}", draw, sizes=(PHONE,)) for name, draw in STATES.items()),
    *(Shot(f"tablet-{part}", partial(tablet, part=part), sizes=(TABLET,)) for part in TABLET_PARTS),
)
