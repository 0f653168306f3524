"""The tablet on the table: behind a PIN, helper and witness in the record, never the choice; ready for the next voter."""

import asyncio

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from consult_app.audit import chain
from consult_app.voting import queries
from consult_app.voting.choices import Channel
from consult_app.voting.credentials import grouped
from consult_app.web import kiosk
from consult_app.web.misses import MISSES
from consult_app.web.site import build
from tests.consult_app.voting import estate
from tests.consult_app.web.test_site import alarms, unused_codes

PIN = "604821"


class Tablet:
    """A tablet with a cookie of its own."""

    def __init__(self, site, device="192.168.31.50"):
        self.site, self.device, self.cookies = site, device, httpx.Cookies()

    def ask(self, method, path, **fields):
        async def once():
            transport = httpx.ASGITransport(self.site, client=(self.device, 4711))
            async with httpx.AsyncClient(
                transport=transport, base_url="http://192.168.31.20:8080", cookies=self.cookies, follow_redirects=True
            ) as client:
                answer = await client.request(method, path, data=fields or None)
                self.cookies = client.cookies
                return answer

        return asyncio.run(once())

    def sign_in(self, pin=PIN, helper="协助甲", witness="见证乙"):
        return self.ask("POST", "/desk", pin=pin, helper=helper, witness=witness)

    def press(self, code):
        """Press a code key by key, each with what stands there, as the pad's buttons do."""
        answer = None
        for place, key in enumerate(code):
            answer = self.ask("POST", "/desk", typed=code[:place], press=key)
        return answer

    def vote(self, code, choice="for"):
        """From the pad to the receipt."""
        self.press(code)
        self.ask("POST", f"/desk/{code}", **{"item-1": choice, "key": "k"})
        return self.ask("POST", f"/desk/{code}", **{"item-1": choice, "key": "k", "confirmed": "1"})


@pytest.fixture
def tablet(store):
    """A tablet before the site that has a PIN."""
    return Tablet(build(store, pin=PIN))


def cast(store):
    return [entry for entry in store.ask(chain.since, 0) if entry.event == "ballot.cast"]


def test_a_voter_is_seen_through_from_pad_to_receipt(store, vote, tablet):
    assert "或按选票上的 8 位代码" in tablet.sign_in().text
    code = vote.slips[0].human_code
    assert vote.slips[0].room in tablet.press(code).text
    answer = tablet.vote(code)
    assert "已收到您的投票" in answer.text
    assert "工作人员协助" in answer.text
    assert "下一位" in answer.text
    assert 'http-equiv="refresh"' in answer.text
    assert store.ask(queries.turnout, vote.motion).channels[Channel.ASSISTED] == 1


def test_helper_and_witness_are_logged_never_the_choice(store, vote, tablet):
    tablet.sign_in()
    tablet.vote(vote.slips[0].human_code, "against")
    (entry,) = cast(store)
    assert entry.actor == "协助甲"
    assert entry.facts["helper"] == "协助甲、见证乙"
    assert "against" not in str(entry.facts)
    assert "反对" not in str(entry.facts)


def test_a_secret_vote_at_the_tablet_names_the_two_and_nothing_else(store, village_body, tmp_path, tablet):
    estate.village_roll(store, tmp_path, village_body)
    vote = estate.opened(store, village_body, "village.reps", secret=True)
    tablet.sign_in()
    assert "已收到您的投票" in tablet.vote(vote.slips[0].human_code).text
    (entry,) = cast(store)
    assert entry.facts["helper"] == "协助甲、见证乙"
    assert "seal" not in entry.facts


@pytest.mark.parametrize("secret", [False, True])
def test_the_voter_compares_the_code_of_what_was_stored(store, village_body, tmp_path, tablet, secret):
    estate.village_roll(store, tmp_path, village_body)
    vote = estate.opened(store, village_body, "village.reps", secret=secret)
    tablet.sign_in()
    for slip, choice, place in zip(vote.slips[:3], ("for", "against", "abstain"), range(3), strict=True):
        answer = tablet.vote(slip.human_code, choice).text
        assert f"<strong>{slip.codes[0][place]}</strong>" in answer
        assert "展开选票的折叠处" in answer
        assert not any(other in answer for other in slip.codes[0] if other != slip.codes[0][place])
        assert 'content="60;url=/desk"' in answer


