"""Set up what `make` needs on a fresh Debian 12: system packages, `.venv`, exact Python packages.

    python3 installer/prepare.py run|test|postgres|package

Standard library only, since it runs before anything is installed. What was done is remembered in
`.venv/prepared-LEVEL`, so a second start only reads that file.
"""

import fcntl
import hashlib
import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
import venv
from pathlib import Path
from typing import NoReturn

PROJECT = Path(__file__).resolve().parent.parent
ENVIRONMENT = PROJECT / ".venv"
PYTHON = ENVIRONMENT / "bin" / "python"
OLDEST, NEWEST = (3, 11), (3, 13)

# Debian packages, each level on top of those it holds.
SYSTEM = {
    "run": (
        # drawing, also offscreen
        *("libglib2.0-0", "libegl1", "libgl1", "libfontconfig1", "libxkbcommon0", "libdbus-1-3"),
        *("libfreetype6", "libx11-6", "libbrotli1"),
        # a window of X or Wayland, and printing
        *("libxcb-cursor0", "libxcb-icccm4", "libxcb-image0", "libxcb-keysyms1", "libxcb-randr0"),
        *("libxcb-render-util0", "libxcb-shape0", "libxcb-xkb1", "libxkbcommon-x11-0", "libx11-xcb1"),
        *("libxcb-sync1", "libxcb-xfixes0", "libxcb-util1", "libwayland-cursor0", "libcups2"),
    ),
    "test": ("chromium", "gcc", "libatomic1", "libc6-dev", "poppler-utils"),
    "postgres": ("postgresql", "nginx-light", "openssl", "systemd"),
    "package": ("binutils",),
}
LEVELS = tuple(SYSTEM)
HOLDS = {"run": (), "test": ("run",), "postgres": ("run", "test"), "package": ("run", "test")}
DEVELOPING = "requirements-dev.lock"
LOCKS = {"run": "requirements.lock", "test": DEVELOPING, "postgres": DEVELOPING, "package": DEVELOPING}


def main(level: str) -> None:
    """Prepare one level, unless that was done before and nothing has changed since."""
    if is_prepared(level):
        return
    ENVIRONMENT.mkdir(exist_ok=True)
    with open(ENVIRONMENT / "preparing.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if is_prepared(level):
            return
        install_system(missing(system_packages(level)))
        make_environment()
        install_python(LOCKS[level])
        for done in levels_up_to(level):
            stamp(done).write_text(fingerprint(done))
    say("Ready.")


def levels_up_to(level: str) -> tuple[str, ...]:
    """The level and those it contains."""
    return (*HOLDS[level], level)


def stamp(level: str) -> Path:
    """The file that remembers a level's set-up."""
    return ENVIRONMENT / f"prepared-{level}"


def is_prepared(level: str) -> bool:
    """Whether the level's set-up was done for just these files, in just this place."""
    return PYTHON.exists() and stamp(level).exists() and stamp(level).read_text() == fingerprint(level)


def fingerprint(level: str) -> str:
    """SHA-256 over all that decides a level's set-up."""
    locks = {LOCKS[each] for each in levels_up_to(level)}
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))["project"]
    decides = [
        str(ENVIRONMENT),
        repr(environment_version()),
        repr(project),
        repr(system_packages(level)),
        *((PROJECT / "installer" / name).read_text("utf-8") for name in sorted(locks)),
    ]
    return hashlib.sha256("\0".join(decides).encode()).hexdigest()


def system_packages(level: str) -> list[str]:
    """The Debian packages a level needs, with those for this Python itself."""
    packages = [name for each in levels_up_to(level) for name in SYSTEM[each]]
    if sys.executable.startswith("/usr/bin/"):
        packages.append("python3-venv")
        if level == "package":
            packages.append(f"libpython3.{sys.version_info.minor}")
    return packages


