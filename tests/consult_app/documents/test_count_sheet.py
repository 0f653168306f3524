"""The count sheet says what the codes and words on the slips protect against, and what not (threats 9 and 21)."""

import pytest

from consult_app.documents import gather
from consult_app.documents.count_sheet import count_sheet
from consult_app.voting import queries
from tests.consult_app.documents.test_terms import words_of
from tests.consult_app.voting import estate


def sheet_of(store, vote) -> str:
    """The text of the count sheet of a vote in which six took part."""
    for number in range(6):
        vote.cast(number, estate.FOR if number < 4 else estate.AGAINST)
    vote.close()
    vote.declare()
    proposal = store.ask(queries.motion, vote.motion).proposal_id
    return words_of(count_sheet(store.ask(gather.matter, proposal), store.ask(gather.vote, vote.motion)))


LIMITS = {
    False: ("不能防止组织者虚列未到场的人", "看见过选票的人（包括收买、胁迫投票的人）查出这一票"),
    True: ("不能防止组织者虚列未到场的人", "当场看着填票，以此收买、胁迫投票"),
}


@pytest.mark.parametrize("secret", [False, True], ids=["named", "secret"])
def test_the_count_sheet_states_what_codes_and_words_cannot_do(store, village_body, tmp_path, secret):
    estate.village_roll(store, tmp_path, village_body)
    words = sheet_of(store, estate.opened(store, village_body, "village.reps", secret=secret))
    for limit in LIMITS[secret]:
        assert limit in words
    assert ("查票口令和逐票清单能让投票人查到自己的票" in words) is not secret
    assert ("没有查票口令，事后不能查出某一票是谁投的" in words) is secret
