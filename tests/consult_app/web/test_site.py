"""The phone journey asked page by page, and everything a hostile or unlucky phone may send."""

import re
from dataclasses import replace
from datetime import timedelta
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from consult_app.audit import chain
from consult_app.bodies.actions import add_body
from consult_app.voting import actions, queries
from consult_app.voting.choices import Channel
from consult_app.voting.credentials import check_character
from consult_app.voting.rules import Choice
from consult_app.web import vote as pages
from consult_app.web.gate import anyone
from consult_app.web.misses import ALL, MISSES, MISSES_IN_ALL
from consult_app.web.site import PLACES, Place, Ungated, build
from tests.consult_app.voting import estate
from tests.consult_app.voting.estate import SECRETARY
from tests.consult_app.web.conftest import Phone
from tests.postgres.databases import of_sqlite

LEGAL = "手机投票直接有效"
STAFF = "交给工作人员"
HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>{{7*7}}</fieldset>"


def path(vote, number=0):
    return "/V/" + vote.slips[number].token


def key_of(page):
    return re.findall(r'name="key" value="(\w+)"', page.text)[0]


def voted(phone, where, choice="for", key="form"):
    return phone.post(where, item_1=choice, key=key, confirmed="1")


def test_three_pages_make_a_vote(store, phone, vote):
    ballot = phone.get(path(vote))
    assert ballot.status_code == 200
    for words in ("示范小区业主大会", "加装电梯资金筹集方案", "今天 12:00 截止", LEGAL, "1号楼1单元101", "下一步"):
        assert words in ballot.text
    confirm = phone.post(path(vote), item_1="against", key=key_of(ballot))
    assert "确认后不能修改" in confirm.text
    assert "✗ 反对" in confirm.text
    assert store.ask(queries.turnout, vote.motion).participating.heads == 0
    receipt = phone.post(path(vote), item_1="against", key=key_of(confirm), confirmed="1")
    assert receipt.status_code == 200
    for words in ("已收到您的投票", "09:00:00", "0001", "手机", LEGAL):
        assert words in receipt.text
    assert store.ask(queries.turnout, vote.motion).channels[Channel.PHONE] == 1


def test_going_back_keeps_what_was_chosen(phone, vote):
    back = phone.post(path(vote), item_1="abstain", key="k", confirmed="1", change="1")
    assert re.search(r'value="abstain" required checked', back.text)


def test_threat_05_16_a_repeated_form_gets_the_same_receipt(store, phone, vote, clock):
    first = voted(phone, path(vote))
    clock.forward(seconds=90)
    again = voted(phone, path(vote))
    assert again.text == first.text
    assert store.ask(queries.turnout, vote.motion).participating.heads == 1


def test_a_used_slip_says_when_and_by_which_channel(phone, vote):
    voted(phone, path(vote))
    for answer in (phone.get(path(vote)), voted(phone, path(vote), "against", key="other")):
        assert answer.status_code == 409
        for words in ("已经投过", "2026年11月22日 09:00", "手机", "共有人", STAFF, LEGAL):
            assert words in answer.text
        assert "反对" not in answer.text


def test_the_same_form_with_another_choice_is_no_repeat(phone, vote):
    voted(phone, path(vote), "for", key="form")
    other = voted(phone, path(vote), "against", key="form")
    assert (other.status_code, "已经投过" in other.text, "已收到" in other.text) == (409, True, False)


def test_a_client_that_sends_every_field_of_the_first_form_confirms(phone, vote):
    confirm = phone.post(path(vote), item_1="for", key=key_of(phone.get(path(vote))))
    first = re.findall(r"<form.*?</form>", confirm.text, re.DOTALL)[0]
    fields = {name.replace("-", "_"): value for name, value in re.findall(r'name="(\S+)" value="(\S+)"', first)}
    assert "已收到您的投票" in phone.post(path(vote), **fields).text


def test_the_address_works_in_lower_case(phone, vote):
    assert phone.get("/v/" + vote.slips[0].token.lower()).status_code == 200


