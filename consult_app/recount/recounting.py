"""Count an exported vote anew and say where the count differs from the result that was exported with it."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from consult_app.recount import voters
from consult_app.recount.deciding import CHOICES, Sums, decide, followed, nothing
from consult_app.recount.elections import recount_election
from consult_app.recount.reading import Exported, Line, exported, hundredths, motion_of, number
from consult_app.recount.voters import Voter

MAJORITY_SPLIT = "NEEDS_REVIEW_MAJORITY_SPLIT"

CHOICE_KEYS = {"同意": "for", "反对": "against", "弃权": "abstain", "填写无效": "invalid"}


@dataclass(frozen=True)
class Recount:
    """What a second count found: its own numbers in sentences, and each difference; none means that both agree."""

    found: tuple[str, ...]
    differences: tuple[str, ...]

    @property
    def agrees(self) -> bool:
        return not self.differences


def recount(folder: Path) -> Recount:
    """Count the exported vote in a folder anew; `Unreadable` when it is not one."""
    told = motion_of(folder)
    if told.get("seats"):
        return Recount(*recount_election(folder, told))
    vote = exported(folder)
    rule = vote.motion["rule"]
    by_area = "area" in rule["measures"]
    heads = voters.formed(vote)
    differences = list(_roll_differences(heads))
    eligible = {"heads": len(heads), "area": sum(voter.area for voter in heads)}
    result = vote.motion["result"]
    differences += _weights("应参加表决", eligible, result["eligible"], by_area)
    found = [f"应参加表决 {eligible['heads']}" + (f"，{square_metres(eligible['area'])} ㎡" if by_area else "")]
    sums = _by_hands(vote, differences) if vote.motion["by_hands"] else _by_ballots(vote, heads, by_area, differences)
    for item, of_item in zip(vote.motion["items"], sums, strict=True):
        words = "、".join(f"{choice} {of_item.heads[choice]}" for choice in CHOICES)
        found.append(f"第 {item['code']} 项：{words}")
        differences += _choices(item["code"], of_item, result["choices"][item["code"]], by_area)
        differences += _verdict(vote.motion, item["code"], of_item, eligible, _silent(vote, heads), found)
    return Recount(tuple(found), tuple(differences))


def square_metres(area: int) -> str:
    """`756.00`."""
    return f"{area // 100}.{area % 100:02d}"


def _roll_differences(heads: Iterable[Voter]) -> Iterable[str]:
    """Heads that the program parted or joined otherwise."""
    seen: set[str] = set()
    for voter in heads:
        names = "、".join(sorted(voter.names))
        if len(voter.keys) > 1:
            yield f"「{names}」应按一人计算，原结果计为 {len(voter.keys)} 人"
        for key in voter.keys:
            if key in seen:
                yield f"「{names}」不应与其他业主合并为一人"
            seen.add(key)


def _by_ballots(vote: Exported, heads: Iterable[Voter], by_area: bool, differences: list[str]) -> list[Sums]:
    weight = {key: voter for voter in heads for key in voter.keys}
    counted = [ballot for ballot in vote.ballots if ballot["是否计入"] == "是"]
    for key, times in Counter(ballot["票权编号"] for ballot in counted if ballot["票权编号"]).items():
        if times > 1:
            differences.append(f"票权编号 {key} 有 {times} 张票计入，每人只能计一张")
    if not vote.motion["secret"]:
        differences += _strangers(counted, weight, by_area)
    sums = [nothing() for _ in vote.motion["items"]]
    for ballot in counted:
        voter = weight.get(ballot["票权编号"])
        area = voter.area if voter and by_area else 0
        for item, of_item in zip(vote.motion["items"], sums, strict=True):
            choice = ballot[f"第{item['code']}项"]
            of_item.heads[choice] += 1
            of_item.area[choice] += area
    _add_papers(vote, sums, differences)
    return sums


def _add_papers(vote: Exported, sums: list[Sums], differences: list[str]) -> None:
    """Add the count of a secret vote's papers that two tellers share; without one, none of them counts."""
    if not vote.papers:
        return
    shared = _shared(vote, vote.papers, ("张数", *CHOICES))
    if not shared:
        differences.append("无记名纸质选票没有两名计票人一致的计数")
        return
    for (papers, *counts), of_item in zip(shared, sums, strict=True):
        if sum(map(number, counts)) != number(papers):
            differences.append(f"无记名纸质选票各项合计与 {papers} 张不符")
        for choice, count in zip(CHOICES, counts, strict=True):
            of_item.heads[choice] += number(count)


