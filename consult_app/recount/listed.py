"""Recompute a result from the published list of ballots alone, as `consult verify` does: from its JSON file or its PDF.

It counts the printed lines and takes nothing else for granted: the sums of the lines, the declared sums, and the outcome by
the shares of the rule must all follow from them.
"""

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pypdfium2

from consult_app.recount.deciding import CHOICES, Sums, followed, nothing, reaches
from consult_app.recount.reading import Unreadable, hundredths
from consult_app.recount.recounting import Recount, square_metres

KIND, FORMAT = "逐票清单", 1
SHORT = {"同": "同意", "反": "反对", "弃": "弃权", "无": "填写无效"}
JOINT = {"不同意合计": CHOICES[1:], "参与合计": CHOICES}
"""Choices that share one area where some have too few votes to tell theirs (threat 28)."""
OPEN = ("意见征询", "待决定")
OPS = {"≥": ">=", "＞": ">", "＝": "="}

_NUMBER = r"(-?\d+\.\d\d)"
_LINE = re.compile(r"(?:^| )(无口令|\S{2}(?: \S{2}){1,2}) ([A-Z]) (同意|反对|弃权|填写无效|[同反弃无]+)(?= |$)")
_CLASS = re.compile(rf"([A-Z]) 档 {_NUMBER} 起不到 {_NUMBER} ㎡，每票按 {_NUMBER} ㎡，(\d+) 票")
_SUM = re.compile(
    rf"第(\d+)项 (同意|反对|弃权|填写无效|不同意合计|参与合计) (\d+) 票(?:，按档 {_NUMBER} ㎡，零头 {_NUMBER} ㎡，宣布 {_NUMBER} ㎡)?"
)
_GATE = re.compile(
    r"(人数和面积|人数)：参与(不限|[≥＞＝]\d+(?:/\d+)?)；同意(不限|[≥＞＝]\d+(?:/\d+)?)(?:，占(全体|参与))?"
)
_OUTCOME = re.compile(r"第(\d+)项(通过|未通过|待决定|意见征询)")


def verify(path: Path) -> Recount:
    """Recompute the list in a file; `Unreadable` when it is none, or lacks something."""
    told = read_list(path)
    try:
        return check(told)
    except (KeyError, ValueError, TypeError, AttributeError, IndexError) as wrong:
        raise Unreadable(f"文件内容不完整（{type(wrong).__name__}：{wrong}）") from wrong


def read_list(path: Path) -> Mapping[str, Any]:
    """The list in a JSON file or in the paper's PDF."""
    try:
        content = path.read_bytes()
    except OSError:
        raise Unreadable(f"打不开 {path.name}") from None
    if content.startswith(b"%PDF"):
        return from_text(_text_of(content))
    try:
        found = json.loads(content.decode("utf-8-sig"))
    except ValueError:
        raise Unreadable(f"{path.name} 既不是逐票清单的 PDF，也不是它的 JSON 文件") from None
    if not isinstance(found, dict) or found.get("kind") != KIND or found.get("format") != FORMAT:
        raise Unreadable(f"{path.name} 不是本程序公布的逐票清单")
    return found


def from_text(text: str) -> Mapping[str, Any]:
    """The list from the text of its paper, in the shape of the data file, so that whatever reads that one reads this."""
    joined = re.sub(r"\s*\n\s*", "", text)
    gate = _GATE.search(joined)
    eligible = re.search(rf"应参加：?\s*(\d+) 人(?:，{_NUMBER} ㎡)?", joined)
    counted = re.search(r"计入：?\s*(\d+) 票", joined)
    if not (gate and eligible and counted):
        raise Unreadable("PDF 中找不到逐票清单的合计和标准")
    sums = _SUM.findall(joined)
    lines = [_line(*found) for row in text.splitlines() for found in _LINE.findall(row.strip())]
    if len(lines) != int(counted[1]):
        raise Unreadable(f"PDF 写明计入 {counted[1]} 票，但只读出 {len(lines)} 行")
    present = re.search(r"到会：?\s*(\d+) 人", joined)
    silent = re.search(rf"(?<!不)从多：?\s*(\d+) 人(?:，{_NUMBER} ㎡)?", joined)
    alone = re.search(r"不从多：?\s*((?:第\d+项、?)+)", joined)
    return {
        "kind": KIND,
        "format": FORMAT,
        "rule": _gate(gate),
        "items": {item: "" for item, *_ in sums},
        "eligible": {"heads": int(eligible[1]), "area": eligible[2] or "0.00"},
        "present": int(present[1]) if present else None,
        "silent": {"heads": int(silent[1]), "area": silent[2] or "0.00"} if silent else {"heads": 0, "area": "0.00"},
        "unfollowed": re.findall(r"\d+", alone[1]) if alone else [],
        "classes": {label: {"low": low, "high": high, "value": value} for label, low, high, value, _ in _CLASS.findall(joined)},
        "lines": lines,
        "sums": [
            {"item": item, "choice": choice, "heads": int(heads), "rest": rest or None, "area": area or None}
            for item, choice, heads, _, rest, area in sums
        ],
        "outcomes": dict(_OUTCOME.findall(joined)),
    }  # fmt: skip