def test_each_bar_has_its_page(store, owners, phone, clock):
    vote = estate.issued(store, owners)
    early = phone.get(path(vote))
    assert (early.status_code, "还没有开始" in early.text) == (403, True)
    store.do(SECRETARY, actions.take_back, vote.motion, vote.slips[1].human_code)
    dead = phone.get(path(vote, 1))
    assert (dead.status_code, "已作废或已收回" in dead.text) == (410, True)
    store.do(SECRETARY, actions.open_vote, vote.motion)
    clock.forward(hours=3)
    late = voted(phone, path(vote))
    assert (late.status_code, "12:00 截止" in late.text) == (410, True)
    vote.close()
    closed = phone.get(path(vote))
    assert (closed.status_code, "已经截止" in closed.text) == (410, True)
    for page in (early, dead, late, closed):
        assert LEGAL in page.text
        assert "工作人员" in page.text or "主持人" in page.text


def test_a_vote_that_closes_while_the_page_is_open_is_said_so(phone, vote):
    ballot = phone.get(path(vote))
    vote.close()
    late = voted(phone, path(vote), key=key_of(ballot))
    assert (late.status_code, "已经截止" in late.text) == (410, True)


@pytest.mark.parametrize(("mode", "words"), [("assisted", "签字后有效"), ("survey", "不产生法律效力")])
def test_every_page_states_the_legal_weight(store, owners, phone, mode, words):
    vote = estate.opened(store, owners, legal_mode=mode)
    ballot = phone.get(path(vote))
    confirm = phone.post(path(vote), item_1="for", key="k")
    receipt = voted(phone, path(vote))
    used = phone.get(path(vote))
    assert all(words in page.text for page in (ballot, confirm, receipt, used))


def test_a_question_left_out_is_named_beside_it_and_the_rest_stays(store, owners, phone):
    vote = estate.opened(store, owners, items=["甲事。", "乙事。", "丙事。"])
    page = phone.post(path(vote), item_1="for", item_3="abstain", key="k")
    assert page.status_code == 422
    assert page.text.index("乙事") < page.text.index("第 2 项还没有选择") < page.text.index("丙事")
    assert page.text.count(" checked") == 2


def test_the_code_page_opens_a_slip_as_typed_by_hand(store, phone, vote):
    code = vote.slips[0].human_code
    assert "输入选票上的代码" in phone.get("/").text
    lead = phone.post("/", code=f" {code[:4].lower()} {code[4:]}")
    assert (lead.status_code, lead.headers["location"]) == (303, f"/C/{code}")
    assert phone.get(f"/C/{code}").status_code == 200
    assert "已收到" in voted(phone, f"/C/{code}").text
    assert store.ask(queries.turnout, vote.motion).channels[Channel.PHONE] == 1
    assert phone.get(path(vote)).status_code == 409


def test_a_wrong_code_stays_in_its_field(phone, vote):
    page = phone.post("/", code="ABCD 123")
    assert page.status_code == 404
    assert 'value="ABCD 123"' in page.text
    assert STAFF in page.text


def unused_codes(vote, count):
    """Whole codes that no slip bears."""
    taken = {slip.human_code for slip in vote.slips}
    found = (f"{n:07d}" for n in range(1, 20_000))
    whole = (body + check_character(body) for body in found)
    return [code for code, _ in zip((c for c in whole if c not in taken), range(count), strict=False)]


def alarms(store):
    """Whom the chain says an alarm was raised about."""
    return [(c.event, c.facts["device"]) for c in store.ask(chain.since, 0) if c.event.startswith("server.")]


def test_threat_04_a_device_that_guesses_codes_is_shut_out_and_told_of(store, phone, vote, clock):
    answers = [phone.post("/", code=code).status_code for code in unused_codes(vote, MISSES + 2)]
    assert answers == [404] * MISSES + [429] * 2
    right = vote.slips[0].human_code
    assert phone.post("/", code=right).status_code == 429
    assert phone.get(f"/C/{right}").status_code == 429
    assert alarms(store) == [("server.alarm", "192.168.31.77")]
    assert phone.get(path(vote)).status_code == 200  # 80 bits are beyond guessing: their holder is let in
    assert replace(phone, device="192.168.31.78").post("/", code=right).status_code == 303
    clock.forward(minutes=11)
    assert phone.post("/", code=right).status_code == 303


