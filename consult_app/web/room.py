"""会场体检: what must be well before a hall votes, each with what to do when it is not. `examine` is pure; the rest looks."""

import ctypes
import http.client
import sys
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from pathlib import Path
from urllib.parse import urlsplit

from consult_app.kernel.clock import LEAP, span_words
from consult_app.storage.reserve import FULL, size_words

TIGHT = 2 * 1024**3
"""Bytes free below which it is said."""

IDLE = timedelta(hours=12)
"""After so long without a record the clock is asked about: it may have been set forward."""

PATIENCE = 3
"""Seconds the program's own page may take."""

POWER = Path("/sys/class/power_supply")


class Light(StrEnum):
    """How one thing stands: in order, worth a look, or not fit to begin with."""

    GREEN = "green"
    AMBER = "amber"
    RED = "red"


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at, and what to do where it is not in order."""

    key: str
    name: str
    light: Light
    words: str
    advice: str = ""


@dataclass(frozen=True)
class Room:
    """What was found out. `served` and `printed` are addresses as `192.168.31.20:8080`, empty where there is none.

    `answers` is whether the program's own page answers there; `tried` when a real phone voted with a test slip; `free`
    bytes of the data's disk; `leap` how far the clock was moved, `behind` how far it stands before the newest record,
    which is of `last`, and `idle` how far after it; `closed` the closing time where a vote that has not ended is past it;
    `on_mains` None where the computer does not tell.
    """

    addresses: tuple[str, ...]
    served: str = ""
    printed: str = ""
    answers: bool = False
    phones: int = 0
    reached: bool = False
    tried: str = ""
    free: int | None = None
    leap: timedelta = timedelta()
    behind: timedelta = timedelta()
    idle: timedelta = timedelta()
    last: str = ""
    closed: str = ""
    medium: str = ""
    fault: str = ""
    medium_there: bool = True
    on_mains: bool | None = None
    now: str = ""


def examine(room: Room) -> tuple[Finding, ...]:
    """Every finding in the order in which a hall is set up."""
    return (
        _address(room),
        _port(room),
        _phones(room),
        _disk(room),
        _clock(room),
        _medium(room),
        *((_mains(room.on_mains),) if room.on_mains is not None else ()),
    )


def worst(findings: tuple[Finding, ...]) -> Light:
    """The gravest light of all."""
    lights = {finding.light for finding in findings}
    return next((light for light in (Light.RED, Light.AMBER) if light in lights), Light.GREEN)


def answers(url: str) -> bool:
    """Whether the vote server's own first page answers at an address of this computer."""
    place = urlsplit(url)
    line = http.client.HTTPConnection(place.hostname or "", place.port or 80, timeout=PATIENCE)
    try:
        line.request("GET", "/")
        return line.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        line.close()


def on_mains() -> bool | None:
    """Whether the computer has mains power; None where it does not tell, or has no battery."""
    if sys.platform == "win32":
        return _windows_power()
    try:
        supplies = sorted(POWER.iterdir())
        kinds = {supply: (supply / "type").read_text().strip() for supply in supplies}
        if "Battery" not in kinds.values():
            return None
        mains = [supply for supply, kind in kinds.items() if kind in ("Mains", "USB")]
        return any((supply / "online").read_text().strip() == "1" for supply in mains) if mains else None
    except OSError:
        return None


def _windows_power() -> bool | None:
    """The first byte of SYSTEM_POWER_STATUS: 0 battery, 1 mains, 255 unknown."""
    status = (ctypes.c_byte * 12)()
    if not ctypes.windll.kernel32.GetSystemPowerStatus(status):  # type: ignore[attr-defined,unused-ignore]
        return None
    return {0: False, 1: True}.get(status[0])


def _address(room: Room) -> Finding:
    name = "网络地址"
    if not room.addresses:
        advice = "把电脑连上会场的路由器（Wi-Fi 或网线），再重新检查。"
        return Finding("address", name, Light.RED, "这台电脑没有连到任何网络，手机打不开投票页。", advice)
    host = room.printed.rpartition(":")[0] or room.printed
    if room.printed and host not in room.addresses:
        words = f"选票上印的是 {room.printed}，这台电脑现在的地址是 {'、'.join(room.addresses)}。"
        advice = "请连回印选票时的路由器，或在路由器里把地址固定下来；换不回来就重新印制选票，或改用纸质选票。"
        return Finding("address", name, Light.RED, words, advice)
    host = room.served.rpartition(":")[0] or room.served
    if room.served and host not in room.addresses and not host.startswith("127."):
        words = f"投票服务开在 {room.served}，这台电脑现在的地址是 {'、'.join(room.addresses)}。"
        advice = "请连回原来的路由器；连不回去的，关闭投票服务后重新开启，并重新印制选票。"
        return Finding("address", name, Light.RED, words, advice)
    if room.printed and room.served and room.served != room.printed:
        words = f"选票上印的是 {room.printed}，投票服务开在 {room.served}。"
        return Finding("address", name, Light.RED, words, "请关闭投票服务，用印选票时的端口重新开启。")
    return Finding("address", name, Light.GREEN, f"本机地址 {'、'.join(room.addresses)}。")


