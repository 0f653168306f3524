from datetime import UTC, datetime
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image, ImageChops

from consult_app.app import open_app
from consult_app.bodies.actions import add_body
from consult_app.documents import drafting, gather, issuing, queries
from consult_app.documents.matter import PostedNotice
from consult_app.documents.rules import Audience, DocumentState
from consult_app.kernel.text import cleaned
from consult_app.proposals.queries import proposal
from consult_app.settings import settings
from consult_app.storage.store import Store
from tests.consult_app.papers import Decided, decided, held, lines_of, page_count, text_of
from tests.consult_app.voting import estate
from tests.fixtures import SECRETARY, CountingTokens, HandClock

GOLDEN = Path(__file__).parents[2] / "golden"
START = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)


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


def pictures_of(pdf: bytes) -> list[Image.Image]:
    """The pages in grey at 60 dpi."""
    return [page.render(scale=60 / 72, grayscale=True).to_pil() for page in pypdfium2.PdfDocument(pdf)]


def test_issued_minutes_are_the_golden_ones(store: Store, matter: Decided) -> None:
    """To renew after a wanted change: write `found` over the golden file, and read the difference."""
    made = store.do(SECRETARY, drafting.draft_owners_minutes, matter.motion, witnesses=("居委会",))
    issuing.issue(store, SECRETARY, made)
    found = "\n".join(lines_of(store.ask(queries.pdf, made))) + "\n"
    assert found == (GOLDEN / "owners-minutes.txt").read_text("utf-8")
    pages = pictures_of(store.ask(queries.pdf, made))
    for number, page in enumerate(pages, 1):
        with Image.open(GOLDEN / f"owners-minutes-{number}.png") as golden:
            assert ImageChops.difference(page, golden.convert("L")).getbbox() is None, f"look at page {number}"
    assert not (GOLDEN / f"owners-minutes-{len(pages) + 1}.png").exists()


def test_two_stores_with_the_same_story_issue_the_same_bytes(store: Store, matter: Decided, tmp_path: Path) -> None:
    again = open_app(settings(tmp_path / "again"), HandClock(START), CountingTokens())
    body = again.store.do(SECRETARY, add_body, "owners", "示范小区业主大会")
    twin = decided(again.store, again.store.clock, body, tmp_path)  # type: ignore[arg-type]
    found = []
    for place, numbers in ((store, matter), (again.store, twin)):
        made = place.do(SECRETARY, drafting.draft_owners_minutes, numbers.motion)
        issuing.issue(place, SECRETARY, made)
        found.append(place.ask(queries.pdf, made))
    again.close()
    assert found[0] == found[1]


def test_objections_met_by_the_result_are_minuted(store: Store, clock: HandClock, matter: Decided) -> None:
    posted = PostedNotice("结果公示", "公告栏", clock.now.date(), objections=2, answered=2)
    text = issued(store, store.do(SECRETARY, drafting.draft_owners_minutes, matter.motion, result=posted))
    assert "收到异议2件，已答复2件" in text


@pytest.mark.parametrize(
    "hostile", ["<script>alert(1)</script>", "{body} {0} %s \\u202e", "=cmd()|'!A1", "<b>&amp;</b>\x00\x1b"]
)
def test_threat_27_markup_in_a_statement_is_set_as_text(
    store: Store, clock: HandClock, owners_body: int, hostile: str
) -> None:
    proposal = estate.matter(store, owners_body, f"议题{hostile}")
    meeting = held(store, clock, proposal)
    text = issued(store, store.do(SECRETARY, drafting.draft_minutes, meeting))
    assert "".join(cleaned(hostile).split()) in text