def test_threat_04_codes_typed_amiss_count_like_codes_guessed(phone, vote):
    typed = ["", "ABCD", "你好", "ABCD 1234", "０" * 40]
    assert [phone.post("/", code=code).status_code for code in typed] == [404] * MISSES
    assert phone.post("/", code=vote.slips[0].human_code).status_code == 429


def test_threat_04_a_wrong_code_gets_the_same_page_whether_whole_or_not(phone, vote):
    [unborne] = unused_codes(vote, 1)
    broken = unborne[:-1] + ("0" if unborne[-1] != "0" else "1")
    pages_seen = [phone.post("/", code=code) for code in (unborne, broken)]
    assert len({(page.status_code, len(page.content), page.text.replace(code, ""))
                for page, code in zip(pages_seen, (unborne, broken), strict=True)}) == 1  # fmt: skip


def test_threat_04_when_very_many_devices_guess_typing_rests_for_all_and_scanning_goes_on(store, phone, vote, clock):
    codes = unused_codes(vote, MISSES_IN_ALL)
    for number, code in enumerate(codes):
        assert replace(phone, device=f"10.0.{number // 200}.{number % 200}").post("/", code=code).status_code == 404
    right = vote.slips[0].human_code
    assert phone.post("/", code=right).status_code == 429
    assert alarms(store) == [("server.flooded", ALL)]
    assert "已收到" in voted(phone, path(vote)).text
    clock.forward(minutes=11)
    assert phone.post("/", code=vote.slips[1].human_code).status_code == 303


def test_threat_04_a_guessed_token_tells_nothing(phone, vote):
    pages_seen = [phone.get(where + token) for token in ("0" * 16, "X" * 16) for where in ("/V/", "/")]
    assert {page.status_code for page in pages_seen} == {404}
    assert len({page.text for page in pages_seen}) == 1
    assert STAFF in pages_seen[0].text


def test_threat_04_an_address_that_is_no_token_is_no_guess(phone, vote):
    odd = ["abc", "A" * 300, "favicon.ico", "apple-touch-icon.png", "robots.txt", "generate_204"]
    answers = [phone.get(f"/{name}") for name in odd]
    assert {(page.status_code, "没有这个页面" in page.text) for page in answers} == {(404, True)}
    assert phone.post("/", code=vote.slips[0].human_code).status_code == 303


def test_threat_03_whoever_comes_second_hears_when_and_by_which_way_and_the_paper_can_still_prevail(
    store, owners, phone, clock
):
    vote = estate.opened(store, owners, duplicate_policy="paper_prevails")
    voted(phone, path(vote), "for")
    clock.forward(minutes=20)
    loser = replace(phone, device="192.168.31.99").get(path(vote))
    for words in ("已经投过", "2026年11月22日 09:00", "手机", "如果不是您或共有人投的", STAFF):
        assert words in loser.text
    for teller in ("计票人甲", "计票人乙"):
        store.do(SECRETARY, actions.enter_paper, vote.motion, vote.slips[0].human_code, {"1": "against"}, teller)
    [pair] = store.ask(queries.conflicts, vote.motion)
    store.do(SECRETARY, actions.decide_conflict, pair.id, "监票人甲", "监票人乙")
    vote.close()
    [item] = store.ask(queries.tally, vote.motion).items
    assert (pair.counted, item.counts[Choice.AGAINST].heads) == (Channel.PAPER, 1)