def missing(packages: list[str]) -> list[str]:
    """Those of the packages that this Debian has not installed; none where there is no dpkg to ask."""
    if not shutil.which("dpkg-query"):
        say("This is no Debian; the program needs what these packages hold there: " + " ".join(packages))
        return []
    asked = subprocess.run(
        ["dpkg-query", "-W", "-f=${Package} ${db:Status-Status}\n", *packages],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    installed = {line.split()[0] for line in asked.stdout.splitlines() if line.endswith(" installed")}
    return [name for name in packages if name not in installed]


def install_system(packages: list[str]) -> None:
    """Install Debian packages, with sudo when not root; stop with the exact command where that cannot be done."""
    if not packages:
        return
    apt = ["apt-get", "-q", "-o", "DPkg::Lock::Timeout=300"]
    install = [*apt, "install", "-y", "--no-install-recommends", *packages]
    as_root = root_prefix()
    if as_root is None:
        stop_for_root(packages)
    say(f"Installing {len(packages)} system packages: {' '.join(packages)}")
    prefix = [*as_root, "env", "DEBIAN_FRONTEND=noninteractive"]
    subprocess.run([*prefix, *apt, "update"], stdin=subprocess.DEVNULL if not sys.stdin.isatty() else None)
    if subprocess.run([*prefix, *install]).returncode != 0:
        stop_for_root(packages)


def root_prefix() -> list[str] | None:
    """What to put before a command so that root runs it; None where nothing helps."""
    if os.geteuid() == 0:
        return []
    if not shutil.which("sudo"):
        return None
    if sys.stdin.isatty():
        return ["sudo"]
    allowed = subprocess.run(["sudo", "-n", "true"], stderr=subprocess.DEVNULL).returncode == 0
    return ["sudo", "-n"] if allowed else None


def stop_for_root(packages: list[str]) -> NoReturn:
    """Stop, saying what an administrator has to run."""
    command = shlex.join(["apt-get", "install", "-y", "--no-install-recommends", *packages])
    sys.exit(f"System packages are missing. Run this as root, then try again:\n\n  apt-get update && {command}\n")


def environment_version() -> tuple[int, int] | None:
    """The Python version of `.venv`, or None when there is no usable one."""
    settings = ENVIRONMENT / "pyvenv.cfg"
    if not (settings.exists() and PYTHON.exists()):
        return None
    found = re.search(r"^version\s*=\s*(\d+)\.(\d+)", settings.read_text(), re.MULTILINE)
    return (int(found[1]), int(found[2])) if found else None


def make_environment() -> None:
    """Make `.venv`, anew when the one there is of no use: half made, moved here, or of an unsuitable Python."""
    version = environment_version()
    if version and OLDEST <= version <= NEWEST and is_whole():
        return
    say(f"Making .venv with Python {sys.version.split()[0]}")
    venv.EnvBuilder(clear=False, with_pip=True, symlinks=True, upgrade_deps=False).create(ENVIRONMENT)


def is_whole() -> bool:
    """Whether `.venv` has pip and knows its own place."""
    asked = subprocess.run(
        [PYTHON, "-c", "import pip, sys; print(sys.prefix)"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    return asked.returncode == 0 and Path(asked.stdout.strip()) == ENVIRONMENT


def install_python(lock: str) -> None:
    """Install exactly what a lock file names, and the project itself in place."""
    say(f"Installing the Python packages of installer/{lock}")
    pip: list[str | Path] = [PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input"]
    if os.geteuid() == 0:
        pip.append("--root-user-action=ignore")
    run([*pip, "--no-deps", "-r", PROJECT / "installer" / lock])
    run([*pip, "--no-deps", "--no-build-isolation", "-e", PROJECT])


def run(command: list[str | Path]) -> None:
    """Run a command; stop with its own words when it fails."""
    code = subprocess.run(command, cwd=PROJECT).returncode
    if code != 0:
        sys.exit(f"Set-up stopped: {shlex.join(map(str, command))} ended with {code}.")


def say(line: str) -> None:
    """Tell the person at the terminal what is going on."""
    print(line, flush=True)


if __name__ == "__main__":
    if len(sys.argv) != 2 or sys.argv[1] not in LEVELS:
        sys.exit(f"usage: prepare.py {'|'.join(LEVELS)}")
    if not OLDEST <= sys.version_info[:2] <= NEWEST:
        sys.exit("Python 3.11, 3.12 or 3.13 is needed: sudo apt-get install python3 python3-venv")
    main(sys.argv[1])