def _strangers(counted: Iterable[Line], weight: Mapping[str, Voter], by_area: bool) -> Iterable[str]:
    for ballot in counted:
        voter = weight.get(ballot["票权编号"])
        if voter is None:
            yield f"有一张计入的票，票权编号「{ballot['票权编号']}」不在票权清册中"
        elif by_area and hundredths(ballot["面积"]) != voter.area:
            yield f"票权编号 {ballot['票权编号']} 的票按 {ballot['面积']} ㎡计入，应为 {square_metres(voter.area)} ㎡"
        if number(ballot["人数"]) != 1:
            yield f"票权编号「{ballot['票权编号']}」的一张票按 {ballot['人数']} 人计入，应为 1 人"


def _by_hands(vote: Exported, differences: list[str]) -> list[Sums]:
    """The count of hands that two tellers share; without one, nothing counts."""
    sums = [nothing() for _ in vote.motion["items"]]
    shared = _shared(vote, vote.hands, ("到会", *CHOICES[:3]))
    if not shared:
        differences.append("举手计数没有两名计票人一致的记录")
        return sums
    for (_, *counts), of_item in zip(shared, sums, strict=True):
        for choice, count in zip(CHOICES[:3], counts, strict=True):
            of_item.heads[choice] = number(count)
    return sums


def _shared(vote: Exported, lines: Iterable[Line], names: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """The figures of each question on which two tellers agree; empty when no two do."""
    by_teller: dict[str, dict[str, Line]] = defaultdict(dict)
    for line in lines:
        by_teller[line["计票人"]][line["事项"]] = line
    codes = [item["code"] for item in vote.motion["items"]]
    read = [tuple(tuple(sheet[code][name] for name in names) for code in codes) for sheet in by_teller.values()]
    return next((counts for counts, times in Counter(read).items() if times > 1), ())


def _choices(code: str, sums: Sums, told: Mapping[str, Any], by_area: bool) -> Iterable[str]:
    for choice in CHOICES:
        mine = {"heads": sums.heads[choice], "area": sums.area[choice]}
        yield from _weights(f"第 {code} 项{choice}", mine, told[CHOICE_KEYS[choice]], by_area)


def _weights(what: str, mine: Mapping[str, int], told: Mapping[str, Any], by_area: bool) -> Iterable[str]:
    if mine["heads"] != told["heads"]:
        yield f"{what}：重新计票 {mine['heads']} 人，原结果 {told['heads']} 人"
    if by_area and mine["area"] != hundredths(told["area"]):
        yield f"{what}：重新计票 {square_metres(mine['area'])} ㎡，原结果 {told['area']} ㎡"


def _silent(vote: Exported, heads: Iterable[Voter]) -> dict[str, int]:
    """Heads and area of those who follow the majority by silence, where the procedure rules say so."""
    keys = set(vote.motion["unreturned"]) if vote.motion["follow_clause"] else set()
    voted = {ballot["票权编号"] for ballot in vote.ballots}
    silent = [voter for voter in heads if voter.keys & keys and not voter.keys & voted]
    return {"heads": len(silent), "area": sum(voter.area for voter in silent)}


def _verdict(
    motion: Mapping[str, Any],
    code: str,
    sums: Sums,
    eligible: Mapping[str, int],
    silent: Mapping[str, int],
    found: list[str],
) -> Iterable[str]:
    told = motion["result"]["verdict"]
    if motion["legal_mode"] == "survey":
        return () if told is None else (f"第 {code} 项：意见征询不应有表决结论",)
    follows = silent["heads"] and code not in motion.get("unfollowed", ())
    joined = followed(motion["rule"], sums, silent) if follows else sums
    mine = decide(motion["rule"], joined, eligible, motion["present"]) if joined else MAJORITY_SPLIT
    if waits := motion.get("open"):  # people decide first; neither count knows more
        mine = waits
    found.append(f"第 {code} 项：{_outcome(mine)}")
    theirs = told["items"][code]["code"] if told else "（无）"
    return () if mine == theirs else (f"第 {code} 项结论：重新计票为 {mine}，原结果为 {theirs}",)


def _outcome(code: str) -> str:
    return "通过" if code == "PASSED" else "待决定" if code.startswith("NEEDS_REVIEW") else "未通过"
