"""Calls, notices, publication, extension and proxies."""

from datetime import UTC, date, datetime, timedelta

import pytest

from consult_app.voting import rulebook
from consult_app.voting.periods import extended, noticed, published
from consult_app.voting.petitions import Signed, demanded
from consult_app.voting.proxies import accepted
from consult_app.voting.verdicts import Code

BOOK = rulebook.load()


def kept(rule, part):
    """What a rule says about one part of it; it must say something."""
    found = getattr(BOOK.rule(rule), part)
    assert found is not None
    return found


CLOSES = datetime(2026, 3, 10, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("rule", "measure", "signers", "entitled"),
    [
        ("owners.call_extraordinary", "heads", 100, 500),  # property-regulation-13: 20%
        ("village.call_assembly", "heads", 82, 815),  # villagers-committees-2025-25: 1/10
        ("village.call_assembly", "reps", 14, 40),  # or 1/3 of the representatives
        ("village.call_reps", "reps", 8, 40),  # villagers-committees-2025-30: 1/5
        ("village.recall.petition", "heads", 200, 1000),  # villagers-committees-2025-19: 1/5
        ("village.recall.petition", "reps", 15, 45),
        ("urban.call_assembly", "heads", 300, 3000),  # residents-committees-2025-26: 1/10
        ("urban.call_reps", "reps", 12, 60),  # residents-committees-2025-28: 1/5
        ("urban.recall.petition", "heads", 300, 3000),  # residents-committees-2025-20: 1/10
        ("urban.recall.petition", "reps", 20, 60),
    ],
)
def test_a_petition_needs_its_signatures(rule, measure, signers, entitled):
    petition = kept(rule, "petition")
    signed = {route.measure: Signed(0, 60) for route in petition.routes}
    assert demanded(petition, {**signed, measure: Signed(signers, entitled)}).passed
    assert demanded(petition, {**signed, measure: Signed(signers - 1, entitled)}).code is Code.PETITION_NOT_MET


def test_the_guidelines_ask_for_area_and_heads():  # owners-guidelines-21
    petition = kept("owners.call_extraordinary.dual", "petition")
    assert demanded(petition, {"area": Signed(1_000_000, 5_000_000), "heads": Signed(100, 500)}).passed
    assert not demanded(petition, {"area": Signed(999_999, 5_000_000), "heads": Signed(120, 500)}).passed


def test_more_signers_than_entitled_is_refused():
    petition = kept("village.call_reps", "petition")
    assert demanded(petition, {"reps": Signed(41, 40)}).code is Code.INPUT_INCONSISTENT
    assert demanded(petition, {"reps": Signed(0, 0)}).code is Code.INPUT_INCONSISTENT
    assert demanded(petition, {"reps": Signed(-1, 40)}).code is Code.INPUT_INCONSISTENT


@pytest.mark.parametrize(
    ("rule", "days"),
    [("owners.notice", 15), ("village.assembly.notice", 10), ("urban.assembly.notice", 10)],
)
def test_the_day_of_notice_is_not_counted(rule, days):  # civil-code-201
    least = kept(rule, "notice_days")
    notified = date(2026, 2, 20)
    assert noticed(notified, notified + timedelta(days=days), least).passed
    short = noticed(notified, notified + timedelta(days=days - 1), least)
    assert (short.code, short.facts["days"]) == (Code.NOTICE_TOO_SHORT, days - 1)


def test_publication_needs_full_days():  # villagers-committees-2025-35
    assert published(date(2026, 6, 1), date(2026, 6, 16), 15).passed
    assert published(date(2026, 6, 1), date(2026, 6, 15), 15).code is Code.PUBLICITY_TOO_SHORT
    assert published(date(2026, 6, 2), date(2026, 6, 1), 15).code is Code.INPUT_INCONSISTENT


@pytest.mark.parametrize(
    ("announced", "until", "allowed", "code"),
    [
        (-1, 100, True, Code.PASSED),
        (0, 100, True, Code.EXTENSION_TOO_LATE),
        (1, 100, True, Code.EXTENSION_TOO_LATE),
        (-1, 100, False, Code.EXTENSION_NOT_ALLOWED),
        (-1, 0, True, Code.INPUT_INCONSISTENT),
    ],
)
def test_a_window_is_extended_only_before_it_closes(announced, until, allowed, code):
    hour = timedelta(hours=1)
    assert extended(CLOSES, CLOSES + announced * hour, CLOSES + until * hour, allowed).code is code


def test_an_agent_takes_three_mandates_and_a_candidate_none():  # villagers-committees-2025-18
    limit = kept("village.proxy_check", "proxy")
    assert accepted(limit, 3).facts["accepted"] == 3
    assert (accepted(limit, 4).code, accepted(limit, 4).facts["accepted"]) == (Code.PROXY_LIMIT, 3)
    assert accepted(limit, 1, agent_is_candidate=True).code is Code.PROXY_CANDIDATE


def test_committee_members_and_urban_representatives_send_nobody():
    for rule in ("owners_committee.meeting", "urban.election.by_reps"):
        assert accepted(kept(rule, "proxy"), 1).code is Code.PROXY_NOT_ALLOWED