def check(told: Mapping[str, Any]) -> Recount:
    """Count the lines of a list, and hold sums and outcome against what was declared."""
    by_area = "area" in told["rule"]["measures"]
    codes = list(told["items"])
    found, differences = [f"逐票清单共 {len(told['lines'])} 票"], list(_twins(told))
    for place, code in enumerate(codes):
        sums = _sums(told, place, code)
        words = "、".join(f"{choice} {sums.heads[choice]}" for choice in CHOICES)
        found.append(f"第 {code} 项：{words}")
        differences += _against_declared(told, code, sums, by_area)
        mine, theirs = _outcome(told, code, sums, place), told["outcomes"].get(code, "（无）")
        unsaid = "" if mine or theirs in OPEN else "（同意的面积不公布，按面积档不能断定，请查阅计票表）"
        found.append(f"第 {code} 项：{mine or theirs}{unsaid}")
        if mine is not None and mine != theirs:
            differences.append(f"第 {code} 项结果：按清单为{mine}，宣布为{theirs}")
    if by_area:
        differences += _classes_fit(told, len(codes))
    return Recount(tuple(found), tuple(differences))


def _sums(told: Mapping[str, Any], place: int, code: str) -> Sums:
    """What the lines and the 零头 come to for one question."""
    sums = nothing()
    for _, weight, *chosen in told["lines"]:
        sums.heads[chosen[place]] += 1
        sums.area[chosen[place]] += hundredths(told["classes"][weight]["value"]) if told["classes"] else 0
    for each in told["sums"]:
        if each["item"] == code and each["rest"] is not None:
            sums.area[_members(each["choice"])[0]] += _signed(each["rest"])
    return sums


def _against_declared(told: Mapping[str, Any], code: str, sums: Sums, by_area: bool) -> Iterator[str]:
    declared = {each["choice"]: each for each in told["sums"] if each["item"] == code}
    for choice in (*CHOICES, *(joint for joint in JOINT if joint in declared)):
        each = declared.get(choice)
        if each is None:
            yield f"第 {code} 项{choice}：清单没有宣布的合计"
            continue
        heads, area = (sum(of[member] for member in _members(choice)) for of in (sums.heads, sums.area))
        if heads != each["heads"]:
            yield f"第 {code} 项{choice}：清单有 {heads} 票，宣布 {each['heads']} 票"
        if by_area and each["area"] is not None and area != hundredths(each["area"]):
            yield f"第 {code} 项{choice}：清单合计 {square_metres(area)} ㎡，宣布 {each['area']} ㎡"
    if by_area:
        with_area = [
            member for choice, each in declared.items() if each["area"] is not None for member in _members(choice)
        ]
        if sorted(with_area) != sorted(CHOICES):
            yield f"第 {code} 项：宣布的面积不齐全，或者重复"


def _members(choice: str) -> tuple[str, ...]:
    return JOINT.get(choice, (choice,))


def _outcome(told: Mapping[str, Any], code: str, sums: Sums, place: int) -> str | None:
    """通过 or 未通过 by the shares; None where nothing was to be decided yet, or the areas that are told do not decide it."""
    if told["outcomes"].get(code) in OPEN:
        return None
    ways = {_decided(told, code, each) for each in _possible(told, code, sums, place)}
    return ways.pop() if len(ways) == 1 else None


