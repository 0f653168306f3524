"""A PostgreSQL of the tests' own: on loopback, in a folder of its own, gone when they end."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

HOMES = Path("/usr/lib/postgresql")
"""Where Debian puts each version's programs."""


class NotInstalled(Exception):
    """There is no PostgreSQL server on this machine."""


@contextmanager
def cluster(*, on_disk: bool = False) -> Iterator[str]:
    """Start a fresh server; gives the URL of its first database. It syncs as a town's would."""
    programs = newest()
    # In memory where there is such a place: the tests are of the program, not of the disk.
    memory = Path("/dev/shm")
    place = Path(tempfile.mkdtemp(prefix="consult-pg-", dir=memory if memory.is_dir() and not on_disk else None))
    data, port = place / "data", free_port()
    if os.geteuid() == 0:  # the server refuses to run as root
        shutil.chown(place, "postgres", "postgres")
    try:
        as_owner(
            programs / "initdb", "-D", data, "-U", "consult", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-N"
        )
        options = f"-c listen_addresses=127.0.0.1 -p {port} -c unix_socket_directories={place} -c max_connections=200"
        as_owner(programs / "pg_ctl", "-D", data, "-l", place / "log", "-o", options, "-w", "start")
        try:
            yield f"postgresql+psycopg://consult@127.0.0.1:{port}/postgres"
        finally:
            as_owner(programs / "pg_ctl", "-D", data, "-m", "immediate", "-w", "stop")
    finally:
        shutil.rmtree(place, ignore_errors=True)


def newest() -> Path:
    """The folder of the newest server's programs; raises `NotInstalled`."""
    found = sorted(HOMES.glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if not found:
        raise NotInstalled("no PostgreSQL server: apt-get install postgresql")
    return found[-1].parent


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def as_owner(*command: Path | str) -> None:
    """Run one of the server's programs as a user it accepts; quiet unless it fails."""
    words = [str(word) for word in command]
    owner = pwd.getpwnam("postgres") if os.geteuid() == 0 else None
    done = subprocess.run(
        words,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        cwd="/",
        user=owner.pw_uid if owner else None,
        group=owner.pw_gid if owner else None,
        extra_groups=[] if owner else None,
    )
    if done.returncode != 0:
        raise RuntimeError(f"{' '.join(words)}\n{done.stdout}{done.stderr}")