def test_threat_27_hostile_words_stay_words(store, phone, tmp_path):
    body = store.do(SECRETARY, add_body, "owners", "小区" + HOSTILE)
    estate.owners_roll(store, tmp_path, body)
    motion = store.do(
        SECRETARY, actions.draft_motion, estate.matter(store, body), title="题" + HOSTILE, items=["项" + HOSTILE],
        rule_id="owners.ordinary", on=estate.DAY, closes_at=store.now() + timedelta(hours=1),
        legal_mode="binding",
    )  # fmt: skip
    store.do(SECRETARY, actions.freeze, motion)
    vote = estate.Vote(store, body, motion, store.do(SECRETARY, actions.issue_slips, motion, estate.BASE))
    store.do(SECRETARY, actions.open_vote, motion)
    seen = [
        phone.get(path(vote)),
        phone.post(path(vote), item_1="for", key=HOSTILE),
        phone.post(path(vote), item_1=HOSTILE, key="k"),
        phone.post("/", code=HOSTILE),
        voted(phone, path(vote), key=HOSTILE),
        phone.get(path(vote)),
    ]
    for page in seen:
        assert page.text.count("<script") == 1  # its own
        assert "<img" not in page.text
        assert "49" not in re.findall(r"题.*?<", page.text)
    assert "&lt;script&gt;" in seen[0].text


@pytest.mark.parametrize(
    ("more", "status"),
    [
        ({"content": b"x" * 70_000, "headers": {"content-type": "application/x-www-form-urlencoded"}}, 413),
        ({"content": b"", "headers": {"content-length": "1073741824"}}, 413),
        ({"content": b"", "headers": {"content-length": "-5"}}, 413),
        ({"content": b"{}", "headers": {"content-type": "application/json"}}, 415),
        ({"files": {"item-1": b"for"}}, 415),
        ({"content": b"item-1=%ff%fe", "headers": {"content-type": "application/x-www-form-urlencoded"}}, 400),
        ({"content": b"&a=1" * 300, "headers": {"content-type": "application/x-www-form-urlencoded"}}, 400),
    ],
)
def test_a_form_beyond_the_limits_is_refused_and_counts_nothing(store, phone, vote, more, status):
    answer = phone.ask("POST", path(vote), **more)
    assert answer.status_code == status
    assert STAFF in answer.text
    assert store.ask(queries.turnout, vote.motion).participating.heads == 0


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.dictionaries(
        st.sampled_from(["item-1", "item-2", "key", "confirmed", "change", "big", "x"]), st.text(max_size=60)
    )
)
def test_no_form_makes_the_server_fail(phone, vote, fields):
    answer = phone.ask("POST", path(vote), data=fields)
    assert answer.status_code < 500


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.text(min_size=1, max_size=40))
def test_no_path_makes_the_server_fail(store, typed):
    phone = Phone(build(store))
    for head in ("/V/", "/C/", "/"):
        assert phone.get(head + quote(typed, safe="")).status_code < 500


def test_an_unknown_page_leads_back_to_the_slip(phone, vote):
    page = phone.get("/admin")
    assert (page.status_code, "没有这个页面" in page.text) == (404, True)


def test_a_page_without_a_gate_is_not_served(store):
    with pytest.raises(Ungated):
        build(store, (*PLACES, Place("/secret", "GET", pages.enter_code, None)))
    assert build(store, (Place("/", "GET", pages.enter_code, anyone),)) is not None


def test_a_bug_is_a_page_and_not_a_traceback(store, vote, caplog):
    async def broken(_visit):
        raise ZeroDivisionError

    page = Phone(build(store, (Place("/", "GET", broken, anyone),))).get("/")
    assert (page.status_code, "暂时不能投票" in page.text) == (500, True)
    assert "ZeroDivision" not in page.text
    assert "a page failed" in caplog.text


@of_sqlite
def test_a_database_that_does_not_answer_takes_no_votes(store, phone, vote):
    with store.engine.connect().execution_options(writes=True) as connection, connection.begin():
        connection.exec_driver_sql("alter table ballot rename to gone")
    assert voted(phone, path(vote)).status_code == 503
    with store.engine.connect().execution_options(writes=True) as connection, connection.begin():
        connection.exec_driver_sql("alter table gone rename to ballot")
    assert store.ask(queries.turnout, vote.motion).participating.heads == 0
    assert voted(phone, path(vote)).status_code == 200
