from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from consult_app.bodies import queries as bodies
from consult_app.files.queries import attachments
from consult_app.kernel.errors import Blank, Missing, TooLong
from consult_app.proposals import actions, queries, screening, venues
from consult_app.proposals.records import WrongVenue
from consult_app.proposals.rules import FlagRequired, PeriodOutOfRange, Source
from consult_app.storage.store import Store
from consult_app.workflow import template as workflow
from tests.consult_app.proposals.matters import complete, fulfil, lacking, paper, registered, screened, walk_to
from tests.fixtures import SECRETARY, HandClock

PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 20


def test_a_registered_matter_has_its_number_and_lacks_only_a_signature(store: Store, owners_body: int) -> None:
    matter = registered(store, owners_body)
    facts = store.ask(queries.proposal, matter)
    assert (facts.number, facts.source, facts.recorder, facts.taken_down) == (
        "2026-001",
        Source.RESIDENT,
        "社区书记",
        True,
    )
    assert (
        paper(store, matter, "registration").reached[0].what
        == "2026-001「北门非机动车通道」，测试住户甲提出，社区书记代录"
    )
    assert lacking(store, matter) == ["registration.signed"]


def test_numbers_run_for_each_body_and_year_of_china(
    store: Store, clock: HandClock, owners_body: int, village_body: int
) -> None:
    clock.now = datetime(2026, 12, 31, 15, 59, tzinfo=UTC)
    first, second, other = (
        registered(store, owners_body),
        registered(store, owners_body),
        registered(store, village_body),
    )
    clock.forward(minutes=1)  # midnight in China
    new_year = registered(store, owners_body)
    numbers = [store.ask(queries.proposal, matter).number for matter in (first, second, other, new_year)]
    assert numbers == ["2026-001", "2026-002", "2026-001", "2027-001"]


def test_photos_are_attached_to_the_matter(store: Store, owners_body: int) -> None:
    matter = registered(store, owners_body, photos=[("门口.png", PNG)])
    assert [(file.kind, file.name) for file in store.ask(attachments, f"proposal:{matter}")] == [
        ("现场照片", "门口.png")
    ]


@pytest.mark.parametrize(
    ("given", "refusal", "field"),
    [
        ({"title": " "}, Blank, "title"),
        ({"title": "题" * 101}, TooLong, "title"),
        ({"proposer": ""}, Blank, "proposer"),
        ({"affected_range": "\u200b"}, Blank, "affected_range"),
        ({"wish": "愿" * 2001}, TooLong, "wish"),
        ({"template_id": "four_discuss_two_open"}, actions.WrongTemplate, "template_id"),
        ({"template_id": "none"}, Missing, None),
        ({"venue_id": 99}, Missing, None),
    ],
)
def test_a_bad_registration_is_refused_and_leaves_nothing(
    store: Store, owners_body: int, given, refusal, field
) -> None:
    with pytest.raises(refusal) as refused:
        registered(store, owners_body, **given)
    assert refused.value.field == field
    assert store.ask(queries.proposals, owners_body) == ()


def test_a_venue_of_another_body_is_refused(store: Store, owners_body: int, village_body: int) -> None:
    foreign = store.ask(bodies.venues, village_body)[0].id
    with pytest.raises(WrongVenue, match="不是「示范小区业主大会」的议事平台"):
        registered(store, owners_body, venue_id=foreign)


def test_a_matter_keeps_the_template_it_began_with(store: Store, owners_body: int, monkeypatch) -> None:
    old = registered(store, owners_body)
    shipped = workflow.load("six_step_default")
    edited = workflow.from_data({**shipped.data, "steps": shipped.data["steps"][:2]})
    monkeypatch.setattr(workflow, "templates", lambda: (edited,))
    new = registered(store, owners_body)
    assert len(store.ask(queries.proposal, old).steps) == 6
    assert store.ask(queries.proposal, old).template.digest == shipped.digest
    assert len(store.ask(queries.proposal, new).steps) == 2


def test_a_changed_registration_must_be_signed_anew(store: Store, owners_body: int) -> None:
    matter = registered(store, owners_body)
    fulfil(store, matter)
    store.do(SECRETARY, actions.change, matter, title="北门和西门非机动车通道")
    assert lacking(store, matter) == ["registration.signed"]
    sheet = paper(store, matter, "registration")
    assert [version.state for version in sheet.versions] == ["recorded", "signed"]
    (change, *_) = [one for one in store.ask(queries.history, matter) if one.event == "proposal.changed"]
    assert change.facts["before"] == {"title": "北门非机动车通道"}


