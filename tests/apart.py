"""Run something in a process of its own, to know what memory it takes (Linux only)."""

import multiprocessing
import resource
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")

STATUS = Path("/proc/self/status")
MEGABYTE = 1024 * 1024


def apart(function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Call a function of a module in a fresh process and return its value; what it raises is raised here."""
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
        return pool.submit(function, *args, **kwargs).result()


def forget_peak() -> None:
    """Measure the peak of this process anew."""
    Path("/proc/self/clear_refs").write_text("5")


def peak() -> int:
    """The most memory this process held since it began or `forget_peak`, in bytes."""
    return _status("VmHWM")


def allow(size: int) -> None:
    """Let this process take so many more bytes of address space than it has, and no more."""
    limit = _status("VmSize") + size
    resource.setrlimit(resource.RLIMIT_AS, (limit, resource.RLIM_INFINITY))


def _status(name: str) -> int:
    line = next(line for line in STATUS.read_text().splitlines() if line.startswith(name + ":"))
    return int(line.split()[1]) * 1024