def test_a_receipt_at_the_table_speaks_of_the_tablet_one_on_a_phone_of_the_page(store, vote, tablet):
    tablet.sign_in()
    at_the_table = tablet.vote(vote.slips[0].human_code).text
    own = tablet.ask("POST", f"/{vote.slips[1].token}", **{"item-1": "for", "key": "k", "confirmed": "1"}).text
    for words, there, here in (("把平板交还工作人员", True, False), ("可以关闭本页", False, True)):
        assert (words in at_the_table, words in own) == (there, here)
    assert "您的投票已经生效，不能再改。" in at_the_table


@pytest.mark.parametrize("name", ["url", "token", "human_code"])
def test_a_scanned_slip_opens_and_is_voted_with(store, vote, tablet, name):
    tablet.sign_in()
    slip = vote.slips[0]
    opened = tablet.ask("POST", "/desk", code=getattr(slip, name))
    assert slip.room in opened.text
    place = opened.url.path
    assert place in (f"/desk/{slip.token}", f"/desk/{slip.human_code}")
    answer = tablet.ask("POST", place, **{"item-1": "for", "key": "k", "confirmed": "1"})
    assert "已收到您的投票" in answer.text
    assert store.ask(queries.turnout, vote.motion).channels[Channel.ASSISTED] == 1
    again = tablet.ask("POST", "/desk", code=slip.url)
    assert (again.status_code, "这张选票已经投过" in again.text) == (409, True)


def test_from_any_page_of_a_slip_a_tablet_turns_to_the_next_and_a_phone_to_none(store, vote, tablet):
    tablet.sign_in()
    code, token = vote.slips[0].human_code, vote.slips[0].token
    back = 'href="/desk">换一张选票'
    ballot = tablet.ask("GET", f"/desk/{code}").text
    confirm = tablet.ask("POST", f"/desk/{code}", **{"item-1": "for", "key": "k"}).text
    tablet.vote(code)
    used = tablet.ask("GET", f"/desk/{code}").text
    vote.close()
    closed = tablet.ask("GET", f"/desk/{vote.slips[1].human_code}").text
    assert all(back in page for page in (ballot, confirm, used, closed))
    assert back not in tablet.ask("GET", f"/{token}").text


def test_threat_04_a_tablet_that_guesses_codes_is_shut_out_and_told_of(store, vote, tablet, clock):
    tablet.sign_in()
    answers = [tablet.ask("POST", "/desk", code=code).status_code for code in unused_codes(vote, MISSES + 1)]
    assert answers == [404] * MISSES + [429]
    right = vote.slips[0].human_code
    assert tablet.ask("POST", "/desk", code=right).status_code == 429
    assert tablet.ask("GET", f"/desk/{right}").status_code == 429
    assert alarms(store) == [("server.alarm", tablet.device)]
    clock.forward(minutes=11)
    assert tablet.ask("POST", "/desk", code=right).status_code == 200


def test_threat_04_an_address_opened_by_hand_counts_as_a_guess(store, vote, tablet):
    tablet.sign_in()
    answers = [tablet.ask("GET", f"/desk/{code}").status_code for code in unused_codes(vote, MISSES + 1)]
    assert answers == [404] * MISSES + [429]


def test_a_slip_of_the_pen_shuts_no_helper_out_and_tells_as_little(store, vote, tablet):
    tablet.sign_in()
    [unborne], right = unused_codes(vote, 1), vote.slips[0].human_code
    broken = right[:-1] + ("0" if right[-1] != "0" else "1")
    typed = (unborne, broken, "0" * 16, "HTTP://192.168.31.20:8080/0000000000000000", "选票")
    pages = [tablet.ask("POST", "/desk", code=code) for code in typed]
    assert {page.status_code for page in pages} == {404}
    assert all("没有这张选票。请再扫一次" in page.text for page in pages)
    assert grouped(broken) in pages[1].text  # stays, to be put right
    for _ in range(2 * MISSES):
        tablet.ask("POST", "/desk", code=broken)
    assert vote.slips[0].room in tablet.ask("POST", "/desk", code=right).text


def test_threat_04_a_flood_from_outside_shuts_no_tablet_out(store, vote, tablet):
    tablet.sign_in()
    stranger = Tablet(tablet.site, tablet.device)
    for code in unused_codes(vote, MISSES + 1):
        stranger.ask("POST", "/", code=code)
        stranger.sign_in("000000")
    assert stranger.sign_in().status_code == 429
    assert vote.slips[0].room in tablet.ask("POST", "/desk", code=vote.slips[0].url).text


