"""The server as a process: addresses, ports, limits, start and stop."""

import ipaddress
import json
import socket
import subprocess
import sys

import httpx
import pytest

from consult_app.web import child, server
from consult_app.web.address import lan_addresses, url_of
from tests.consult_app.voting.estate import FOR

LOOP = "127.0.0.1"


@pytest.fixture
def running(folder, vote):
    """A vote server of its own on the loopback."""
    found = child.start(folder, LOOP, 0)
    yield found
    found.stop()


def test_lan_addresses_are_such_as_phones_can_reach():
    for address in lan_addresses():
        ip = ipaddress.ip_address(address)
        assert not ip.is_loopback
        assert not ip.is_link_local


def test_the_usual_port_is_left_out():
    assert url_of("10.0.0.5", 80) == "http://10.0.0.5"
    assert url_of("10.0.0.5", 8080) == "http://10.0.0.5:8080"


def test_slips_lead_to_port_80_only_where_the_system_lets_us_have_it(monkeypatch):
    asked = []

    def listen(port):
        asked.append(port)
        raise server.PortBarred(port=port)

    monkeypatch.setattr(server, "HTTP_PORT", 0)  # any free one stands for 80
    assert server.shortest_port() == 0
    monkeypatch.setattr(server, "listen", listen)
    assert (server.shortest_port(), asked) == (server.PORT, [0])


def test_a_taken_port_is_refused_in_chinese():
    with socket.socket() as other:
        other.bind((LOOP, 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(server.PortTaken, match=f"端口 {port} 已被"):
            server.listen(LOOP, port)


@pytest.mark.parametrize(
    ("host", "port", "reason"),
    [("192.0.2.1", 0, server.NotOurAddress), ("没有", 0, server.NotOurAddress), (LOOP, 70000, server.BadPort)],
)
def test_a_wrong_address_is_refused(host, port, reason):
    with pytest.raises(reason):
        server.listen(host, port)


def test_the_command_exits_with_two_when_the_port_is_taken(folder):
    with socket.socket() as other:
        other.bind((LOOP, 0))
        other.listen()
        port = str(other.getsockname()[1])
        command = child.command(folder, LOOP, int(port))
        done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", timeout=60, check=False)
    assert done.returncode == 2
    assert done.stderr.strip() == f"端口 {port} 已被其他程序占用，投票服务没有开启。请关闭那个程序，或换一个端口。"


def test_a_child_that_cannot_start_says_why(folder):
    with socket.socket() as other:
        other.bind((LOOP, 0))
        other.listen()
        with pytest.raises(child.NotStarted, match="已被其他程序占用"):
            child.start(folder, LOOP, other.getsockname()[1])


def test_a_child_serves_the_same_data_and_ends_when_told(store, running, vote, clock):
    token = vote.slips[0].token
    answer = httpx.get(f"{running.address}/V/{token}")
    # The server has the computer's own clock; for it the vote of the test's day may be over.
    assert answer.status_code in (200, 410)
    assert "加装电梯资金筹集方案" in answer.text
    running.stop()
    assert not running.alive
    with pytest.raises(httpx.ConnectError):
        httpx.get(f"{running.address}/")


def test_a_frozen_program_starts_itself(folder, monkeypatch):
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", "consult.exe")
    command = child.command(folder, LOOP, 8080)
    assert command[0] == "consult.exe"
    assert command[-6:] == ["serve", "--say-phones", "--host", LOOP, "--port", "8080"]
    assert "-m" not in command


def test_the_tally_command_tells_turnout_only_while_open(folder, store, vote):
    vote.cast(0, FOR)
    command = [
        sys.executable,
        "-X",
        "utf8",
        "-m",
        "consult_app",
        "--data",
        str(folder.data),
        "--database",
        folder.database,
        "motion",
    ]
    before = subprocess.run([*command, "tally", "1"], capture_output=True, encoding="utf-8", check=True, timeout=60)
    assert json.loads(before.stdout)["participating"] == {"heads": 1, "area": "80.00"}
    assert "choices" not in json.loads(before.stdout)
    subprocess.run([*command, "close", "1"], capture_output=True, check=True, timeout=60)
    after = subprocess.run([*command, "tally", "1"], capture_output=True, encoding="utf-8", check=True, timeout=60)
    assert json.loads(after.stdout)["choices"]["1"]["for"] == {"heads": 1, "area": "80.00", "ballots": 1}
    assert json.loads(after.stdout)["verdict"]["passed"] is False


def test_without_a_network_the_server_runs_and_says_that_no_phone_reaches_it(monkeypatch):
    monkeypatch.setattr("consult_app.web.server.lan_addresses", tuple)
    listening = server.listen(port=0)
    listening.bound.close()
    assert (listening.is_reachable, listening.addresses) == (False, (f"http://127.0.0.1:{listening.port}",))
