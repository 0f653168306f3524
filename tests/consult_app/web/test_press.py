"""The press of 确认投票: the short way and the long way give one answer, and a hall that presses at once is answered."""

import gzip
import re
import socket

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from consult_app.app import open_app, system_clock
from consult_app.storage.store import Store
from consult_app.voting import queries
from consult_app.web import child, form, protocol, server
from consult_app.web.letter import Letter, gap, letter
from consult_app.web.page import head
from consult_app.web.press import Press
from tests.bench import hall
from tests.consult_app.voting import estate

FORM = {"item-1": "for", "key": "form", "confirmed": "1"}
HALL = 2000


FORM_HEAD = {"Content-Type": "application/x-www-form-urlencoded"}


def path(vote, number=0):
    return "/V/" + vote.slips[number].token


@pytest.fixture
def patience():
    return 5


@pytest.fixture
def wire(inside):
    """A phone on the wire: the press stands before the framework, where a request asked in this process does not pass."""
    with httpx.Client(base_url=f"http://127.0.0.1:{inside.port}") as client:
        yield client


@pytest.fixture
def pressed(monkeypatch):
    """How the press took each form it was given: with a receipt, or on to the site."""
    seen: list[str] = []
    cast = Press.cast

    def watched(press, token, body, scope, answer):
        def told(found):
            seen.append("site" if found is None else "receipt")
            answer(found)

        taken = cast(press, token, body, scope, told)
        if not taken:
            seen.append("site")
        return taken

    monkeypatch.setattr(Press, "cast", watched)
    return seen


@pytest.mark.parametrize("big", ["", "1"])
@pytest.mark.parametrize("packed", ["gzip", "identity"])
def test_the_short_way_and_the_long_way_give_the_same_receipt(wire, pressed, vote, big, packed):
    """A plus sign in the key is more than the short way reads, so the second form takes the long one."""
    fields = {**FORM, **({"big": big} if big else {})}
    short = wire.post(path(vote, 0), data=fields, headers={"Accept-Encoding": packed})
    long = wire.post(path(vote, 1), data={**fields, "key": "f orm"}, headers={"Accept-Encoding": packed})
    assert (short.status_code, long.status_code) == (200, 200)
    assert pressed == ["receipt", "site"]
    codes, words = ([slip.codes[0][0] for slip in vote.slips[:2]], [slip.words for slip in vote.slips[:2]])
    assert short.text.replace("0001", "0002").replace(*codes).replace(*words) == long.text
    told = {"content-length": "", "date": ""}
    assert dict(short.headers) | told == dict(long.headers) | told


def test_the_short_way_asks_the_store_once(store: Store, wire, vote, monkeypatch):
    wire.post(path(vote, 0), data=FORM)
    asked: list[object] = []
    monkeypatch.setattr(store, "ask", lambda *args, **_: asked.append(args))
    assert "已收到" in wire.post(path(vote, 1), data=FORM).text
    assert asked == []


