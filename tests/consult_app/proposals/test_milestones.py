from datetime import date, timedelta

import pytest

from consult_app.audit import chain
from consult_app.kernel.errors import Blank, Missing, TooLong
from consult_app.kernel.text import legal_day
from consult_app.proposals import actions, milestones
from consult_app.proposals.records import Ended
from consult_app.storage.store import Store
from tests.consult_app.proposals.matters import complete, paper, registered, screened, walk_to
from tests.fixtures import SECRETARY, HandClock


def entries(store: Store) -> int:
    return store.ask(chain.head)[0]


def test_reaching_the_same_again_records_nothing(store: Store, owners_body: int) -> None:
    matter = registered(store, owners_body)
    assert store.do(SECRETARY, actions.reach, matter, "registration.signed", "提议人签字", scan=3) is True
    before = entries(store)
    assert store.do(SECRETARY, actions.reach, matter, "registration.signed", "提议人签字", scan=3) is False
    assert entries(store) == before


def test_other_evidence_is_another_version(store: Store, owners_body: int) -> None:
    matter = registered(store, owners_body)
    store.do(SECRETARY, actions.reach, matter, "registration.signed", scan=3)
    assert store.do(SECRETARY, actions.reach, matter, "registration.signed", scan=4) is True
    sheet = paper(store, matter, "registration")
    assert [(one.state, one.version, one.evidence) for one in sheet.reached[1:]] == [
        ("signed", 1, {"scan": 3}),
        ("signed", 2, {"scan": 4}),
    ]


def test_a_milestone_of_a_later_step_may_be_reached_early(store: Store, owners_body: int) -> None:
    matter = registered(store, owners_body)
    assert store.do(SECRETARY, actions.reach, matter, "attendance.recorded", "应到 12 人，实到 10 人") is True
    assert paper(store, matter, "attendance").state_words == "已记录"


def test_what_the_template_does_not_ask_for_is_not_recorded(store: Store, owners_body: int) -> None:
    matter = registered(store, owners_body, template_id="owners_written")
    before = entries(store)
    assert store.do(SECRETARY, actions.reach, matter, "attendance.recorded") is False
    assert entries(store) == before


def test_an_unknown_state_is_a_bug(store: Store, owners_body: int) -> None:
    matter = registered(store, owners_body)
    with pytest.raises(KeyError):
        store.do(SECRETARY, actions.reach, matter, "registration.painted")


def test_nothing_happens_on_a_day_to_come(store: Store, owners_body: int) -> None:
    matter = registered(store, owners_body)
    with pytest.raises(milestones.NotYet) as refused:
        store.do(SECRETARY, actions.reach, matter, "meeting_notice.posted", on=date(2026, 11, 23))
    assert refused.value.field == "on"


def test_a_period_counts_from_the_day_of_posting_not_of_typing(
    store: Store, clock: HandClock, owners_body: int
) -> None:
    matter = registered(store, owners_body)
    complete(store, clock, matter)
    screened(store, matter, notice_days=15)
    store.do(SECRETARY, actions.reach, matter, "meeting_notice.issued")
    store.do(SECRETARY, actions.reach, matter, "meeting_notice.posted", on=date(2026, 11, 20))
    store.do(SECRETARY, actions.reach, matter, "meeting_notice.posted", "另贴一处")
    notice = paper(store, matter, "meeting_notice", date(2026, 11, 22))
    assert notice.missing == "会前公告须张贴满 15 天，还需 13 天"


def test_voiding_takes_what_rests_on_it_and_deletes_nothing(store: Store, clock: HandClock, owners_body: int) -> None:
    matter = registered(store, owners_body)
    complete(store, clock, matter)
    store.do(SECRETARY, actions.reach, matter, "meeting_notice.issued")
    store.do(SECRETARY, actions.reach, matter, "meeting_notice.posted")
    store.do(SECRETARY, actions.void, matter, "meeting_notice.issued", "地点写错")
    notice = paper(store, matter, "meeting_notice")
    assert (notice.reached, notice.missing) == ((), "会前公告还没有印发")
    assert [(one.state, one.void_reason) for one in notice.versions] == [("issued", "地点写错"), ("posted", "地点写错")]
    assert store.do(SECRETARY, actions.reach, matter, "meeting_notice.issued") is True


