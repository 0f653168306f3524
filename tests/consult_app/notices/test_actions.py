from pathlib import Path

import pytest

from consult_app.documents import actions as documents
from consult_app.documents import drafting, issuing
from consult_app.files.queries import attachment
from consult_app.kernel.errors import Blank
from consult_app.kernel.text import legal_day
from consult_app.notices import actions, queries
from consult_app.proposals.queries import proposal
from consult_app.storage.store import Store
from tests.consult_app.papers import Decided, decided, photo
from tests.fixtures import SECRETARY, HandClock


@pytest.fixture
def matter(store: Store, clock: HandClock, owners_body: int, tmp_path: Path) -> Decided:
    return decided(store, clock, owners_body, tmp_path)


@pytest.fixture
def result(store: Store, matter: Decided) -> int:
    """The number of an issued result notice."""
    made = store.do(SECRETARY, drafting.draft_result_notice, matter.proposal, matter.motion)
    issuing.issue(store, SECRETARY, made)
    return made


def post(store: Store, document: int, place: str = "小区公告栏") -> int:
    return store.do(SECRETARY, actions.post, document, place=place, posted_by="网格员甲", photo=photo())


def test_posting_keeps_its_proof(store: Store, clock: HandClock, matter: Decided, result: int) -> None:
    found = store.ask(queries.notice, post(store, result), legal_day(clock.now))
    assert (found.place, found.postings[0].posted_by) == ("小区公告栏", "网格员甲")
    assert store.ask(attachment, found.postings[0].photo_id).kind == "张贴照片"
    assert found.standing.required == 7


def test_first_posting_reaches_the_artefact_and_a_second_place_does_not(
    store: Store, matter: Decided, result: int
) -> None:
    post(store, result)
    post(store, result, "1幢单元门")
    artefact = store.ask(proposal, matter.proposal).artefact("result_notice")
    assert artefact is not None
    assert [one.state for one in artefact.reached] == ["issued", "posted"]
    assert artefact.reached[-1].evidence["place"] == "小区公告栏"


def test_period_runs_from_the_first_posting(store: Store, clock: HandClock, result: int) -> None:
    number = post(store, result)
    clock.forward(days=5)
    post(store, result, "1幢单元门")
    clock.forward(days=2)
    assert store.ask(queries.notice, number, legal_day(clock.now)).standing.is_over


def test_draft_void_and_minutes_cannot_be_posted(store: Store, matter: Decided, result: int) -> None:
    draft = store.do(SECRETARY, drafting.draft_result_notice, matter.proposal, matter.motion)
    minutes = store.do(SECRETARY, drafting.draft_minutes, matter.meeting)
    store.do(SECRETARY, documents.void, result, "有误")
    with pytest.raises(actions.NotIssued):
        post(store, draft)
    with pytest.raises(actions.NotIssued):
        post(store, result)
    with pytest.raises(actions.NotNotice):
        post(store, minutes)


def test_posting_needs_place_poster_and_photo(store: Store, result: int) -> None:
    with pytest.raises(Blank) as refused:
        post(store, result, " ")
    assert refused.value.field == "place"
    with pytest.raises(actions.PhotoNeeded):
        store.do(SECRETARY, actions.post, result, place="公告栏", posted_by="网格员甲", photo=("空.jpg", b""))


def test_taking_down_early_is_recorded_as_it_is(store: Store, clock: HandClock, result: int) -> None:
    number = post(store, result)
    clock.forward(days=3)
    store.do(SECRETARY, actions.take_down, number, "网格员甲")
    found = store.ask(queries.notice, number, legal_day(clock.now))
    assert (found.standing.days, found.standing.is_over) == (3, False)
    with pytest.raises(actions.TakenDown):
        store.do(SECRETARY, actions.take_down, number, "网格员甲")
    with pytest.raises(actions.TakenDown):
        post(store, result)


def test_objection_is_answered_once(store: Store, clock: HandClock, result: int) -> None:
    number = post(store, result)
    objection = store.do(SECRETARY, actions.receive_objection, number, name="业主03", text="我家没有收到选票。")
    assert store.ask(queries.notice, number, legal_day(clock.now)).open_objections == 1
    store.do(SECRETARY, actions.answer_objection, objection, answer="回执显示已送达。", upheld=False)
    found = store.ask(queries.notice, number, legal_day(clock.now))
    assert (found.open_objections, found.objections[0].upheld) == (0, False)
    with pytest.raises(actions.AlreadyAnswered):
        store.do(SECRETARY, actions.answer_objection, objection, answer="再答", upheld=True)


def test_late_objection_is_kept_and_marked(store: Store, clock: HandClock, result: int) -> None:
    number = post(store, result)
    clock.forward(days=8)
    store.do(SECRETARY, actions.receive_objection, number, name="业主03", text="有误。")
    assert not store.ask(queries.notice, number, legal_day(clock.now)).objections[0].in_time


def test_notices_that_end_first_lead(store: Store, clock: HandClock, matter: Decided, result: int) -> None:
    other = store.do(
        SECRETARY,
        drafting.draft_implementation_notice,
        matter.proposal,
        responsible="甲",
        task="施工",
        due_on=legal_day(clock.now),
        closed_on=None,
        result="已完工。",
    )
    issuing.issue(store, SECRETARY, other)
    later, sooner = post(store, other), post(store, result)
    lines = store.ask(queries.running_out, matter.body, legal_day(clock.now))
    assert [line.id for line in lines] == [sooner, later]
    assert len(store.ask(queries.notices, matter.body, legal_day(clock.now))) == 2


def test_step_waits_for_the_answer_to_every_objection(
    store: Store, clock: HandClock, matter: Decided, result: int
) -> None:
    number = post(store, result)
    for name in ("业主03", "业主04"):
        store.do(SECRETARY, actions.receive_objection, number, name=name, text="计票有误。")
    clock.forward(days=9)

    def held() -> list[str]:
        found = store.ask(proposal, matter.proposal, legal_day(clock.now)).steps[3].artefacts
        return [one.missing for one in found if "异议还没有答复" in one.missing]

    assert len(held()) == 1
    first, second = store.ask(queries.notice, number, legal_day(clock.now)).objections
    store.do(SECRETARY, actions.answer_objection, first.id, answer="已复核无误。", upheld=False)
    assert len(held()) == 1
    store.do(SECRETARY, actions.answer_objection, second.id, answer="已复核无误。", upheld=False)
    assert held() == []
