"""票权清册 and 计票表: in full, masked, and as workbooks whose cells are never formulas."""

import io

import openpyxl
import pytest

from consult_app.documents import drafting, gather, issuing, queries
from consult_app.documents.rules import Audience
from consult_app.documents.vote_files import count_workbook, roll_workbook
from consult_app.documents.workbooks import count_sheet_xlsx, voting_roll_xlsx
from consult_app.voting import exporting
from consult_app.voting import queries as voting
from consult_app.voting.exporting import neutral
from tests.consult_app.papers import text_of
from tests.consult_app.voting import estate
from tests.fixtures import SECRETARY


@pytest.fixture
def vote(store, owners_body, tmp_path):
    estate.owners_roll(store, tmp_path, owners_body)
    return estate.opened(store, owners_body)


def issued(store, document: int) -> str:
    issuing.issue(store, SECRETARY, document)
    return text_of(store.ask(queries.pdf, document))


def test_the_roll_says_how_each_head_was_formed(store, vote):
    text = issued(store, store.do(SECRETARY, drafting.draft_voting_roll, vote.motion))
    for field in ("票权清册", "业主总人数：9人", "专有部分总面积：756.00㎡", "业主01", "1号楼1单元101", "按一人计算"):
        assert field in text, field


def test_the_public_roll_masks_names_and_rooms(store, vote):
    text = issued(store, store.do(SECRETARY, drafting.draft_voting_roll, vote.motion, audience=Audience.PUBLIC))
    assert "业**1" in text
    assert "1幢1单元***" in text
    assert "业主01" not in text
    assert "101" not in text


def test_the_workbook_holds_numbers_as_numbers(store, vote):
    voters = store.ask(voting.explanation, vote.motion).voters
    sheet = openpyxl.load_workbook(io.BytesIO(voting_roll_xlsx(store.ask(voting.motion, vote.motion), voters)))[
        "票权清册"
    ]
    assert [cell.value for cell in sheet[2]][:5] == [1, "业主01", "1号楼1单元101", 1, 80]
    assert sum(row[4] for row in sheet.iter_rows(min_row=2, values_only=True)) == 756


def test_the_count_workbook_explains_each_voter_and_the_public_one_does_not(store, vote):
    for number in range(7):
        vote.cast(number)
    vote.close()
    voters = store.ask(voting.explanation, vote.motion).voters
    counted = store.ask(gather.vote, vote.motion)
    full = openpyxl.load_workbook(io.BytesIO(count_sheet_xlsx(counted, voters)))
    assert full.sheetnames == ["计票结果", "法定要求", "逐户说明", "表决说明"]
    assert "计入同意" in full["逐户说明"]["D2"].value
    public = openpyxl.load_workbook(io.BytesIO(count_sheet_xlsx(counted, voters, public=True)))
    assert public.sheetnames == ["计票结果", "法定要求", "表决说明"]


def test_papers_and_workbooks_carry_the_terms_of_the_vote(store, owners_body, tmp_path):
    estate.owners_roll(store, tmp_path, owners_body)
    vote = estate.opened(store, owners_body, scope=(("1", ""),), scope_reason="只用于1号楼")
    text = issued(store, store.do(SECRETARY, drafting.draft_voting_roll, vote.motion))
    assert "表决范围：" in text
    vote.close()
    for _, content in (store.ask(roll_workbook, vote.motion), store.ask(count_workbook, vote.motion, public=True)):
        terms = dict(openpyxl.load_workbook(io.BytesIO(content))["表决说明"].iter_rows(values_only=True))
        assert "1号楼" in terms["表决范围"]
        assert "《民法典》第二百七十八条" in terms["适用规则"]


@pytest.mark.parametrize("text", ["=1+1", "+86", "-1", "@SUM(A1)", "\tx", "\rx"])
def test_a_cell_of_the_csv_is_never_a_formula(text):
    assert neutral(text) == f"'{text}"
    assert neutral("业主01") == "业主01"


def test_a_name_that_looks_like_a_formula_stays_a_text(store, owners_body, tmp_path):
    lines = ["楼栋,单元,房号,建筑面积,业主姓名,身份证号,交付情况", '1,1,101,80.00,"=HYPERLINK(""x"")",,已交付']
    estate.import_roll(store, tmp_path / "bad.csv", owners_body, lines)
    vote = estate.opened(store, owners_body)
    voters = store.ask(voting.explanation, vote.motion).voters
    assert voters[0].label.startswith("=")
    cell = openpyxl.load_workbook(io.BytesIO(voting_roll_xlsx(store.ask(voting.motion, vote.motion), voters)))[
        "票权清册"
    ]["B2"]
    assert (cell.data_type, cell.value, cell.quotePrefix) == ("s", voters[0].label, True)
    vote.close()
    roll = dict(store.ask(exporting.files, vote.motion))["roll.csv"].decode("utf-8-sig")
    assert "'=HYPERLINK" in roll
