"""The dispute sheet: from the line of the roll to the printed head; of a secret vote only what may be shown."""

import pytest

from consult_app.audit import chain
from consult_app.documents import queries
from consult_app.documents.dispute_sheet import WORDED
from consult_app.documents.issuing import Issued, issue_at_once
from consult_app.documents.polling import draft_dispute_sheet
from consult_app.documents.rules import NOTICES, DocumentKind, DocumentState
from consult_app.kernel.errors import Missing
from consult_app.notices.actions import NotNotice, post
from consult_app.voting import actions
from consult_app.voting.arrivals import register
from consult_app.voting.disputing import dispute
from tests.consult_app.papers import page_count, photo, text_of
from tests.consult_app.voting import estate
from tests.consult_app.voting.estate import AGAINST, FOR, SECRETARY


@pytest.fixture
def vote(store, owners_body, tmp_path):
    """An open vote of nine, three of whom have voted."""
    estate.owners_roll(store, tmp_path, owners_body)
    vote = estate.opened(store, owners_body)
    store.do(SECRETARY, actions.arrive, vote.motion, elector(store, vote, "1-1-201"))
    for number, choice in enumerate((FOR, AGAINST, FOR)):
        vote.cast(number, choice)
    return vote


def elector(store, vote, typed: str) -> int:
    (found,) = store.ask(register, vote.motion).find(typed)
    return found.elector_id


def issued(store, vote, typed: str) -> Issued:
    return issue_at_once(store, SECRETARY, draft_dispute_sheet, vote.motion, elector(store, vote, typed))


def sheet(store, vote, typed: str) -> str:
    return text_of(issued(store, vote, typed).content)


def test_the_sheet_leads_from_the_roll_to_the_printed_head(store, vote):
    vote.close()
    vote.declare()
    declared = next(one for one in reversed(store.ask(chain.since, 0)) if one.event == "motion.declared")
    told = sheet(store, vote, "1-1-201")
    for words in (
        "争议核查单", "1号楼1单元201", "业主02", "81.00㎡", "1人、81.00㎡", "0002", "已投", "手机", "反对",
        "选票0002已签收领取", f"→{declared.seq}:{declared.digest[:8].upper()}", declared.digest[-8:].upper(),
        "链头，印在计票表和结果公示上",
    ):  # fmt: skip
        assert words in told, words
    assert "业主03" not in told


def test_the_path_follows_the_chain_without_a_gap(store, vote):
    vote.close()
    found = store.ask(dispute, vote.motion, elector(store, vote, "1-1-201"))
    by_number = {one.seq: one for one in store.ask(chain.since, 0)}
    assert found.entries[-1].event == "ballot.cast"
    assert found.path[0].seq == found.entries[-1].seq
    assert found.path[-1] == found.head
    assert [link.seq for link in found.path] == list(range(found.path[0].seq, found.head.seq + 1))
    assert all(by_number[link.seq].digest == link.digest for link in found.path)


def test_before_closing_the_sheet_tells_no_choice(store, vote):
    told = sheet(store, vote, "1-1-201")
    assert "任何人都看不到选择" in told
    assert "反对" not in told


def test_who_did_not_vote_is_told_so(store, vote):
    vote.close()
    assert "没有参加表决的记录" in sheet(store, vote, "3-1-301")


def test_a_replaced_slip_stands_on_the_sheet_with_its_reason(store, vote):
    store.do(SECRETARY, actions.reissue, vote.motion, vote.slips[8].human_code, "遗失", estate.BASE)
    told = sheet(store, vote, "3-1-301")
    assert "作废，已补发" in told
    assert "遗失" in told


def test_a_secret_vote_shows_neither_time_nor_place_nor_choice(store, village_body, tmp_path):
    estate.village_roll(store, tmp_path, village_body)
    vote = estate.opened(store, village_body, "village.reps", secret=True)
    for number, choice in enumerate((FOR, AGAINST, FOR)):
        vote.cast(number, choice)
    vote.close()
    found = store.ask(dispute, vote.motion, elector(store, vote, "村民02"))
    assert all(not entry.event.startswith("ballot.") for entry in found.entries)
    told = sheet(store, vote, "村民02")
    assert "已参加表决，方式：手机" in told
    assert "无记名表决" in told
    assert "反对" not in told
    assert "参加表决的记录" not in told


def test_a_path_of_hundreds_is_told_by_its_ends_and_where_the_whole_is_to_be_had(store, owners_body, tmp_path):
    estate.owners_roll(store, tmp_path, owners_body, 120)
    vote = estate.opened(store, owners_body)
    for number in range(120):
        vote.cast(number)
    vote.close()
    content = issued(store, vote, "1-1-101").content
    assert page_count(content) == 1
    assert "条）→" in text_of(content)
    assert "见本议题档案包的存证链" in text_of(content)


