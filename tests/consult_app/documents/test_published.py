"""What is put on the board keeps the area of a few to itself; what is filed is exact (threat 28)."""

import io

import openpyxl
import pytest

from consult_app.documents import gather
from consult_app.documents.count_sheet import count_sheet
from consult_app.documents.notice import result_notice
from consult_app.documents.owners_minutes import owners_minutes
from consult_app.documents.rules import Audience
from consult_app.documents.vote_files import count_workbook
from consult_app.voting import queries
from tests.consult_app.documents.test_terms import words_of
from tests.consult_app.voting import estate
from tests.consult_app.voting.estate import DAY

ALONE = "97.00"
"""The area of the only owner who is against; no other flat has it."""


@pytest.fixture
def dissented(store, owners_body, tmp_path):
    """Eighteen owners of 80.00 to 97.00 m²; the last is against."""
    return cast(store, owners_body, tmp_path, {17: estate.AGAINST})


def cast(store, body, folder, others):
    estate.owners_roll(store, folder, body, 18)
    vote = estate.opened(store, body)
    for number in range(18):
        vote.cast(number, others.get(number, estate.FOR))
    vote.close()
    vote.declare()
    return vote


def facts(store, vote):
    proposal = store.ask(queries.motion, vote.motion).proposal_id
    return store.ask(gather.matter, proposal), store.ask(gather.vote, vote.motion)


def board(store, vote):
    matter, counted = facts(store, vote)
    return {
        "notice": words_of(result_notice(matter, day=DAY, vote=counted)),
        "minutes": words_of(owners_minutes(matter, counted, day=DAY, audience=Audience.PUBLIC)),
    }


def cells(store, vote, *, public):
    _, content = store.ask(count_workbook, vote.motion, public=public)
    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True)
    return [cell for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row]


def test_threat_28_a_lone_dissenters_area_is_on_no_paper_for_the_board(store, dissented):
    """Neither told, nor left when 同意 is taken from 参与; heads, and whether the share is reached, are told."""
    for words in board(store, dissented).values():
        assert ALONE not in words
        assert "1,496.00" not in words, "the area of all but the dissenter"
        assert "反对15.55%不列不列" in words
        assert "同意面积过半数≥796.51/1,593.00㎡不列符合" in words
        assert "参与表决面积三分之二以上1,593.00/1,593.00㎡" in words
        assert "由它能推算出不足五人的面积" in words


def test_threat_28_the_public_workbook_keeps_it_too(store, dissented):
    assert not {97.0, 1496.0} & set(cells(store, dissented, public=True))
    assert {97.0, 1496.0} <= set(cells(store, dissented, public=False))


def test_what_is_filed_is_exact(store, dissented):
    matter, vote = facts(store, dissented)
    for words in (words_of(count_sheet(matter, vote)), words_of(owners_minutes(matter, vote, day=DAY))):
        assert ALONE in words
        assert "1,496.00/1,593.00㎡" in words


def test_few_against_and_few_abstaining_share_an_area(store, owners_body, tmp_path):
    others = dict.fromkeys(range(4), estate.AGAINST) | {17: estate.ABSTAIN}
    for words in board(store, cast(store, owners_body, tmp_path, others)).values():
        assert "不同意合计527.77%423.00" in words
        assert ALONE not in words
        assert "1,170.00/1,593.00㎡" in words


def test_a_share_that_is_not_reached_is_told_without_what_is_missing(store, owners_body, tmp_path):
    others = dict.fromkeys(range(4, 18), estate.AGAINST)
    for words in board(store, cast(store, owners_body, tmp_path, others)).values():
        assert "同意面积过半数＜796.51/1,593.00㎡不列未达到" in words
        assert "326.00" not in words


def test_areas_of_five_and_more_stand_as_they_are(store, owners_body, tmp_path):
    for words in board(store, cast(store, owners_body, tmp_path, dict.fromkeys(range(6), estate.AGAINST))).values():
        assert "495.00" in words
        assert "不列" not in words
