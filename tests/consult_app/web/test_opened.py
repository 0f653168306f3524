"""Slips that are opened at one moment are read together, and each phone gets its own."""

import asyncio
from typing import Any

import pytest

from consult_app.voting import queries
from consult_app.web import opened
from consult_app.web.opened import Opened


def test_slips_opened_at_one_moment_share_a_read(store, vote, monkeypatch):
    reads = counted(store, monkeypatch)
    tokens = [slip.token for slip in vote.slips]
    found = opened_at_once(Opened(store), [*tokens, "0" * 16, tokens[0]])
    assert reads == [[*tokens, "0" * 16, tokens[0]]]
    monkeypatch.undo()
    assert found == [*(store.ask(queries.slip_by_token, token) for token in tokens), None, found[0]]


def test_a_long_queue_is_read_in_groups_and_in_order(store, vote, monkeypatch):
    monkeypatch.setattr(opened, "GROUP", 4)
    reads = counted(store, monkeypatch)
    found = opened_at_once(Opened(store), [slip.token for slip in vote.slips])
    assert [len(tokens) for tokens in reads] == [4, 4, 1]
    assert [slip.serial for slip in found] == [f"{number:04d}" for number in range(1, 10)]


def test_a_slip_is_read_as_it_stands_when_it_is_opened(store, vote):
    async def before_and_after() -> tuple[Any, Any]:
        slips = Opened(store)
        before = await slips.slip(vote.slips[0].token)
        await asyncio.to_thread(vote.cast, 0)
        return before, await slips.slip(vote.slips[0].token)

    before, after = asyncio.run(before_and_after())
    assert before.voted is None
    assert after.voted is not None


def test_a_phone_that_goes_away_leaves_the_others_their_slips(store, vote):
    async def one_goes():
        slips = Opened(store)
        first, second = (asyncio.ensure_future(slips.slip(vote.slips[number].token)) for number in (0, 1))
        await asyncio.sleep(0)
        first.cancel()
        return await second

    assert asyncio.run(one_goes()).serial == "0002"


def test_a_read_that_fails_is_told_to_all_who_waited_and_to_nobody_after(store, vote, monkeypatch):
    async def fail_once():
        slips = Opened(store)
        token = vote.slips[0].token
        with monkeypatch.context() as failing:
            failing.setattr(store, "ask", broken)
            ends = await asyncio.gather(slips.slip(token), slips.slip(token), return_exceptions=True)
        return ends, await slips.slip(token)

    def broken(*_):
        raise OSError("the disk is gone")

    ends, after = asyncio.run(fail_once())
    assert [str(end) for end in ends] == ["the disk is gone"] * 2
    assert after.serial == "0001"


@pytest.mark.parametrize("token", ["", "0" * 15, "一" * 16, "0" * 16])
def test_what_is_no_slips_token_finds_nothing(store, vote, token):
    assert opened_at_once(Opened(store), [token]) == [None]


def opened_at_once(slips, tokens):
    """What phones find that open these slips at one moment."""

    async def all_of_them():
        return await asyncio.gather(*map(slips.slip, tokens))

    return asyncio.run(all_of_them())


def counted(store, monkeypatch):
    """The tokens of each read from now on."""
    reads, ask = [], store.ask

    def note(query, tokens):
        reads.append(list(tokens))
        return ask(query, tokens)

    monkeypatch.setattr(store, "ask", note)
    return reads