def _port(room: Room) -> Finding:
    name = "投票服务"
    if not room.served:
        return Finding("port", name, Light.AMBER, "投票服务还没有开启。", "开启后再检查一遍。")
    if not room.answers:
        words = f"{room.served} 打不开：端口被关闭或被占用。"
        advice = "请在电脑防火墙里允许「六步议事」，或关闭投票服务后换一个端口重新开启。"
        return Finding("port", name, Light.RED, words, advice)
    return Finding("port", name, Light.GREEN, f"{room.served} 能打开。")


def _phones(room: Room) -> Finding:
    name = "手机能否打开"
    if room.tried:
        return Finding("phones", name, Light.GREEN, f"{room.tried} 用手机试投成功。")
    if room.phones:
        return Finding("phones", name, Light.GREEN, f"近 10 分钟有 {room.phones} 部手机打开过。")
    if room.reached:
        return Finding("phones", name, Light.GREEN, "手机打开过，近 10 分钟没有新的。")
    advice = (
        "请点「试投一张」，用手机试一次：本机打开自己的页面不经过防火墙，不能代替。打不开时，查手机是否连对 Wi-Fi、"
        "电脑防火墙是否允许「六步议事」、路由器是否开了「访客隔离」。"
    )
    return Finding("phones", name, Light.AMBER, "还没有手机打开过投票页。", advice)


def _disk(room: Room) -> Finding:
    name = "磁盘空间"
    if room.free is None:
        return Finding("disk", name, Light.AMBER, "读不出磁盘的剩余空间。", "请检查数据所在的磁盘是否还在。")
    words = f"数据所在磁盘还剩 {size_words(room.free)}。"
    if room.free < FULL:
        return Finding(
            "disk", name, Light.RED, words, "空间不够，投票中途可能存不下，不能开始投票。请先清理出至少 2 GB。"
        )
    if room.free < TIGHT:
        return Finding("disk", name, Light.AMBER, words, "建议清理到 2 GB 以上。")
    return Finding("disk", name, Light.GREEN, words)


def _clock(room: Room) -> Finding:
    name = "电脑时间"
    if room.behind > LEAP:
        words = f"电脑时间（{room.now}）比最后一条记录早 {span_words(room.behind)}，可能被拨慢过。"
        return Finding("clock", name, Light.RED, words, "请校准电脑时间，再重新打开窗口。")
    if room.leap:
        direction = "拨快" if room.leap > timedelta() else "拨慢"
        words = f"打开窗口以后，电脑时间被{direction}了 {span_words(room.leap)}。"
        return Finding("clock", name, Light.RED, words, "请校准电脑时间，再重新打开窗口。")
    if room.closed:
        words = f"电脑时间（{room.now}）已过这项表决的截止时间（{room.closed}）。"
        advice = "请与手机对一下。电脑时间走快了的，校准后重新打开窗口；没有错的，这项表决已经到时截止。"
        return Finding("clock", name, Light.AMBER, words, advice)
    if room.idle > IDLE:
        words = f"电脑时间（{room.now}）比最后一条记录（{room.last}）晚 {span_words(room.idle)}。"
        advice = "请与手机对一下。这段时间确实没有用过本软件的，可以继续；否则时间可能被拨快过，校准后重新打开窗口。"
        return Finding("clock", name, Light.AMBER, words, advice)
    return Finding("clock", name, Light.GREEN, f"现在是 {room.now}，请与手机对一下。")


def _medium(room: Room) -> Finding:
    name = "副本介质"
    if not room.medium:
        return Finding(
            "medium", name, Light.AMBER, "还没有设副本介质。", "建议插一个 U 盘，在设置里选定，每票另存一份。"
        )
    if room.fault or not room.medium_there:
        words = f"{room.medium} {room.fault or '没有插好，或已被拔出'}。"
        return Finding("medium", name, Light.RED, words, "请重新插好 U 盘；坏了就换一个，在设置里重新选定。")
    return Finding("medium", name, Light.GREEN, f"{room.medium} 正常。")


def _mains(plugged: bool) -> Finding:
    if plugged:
        return Finding("power", "电源", Light.GREEN, "已接通电源。")
    return Finding("power", "电源", Light.AMBER, "正在用电池。", "请接上电源，并关闭自动休眠。")
