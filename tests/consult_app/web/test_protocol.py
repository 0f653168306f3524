"""The wire: room for others beside one address."""

import contextlib
import socket

import pytest

from consult_app.web import server
from consult_app.web.protocol import Crowd

PLACES = 4


def test_an_address_has_its_places_and_gives_them_back():
    crowd = Crowd(2)
    assert [crowd.enter("192.168.31.77") for _ in range(3)] == [True, True, False]
    assert crowd.enter("192.168.31.78")
    for _ in range(2):
        crowd.leave("192.168.31.77")
    assert crowd.enter("192.168.31.77")
    assert not crowd.enter("192.168.31.77")


def test_behind_the_trusted_proxy_stand_all():
    crowd = Crowd(2, "10.0.0.1")
    assert all(crowd.enter("10.0.0.1") for _ in range(9))


@pytest.fixture
def narrow(monkeypatch, request):
    """The server inside, with few places for each address."""
    monkeypatch.setattr(server, "EACH", PLACES)
    return request.getfixturevalue("inside")


def answer(port, source):
    """The first bytes that a request of this address gets; nothing when it was turned away."""
    place = ("127.0.0.1", port)
    with contextlib.suppress(OSError), socket.create_connection(place, source_address=(source, 0)) as line:
        line.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        return line.recv(12)
    return b""


@pytest.fixture
def patience():
    """Seconds; those who hold the places must hold them as long as the test asks."""
    return 20


def test_threat_19_one_address_cannot_hold_every_place(narrow):
    with contextlib.ExitStack() as held:
        for _ in range(PLACES):
            held.enter_context(socket.create_connection(("127.0.0.1", narrow.port), source_address=("127.0.0.2", 0)))
        assert answer(narrow.port, "127.0.0.2") == b""
        assert answer(narrow.port, "127.0.0.3") == b"HTTP/1.1 200"