@pytest.mark.parametrize("pieces", [1, 2, 5])
def test_a_vote_that_comes_in_pieces_is_pressed_once(wire, inside, pressed, store, vote, pieces):
    whole = hall.request(inside.port, path(vote), "item-1=for&key=k&confirmed=1")
    with socket.create_connection(("127.0.0.1", inside.port)) as line:
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        size = -(-len(whole) // pieces)
        for start in range(0, len(whole), size):
            line.sendall(whole[start : start + size])
            wire.get("/")  # the server has read what came
        assert line.recv(20).startswith(b"HTTP/1.1 200")
    assert pressed == ["receipt"]
    assert store.ask(queries.turnout, vote.motion).participating.heads == 1


def test_requests_in_one_packet_are_answered_in_their_order(inside, vote):
    """A vote, a page, a vote that is refused, a vote: no answer overtakes another."""
    port = inside.port
    forms = [
        hall.request(port, path(vote, 0), "item-1=for&key=k&confirmed=1"),
        f"GET /{vote.slips[1].token} HTTP/1.1\r\nHost: x\r\n\r\n".encode(),
        hall.request(port, path(vote, 0), "item-1=against&key=other&confirmed=1"),
        hall.request(port, path(vote, 2), "item-1=for&key=k&confirmed=1").replace(
            b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n"
        ),
    ]
    with socket.create_connection(("127.0.0.1", port)) as line:
        line.sendall(b"".join(forms))
        answers = b"".join(iter(lambda: line.recv(65536), b"")).decode()
    assert re.findall(r"HTTP/1.1 (\d+)", answers) == ["200", "200", "409", "200"]
    titles = re.findall(r"<title>([^<]+)", answers)
    assert [title.strip() for title in titles][::2] == ["已收到您的投票", "这张选票已经投过"]
    assert "connection: close" in answers


def test_a_form_that_does_not_come_is_the_sites_affair(wire, inside, pressed, vote, monkeypatch):
    monkeypatch.setattr(protocol, "FORM_PATIENCE", 0)
    monkeypatch.setattr(form, "PATIENCE", 0.2)
    whole = hall.request(inside.port, path(vote), "item-1=for&key=k&confirmed=1")
    with socket.create_connection(("127.0.0.1", inside.port)) as line:
        line.sendall(whole[:-3])
        assert line.recv(20).startswith(b"HTTP/1.1 408")
    assert pressed == []


def test_a_phone_that_went_away_has_voted(inside, store, vote):
    with socket.create_connection(("127.0.0.1", inside.port)) as line:
        line.sendall(hall.request(inside.port, path(vote), "item-1=for&key=k&confirmed=1"))
    again = hall.press_requests(inside.port, [hall.request(inside.port, path(vote), "item-1=for&key=k&confirmed=1")], 1)
    assert (again.votes, again.errors) == (1, 0)
    assert store.ask(queries.turnout, vote.motion).participating.heads == 1


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
def test_what_the_short_way_does_not_read_goes_the_long_way(store, wire, pressed, vote, body, status):
    answer = wire.post(path(vote), content=body, headers=FORM_HEAD)
    assert "receipt" not in pressed or b"item-9" in body
    assert answer.status_code == status
    counted = store.ask(queries.turnout, vote.motion).participating.heads
    assert counted == ("已收到您的投票" in answer.text)


def test_a_refusal_on_the_short_way_is_the_page_of_the_long_way(wire, vote):
    wire.post(path(vote), data={**FORM, "key": "one"})
    answer = wire.post(path(vote), data={**FORM, "item-1": "against", "key": "two"})
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


BODIES = st.lists(
    st.tuples(
        st.sampled_from(["item-1", "item-2", "item-", "key", "confirmed", "change", "big", "", "x"]),
        st.sampled_from(["for", "against", "1", "", "yes", "k" * 300, "%", "%zz", "=", "&", "\x00", "票"]),
    ),
    max_size=8,
).map(lambda fields: "&".join(f"{name}={value}" for name, value in fields).encode()) | st.binary(max_size=5000)


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(body=BODIES)
def test_no_body_makes_the_press_fail(inside, store, vote, body):
    head = (
        f"POST {path(vote)} HTTP/1.1\r\nHost: x\r\nContent-Type: {FORM_HEAD['Content-Type']}\r\nConnection: close\r\n"
    )
    with socket.create_connection(("127.0.0.1", inside.port)) as line:
        line.sendall(head.encode() + b"Content-Length: %d\r\n\r\n" % len(body) + body)
        answer = b"".join(iter(lambda: line.recv(65536), b""))
    assert re.match(rb"HTTP/1.1 [24]\d\d ", answer), answer[:80]
    assert answer.count(b"HTTP/1.1 ") == 1
    assert store.ask(queries.turnout, vote.motion).participating.heads <= 1
