from dataclasses import replace
from datetime import date

import pytest

from consult_app.audit import chain
from consult_app.bodies.actions import set_policy
from consult_app.kernel.errors import Missing
from consult_app.kernel.text import legal_day
from consult_app.rolls import actions, corrections, freezing, parting, publicity, publishing, queries, standing
from consult_app.rolls.entries import UnitEntry
from consult_app.rolls.life import Act
from consult_app.rolls.rules import RollKind, UnitStatus, Usage
from tests.consult_app.papers import photo
from tests.consult_app.rolls.books import book, rows_of, taken
from tests.fixtures import SECRETARY

DAY = date(2026, 11, 22)


@pytest.fixture
def roll(store, tmp_path, owners_body):
    """The number of a roll of two units of one name."""
    found = rows_of(tmp_path, ("1-1-101", "甲", 80, "", "", ""), ("1-1-102", "甲", 90, "", "", ""))
    return store.do(SECRETARY, actions.accept_import, owners_body, found, DAY)


def publish(store, roll, **changes):
    facts = {"place": "小区公告栏", "posted_by": "网格员甲", "photo": photo(), **changes}
    return store.do(SECRETARY, publishing.publish_roll, roll, **facts)


def change_area(store, roll, area):
    unit = store.ask(queries.units, roll)[0].id
    entry = store.ask(corrections.unit_entry, unit)
    store.do(SECRETARY, corrections.change_unit, unit, UnitEntry(**{**vars(entry), "area": area}), "核对产权证")


def test_a_roll_is_published_with_its_proof_and_its_digest_of_that_day(store, roll):
    publish(store, roll, document=("名册公示.pdf", b"%PDF-1.7 x"), document_digest="d" * 64)
    (notice,) = store.ask(standing.notices, roll)
    assert (notice.place, notice.days, notice.document_digest) == ("小区公告栏", 7, "d" * 64)
    assert notice.digest == store.ask(standing.digest, roll)
    assert notice.document is not None
    assert notice.period.last_day == date(2026, 11, 29)


@pytest.mark.parametrize("kind", list(RollKind))
def test_villagers_and_residents_have_the_five_days_of_their_laws(kind):
    assert publicity.objection_days(kind) == {"owners": 7}.get(kind, 5)
    if kind is RollKind.PEOPLE:  # villagers-committees-17, residents-committees-17
        assert publicity.objection_days(kind, 5) == 5
        with pytest.raises(publicity.TooShort):
            publicity.objection_days(kind, 4)


def test_a_roll_is_not_published_without_photo(store, roll):
    with pytest.raises(publishing.PhotoNeeded):
        publish(store, roll, photo=("空.jpg", b""))


def made_poster(store, roll):
    return store.do(
        SECRETARY,
        publishing.make_poster,
        roll,
        document=("名册公示.pdf", b"%PDF-1.7 x"),
        document_digest="d" * 64,
        digest=store.ask(standing.digest, roll),
    )


def test_what_is_put_up_is_the_paper_that_was_made(store, roll):
    poster = made_poster(store, roll)
    waiting = store.ask(standing.poster, roll)
    assert waiting is not None
    store.do(SECRETARY, publishing.post_roll, poster, place="公告栏", posted_by="网格员甲", photo=photo())
    (notice,) = store.ask(standing.notices, roll)
    assert (notice.document, notice.document_digest, notice.days) == (waiting.document, "d" * 64, 7)
    assert store.ask(standing.poster, roll) is None


def test_a_paper_of_an_older_state_of_the_roll_is_not_put_up(store, roll):
    poster = made_poster(store, roll)
    before = store.ask(standing.digest, roll)
    change_area(store, roll, "81")
    assert store.ask(standing.poster, roll) is None
    with pytest.raises(publishing.PosterStale):
        store.do(SECRETARY, publishing.post_roll, poster, place="公告栏", posted_by="网格员甲", photo=photo())
    with pytest.raises(publishing.PosterStale):
        store.do(
            SECRETARY,
            publishing.make_poster,
            roll,
            document=("名册公示.pdf", b"%PDF-1.7 x"),
            document_digest="d" * 64,
            digest=before,
        )


def test_the_life_of_a_roll_follows_what_is_done(store, clock, roll):
    def act(days=0):
        clock.forward(days=days)
        return store.ask(standing.life, roll, legal_day(clock())).act

    assert act() is Act.DECIDE
    (pair,) = store.ask(queries.proposals, roll)
    store.do(SECRETARY, parting.keep_apart, pair.person, pair.same_as)
    assert act() is Act.PRINT
    poster = made_poster(store, roll)
    assert act() is Act.POST
    notice = store.do(SECRETARY, publishing.post_roll, poster, place="公告栏", posted_by="网格员甲", photo=photo())
    assert act() is Act.WAIT
    objection = store.do(SECRETARY, publishing.receive_roll_objection, notice, name="乙", text="面积不对")
    assert act() is Act.ANSWER
    store.do(SECRETARY, publishing.answer_roll_objection, objection, answer="与产权证一致", upheld=False)
    assert act(8) is Act.FREEZE
    store.do(SECRETARY, freezing.freeze_roll, roll)
    assert act() is Act.VOTE


