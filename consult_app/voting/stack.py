"""A stack of phone votes, cast at once: what `casting.cast_ballot` does for one, with each table read and written once.

Phones that press together wait together (`storage.writer`). The rules are those of `casting`, asked vote by vote; what is
out of the ordinary, such as one slip pressed on two phones at the same moment, goes back to `cast_ballot` itself. One voter,
one vote remains the unique constraint of `Participation`: should it strike, nothing of the stack is kept.
"""

from collections.abc import Mapping, Sequence

from consult_app.kernel.errors import Refused
from consult_app.storage.work import Work
from consult_app.storage.writer import ALONE
from consult_app.voting import voters
from consult_app.voting.answering import receipts_of
from consult_app.voting.box import Vote, put_votes
from consult_app.voting.casting import decided
from consult_app.voting.receipts import Receipt
from consult_app.voting.voters import Voter

Call = tuple[str, Mapping[str, str], str]
"""The arguments of `cast_ballot`: token, choices, form key."""


def cast_stack(work: Work, calls: Sequence[Call]) -> list[Receipt | Refused | object]:
    """Cast the votes of a stack; answers each with its receipt, its refusal, or `ALONE`."""
    votes: dict[int, Vote] = {}
    ends: list[Receipt | Refused | object] = []
    for voter, (_, choices, form_key) in zip(
        voters.by_tokens(work.db, [token for token, *_ in calls]), calls, strict=True
    ):
        if voter is not None and voter.elector_id in votes:
            ends.append(ALONE)
            continue
        end = _decided(work, voter, choices, form_key)
        if isinstance(end, Vote):
            votes[end.voter.elector_id] = end
        ends.append(end)
    taken = list(votes.values())
    receipts = iter(receipts_of(work, taken, put_votes(work, taken)) if taken else ())
    return [next(receipts) if isinstance(end, Vote) else end for end in ends]


def _decided(work: Work, voter: Voter | None, choices: Mapping[str, str], form_key: str) -> Vote | Receipt | Refused:
    try:
        return decided(work, voter, choices, form_key)
    except Refused as refused:
        return refused
