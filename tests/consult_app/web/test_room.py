"""The room doctor names each fault, says what to do, and is green where all is well."""

import socket
from dataclasses import replace
from datetime import timedelta

import pytest

from consult_app.storage.reserve import FULL
from consult_app.web import room as rooms
from consult_app.web.room import TIGHT, Light, Room, answers, examine, on_mains, worst

WELL = Room(
    addresses=("192.168.31.20",), served="192.168.31.20:8080", printed="192.168.31.20:8080", answers=True, phones=3,
    reached=True, free=50 * 1024**3, medium="/media/U盘", on_mains=True, now="2026年11月22日 09:00",
)  # fmt: skip

FAULTS = {
    "no address": ({"addresses": ()}, "address", "没有连到任何网络"),
    "changed address": ({"addresses": ("192.168.31.99",)}, "address", "选票上印的是 192.168.31.20:8080"),
    "address gone": ({"addresses": ("10.0.0.5",), "printed": ""}, "address", "投票服务开在 192.168.31.20:8080"),
    "another port": ({"served": "192.168.31.20:9090"}, "address", "投票服务开在 192.168.31.20:9090"),
    "a closed port": ({"answers": False}, "port", "打不开"),
    "full disk": ({"free": FULL - 1}, "disk", "还剩 499 MB"),
    "clock set back": ({"behind": timedelta(hours=3)}, "clock", "早 3 小时"),
    "clock moved": ({"leap": timedelta(minutes=-12)}, "clock", "拨慢了 12 分钟"),
    "pulled stick": ({"medium_there": False}, "medium", "已被拔出"),
    "failing stick": ({"fault": "读写出错"}, "medium", "读写出错"),
}

WARNINGS = {
    "no server": ({"served": "", "answers": False}, "port", "还没有开启"),
    "no phone yet": ({"phones": 0, "reached": False}, "phones", "还没有手机"),
    "tight disk": ({"free": TIGHT - 1}, "disk", "还剩"),
    "unknown disk": ({"free": None}, "disk", "读不出"),
    "a clock past the closing time": (
        {"closed": "2026年11月22日 08:00"},
        "clock",
        "已过这项表决的截止时间（2026年11月22日 08:00）",
    ),
    "a clock far from the newest record": (
        {"idle": timedelta(days=9), "last": "2026年11月13日 08:00"},
        "clock",
        "（2026年11月13日 08:00）晚 9 天",
    ),
    "no stick": ({"medium": ""}, "medium", "还没有设"),
    "on battery": ({"on_mains": False}, "power", "电池"),
}


def test_a_well_room_is_green_throughout():
    found = examine(WELL)
    assert [one.light for one in found] == [Light.GREEN] * 7
    assert worst(found) is Light.GREEN
    assert not any(one.advice for one in found)


@pytest.mark.parametrize(("change", "key", "words"), FAULTS.values(), ids=FAULTS)
def test_each_fault_is_named_red_with_what_to_do(change, key, words):
    found = {one.key: one for one in examine(replace(WELL, **change))}
    assert found[key].light is Light.RED
    assert words in found[key].words
    assert found[key].advice
    assert [one.key for one in found.values() if one.light is not Light.GREEN] == [key]


@pytest.mark.parametrize(("change", "key", "words"), WARNINGS.values(), ids=WARNINGS)
def test_each_doubt_is_named_amber_with_what_to_do(change, key, words):
    found = {one.key: one for one in examine(replace(WELL, **change))}
    assert found[key].light is Light.AMBER
    assert words in found[key].words
    assert found[key].advice
    assert worst(tuple(found.values())) is Light.AMBER


def test_a_night_without_a_record_is_no_matter_for_the_clock():
    assert examine(replace(WELL, idle=timedelta(hours=12))) == examine(WELL)


def test_a_test_slip_that_was_voted_with_proves_that_phones_come_through():
    found = {one.key: one for one in examine(replace(WELL, phones=0, reached=False, tried="2026年11月22日 08:50"))}
    assert (found["phones"].light, found["phones"].words) == (Light.GREEN, "2026年11月22日 08:50 用手机试投成功。")


def test_power_is_left_out_where_the_computer_does_not_tell():
    assert "power" not in {one.key for one in examine(replace(WELL, on_mains=None))}


def test_the_own_page_is_asked_for_and_a_closed_port_is_found(inside):
    assert answers(inside.addresses[0])
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))  # bound, but nobody listens
        assert not answers(f"http://127.0.0.1:{closed.getsockname()[1]}")


def test_mains_power_is_read_where_there_is_a_battery(tmp_path, monkeypatch):
    monkeypatch.setattr(rooms, "POWER", tmp_path)
    assert on_mains() is None
    for name, kind, online in (("AC", "Mains", "0"), ("BAT0", "Battery", "")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "type").write_text(kind)
        (tmp_path / name / "online").write_text(online)
    assert on_mains() is False
    (tmp_path / "AC" / "online").write_text("1")
    assert on_mains() is True