def test_the_same_slip_is_not_counted_twice(store, vote, tablet):
    tablet.sign_in()
    code = vote.slips[0].human_code
    tablet.vote(code)
    again = tablet.vote(code, "against")
    assert again.status_code == 409
    assert len(cast(store)) == 1


def test_an_ordinary_phones_receipt_does_not_go_on(store, vote, tablet):
    slip = vote.slips[0]
    answer = tablet.ask("POST", f"/{slip.token}", **{"item-1": "for", "key": "k", "confirmed": "1"})
    assert "已收到您的投票" in answer.text
    assert "下一位" not in answer.text


@pytest.mark.parametrize("device_signs_in", [False, True])
def test_the_ballot_opens_for_a_signed_in_tablet_only(store, vote, tablet, device_signs_in):
    if device_signs_in:
        tablet.sign_in()
    answer = tablet.ask("GET", f"/desk/{vote.slips[0].human_code}")
    assert answer.status_code == (200 if device_signs_in else 404)


def test_without_a_pin_there_is_no_tablet(store, vote):
    tablet = Tablet(build(store))
    assert tablet.ask("GET", "/desk").status_code == 404
    assert tablet.sign_in(pin="").status_code == 404


def test_a_wrong_pin_is_refused_and_five_shut_the_device_out(store, vote, tablet):
    assert tablet.sign_in("000000").status_code == 403
    for _ in range(4):
        tablet.sign_in("000000")
    assert tablet.sign_in().status_code == 429
    assert store.ask(chain.newest, "server.alarm") is not None


@pytest.mark.parametrize("names", [("协助甲", "协助甲"), ("协助甲", ""), ("", "见证乙")])
def test_helper_and_witness_are_two(store, vote, tablet, names):
    answer = tablet.sign_in(PIN, *names)
    assert answer.status_code == 422
    assert "按选票上的" not in answer.text


def test_a_shift_ends_by_leaving_and_by_the_clock(store, vote, tablet, clock):
    tablet.sign_in()
    tablet.ask("POST", "/desk", leave="1")
    assert "口令" in tablet.ask("GET", "/desk").text
    tablet.sign_in()
    clock.forward(hours=9)
    assert "口令" in tablet.ask("GET", "/desk").text


def test_the_pad_shows_what_was_pressed_and_takes_it_back(store, vote, tablet):
    tablet.sign_in()
    assert "7KQ· ····" in tablet.press("7KQ").text
    assert "7K·· ····" in tablet.ask("POST", "/desk", typed="7KQ", press="back").text
    assert "···· ····" in tablet.ask("POST", "/desk", typed="7KQ", press="clear").text
    assert tablet.ask("POST", "/desk", typed="0000000", press="0").status_code == 404


def test_a_pin_is_six_figures_and_another_each_time(store):
    pins = {kiosk.pin(store) for _ in range(20)}
    assert len(pins) == 20
    assert all(len(pin) == 6 and pin.isdecimal() for pin in pins)


DESK_FIELDS = st.dictionaries(
    st.sampled_from(
        ["pin", "helper", "witness", "typed", "press", "leave", "code", "item-1", "key", "confirmed", "change", "big"]
    )
    | st.text(max_size=8).filter(lambda name: name not in ("self", "method", "path")),
    st.sampled_from(
        [PIN, "协助甲", "back", "clear", "A", "for", "1", "", "\x00", "'; --", "F" * 5000, "🙂", "http://x/" * 9]
    )
    | st.text(max_size=40),
    max_size=8,
)


@pytest.mark.parametrize("signed_in", [False, True], ids=["stranger", "signed in"])
@pytest.mark.parametrize("place", ["/desk", "/desk/{code}", "/desk/%00", "/desk/🙂"])
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(fields=DESK_FIELDS)
def test_no_field_of_the_tablet_makes_the_server_fail(store, vote, tablet, signed_in, place, fields):
    if signed_in:
        tablet.sign_in()
    answer = tablet.ask("POST", place.format(code=vote.slips[0].human_code), **fields)
    assert answer.status_code < 500
    assert store.ask(queries.turnout, vote.motion).participating.heads <= 1
