"""Try a packaged application as a user would: `python installer/smoke.py dist/consult`.

Plays the story on a made-up roll, opens the window offscreen, serves one phone page over loopback, exports one PDF.
Standard library only; the packaged program must bring everything else itself.
"""

import csv
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

PATIENCE = 120.0  # seconds for any one step on a slow machine
# Nothing of the developer's Python may help the packaged program along.
ENVIRONMENT = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "VIRTUAL_ENV"))}
ENVIRONMENT |= {"QT_QPA_PLATFORM": "offscreen"}


def main(application: Path) -> None:
    """Go through all steps; the first that fails stops with its own words."""
    program = application / "consult"
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        voting = demo(program, place / "voting", "voting")
        step("the story is played up to the vote")
        window_paints(program, voting["data"])
        step("the window opens the practice folder and paints")
        phone_page_is_served(program, voting)
        step("a phone page is served over loopback")
        filed = demo(program, place / "filed", "filed")
        minutes_are_exported(program, filed, place / "minutes.pdf")
        step("the minutes are exported as PDF")
    print(f"{application}: all well")


def demo(program: Path, out: Path, stage: str) -> dict[str, Any]:
    """Play the story up to a stage on five made-up voters, and return what it says of itself."""
    said = run([program, "--json", "demo", "--out", out, "--stage", stage, "--voters", "5"])
    facts: dict[str, Any] = json.loads(said)
    assert Path(facts["data"]).is_dir(), facts
    return facts


def window_paints(program: Path, data: str) -> None:
    """Open the window, which ends by itself after its first painted frame."""
    run([program, "--data", data, "desk", "--quit-after-paint"])


def phone_page_is_served(program: Path, facts: dict[str, Any]) -> None:
    """Start the vote server and fetch the page of the first unused slip."""
    with open(facts["files"]["links"], encoding="utf-8-sig", newline="") as links:
        path = next(csv.DictReader(links))["path"]
    with serving(program, facts["data"]) as (server, address):
        page = wait_for_page(server, address + path)
    assert "<form" in page, page
    assert "同意" in page, page


@contextmanager
def serving(program: Path, data: str) -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    """The packaged vote server on a free loopback port: its process and its address."""
    port = free_port()
    command: list[str | Path] = [program, "--data", data, "serve", "--host", "127.0.0.1", "--port", str(port)]
    server = subprocess.Popen(command, env=ENVIRONMENT, stdin=subprocess.DEVNULL)
    try:
        yield server, f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(PATIENCE)


def wait_for_page(server: subprocess.Popen[bytes], url: str) -> str:
    """The text at an address of a server that is just starting."""
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            with urllib.request.urlopen(url, timeout=10) as answer:
                text: str = answer.read().decode("utf-8")
                return text
        except urllib.error.HTTPError as refusal:
            sys.exit(f"{url}: {refusal.code} {refusal.read().decode('utf-8', 'replace')}")
        except OSError:
            if server.poll() is not None:
                sys.exit(f"the server ended with {server.returncode}")
            if time.monotonic() > deadline:
                sys.exit(f"the server does not answer at {url}")
            time.sleep(0.1)


def minutes_are_exported(program: Path, facts: dict[str, Any], pdf: Path) -> None:
    """Export the minutes anew and look that it is a PDF with pages and fonts of its own."""
    run([program, "--data", facts["data"], "minutes", "export", str(facts["meeting"]), "--pdf", pdf])
    content = pdf.read_bytes()
    assert content.startswith(b"%PDF-"), content[:20]
    assert b"%%EOF" in content[-1024:], "the PDF is cut short"
    assert len(content) > 10_000, f"{len(content)} bytes cannot hold pages and fonts"


def run(command: list[str | Path]) -> str:
    """What a command prints; stop when it fails or hangs."""
    done = subprocess.run(
        command, env=ENVIRONMENT, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, timeout=PATIENCE, encoding="utf-8"
    )
    if done.returncode != 0:
        sys.exit(f"{' '.join(map(str, command))} ended with {done.returncode}\n{done.stdout}")
    return done.stdout


def free_port() -> int:
    """A loopback port nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
        return port


def step(done: str) -> None:
    """Say what has been seen to work."""
    print(f"  {done}", flush=True)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: smoke.py FOLDER")
    main(Path(sys.argv[1]).resolve())