def test_an_artefact_of_a_completed_step_is_not_made_void(store: Store, clock: HandClock, owners_body: int) -> None:
    matter = registered(store, owners_body)
    complete(store, clock, matter)
    with pytest.raises(milestones.StepDone, match="议题登记表属于第 1 步「提事」，该步已经完成"):
        store.do(SECRETARY, actions.void, matter, "registration.recorded", "写错")


def test_voiding_needs_a_reason(store: Store, owners_body: int) -> None:
    matter = registered(store, owners_body)
    with pytest.raises(Blank) as refused:
        store.do(SECRETARY, actions.void, matter, "registration.recorded", "")
    assert refused.value.field == "reason"


def test_a_description_that_is_too_long_is_refused(store: Store, owners_body: int) -> None:
    matter = registered(store, owners_body)
    with pytest.raises(TooLong):
        store.do(SECRETARY, actions.reach, matter, "registration.signed", "字" * 501)


@pytest.mark.parametrize(
    "counts",
    [
        {},
        {"expected": 9, "present": 9},
        {"expected": 9, "present": 10, "agreed": 5},
        {"expected": 9, "present": 9, "agreed": -1},
    ],
)
def test_a_party_meeting_is_recorded_with_its_counts(store: Store, clock: HandClock, village_body: int, counts) -> None:
    matter = registered(store, village_body, template_id="four_discuss_two_open")
    walk_to(store, clock, matter, "party_review")
    with pytest.raises(milestones.CountsMissing) as refused:
        store.do(SECRETARY, actions.reach, matter, "party_meeting.recorded", **counts)
    assert refused.value.field == "present"


def test_of_an_ended_matter_only_the_filing_is_left(store: Store, owners_body: int) -> None:
    matter = registered(store, owners_body)
    store.do(SECRETARY, actions.end, matter, "declined", "属于个人之间的纠纷，转人民调解")
    with pytest.raises(Ended):
        store.do(SECRETARY, actions.reach, matter, "ballot_plan.frozen")
    assert store.do(SECRETARY, actions.reach, matter, "filing.filed") is True


def test_an_unknown_matter_is_refused(store: Store) -> None:
    with pytest.raises(Missing, match="找不到议题 7"):
        store.do(SECRETARY, actions.reach, 7, "registration.signed")


def test_a_second_posting_place_does_not_start_the_period_anew(
    store: Store, clock: HandClock, owners_body: int
) -> None:
    matter = registered(store, owners_body)
    complete(store, clock, matter)
    screened(store, matter)
    store.do(SECRETARY, actions.reach, matter, "meeting_notice.issued")
    store.do(SECRETARY, actions.reach, matter, "meeting_notice.posted", "北门公告栏")
    clock.forward(days=3)
    store.do(SECRETARY, actions.reach, matter, "meeting_notice.posted", "南门公告栏")
    today = date(2026, 11, 22) + timedelta(days=15)
    assert paper(store, matter, "meeting_notice", today).missing == ""


def test_a_new_record_must_be_signed_anew(store: Store, owners_body: int) -> None:
    matter = registered(store, owners_body)
    for code in ("attendance.recorded", "attendance.signed"):
        store.do(SECRETARY, actions.reach, matter, code, meeting=1)
    assert paper(store, matter, "attendance").missing == ""
    store.do(SECRETARY, actions.reach, matter, "attendance.recorded", meeting=2)
    sheet = paper(store, matter, "attendance")
    assert (sheet.missing, sheet.versions) == ("签到表还缺签字（到会人员）", ())
    assert store.do(SECRETARY, actions.reach, matter, "attendance.signed", meeting=1) is True
    assert paper(store, matter, "attendance").missing == ""


def test_a_notice_issued_anew_hangs_its_days_anew(store: Store, clock: HandClock, owners_body: int) -> None:
    matter = registered(store, owners_body)
    complete(store, clock, matter)
    screened(store, matter)
    for document in (1, 2):
        store.do(SECRETARY, actions.reach, matter, "meeting_notice.issued", document=document)
        assert paper(store, matter, "meeting_notice").missing == "还缺会前公告的张贴记录"
        store.do(SECRETARY, actions.reach, matter, "meeting_notice.posted", document=document)
        clock.forward(days=10)
    today = legal_day(clock.now)
    assert paper(store, matter, "meeting_notice", today).missing == "会前公告须张贴满 15 天，还需 5 天"