@pytest.mark.parametrize("questions", [1, 3, 10, 30])
def test_a_named_vote_of_many_questions_takes_one_sheet(store, owners_body, tmp_path, questions):
    estate.owners_roll(store, tmp_path, owners_body, 30)
    texts = [
        f"同意使用建筑物及其附属设施的维修资金，更换第{n}号电梯的曳引机和控制柜。" for n in range(1, questions + 1)
    ]
    vote = estate.opened(store, owners_body, items=texts)
    for number in range(25):
        vote.cast(number, {str(n): ("for", "against", "abstain")[n % 3] for n in range(1, questions + 1)})
    vote.close()
    vote.declare()
    content = issued(store, vote, "1-1-201").content
    assert page_count(content) == 1
    told = text_of(content)
    assert ("更换第1号电梯" in told) == (questions <= WORDED)
    assert told.count("反对") == sum(n % 3 == 1 for n in range(1, questions + 1))


@pytest.mark.parametrize("questions", [1, 3, 10])
def test_a_secret_vote_of_many_questions_takes_one_sheet(store, village_body, tmp_path, questions):
    estate.village_roll(store, tmp_path, village_body)
    texts = [f"同意发包第{n}号鱼塘。" for n in range(1, questions + 1)]
    vote = estate.opened(store, village_body, "village.reps", secret=True, items=texts)
    for number in range(5):
        vote.cast(number, {str(n): "for" for n in range(1, questions + 1)})
    vote.close()
    assert page_count(issued(store, vote, "村民02").content) == 1


def test_long_names_and_half_a_dozen_shops_take_one_sheet(store, owners_body, tmp_path):
    building, code = "示范小区二期南组团", "000000199205113828"
    names = [f"示范市示范区国有资产经营管理有限责任公司第{n}分公司" for n in range(1, 31)]
    lines = ["楼栋,单元,房号,建筑面积,业主姓名,身份证号,交付情况"]
    lines += [f"{building}{n}号楼,东单元,商铺{n}01,{80 + n}.00,欧阳示范·示范木江,{code},已交付" for n in range(1, 7)]
    lines += [f"1,1,{n}01,90.00,{name},,已交付" for n, name in enumerate(names, 1)]
    estate.import_roll(store, tmp_path / "owners.csv", owners_body, lines)
    texts = [f"同意第{n}项：使用建筑物及其附属设施的维修资金修缮屋面和外墙，费用由受益业主分摊。" for n in (1, 2, 3)]
    vote = estate.opened(store, owners_body, items=texts)
    for number in range(len(vote.slips)):
        vote.cast(number, {"1": "for", "2": "against", "3": "for"})
    vote.close()
    content = issued(store, vote, "欧阳示范·示范木江").content
    assert page_count(content) == 1
    assert page_count(issued(store, vote, names[0]).content) == 1
    assert f"{building}6东商铺601" in text_of(content)


def test_a_printed_sheet_stands_in_the_chain_with_its_voter_and_nothing_of_the_vote(store, vote):
    issued(store, vote, "1-1-201")
    noted = store.ask(chain.newest, "dispute.printed")
    assert noted.words == "打印「业主02」的争议核查单"
    assert (noted.subject, noted.actor) == (f"motion:{vote.motion}", SECRETARY.name)
    assert set(noted.facts) == {"proposal", "elector", "label"}


def test_the_sheet_is_a_paper_of_its_matter_that_cannot_be_posted(store, vote):
    line = issued(store, vote, "1-1-201").line
    assert store.ask(queries.documents, line.proposal_id) == (line,)
    assert (line.kind, line.state) == (DocumentKind.DISPUTE_SHEET, DocumentState.ISSUED)
    assert line.kind not in NOTICES
    with pytest.raises(NotNotice):
        store.do(SECRETARY, post, line.id, place="公告栏", posted_by="网格员", photo=photo())


def test_the_sheets_name_in_lists_and_files_tells_the_slip_and_no_person(store, vote):
    line = issued(store, vote, "1-1-201").line
    assert line.title.endswith("争议核查单（选票 0002）")
    drafted = store.ask(chain.newest, "document.drafted")
    assert "业主02" not in f"{line.title}{drafted.facts}"


def test_a_stranger_has_no_sheet(store, vote):
    with pytest.raises(Missing):
        issue_at_once(store, SECRETARY, draft_dispute_sheet, vote.motion, 999_999)
    assert store.ask(chain.newest, "dispute.printed") is None
