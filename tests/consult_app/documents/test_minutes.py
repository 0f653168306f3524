from pathlib import Path

import pytest

from consult_app.documents import drafting, gather, issuing, queries
from consult_app.documents.rules import Audience, DocumentState
from consult_app.proposals.queries import proposal
from consult_app.storage.store import Store
from tests.consult_app.papers import Decided, decided, held, page_count, text_of
from tests.consult_app.voting import estate
from tests.fixtures import SECRETARY, HandClock


@pytest.fixture
def matter(store: Store, clock: HandClock, owners_body: int, tmp_path: Path) -> Decided:
    return decided(store, clock, owners_body, tmp_path)


def issued(store: Store, document: int) -> str:
    issuing.issue(store, SECRETARY, document)
    return text_of(store.ask(queries.pdf, document))


def test_minutes_of_a_deliberation_hold_every_field(store: Store, matter: Decided) -> None:
    text = issued(store, store.do(SECRETARY, drafting.draft_minutes, matter.meeting))
    for field in (
        *("议事协商会议纪要", "2026-001", "第三网格议事会（第1次会议）", "2026年11月22日09:00至10:30"),
        *("社区活动室（现场）", "楼院议事会", "主持人", "记录人", "应到5人，实到4人，请假1人，列席1人"),
        *("符合过半数到会的要求", "电梯方案已由设计单位完成", "赞成1条、反对1条、提问1条、说明1条"),
        *("同意加装电梯", "费用按楼层系数分摊", "一户担心采光", "𬱖䶮", "不少于15日", "核对无误后签字"),
    ):
        assert field in text, field


def test_owners_minutes_hold_both_majorities_with_their_fractions(store: Store, matter: Decided) -> None:
    text = issued(store, store.do(SECRETARY, drafting.draft_owners_minutes, matter.motion, witnesses=("居委会",)))
    for field in (
        *("业主大会会议纪要", "示范小区业主大会", "业主总人数：9人", "专有部分总面积：756.00㎡"),
        *("同意", "反对", "弃权", "未参与", "第二百七十八条", "三分之二以上", "过半数"),
        *("参与表决8人", "6人/8人", "获得通过", "监票人甲、监票人乙", "见证：居委会", "发出表决票9张"),
    ):
        assert field in text, field


def test_failed_vote_is_minuted_as_failed(store: Store, clock: HandClock, owners_body: int, tmp_path: Path) -> None:
    lost = decided(store, clock, owners_body, tmp_path, against=7)
    text = issued(store, store.do(SECRETARY, drafting.draft_owners_minutes, lost.motion))
    assert "未获通过，不予实施" in text
    assert "获得通过" not in text


def test_public_minutes_hold_no_name_and_no_statement(store: Store, matter: Decided) -> None:
    made = store.do(SECRETARY, drafting.draft_minutes, matter.meeting, audience=Audience.PUBLIC)
    issuing.issue(store, SECRETARY, made)
    content = store.ask(queries.pdf, made)
    text = text_of(content)
    assert "公示版" in text
    assert "赞成1条" in text
    for secret in ("业主03", "𬱖䶮", "一层采光受影响", "一户担心采光", "出差"):
        assert secret not in text, secret


def test_public_minutes_do_not_resolve(store: Store, matter: Decided) -> None:
    made = store.do(SECRETARY, drafting.draft_owners_minutes, matter.motion, audience=Audience.PUBLIC)
    issuing.issue(store, SECRETARY, made)
    resolution = store.ask(proposal, matter.proposal).artefact("resolution")
    assert resolution is not None
    assert resolution.reached == ()


def test_owners_minutes_are_the_resolution(store: Store, matter: Decided) -> None:
    made = store.do(SECRETARY, drafting.draft_owners_minutes, matter.motion)
    line = issuing.issue(store, SECRETARY, made)
    resolution = store.ask(proposal, matter.proposal).artefact("resolution")
    assert resolution is not None
    assert [one.state for one in resolution.reached] == ["issued"]
    assert line.state is DocumentState.ISSUED
    assert line.pages == page_count(store.ask(queries.pdf, made))


def test_official_minutes_bear_the_mark_and_the_number(store: Store, matter: Decided) -> None:
    made = store.do(SECRETARY, drafting.draft_minutes, matter.meeting, style="official", number="〔2026〕3号")
    text = issued(store, made)
    assert "楼院议事会会议纪要" in text
    assert "〔2026〕3号" in text
    assert "印发" in text


def test_same_record_gives_the_same_bytes(store: Store, matter: Decided) -> None:
    first = store.do(SECRETARY, drafting.draft_owners_minutes, matter.motion)
    second = store.do(SECRETARY, drafting.draft_owners_minutes, matter.motion)
    contents = [store.ask(queries.document, number).content for number in (first, second)]
    assert contents[0] == contents[1]
    assert issuing.preview(store, first) == issuing.preview(store, first)


def test_result_is_drafted_only_after_closing(store: Store, owners_body: int, tmp_path: Path) -> None:
    estate.owners_roll(store, tmp_path, owners_body)
    vote = estate.opened(store, owners_body)
    vote.cast(0)
    with pytest.raises(gather.VoteRuns, match="还没有截止"):
        store.do(SECRETARY, drafting.draft_owners_minutes, vote.motion)


def test_minutes_without_a_vote_are_the_resolution(store: Store, clock: HandClock, owners_body: int) -> None:
    matter = estate.matter(store, owners_body)
    meeting = held(store, clock, matter)
    made = store.do(SECRETARY, drafting.draft_minutes, meeting)
    assert store.ask(queries.document, made).line.artefact == "resolution"