def test_changing_nothing_changes_nothing(store: Store, owners_body: int) -> None:
    matter = registered(store, owners_body)
    fulfil(store, matter)
    store.do(SECRETARY, actions.change, matter, title="北门非机动车通道")
    assert lacking(store, matter) == []


def test_what_was_screened_is_changed_only_by_going_back(store: Store, clock: HandClock, owners_body: int) -> None:
    matter = registered(store, owners_body)
    complete(store, clock, matter)
    with pytest.raises(screening.Settled, match="「提事」已经完成。要更改，请先退回该步。"):
        store.do(SECRETARY, actions.change, matter, wish="另一件事")


def test_owners_matters_vote_and_assemblies_hear_the_party_first(
    store: Store, owners_body: int, village_body: int
) -> None:
    owners, village = registered(store, owners_body), registered(store, village_body)
    screened(store, owners)
    screened(
        store,
        village,
        decision_body="villagers_assembly",
        rule_id="village.assembly.by_person",
        item="",
        rule_reason="",
    )
    assert store.ask(queries.proposal, owners).flags == ("vote",)
    assert store.ask(queries.proposal, village).flags == ("vote", "needs_assembly")


def test_a_compulsory_flag_cannot_be_turned_off(store: Store, owners_body: int) -> None:
    matter = registered(store, owners_body)
    with pytest.raises(FlagRequired, match="由业主大会决定的事项须表决，不能取消。"):
        screened(store, matter, flags={"vote": False})


def test_consensus_needs_neither_vote_nor_rule(store: Store, owners_body: int) -> None:
    matter = registered(store, owners_body)
    screened(store, matter, decision_body="consensus", rule_id=None, item="", rule_reason="", notice_days=3)
    facts = store.ask(queries.proposal, matter)
    assert (facts.flags, facts.rule_id, facts.decision_words) == ((), None, "相关方协商一致")
    assert not paper(store, matter, "ballot_plan").needed


@pytest.mark.parametrize(
    ("given", "refusal", "field"),
    [
        ({"rule_id": None}, Blank, "rule_id"),
        ({"item": ""}, Blank, "item"),
        ({"rule_reason": " "}, Blank, "rule_reason"),
        ({"participants": []}, Blank, "participants"),
        ({"participants": [""]}, Blank, "participants"),
        ({"notice_days": -1}, PeriodOutOfRange, "notice_days"),
        ({"objection_days": 366}, PeriodOutOfRange, "objection_days"),
        ({"timetable": {"party": date(2026, 12, 1)}}, Missing, None),
    ],
)
def test_a_bad_screening_is_refused_beside_its_field(store: Store, owners_body: int, given, refusal, field) -> None:
    matter = registered(store, owners_body)
    with pytest.raises(refusal) as refused:
        screened(store, matter, **given)
    assert refused.value.field == field
    assert store.ask(queries.proposal, matter).decision_body is None


def test_a_notice_is_void_once_what_it_announced_has_changed(store: Store, clock: HandClock, owners_body: int) -> None:
    matter = registered(store, owners_body)
    complete(store, clock, matter)
    screened(store, matter)
    fulfil(store, matter)
    screened(store, matter)
    assert lacking(store, matter) == []
    screened(store, matter, title="北门改造")
    assert lacking(store, matter) == ["screening.signed", "meeting_notice.issued"]


def test_a_screening_is_settled_once_its_step_is_done(store: Store, clock: HandClock, owners_body: int) -> None:
    matter = registered(store, owners_body)
    walk_to(store, clock, matter, "deliberate")
    with pytest.raises(screening.Settled, match="「定题」已经完成"):
        screened(store, matter)


def test_small_talk_has_no_screening(store: Store, village_body: int) -> None:
    matter = registered(store, village_body, template_id="talk_discuss_do_rate")
    with pytest.raises(screening.NoScreening, match="「村民说事」没有审定环节"):
        screened(store, matter)


