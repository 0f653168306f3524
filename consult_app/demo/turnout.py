"""The voters of the story: who votes when and how, cast through the same actions as real votes, many to a transaction."""

from collections.abc import Sequence
from itertools import islice

from consult_app.demo import script
from consult_app.demo.story import Story
from consult_app.storage.store import Actor, Work
from consult_app.voting import actions as voting
from consult_app.voting.choices import Channel
from consult_app.voting.issuing import IssuedSlip

VOTERS = Actor("练习投票人", "voter")
ROUNDS = 40
"""In how many rounds over the days of voting the votes come in."""


def hold_vote(story: Story) -> None:
    """Hand out the slips, let the voters vote until the closing time, take back unused slips, and close by two people."""
    voted = list(zip(story.slips, map(script.vote_of, range(len(story.slips))), strict=True))
    pace = (story.closing_time - story.clock()) / (ROUNDS + 1)
    size = max(1, -(-len(voted) // ROUNDS))
    voters = iter(voted)
    while batch := list(islice(voters, size)):
        story.clock.to(story.clock() + pace)
        story.store.do(VOTERS, _cast_all, story.motion, batch)
    story.clock.to(story.closing_time)
    story.store.do(script.SECRETARY, _take_back_all, story.motion, voted)
    story.store.do(script.SECRETARY, voting.close_vote, story.motion, *script.SCRUTINEERS)


def _cast_all(work: Work, motion_id: int, batch: Sequence[tuple[IssuedSlip, script.Vote]]) -> None:
    for slip, vote in batch:
        voting.hand_out(work, motion_id, slip.human_code)
        choices = {"1": vote.choice}
        if vote.channel is Channel.PHONE:
            voting.cast_ballot(work, slip.token, choices, work.token(16))
        elif vote.channel is Channel.ASSISTED:
            voting.cast_assisted(work, motion_id, slip.human_code, choices, script.HELPER, script.SCRUTINEERS[0])
        elif vote.channel is Channel.PAPER:
            for teller in script.TELLERS:
                voting.enter_paper(work, motion_id, slip.human_code, choices, teller)


def _take_back_all(work: Work, motion_id: int, voted: Sequence[tuple[IssuedSlip, script.Vote]]) -> None:
    for slip, vote in voted:
        if vote.returned:
            voting.take_back(work, motion_id, slip.human_code)
