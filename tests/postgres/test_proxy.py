"""The examples a town's administrator copies: nginx takes its file and hands votes on, systemd understands the unit."""

import http.client
import shutil
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from consult_app.bodies.actions import add_body
from tests.consult_app.voting import estate
from tests.fixtures import SECRETARY
from tests.postgres.cluster import free_port
from tests.postgres.databases import of_postgres
from tests.stories.phone import Phone

EXAMPLES = Path(__file__).resolve().parents[2] / "installer" / "town"
NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
ANALYZE = shutil.which("systemd-analyze")


@dataclass
class Proxy:
    """An nginx by the example's file, on loopback ports of its own; `server` is where it hands votes on."""

    place: Path
    port: int
    server: int

    @property
    def words(self) -> list[str]:
        """The command that starts it."""
        assert NGINX
        return [NGINX, "-p", str(self.place), "-c", str(self.place / "nginx.conf")]


@pytest.fixture
def proxy(tmp_path: Path) -> Proxy:
    """The example with this machine's ports and a certificate of its own."""
    if NGINX is None:
        pytest.skip("nginx is not installed: make test-postgres")
    key, pem = tmp_path / "key", tmp_path / "pem"
    words = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 1 -subj /CN=localhost"
    subprocess.run([*words.split(), "-keyout", key, "-out", pem], check=True, capture_output=True)
    found = Proxy(tmp_path, free_port(), free_port())
    site = (EXAMPLES / "nginx.conf").read_text("utf-8")
    for old, new in {
        "listen 443 ssl": f"listen 127.0.0.1:{found.port} ssl",
        "    listen [::]:443 ssl;\n": "",
        "127.0.0.1:8080": f"127.0.0.1:{found.server}",
        "/etc/consult/vote.example.cn.pem": str(pem),
        "/etc/consult/vote.example.cn.key": str(key),
    }.items():
        assert old in site, old
        site = site.replace(old, new)
    temporary = "\n".join(
        f"{name}_temp_path {tmp_path / name};" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    (tmp_path / "nginx.conf").write_text(
        f"daemon off;\npid {tmp_path / 'pid'};\nerror_log {tmp_path / 'log'};\nevents {{}}\nhttp {{\n{temporary}\n{site}\n}}\n",
        "utf-8",
    )
    return found


def test_nginx_takes_the_example(proxy: Proxy) -> None:
    done = subprocess.run([*proxy.words, "-t"], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


@pytest.mark.skipif(ANALYZE is None, reason="systemd-analyze is not installed")
def test_systemd_understands_the_unit(tmp_path: Path) -> None:
    assert ANALYZE
    unit = tmp_path / "consult-serve.service"
    text = (EXAMPLES / "consult-serve.service").read_text("utf-8")
    assert "/opt/consult/consult" in text
    unit.write_text(text.replace("/opt/consult/consult", sys.executable), "utf-8")
    done = subprocess.run(
        [ANALYZE, "verify", "--man=no", "--recursive-errors=no", unit], capture_output=True, text=True
    )
    assert (done.returncode, done.stderr) == (0, "")


@pytest.fixture
def running(proxy: Proxy, folder) -> Iterator[Proxy]:
    """nginx before a vote server of two workers."""
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
    ]
    command += ["serve", "--host", "127.0.0.1", "--port", str(proxy.server), "--workers", "2", "--trust", "127.0.0.1"]
    server = subprocess.Popen(command, stdout=subprocess.PIPE)
    assert server.stdout is not None
    assert server.stdout.readline()
    front = subprocess.Popen(proxy.words)
    yield proxy
    for process in (front, server):
        process.terminate()
        process.wait(20)
    server.stdout.close()


class SecurePhone(Phone):
    """A phone that trusts the test's certificate."""

    def __init__(self, port: int) -> None:
        trusting = ssl.create_default_context()
        trusting.check_hostname, trusting.verify_mode = False, ssl.CERT_NONE
        self.connection = http.client.HTTPSConnection("127.0.0.1", port, timeout=20, context=trusting)


@of_postgres
def test_a_vote_comes_through_the_proxy(running: Proxy, store, folder, tmp_path: Path) -> None:
    body = store.do(SECRETARY, add_body, "owners", "示范小区业主大会")
    estate.owners_roll(store, tmp_path, body)
    vote = estate.opened(store, body, closes_at=store.now().replace(year=2099))
    page = _patiently(running.port, urlsplit(vote.slips[0].url).path)
    assert page.status == 200
    assert "已" in page.text


def _patiently(port: int, path: str):
    """Vote as soon as nginx listens."""
    for _ in range(100):
        phone = SecurePhone(port)
        try:
            return phone.vote(path, "for")
        except OSError:
            time.sleep(0.05)
        finally:
            phone.close()
    raise AssertionError("nginx does not listen")
