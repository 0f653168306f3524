"""Phones that mean harm beside honest ones: slow, endless, malformed, guessing. The honest vote, the server lives."""

import asyncio
import contextlib
import re
import socket
import time
from urllib.parse import urlencode

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import event

from consult_app.audit import chain
from consult_app.voting import queries
from consult_app.web.misses import MISSES
from tests.consult_app.voting import estate
from tests.consult_app.web.test_site import unused_codes

LOOP = "127.0.0.1"
HONEST = 300
ODD = settings(max_examples=250, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
VERY_ODD = settings(ODD, max_examples=5000)


@pytest.fixture
def hall(store, owners_body, tmp_path):
    """An open vote with a slip for each honest phone."""
    estate.owners_roll(store, tmp_path, owners_body, HONEST)
    return estate.opened(store, owners_body)


class Wire:
    """One kept connection of a phone without a browser."""

    def __init__(self, port):
        self.port = port

    async def __aenter__(self):
        self.reader, self.writer = await asyncio.open_connection(LOOP, self.port)
        return self

    async def __aexit__(self, *_):
        self.writer.close()
        with contextlib.suppress(OSError):
            await self.writer.wait_closed()

    async def ask(self, path, fields=None):
        """Status and text of one answer."""
        body = urlencode(fields or {})
        line = f"POST {path}" if fields else f"GET {path}"
        kind = "Content-Type: application/x-www-form-urlencoded\r\n" if fields else ""
        self.writer.write(f"{line} HTTP/1.1\r\nHost: x\r\n{kind}Content-Length: {len(body)}\r\n\r\n{body}".encode())
        head = (await self.reader.readuntil(b"\r\n\r\n")).decode()
        [length] = map(int, re.findall(r"content-length: (\d+)", head, re.IGNORECASE))
        return int(head[9:12]), (await self.reader.readexactly(length)).decode()

    async def vote(self, token):
        """Open the slip, choose, confirm; the receipt's text."""
        _, page = await self.ask(f"/{token}")
        [key] = re.findall(r'name="key" value="(\w+)"', page)
        fields = {"item-1": "for", "key": key}
        await self.ask(f"/{token}", fields)
        return (await self.ask(f"/{token}", fields | {"confirmed": "1"}))[1]


SLOW = (
    b"",
    b"GET /V/",
    b"POST / HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 50\r\n\r\nco",
)
"""A client that says nothing, one that trickles its head, one that keeps back its body."""


class TestSlow:
    """With the patience of a busy evening."""

    @pytest.fixture
    def patience(self):
        """Seconds; the honest must come through on a machine that does other things as well."""
        return 4

    @pytest.mark.parametrize("longest", [20, pytest.param(3, marks=pytest.mark.long)])
    def test_threat_19_beside_300_slow_clients_300_honest_phones_vote_at_once(self, store, hall, inside, longest):
        """`longest`: seconds an honest phone may take for its whole journey; the short run's machine may be busy."""

        async def honest(token):
            async with Wire(inside.port) as wire:
                began = time.perf_counter()
                assert "已收到您的投票" in await wire.vote(token)
                return time.perf_counter() - began

        async def run():
            slow = [await asyncio.open_connection(LOOP, inside.port) for _ in range(300)]
            for number, (_, writer) in enumerate(slow):
                writer.write(SLOW[number % len(SLOW)])
            waits = await asyncio.gather(*(honest(slip.token) for slip in hall.slips))
            ended = await asyncio.gather(*(asyncio.wait_for(reader.read(), 30) for reader, _ in slow))
            for _, writer in slow:
                writer.close()
            return waits, ended

        waits, ended = asyncio.run(run())
        print(f"{len(waits)} honest phones beside {len(ended)} slow ones: slowest journey {max(waits):.2f} s")
        assert max(waits) < longest
        assert {answer[:12] for answer in ended} <= {b"", b"HTTP/1.1 408"}
        assert store.ask(queries.turnout, hall.motion).participating.heads == HONEST


def test_threat_04_ten_thousand_wrong_codes_find_nothing_and_stop_nobody(store, vote, inside):
    codes = unused_codes(vote, 10_000)

    async def guess(mine):
        async with Wire(inside.port) as wire:
            return [(await wire.ask("/", {"code": code}))[0] for code in mine]

    async def run():
        answers = await asyncio.gather(*(guess(codes[start::8]) for start in range(8)))
        async with Wire(inside.port) as wire:
            return [status for part in answers for status in part], await wire.vote(vote.slips[0].token)

    began = time.perf_counter()
    statuses, receipt = asyncio.run(run())
    print(f"{len(codes)} wrong codes answered in {time.perf_counter() - began:.1f} s")
    assert {status: statuses.count(status) for status in set(statuses)} == {404: MISSES, 429: len(codes) - MISSES}
    assert "已收到您的投票" in receipt
    assert [change.event for change in store.ask(chain.since, 0)].count("server.alarm") == 1


def test_threat_04_whole_broken_and_malformed_codes_take_the_same_way_through_the_database(store, phone, vote):
    [unborne] = unused_codes(vote, 1)
    asked = []
    event.listen(store.engine, "before_cursor_execute", lambda _c, _cursor, statement, *_: asked.append(statement))
    ways = []
    for code in (unborne, unborne[:-1] + ("Y" if unborne[-1] != "Y" else "Z"), "你好"):
        del asked[:]
        assert phone.post("/", code=code).status_code == 404
        ways.append(tuple(asked))
    assert len(set(ways)) == 1
    assert ways[0]


@pytest.mark.parametrize("head", ["Content-Length: 1073741824", "Transfer-Encoding: chunked"])
def test_threat_19_a_gigabyte_is_not_read(inside, vote, head):
    start = f"POST /{vote.slips[0].token} HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\n{head}\r\n\r\n"
    sent, part = 0, b"10000\r\n" + b"x" * 65536 + b"\r\n"
    with socket.create_connection((LOOP, inside.port)) as wire:
        wire.settimeout(10)
        wire.sendall(start.encode())
        with contextlib.suppress(ConnectionError):
            while sent < 1 << 30:
                sent += wire.send(part)
        with contextlib.suppress(ConnectionError):
            assert wire.recv(4096)[:12] in (b"HTTP/1.1 413", b"")
    assert sent < 16 << 20  # what fits the buffers of two sockets
    assert httpx.get(f"http://{LOOP}:{inside.port}/").status_code == 200


REQUEST = st.builds(
    lambda method, path, version, headers, end, body: b"".join(
        (method, b" ", path, b" ", version, b"\r\n", *(name + b": " + value + b"\r\n" for name, value in headers), end, body)
    ),
    st.sampled_from([b"GET", b"POST", b"HEAD", b"PUT", b"OPTIONS", b"CONNECT", b"TRACE", b"PRI", b"get", b"", b"\x00"]),
    st.sampled_from([b"/", b"/V/", b"//", b"/C/ABCD1234", b"*", b"http://evil/", b"/%00", b"/../../etc/passwd", b"/%ff%fe", b"/\xff"])
    | st.binary(max_size=40),
    st.sampled_from([b"HTTP/1.1", b"HTTP/1.0", b"HTTP/2.0", b"HTTP/9", b"http/1.1", b"", b"HTTP/1.1 "]),
    st.lists(
        st.tuples(
            st.sampled_from([b"Host", b"Content-Length", b"Transfer-Encoding", b"Connection", b"Expect", b"Upgrade", b"Content-Type",
                             b"X-Forwarded-For", b"Accept-Encoding", b"Cookie", b" bad", b"na\x00me", b""]),
            st.sampled_from([b"x", b"0", b"-1", b"18446744073709551616", b"chunked", b"chunked, chunked", b"keep-alive, close",
                             b"100-continue", b"h2c", b"websocket", b"127.0.0.1", b"a" * 9000]) | st.binary(max_size=30),
        ),
        max_size=5,
    ),
    st.sampled_from([b"\r\n", b"", b"\n", b"\r\n\r\n"]),
    st.sampled_from([b"", b"item-1=for&confirmed=1", b"zz\r\n", b"5\r\nabc", b"FFFFFFFFFFFFFFFFF\r\n"]) | st.binary(max_size=80),
)  # fmt: skip


def noise_is_answered(inside, noise):
    """Send it and hang up; the answer is a client's error, a page, or silence. Never a server's error."""
    with socket.create_connection((LOOP, inside.port)) as wire:
        wire.settimeout(10)
        answer = b""
        with contextlib.suppress(ConnectionError):
            wire.sendall(noise)
            wire.shutdown(socket.SHUT_WR)
            while part := wire.recv(65536):
                answer += part
    statuses = {int(status) for status in re.findall(rb"(?:^|\r\n\r\n|\n)HTTP/1\.[01] (\d{3})", answer)}
    assert all(status < 500 for status in statuses), answer[:300]


@ODD
@given(REQUEST | st.binary(min_size=1, max_size=300))
def test_threat_19_malformed_http_is_answered_and_the_server_lives(inside, noise):
    noise_is_answered(inside, noise)
    with socket.create_connection((LOOP, inside.port)) as wire:
        wire.settimeout(10)
        wire.sendall(b"GET / HTTP/1.0\r\n\r\n")
        assert wire.recv(12) == b"HTTP/1.1 200"


@pytest.mark.long
@VERY_ODD
@given(REQUEST | st.binary(min_size=1, max_size=300))
def test_threat_19_much_malformed_http_is_answered(inside, noise):
    noise_is_answered(inside, noise)


NAMES = ["item-1", "item-2", "item-", "key", "confirmed", "change", "big", "code", "x", ""]
FIELDS = st.dictionaries(
    st.sampled_from(NAMES) | st.text(max_size=10),
    st.sampled_from(
        ["for", "against", "abstain", "1", "", "\x00", "'; drop table ballot; --", "f" * 5000, "🙂", "\ud7ff"]
    )
    | st.text(max_size=60),
    max_size=8,
)


def no_field_breaks(phone, vote, where, fields):
    """No form at any address makes the server fail, and whatever counts counts once."""
    answer = phone.ask("POST", where(vote), data=fields)
    assert answer.status_code < 500
    assert vote.store.ask(queries.turnout, vote.motion).participating.heads <= 1


FORMS = pytest.mark.parametrize(
    "where",
    [lambda vote: "/", lambda vote: f"/{vote.slips[0].token}", lambda vote: f"/C/{vote.slips[0].human_code}"],
    ids=["code", "slip", "typed"],
)


@FORMS
@settings(ODD, max_examples=80)
@given(fields=FIELDS)
def test_no_field_makes_the_server_fail(phone, vote, where, fields):
    no_field_breaks(phone, vote, where, fields)


@pytest.mark.long
@FORMS
@VERY_ODD
@given(fields=FIELDS)
def test_no_field_of_very_many_makes_the_server_fail(phone, vote, where, fields):
    no_field_breaks(phone, vote, where, fields)


@pytest.mark.parametrize("version", ["1.0", "1.1"])
def test_threat_20_the_plainest_browser_votes_at_the_bare_address(store, vote, inside, version):
    """No name, no cookie, no script, no gzip, no style asked for; HTTP of 1996 as well."""
    path = f"/{vote.slips[0].token}"

    def ask(line, body=""):
        with socket.create_connection((LOOP, inside.port)) as wire:
            wire.settimeout(10)
            host = "Host: 192.168.31.20\r\nConnection: close\r\n" if version == "1.1" else ""
            kind = f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n" if body else ""
            wire.sendall(f"{line} HTTP/{version}\r\n{host}{kind}\r\n{body}".encode())
            answer = b"".join(iter(lambda: wire.recv(65536), b""))
        head, _, page = answer.partition(b"\r\n\r\n")
        assert b"set-cookie" not in head.lower()
        assert b"content-encoding" not in head.lower()
        return page.decode()

    [key] = re.findall(r'name="key" value="(\w+)"', ask(f"GET {path}"))
    assert "确认后不能修改" in ask(f"POST {path}", f"item-1=for&key={key}")
    assert "已收到您的投票" in ask(f"POST {path}", f"item-1=for&key={key}&confirmed=1")
    assert store.ask(queries.turnout, vote.motion).participating.heads == 1


def test_a_forwarded_address_is_believed_of_nobody_unless_a_proxy_is_trusted(store, vote, inside):
    codes = unused_codes(vote, MISSES + 1)
    statuses = [
        httpx.post(
            f"http://{LOOP}:{inside.port}/", data={"code": code}, headers={"X-Forwarded-For": f"10.0.0.{number}"}
        ).status_code
        for number, code in enumerate(codes)
    ]
    assert statuses == [404] * MISSES + [429]
    [alarm] = [change for change in store.ask(chain.since, 0) if change.event == "server.alarm"]
    assert alarm.facts["device"] == LOOP
