"""The press of 确认投票: the short way and the long way give one answer, and a hall that presses at once is answered."""

import gzip
import socket

import pytest

from consult_app.app import open_app, system_clock
from consult_app.storage.store import Store
from consult_app.voting import queries
from consult_app.web import child, server
from consult_app.web.letter import Letter, gap, letter
from consult_app.web.page import head
from tests.bench import hall
from tests.consult_app.voting import estate

FORM = {"item-1": "for", "key": "form", "confirmed": "1"}
HALL = 2000


def path(vote, number=0):
    return "/V/" + vote.slips[number].token


@pytest.mark.parametrize("big", ["", "1"])
@pytest.mark.parametrize("packed", ["gzip", "identity"])
def test_the_short_way_and_the_long_way_give_the_same_receipt(phone, vote, big, packed):
    """A plus sign in the key is more than the short way reads, so the second form takes the long one."""
    fields = {**FORM, **({"big": big} if big else {})}
    short = phone.ask("POST", path(vote, 0), data=fields, headers={"Accept-Encoding": packed})
    long = phone.ask("POST", path(vote, 1), data={**fields, "key": "f orm"}, headers={"Accept-Encoding": packed})
    assert (short.status_code, long.status_code) == (200, 200)
    codes = [slip.codes[0][0] for slip in vote.slips[:2]]
    assert short.text.replace("0001", "0002").replace(*codes) == long.text
    assert dict(short.headers) | {"content-length": ""} == dict(long.headers) | {"content-length": ""}


def test_the_short_way_asks_the_store_once(store: Store, phone, vote, monkeypatch):
    phone.post(path(vote, 0), item_1="for", key="k", confirmed="1")
    asked: list[object] = []
    monkeypatch.setattr(store, "ask", lambda *args, **_: asked.append(args))
    assert "已收到" in phone.post(path(vote, 1), item_1="for", key="k", confirmed="1").text
    assert asked == []


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"item-1=for&key=k&confirmed=1&item-1=against", 200),  # the last of a name counts, as everywhere
        (b"item-1=for&key=k&confirmed=1&item-9=for", 200),  # a field of no question is passed over
        (b"item-1=%66or&key=k&confirmed=1", 200),
        (b"item-1=for&key=k&confirmed=1&change=1", 200),
        (b"item-1=for&key=k", 200),
        (b"item-1=yes&key=k&confirmed=1", 422),
        (b"key=k&confirmed=1", 422),
        (b"item-1=%ff&confirmed=1", 400),
        (b"", 422),
    ],
)
def test_what_the_short_way_does_not_read_goes_the_long_way(store, phone, vote, body, status):
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    answer = phone.ask("POST", path(vote), content=body, headers=headers)
    assert answer.status_code == status
    counted = store.ask(queries.turnout, vote.motion).participating.heads
    assert counted == ("已收到您的投票" in answer.text)


def test_a_refusal_on_the_short_way_is_the_page_of_the_long_way(phone, vote):
    phone.post(path(vote), item_1="for", key="one", confirmed="1")
    answer = phone.post(path(vote), item_1="against", key="two", confirmed="1")
    assert answer.status_code == 409
    assert "已经投过" in answer.text


def test_a_letter_filled_in_is_the_page_and_its_gzip_file(monkeypatch):
    text = f"<p>{gap('serial')}</p>中文{gap('seconds')}{gap('serial')}"
    found = Letter.of(head(False), text)
    values = {"serial": "0001<&\"'>", "seconds": "09:00:00"}
    assert found.plain(values).endswith(
        "<p>0001&lt;&amp;&quot;&#x27;&gt;</p>中文09:00:000001&lt;&amp;&quot;&#x27;&gt;".encode()
    )
    assert gzip.decompress(found.gzipped(values)) == found.plain(values)
    assert letter("code.html", big=True, action="/", typed=gap("typed"), problem="", slip=None).gaps == ("typed",)


@pytest.fixture
def running(folder, store, vote):
    """A server of its own on the test's data, by the computer's clock."""
    from datetime import timedelta

    app = open_app(folder, system_clock)
    body = app.store.ask(queries.motion, vote.motion).body_id
    now = estate.opened(app.store, body, closes_at=app.store.now() + timedelta(hours=1))
    found = child.start(folder, "127.0.0.1", 0)
    yield now, found.port
    found.stop()
    app.close()


def test_threat_16_a_vote_whose_answer_was_lost_is_sent_again_and_counts_once(running):
    vote, port = running
    request = hall.request(port, path(vote), "item-1=for&key=lost&confirmed=1")
    for _ in range(5):
        with socket.create_connection(("127.0.0.1", port)) as wire:
            wire.sendall(request)  # and the Wi-Fi is gone
    runs = [hall.press_requests(port, [request], 1) for _ in range(2)]
    assert [(run.votes, run.errors) for run in runs] == [(1, 0), (1, 0)]
    assert vote.store.ask(queries.turnout, vote.motion).participating.heads == 1


def test_threat_02_two_hundred_phones_with_one_slip_get_one_receipt(running):
    vote, port = running
    requests = [hall.request(port, path(vote), f"item-1=for&key=k{n}&confirmed=1") for n in range(200)]
    run = hall.press_requests(port, requests, 200)
    assert (run.votes, run.errors) == (1, 199)
    assert vote.store.ask(queries.turnout, vote.motion).participating.heads == 1


def test_threat_05_every_form_sent_twice_on_two_connections_gets_its_receipt_twice(running):
    vote, port = running
    forms = [hall.request(port, path(vote, n), f"item-1=for&key=k{n}&confirmed=1") for n in range(9)]
    run = hall.press_requests(port, forms * 2, 18)
    assert (run.votes, run.errors) == (18, 0)
    assert vote.store.ask(queries.turnout, vote.motion).participating.heads == 9


def test_threat_19_two_thousand_phones_press_at_once_and_all_are_answered(tmp_path):
    """How fast is measured by `tests.bench.voting`; here nobody is turned away, lost or counted twice."""
    server.allow_files(2 * HALL + 200)
    found = hall.fill(tmp_path / "hall", HALL)
    running = child.start(found.settings, "127.0.0.1", 0)
    try:
        run = hall.press(running.port, found.tokens, HALL)
    finally:
        running.stop()
    assert (run.votes, run.errors) == (HALL, 0)
    app = found.open()
    assert app.store.ask(queries.turnout, found.motion).participating.heads == HALL
    app.close()
