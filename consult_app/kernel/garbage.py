"""Keep Python's search for cycles away from work that makes a great many plain objects and no cycle."""

import gc
import importlib
import sys
from collections.abc import Callable
from functools import wraps
from types import ModuleType
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


def search_seldom() -> None:
    """Search for cycles after 20,000 new objects, not 700: for a server, whose votes make many objects and hardly a cycle."""
    gc.set_threshold(20_000, 50, 50)


def uncollected(function: Callable[P, T]) -> Callable[P, T]:
    """The function, run with the collector of cycles paused: a roll of 100,000 lines takes a quarter less time.

    What no longer is in use is freed as ever, by its count of references. Threads that overlap only lose the gain.
    """

    @wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> T:
        if not gc.isenabled():
            return function(*args, **kwargs)
        gc.disable()
        try:
            return function(*args, **kwargs)
        finally:
            gc.enable()

    return run


@uncollected
def load(name: str) -> ModuleType:
    """Import a module with all it needs, which stays until the program ends and is never searched for cycles.

    A server starts in a sixth less time, a window in a third; and no search of all that was loaded (80 ms) falls among
    the first votes.
    """
    if name in sys.modules:
        return sys.modules[name]
    module = importlib.import_module(name)
    gc.freeze()
    return module