def _possible(told: Mapping[str, Any], code: str, sums: Sums, place: int) -> Iterator[Sums]:
    """The sums; where the area of 同意 is not told, with the least and the most it can be by the classes of its lines."""
    untold = [each for each in told["sums"] if each["item"] == code and each["choice"] == "参与合计"]
    if not untold:
        yield sums
        return
    whole = sum(sums.area.values())
    for end in ("low", "high"):
        agreed = sum(hundredths(told["classes"][line[1]][end]) for line in told["lines"] if line[2 + place] == "同意")
        yield Sums(sums.heads, {**nothing().area, "同意": min(agreed, whole), "反对": max(0, whole - agreed)})


def _decided(told: Mapping[str, Any], code: str, sums: Sums) -> str | None:
    rule, eligible = told["rule"], {**told["eligible"], "area": hundredths(told["eligible"]["area"])}
    silent = {**told["silent"], "area": hundredths(told["silent"]["area"])}
    if silent["heads"] and code not in told["unfollowed"]:
        joint = [each for each in told["sums"] if each["item"] == code and each["choice"] in JOINT]
        joined = None if joint else followed(rule, sums, silent)  # the majority is found among choices told one by one
        if joined is None:
            return None
        sums = joined
    return (
        "通过"
        if all(_reached(rule, sums, eligible, measure, told["present"]) for measure in rule["measures"])
        else "未通过"
    )


def _reached(
    rule: Mapping[str, Any], sums: Sums, eligible: Mapping[str, int], measure: str, present: int | None
) -> bool:
    part = present if present is not None and measure == "heads" else sum(sums.of(measure).values())
    taking, consent = rule["participation"], rule["approval"]
    if taking and not reaches(part, eligible[measure], taking):
        return False
    whole = eligible[measure] if consent and consent["base"] == "all" else part
    return not consent or reaches(sums.of(measure)["同意"], whole, consent)


def _twins(told: Mapping[str, Any]) -> Iterator[str]:
    words = Counter(line[0] for line in told["lines"] if line[0] != "无口令")
    for twice, times in words.items():
        if times > 1:
            yield f"口令「{twice}」有 {times} 行，每张选票只能有一行"


def _classes_fit(told: Mapping[str, Any], items: int) -> Iterator[str]:
    """Whether each 零头 can come from the classes: it is bounded by how far a ballot may lie from its class's value."""
    for each in told["sums"]:
        if each["rest"] is None:
            continue
        place, members = list(told["items"]).index(each["item"]), _members(each["choice"])
        weights = [told["classes"][line[1]] for line in told["lines"] if line[2 + place] in members]
        least = sum(hundredths(weight["low"]) - hundredths(weight["value"]) for weight in weights)
        most = sum(hundredths(weight["high"]) - hundredths(weight["value"]) for weight in weights)
        if not least <= _signed(each["rest"]) <= most:
            yield f"第 {each['item']} 项{each['choice']}：零头 {each['rest']} ㎡超出各档可能的范围"


def _line(words: str, weight: str, chosen: str) -> list[str]:
    whole = chosen in SHORT.values()
    return [words, weight, *([chosen] if whole else [SHORT[each] for each in chosen])]


def _gate(found: re.Match[str]) -> dict[str, Any]:
    measures = ["area", "heads"] if found[1] == "人数和面积" else ["heads"]
    consent = _share(found[3])
    return {
        "measures": measures,
        "participation": _share(found[2]),
        "approval": consent and {**consent, "base": "all" if found[4] == "全体" else "participating"},
    }


def _share(words: str) -> dict[str, str] | None:
    return None if words == "不限" else {"op": OPS[words[0]], "ratio": words[1:]}


def _signed(words: str) -> int:
    return -hundredths(words[1:]) if words.startswith("-") else hundredths(words)


def _text_of(content: bytes) -> str:
    try:
        paper = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError:
        raise Unreadable("PDF 打不开") from None
    return "\n".join(paper[page].get_textpage().get_text_range() for page in range(len(paper)))