def test_parking_that_does_not_vote_bars_no_freeze(store, tmp_path, owners_body):
    found = rows_of(tmp_path, ("1-1-101", "甲", 80, "", "", ""), ("1-1-102", "甲", 12, "", "", ""))
    space = replace(found.units[1], usage=Usage.PARKING, status=UnitStatus.UNKNOWN)
    found = replace(found, units=(found.units[0], space))
    roll = store.do(SECRETARY, actions.accept_import, owners_body, found, DAY)
    assert store.ask(queries.obstacles, roll) == ()
    store.do(SECRETARY, set_policy, owners_body, count_parking=True)
    assert len(store.ask(queries.obstacles, roll)) == 1


def test_an_objection_on_the_last_day_is_in_time_and_one_day_later_is_late(store, clock, roll):
    notice = publish(store, roll)
    for days, in_time in ((7, True), (1, False)):
        clock.forward(days=days)
        store.do(SECRETARY, publishing.receive_roll_objection, notice, name="乙", text="面积不对", line="第 1 行")
        assert store.ask(standing.objections, roll)[-1].in_time is in_time


def test_an_objection_is_answered_once_within_three_days(store, roll):
    notice = publish(store, roll)
    objection = store.do(SECRETARY, publishing.receive_roll_objection, notice, name="乙", text="面积不对")
    assert store.ask(standing.objections, roll)[0].answer_due == date(2026, 11, 25)
    store.do(SECRETARY, publishing.answer_roll_objection, objection, answer="与产权证一致", upheld=False)
    (facts,) = store.ask(standing.objections, roll)
    assert (facts.upheld, facts.answer, facts.answered_by) == (False, "与产权证一致", SECRETARY.name)
    with pytest.raises(publishing.AlreadyAnswered):
        store.do(SECRETARY, publishing.answer_roll_objection, objection, answer="再答", upheld=True)
    with pytest.raises(Missing):
        store.do(SECRETARY, publishing.answer_roll_objection, 99, answer="答", upheld=True)


def test_a_roll_is_frozen_after_its_period_and_not_before(store, clock, roll):
    with pytest.raises(freezing.NotPublished):
        store.do(SECRETARY, freezing.freeze_roll, roll)
    publish(store, roll)
    clock.forward(days=7)
    with pytest.raises(freezing.StillOpen, match="11月29日"):
        store.do(SECRETARY, freezing.freeze_roll, roll)
    clock.forward(days=1)
    digest = store.do(SECRETARY, freezing.freeze_roll, roll)
    facts = store.ask(standing.freezing, roll)
    assert facts is not None
    assert (facts.digest, facts.intact) == (digest, True)
    assert "业主 2 人 170.00 ㎡" in store.ask(chain.history, [f"roll:{roll}"])[0].words


def test_a_roll_is_frozen_unpublished_only_for_a_reason_on_record(store, roll):
    store.do(SECRETARY, freezing.freeze_roll, roll, "沿用上月已公示的名册")
    facts = store.ask(standing.freezing, roll)
    assert facts is not None
    assert facts.unpublished_why == "沿用上月已公示的名册"


def test_an_unanswered_objection_keeps_a_roll_from_being_frozen(store, clock, roll):
    notice = publish(store, roll)
    objection = store.do(SECRETARY, publishing.receive_roll_objection, notice, name="乙", text="面积不对")
    clock.forward(days=8)
    assert store.ask(queries.obstacles, roll) == ("乙对名册的异议还没有答复",)
    with pytest.raises(freezing.Unfit, match="乙对名册的异议还没有答复"):
        store.do(SECRETARY, freezing.freeze_roll, roll)
    store.do(SECRETARY, publishing.answer_roll_objection, objection, answer="已更正", upheld=True)
    change_area(store, roll, "81")
    assert store.do(SECRETARY, freezing.freeze_roll, roll) != store.ask(standing.notices, roll)[0].digest


def test_a_line_that_lacks_its_status_is_named_by_the_refusal(store, tmp_path, owners_body):
    found = taken(book(tmp_path / "a.xlsx", [("房屋坐落", "业主", "面积", "交付情况"), ("1-1-101", "甲", 80, "")]))
    roll = store.do(SECRETARY, actions.accept_import, owners_body, found, DAY)
    with pytest.raises(freezing.Unfit, match="1号楼1单元101缺少交付情况"):
        store.do(SECRETARY, freezing.freeze_roll, roll, "急")


def test_a_frozen_roll_is_neither_corrected_nor_joined_nor_frozen_again(store, roll):
    (pair,) = store.ask(queries.proposals, roll)
    joining = store.do(SECRETARY, actions.join_people, pair.person, pair.same_as, "出示证件")
    digest = store.do(SECRETARY, freezing.freeze_roll, roll, "演示")
    with pytest.raises(freezing.RollFrozen, match="2026年11月22日"):
        change_area(store, roll, "81")
    with pytest.raises(freezing.RollFrozen):
        store.do(SECRETARY, actions.separate_people, joining, "误")
    with pytest.raises(freezing.RollFrozen):
        store.do(SECRETARY, freezing.freeze_roll, roll, "演示")
    with pytest.raises(freezing.RollFrozen):
        publish(store, roll)
    assert store.ask(standing.digest, roll) == digest
