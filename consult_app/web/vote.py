"""The phone journey: open the slip's address, choose, confirm, receipt. Plain forms; back and reload change nothing."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from types import SimpleNamespace

from starlette.responses import RedirectResponse, Response

from consult_app.bodies.rules import LEGAL_WORDS, LegalMode
from consult_app.documents.terms import phone_terms
from consult_app.kernel.errors import Refused
from consult_app.kernel.text import clock_words, legal_day, moment_words, short_day
from consult_app.storage.store import StorageFailed, Store
from consult_app.voting.choices import (
    CHANNEL_WORDS,
    CHOICE_SIGNS,
    Channel,
    MotionState,
    NotChosen,
    SlipState,
    UnknownChoice,
    check_choices,
)
from consult_app.voting.credentials import normalised
from consult_app.voting.facts import MotionFacts, SlipFacts
from consult_app.voting.receipts import Receipt
from consult_app.voting.rules import CHOICE_WORDS, Choice
from consult_app.web.form import read_form
from consult_app.web.gate import Visit, miss
from consult_app.web.letter import Letter, gap, letter
from consult_app.web.misses import ShutOut
from consult_app.web.page import html

KEY_LENGTH = 16
OPTIONS = tuple(
    (choice.value, CHOICE_SIGNS[choice], CHOICE_WORDS[choice])
    for choice in (Choice.FOR, Choice.AGAINST, Choice.ABSTAIN)
)
AFTER = {
    LegalMode.BINDING: "您的投票已经生效，不能再改。",
    LegalMode.ASSISTED: "截止后由工作人员打印，请您签字，签字后生效。",
    LegalMode.SURVEY: "感谢您的意见。",
}
"""What a voter has still to do, by legal weight."""


async def enter_code(visit: Visit) -> Response:
    """The page at the bare address: type the code on the slip."""
    return html("code.html", action=visit.path, typed="", problem="", big=_asks_big(visit))


async def open_by_code(visit: Visit) -> Response:
    """Look the typed code up and lead to its ballot; what was typed stays when it is wrong.

    A code that is no code, one with a slip of the pen and one that nobody bears are all looked up, counted and answered
    alike, so that none of them tells how near it was.
    """
    form = await read_form(visit.request)
    typed, big = form.get("code", "")[:40], form.get("big") == "1"
    site, code = visit.site, normalised(typed)
    if site.misses.shut_out(visit.device, site.store.now()):
        raise ShutOut
    if await site.slip_by_code(code):
        place = f"{visit.path.rstrip('/')}/C/{code}" + ("?big=1" if big else "")
        return RedirectResponse(place, 303, {"Cache-Control": "no-store"})
    await miss(visit.request, site)
    problem = "没有打开选票。请对照选票上的 8 位代码再输一次，或把选票交给工作人员。"
    return html("code.html", 404, action=visit.path, typed=typed, problem=problem, big=big)


async def choose(visit: Visit) -> Response:
    """The ballot with its questions."""
    slip = _slip(visit)
    big = _asks_big(visit)
    return _barred(visit, slip, big) or _ballot(visit, slip, {}, visit.site.store.tokens(KEY_LENGTH), big)


async def submit(visit: Visit) -> Response:
    """The ballot sent: first the confirmation, then, confirmed, the receipt."""
    slip = _slip(visit)
    form = await read_form(visit.request)
    big = form.get("big") == "1"
    choices = {item.code: form.get(f"item-{item.code}", "") for item in slip.motion.items}
    key = form.get("key", "")[:64]
    if form.get("confirmed") == "1" and "change" not in form:
        return await _cast(visit, slip, choices, key, big)
    if barred := _barred(visit, slip, big):
        return barred
    key = key or visit.site.store.tokens(KEY_LENGTH)
    if "change" in form:
        return _ballot(visit, slip, choices, key, big)
    try:
        chosen = check_choices(choices, tuple(choices))
    except (NotChosen, UnknownChoice) as refused:
        return _ballot(visit, slip, choices, key, big, refused)
    return html(
        "confirm.html", slip=slip, motion=slip.motion, action=visit.path, key=key, big=big, legal=_legal(slip.motion),
        chosen=[(item, chosen[item.code]) for item in slip.motion.items], signs=CHOICE_SIGNS, words=CHOICE_WORDS,
        back=visit.back,
    )  # fmt: skip


async def _cast(visit: Visit, slip: SlipFacts, choices: Mapping[str, str], key: str, big: bool) -> Response:
    try:
        receipt = await visit.site.cast(visit.key, choices, key)
    except (NotChosen, UnknownChoice) as refused:
        return _ballot(visit, slip, choices, key, big, refused)
    except StorageFailed:
        raise
    except Refused:
        # The slip was used, or the vote closed, since the page was opened: say how it stands now.
        now = await visit.site.slip(visit.key)
        barred = _barred(visit, now, big) if now else None
        if barred is None:
            raise
        return barred
    return _receipt(slip, receipt, big, visit.receipt)


def receipt_letter(motion: MotionFacts, big: bool, coded: bool) -> Letter:
    """The receipt of a motion by phone, with gaps for what differs from vote to vote; `coded` has return codes."""
    codes = [gap(f"code{number}") for number in range(len(motion.items) if coded else 0)]
    passphrase = gap("passphrase") if coded and not motion.secret else ""
    gaps = SimpleNamespace(serial=gap("serial"), seconds=gap("seconds"), codes=codes, passphrase=passphrase)
    return letter(
        "receipt.html", slip=gaps, motion=motion, receipt=gaps, channel=CHANNEL_WORDS[Channel.PHONE],
        after=AFTER[motion.legal_mode], legal=_legal(motion), big=big,
    )  # fmt: skip


def gaps_of(receipt: Receipt) -> dict[str, str]:
    """What a receipt's gaps are filled with."""
    codes = {f"code{number}": code for number, code in enumerate(receipt.codes)}
    return {"serial": receipt.serial, "seconds": receipt.seconds, "passphrase": receipt.passphrase, **codes}


