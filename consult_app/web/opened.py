"""The slips that phones open at one moment, read together: two thousand open theirs when the vote is declared open.

Nobody waits to fill a group: while one is read, the next gathers.
"""

import asyncio
from functools import partial

from consult_app.storage.store import Store
from consult_app.voting import lookup
from consult_app.voting.facts import SlipFacts

GROUP = 250
"""Slips in one read at most, so that the first of many phones does not wait for the last."""


class Opened:
    """Looks slips up by their tokens, in groups. One for each running site."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._turn = asyncio.Lock()
        self._gathering: _Group | None = None

    async def slip(self, token: str) -> SlipFacts | None:
        """The slip of a token, as it stands once this is asked; None when there is none."""
        group = self._gathering
        if group is None or len(group.tokens) >= GROUP:
            group = self._gathering = _Group(self)
        place = len(group.tokens)
        group.tokens.append(token)
        found = await asyncio.shield(group.reading)  # a phone that goes away leaves the others their read
        return found[place]

    async def read(self, group: "_Group") -> list[SlipFacts | None]:
        """Read a group when its turn has come; whoever asks from then on is of the next."""
        async with self._turn:
            if self._gathering is group:
                self._gathering = None
            return await asyncio.to_thread(partial(self._store.ask, lookup.slips_by_tokens, group.tokens))


class _Group:
    """The tokens that are read together, and the read they wait for."""

    def __init__(self, opened: Opened) -> None:
        self.tokens: list[str] = []
        self.reading = asyncio.get_running_loop().create_task(opened.read(self))
