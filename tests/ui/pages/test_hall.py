"""会场签到 in the window: scanner keystrokes, rooms and initials, one key to book, nothing doubled."""

import time
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from consult_app.audit import chain
from consult_app.voting import actions
from consult_app.voting.arrivals import turnout
from tests.consult_app.voting import estate

HALL = 300
SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩"
GIVEN = "安邦朝德恩方光海洁康立明宁平勤仁山天文新"


def names() -> list[str]:
    """300 different people, many of whom share their initials."""
    return [surname + given for surname in SURNAMES for given in GIVEN]


@pytest.fixture
def hall(window, desk, owners_body):
    """The window at the table of an open vote of 300 owners, and the vote."""
    folder = Path(desk.app.settings.data)
    lines = ["楼栋,单元,房号,建筑面积,业主姓名,身份证号,交付情况"]
    for n, name in enumerate(names()):
        lines.append(f"{n // 50 + 1},{n // 10 % 5 + 1},{n % 10 + 1}01,{80 + n}.00,{name},,已交付")
    estate.import_roll(desk.store, folder / "hall.csv", owners_body, lines)
    desk.turn_to(owners_body)
    vote = estate.opened(desk.store, owners_body)
    window.go("hall", id=vote.motion)
    return window.page(), vote


def scan(page, text: str) -> None:
    """What a scanner does: the keys of a text, then Enter."""
    QTest.keyClicks(page.line, text)
    QTest.keyClick(page.line, Qt.Key.Key_Return)


def handed(desk) -> list[str]:
    """The slips that were booked as handed out, in order."""
    return [c.facts["serial"] for c in desk.ask(chain.since, 0, 5000) if c.event == "credential.handed"]


@pytest.mark.parametrize("longest", [5, pytest.param(1, marks=pytest.mark.long)])
def test_three_hundred_people_by_scanner_room_and_initials_none_doubled(hall, desk, longest):
    """A hundred each way, every person within `longest` seconds (the short run's machine may be busy), every tenth again."""
    page, vote = hall
    slowest = 0.0
    for n, name in enumerate(names()):
        began = time.perf_counter()
        if n % 3 == 0:
            scan(page, vote.slips[n].url)
        elif n % 3 == 1:
            scan(page, f"{n // 50 + 1}-{n // 10 % 5 + 1}-{n % 10 + 1}01")
        else:
            scan(page, page.register.lines[n].letters[0])
            if page.person.elector_id == 0:  # several share the initials: the clerk takes the one who stands there
                next(o for o in page.card.offered if o.title.text() == name).opened.emit()
        assert page.card.name.text() == name
        QTest.keyClick(page.line, Qt.Key.Key_Return)
        slowest = max(slowest, time.perf_counter() - began)
    print(f"slowest of 300 check-ins: {slowest * 1000:.0f} ms")
    assert slowest < longest
    assert sorted(handed(desk)) == [slip.serial for slip in vote.slips]
    for slip in vote.slips[::10]:
        scan(page, slip.url)
        assert "不再登记" in page.card.standing.text()
        QTest.keyClick(page.line, Qt.Key.Key_Return)
        assert "没有重复登记" in page.card.standing.text()
    assert len(handed(desk)) == HALL
    assert desk.ask(turnout, vote.motion) == (300, 300, 0, 0)


def test_the_same_slip_scanned_again_books_the_one_who_is_shown(hall, desk):
    page, vote = hall
    scan(page, vote.slips[0].url)
    assert handed(desk) == []
    scan(page, vote.slips[0].url)
    assert handed(desk) == ["0001"]


def test_another_slip_scanned_books_nobody(hall, desk):
    page, vote = hall
    scan(page, vote.slips[0].url)
    scan(page, vote.slips[1].url)
    assert handed(desk) == []
    assert page.person.serial == "0002"


def test_enter_on_an_empty_line_with_nobody_shown_does_nothing(hall, desk):
    page, _ = hall
    QTest.keyClick(page.line, Qt.Key.Key_Return)
    page.line.setText("没有此人")
    QTest.keyClick(page.line, Qt.Key.Key_Return)
    assert "没有找到" in page.card.standing.text()
    QTest.keyClick(page.line, Qt.Key.Key_Return)
    assert handed(desk) == []


def test_a_booking_is_undone(hall, desk):
    page, vote = hall
    scan(page, vote.slips[0].url)
    QTest.keyClick(page.line, Qt.Key.Key_Return)
    page.undo(page.done[0][0])
    assert desk.ask(turnout, vote.motion) == (300, 0, 0, 0)
    assert page.done == []


def test_a_replaced_slip_is_said_to_be_dead(hall, desk):
    page, vote = hall
    desk.do(actions.reissue, vote.motion, vote.slips[0].human_code, "遗失", estate.BASE)
    page.reload()
    scan(page, vote.slips[0].url)
    assert "作废，已补发" in page.card.standing.text()
    scan(page, "1-1-101")
    assert page.person.serial == "0301"


def test_with_a_mandate_the_clerk_says_who_came(hall, desk):
    page, vote = hall
    elector = page.register.lines[0].elector_id
    desk.do(
        actions.register_proxy, vote.motion, elector, agent="受托人甲", authority="代为表决", property_staff=False,
        relation="朋友", document=("授权委托书.png", b"\x89PNG\r\n\x1a\n" + b"0" * 64),
    )  # fmt: skip
    scan(page, vote.slips[0].url)
    QTest.keyClick(page.line, Qt.Key.Key_Return)
    assert "本人到场" in page.card.standing.text()
    page.card.self_here.click()
    assert handed(desk) == ["0001"]


def test_unused_slips_are_taken_back_by_scanning(hall, desk):
    page, vote = hall
    vote.close()
    page.refresh()
    scan(page, vote.slips[0].url)
    QTest.keyClick(page.line, Qt.Key.Key_Return)
    scan(page, vote.slips[0].url)
    QTest.keyClick(page.line, Qt.Key.Key_Return)
    assert desk.ask(turnout, vote.motion)[3] == 1
    assert desk.ask(turnout, vote.motion)[0] == 299