def _receipt(slip: SlipFacts, receipt: Receipt, big: bool, template: str) -> Response:
    mode = slip.motion.legal_mode
    return html(
        template, slip=slip, motion=slip.motion, receipt=receipt, channel=CHANNEL_WORDS[receipt.channel],
        after=AFTER[mode], legal=_legal(slip.motion), big=big,
    )  # fmt: skip


def _ballot(
    visit: Visit, slip: SlipFacts, choices: Mapping[str, str], key: str, big: bool, refused: Refused | None = None
) -> Response:
    return html(
        "ballot.html", 422 if refused else 200, slip=slip, motion=slip.motion, action=visit.path, options=OPTIONS,
        closes=_closes(slip.motion.closes_at, visit.site.store), legal=_legal(slip.motion), key=key, choices=choices,
        terms=phone_terms(slip.motion), big=big, problem=str(refused) if refused else "",
        problem_field=refused.field if refused else None, back=visit.back,
    )  # fmt: skip


def _barred(visit: Visit, slip: SlipFacts, big: bool) -> Response | None:
    """The page that says why this slip cannot be voted with now, and what to do; None when it can."""
    motion, store = slip.motion, visit.site.store
    if slip.voted is not None:
        return _used(visit, slip, slip.voted, big)
    if slip.state is not SlipState.LIVE:
        text = "这张选票已作废或已收回，不能再投。"
        return _notice(
            visit, slip, 410, "这张选票不能用了", text, "请把选票交给工作人员，查明情况或领取补发的选票。", big
        )
    if motion.state in (MotionState.CLOSED, MotionState.DECLARED):
        return _over(visit, slip, motion.closed_at or motion.closes_at, big)
    if motion.state is not MotionState.OPEN:
        advice = "请留好选票，等主持人宣布开始后再扫一次码。"
        return _notice(visit, slip, 403, "投票还没有开始", "选票是对的，但现在还不能投。", advice, big)
    if store.now() >= motion.closes_at:
        return _over(visit, slip, motion.closes_at, big)
    if motion.by_hands:
        return _notice(
            visit, slip, 409, "已按举手计数", "这项表决已由现场举手计数。", "无须再投。有疑问请找工作人员。", big
        )
    return None


def _over(visit: Visit, slip: SlipFacts, at: datetime, big: bool) -> Response:
    text = f"投票已于 {moment_words(at)} 截止，不能再投。"
    return _notice(visit, slip, 410, "投票已经截止", text, "请把选票交给工作人员登记收回。结果以公示为准。", big)


def _used(visit: Visit, slip: SlipFacts, voted: Receipt, big: bool) -> Response:
    return html(
        "used.html", 409, slip=slip, motion=slip.motion, voted=voted, when=moment_words(voted.at),
        channel=CHANNEL_WORDS[voted.channel], legal=_legal(slip.motion), big=big, back=visit.back,
    )  # fmt: skip


def _notice(visit: Visit, slip: SlipFacts, status: int, heading: str, text: str, advice: str, big: bool) -> Response:
    return html(
        "notice.html", status, slip=slip, motion=slip.motion, heading=heading, text=text, advice=advice,
        legal=_legal(slip.motion), big=big, back=visit.back,
    )  # fmt: skip


def _closes(at: datetime, store: Store) -> str:
    """`今天 18:00`, `明天 18:00`, `11月30日 18:00`: the closing time in China's days."""
    day, today = legal_day(at), legal_day(store.now())
    near = {today: "今天", today + timedelta(days=1): "明天"}.get(day, short_day(day))
    return f"{near} {clock_words(at)}"


def _legal(motion: MotionFacts) -> str:
    return LEGAL_WORDS[motion.legal_mode]


def _asks_big(visit: Visit) -> bool:
    return visit.request.query_params.get("big") == "1"


def _slip(visit: Visit) -> SlipFacts:
    assert visit.slip is not None, "the gate of this page asks for a slip"
    return visit.slip