@pytest.mark.parametrize(
    ("step", "outcome"),
    [
        ("propose", "declined"),
        ("screen", "withdrawn"),
        ("deliberate", "withdrawn"),
        ("decide", "not_passed"),
        ("decide", "quorum_failed"),
    ],
)
def test_a_matter_ends_where_its_step_allows(store: Store, clock: HandClock, owners_body: int, step, outcome) -> None:
    matter = registered(store, owners_body)
    walk_to(store, clock, matter, step)
    store.do(SECRETARY, actions.end, matter, outcome, "理由充分")
    facts = store.ask(queries.proposal, matter)
    assert (facts.outcome, facts.outcome_reason, facts.ended_at) == (outcome, "理由充分", clock.now)


@pytest.mark.parametrize("outcome", ["done", "not_passed", "quorum_failed"])
def test_a_matter_does_not_end_where_its_step_forbids(store: Store, owners_body: int, outcome: str) -> None:
    matter = registered(store, owners_body)
    with pytest.raises(actions.NoSuchEnd, match="在「提事」不能以"):
        store.do(SECRETARY, actions.end, matter, outcome, "理由")


def test_declining_needs_a_written_reason(store: Store, owners_body: int) -> None:
    matter = registered(store, owners_body)
    with pytest.raises(Blank, match="请填写理由"):
        store.do(SECRETARY, actions.end, matter, "declined", "")


def test_twins_are_merged_into_a_running_matter_of_the_same_body(
    store: Store, owners_body: int, village_body: int
) -> None:
    kept, twin, foreign = (
        registered(store, owners_body),
        registered(store, owners_body),
        registered(store, village_body),
    )
    for into in (None, twin, foreign, 99):
        with pytest.raises(actions.CannotMerge):
            store.do(SECRETARY, actions.end, twin, "merged", "同一事项", into)
    store.do(SECRETARY, actions.end, twin, "merged", "同一事项", kept)
    assert store.ask(queries.proposal, twin).merged_into == kept
    assert "并入议题 2026-002" in store.ask(queries.history, kept)[0].words
    with pytest.raises(actions.CannotMerge):
        store.do(SECRETARY, actions.end, kept, "merged", "同一事项", twin)


def test_a_matter_without_agreement_goes_up_and_is_discussed_anew(
    store: Store, clock: HandClock, owners_body: int
) -> None:
    courtyard, grid, committee = store.ask(bodies.venues, owners_body)
    matter = registered(store, owners_body)
    walk_to(store, clock, matter, "deliberate")
    fulfil(store, matter)
    for lower in (courtyard, grid):
        with pytest.raises(venues.NotHigher):
            store.do(SECRETARY, actions.escalate, matter, lower.id, "两次未达成一致")
    clock.forward(days=10)
    store.do(SECRETARY, actions.escalate, matter, committee.id, "两次未达成一致")
    facts = store.ask(queries.proposal, matter)
    assert (facts.venue, facts.step_code) == (committee, "deliberate")
    assert lacking(store, matter) == ["attendance.recorded", "record.recorded", "opinion.recorded"]
    assert len(paper(store, matter, "record").versions) == 2
    assert (facts.present.runs[0].due_on, facts.due_on) == (date(2026, 12, 22), date(2027, 1, 4))


def test_a_matter_handed_down_stays_under_the_upper_venue(store: Store, owners_body: int) -> None:
    courtyard, grid, committee = store.ask(bodies.venues, owners_body)
    matter = registered(store, owners_body)
    with pytest.raises(venues.NotLower):
        store.do(SECRETARY, actions.hand_down, matter, committee.id, date(2026, 12, 1), "就地办理")
    store.do(SECRETARY, actions.hand_down, matter, courtyard.id, date(2026, 12, 1), "就地办理")
    facts = store.ask(queries.proposal, matter)
    assert (facts.venue, facts.supervisor, facts.due_on) == (courtyard, grid, date(2026, 12, 1))


def test_moving_to_another_venue_needs_a_new_screening(store: Store, clock: HandClock, owners_body: int) -> None:
    committee = store.ask(bodies.venues, owners_body)[2]
    matter = registered(store, owners_body)
    complete(store, clock, matter)
    screened(store, matter)
    store.do(SECRETARY, actions.escalate, matter, committee.id, "涉及多个网格")
    assert "screening.recorded" in lacking(store, matter)


def test_the_copy_of_a_template_is_kept_once(store: Store, owners_body: int) -> None:
    first, second = (store.ask(queries.proposal, registered(store, owners_body)) for _ in range(2))
    assert replace(first.template, data={}) == replace(second.template, data={})
    assert first.template.digest == workflow.load("six_step_default").digest
