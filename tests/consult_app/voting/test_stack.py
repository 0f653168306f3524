"""A stack of votes ends as the same votes one after another do: receipts, refusals, and every row."""

import random
from typing import Any

import pytest
from sqlalchemy import select

from consult_app.app import open_app
from consult_app.audit import chain
from consult_app.bodies.actions import add_body
from consult_app.kernel.errors import Refused
from consult_app.settings import settings
from consult_app.storage.writer import Write
from consult_app.voting import actions, queries, witnessing
from consult_app.voting.stack import cast_stack
from consult_app.voting.tables import Ballot, Credential, Participation
from tests.consult_app.voting import estate
from tests.consult_app.voting.estate import ABSTAIN, AGAINST, FOR, PHONE, SECRETARY
from tests.fixtures import CountingTokens

STATES = ("usual", "secret", "assisted", "not open", "late", "closed", "hands")


def opened(folder, clock, state: str):
    """A vote of nine on data of its own, in some state."""
    app = open_app(settings(folder), clock, CountingTokens())
    folder.mkdir(exist_ok=True)
    if state in ("secret", "hands"):
        body = app.store.do(SECRETARY, add_body, "village", "示范村村民会议")
        estate.village_roll(app.store, folder, body, 9)
        vote = estate.opened(app.store, body, "village.reps", secret=state == "secret")
    else:
        body = app.store.do(SECRETARY, add_body, "owners", "示范小区业主大会")
        estate.owners_roll(app.store, folder, body)
        more = {"legal_mode": "assisted"} if state == "assisted" else {}
        vote = (estate.issued if state == "not open" else estate.opened)(app.store, body, **more)
    if state not in ("not open", "hands"):
        vote.cast(0, FOR, key="early")
        app.store.do(SECRETARY, actions.spoil, vote.motion, vote.slips[1].human_code, "污损")
    if state == "closed":
        vote.close()
    if state == "hands":
        for teller in ("甲", "乙"):
            app.store.do(SECRETARY, actions.enter_hand_count, vote.motion, teller, {"1": {"for": 5}}, 5)
    return app, vote


def end_of(found: Any) -> Any:
    """A receipt, or a refusal as its kind and words."""
    return (type(found).__name__, str(found)) if isinstance(found, Refused) else found


def alone(store, call) -> Any:
    try:
        return store.do(PHONE, actions.cast_ballot, *call)
    except Refused as refused:
        return refused


def together(store, calls) -> list[Any]:
    store.stack(actions.cast_ballot, cast_stack)
    writes = [Write(PHONE, actions.cast_ballot, call, {}) for call in calls]
    store._writer._waiting.extend(writes)
    with store._writer._lead:
        store._writer._commit_group()
    return [write.error or write.result for write in writes]


def rows(db) -> dict[str, Any]:
    """What was stored, without the order in which the stack wrote it."""
    return {
        "participations": sorted(
            db.execute(
                select(
                    Participation.elector_id, Participation.credential_id, Participation.channel, Participation.at,
                    Participation.form_digest, Participation.pending, Participation.helper, Participation.proxy_id,
                )
            ).all(),
            key=str,
        ),
        "ballots": sorted(
            db.execute(
                select(
                    Ballot.elector_id, Ballot.choices, Ballot.heads, Ballot.area, Ballot.needs_signature, Ballot.signed,
                    Ballot.set_aside,
                )
            ).all(),
            key=str,
        ),
        "slips": db.execute(select(Credential.id, Credential.state, Credential.settled_at).order_by(Credential.id)).all(),
        "events": sorted((c.event, c.actor, c.subject, c.facts.get("serial", "")) for c in chain.since(db, 0)),
    }  # fmt: skip


@pytest.mark.parametrize("state", STATES)
def test_a_stack_ends_as_the_votes_one_by_one(tmp_path, clock, state):
    one, first = opened(tmp_path / "one", clock, state)
    many, second = opened(tmp_path / "many", clock, state)
    assert [slip.token for slip in first.slips] == [slip.token for slip in second.slips]
    if state == "late":
        clock.forward(hours=4)
    chance = random.Random(state)
    for _ in range(3):
        tokens = [slip.token for slip in first.slips] + ["0" * 16, "选票"]
        calls = [
            (
                chance.choice(tokens),
                chance.choice([FOR, AGAINST, ABSTAIN, {}, {"1": "yes"}]),
                chance.choice(["early", "k", "j", ""]),
            )
            for _ in range(12)
        ]
        assert list(map(end_of, together(many.store, calls))) == [end_of(alone(one.store, call)) for call in calls]
        clock.forward(seconds=7)
    assert many.store.ask(rows) == one.store.ask(rows)
    assert many.store.ask(witnessing.verify).broken is None
    one.close()
    many.close()


def test_threat_05_one_form_sent_ten_times_at_once_counts_once(store, vote):
    call = (vote.slips[0].token, FOR, "form")
    ends = together(store, [call] * 10)
    assert [end.repeated for end in ends] == [False] + [True] * 9
    assert len({(end.serial, end.at) for end in ends}) == 1
    assert store.ask(queries.turnout, vote.motion).participating.heads == 1


def test_a_vote_stored_behind_the_stacks_back_strikes_the_constraint_and_is_said(store, vote, monkeypatch):
    """What a lost race would look like: the read saw nobody, and the unique constraint still holds."""
    from consult_app.voting import voters

    vote.cast(0, FOR, key="first")
    found, read = [], voters.by_tokens

    def blind(db, tokens):
        seen = read(db, tokens)
        found.append(len(tokens))
        return [None if n is None else _Unvoted(n) for n in seen]

    class _Unvoted:
        def __init__(self, voter):
            self._voter = voter

        def __getattr__(self, name):
            if name == "slip_state":
                return "live"
            return None if name in ("voted_at", "form_digest", "voted_with") else getattr(self._voter, name)

    monkeypatch.setattr(voters, "by_tokens", lambda db, tokens: (blind if len(tokens) > 1 else read)(db, tokens))
    ends = together(store, [(vote.slips[n].token, AGAINST, f"k{n}") for n in range(3)])
    assert found == [3]
    assert isinstance(ends[0], Refused)
    assert [end.serial for end in ends[1:]] == ["0002", "0003"]
    assert store.ask(queries.turnout, vote.motion).participating.heads == 3
