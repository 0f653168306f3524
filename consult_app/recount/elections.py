"""Count an exported election anew from the tellers' sheets: who is elected, by the rule that was exported with it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from consult_app.recount.deciding import reaches
from consult_app.recount.reading import Line, hundredths, number, table

SHEETS = "sheets.csv"


@dataclass(frozen=True)
class Votes:
    """What stands behind a name: papers (or owners), and area in 0.01 m²."""

    heads: int
    area: int


@dataclass(frozen=True)
class Counted:
    """One teller's sheet."""

    registered: Votes
    voters: Votes
    collected: int
    invalid: int
    names: tuple[tuple[str, Votes], ...]


@dataclass(frozen=True)
class Outcome:
    """What the second count makes of the sheets: the code, the elected in order of votes, those who tie, and alternates."""

    code: str
    elected: tuple[str, ...] = ()
    tied: tuple[str, ...] = ()
    alternates: tuple[str, ...] = ()


def recount_election(folder: Path, motion: Mapping[str, Any]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What was found, and each difference from the exported result."""
    sheets = _sheets(table(folder / SHEETS))
    shared = _shared(sheets)
    if shared is None:
        return (), ("没有两名计票人一致的计票单",)
    told = motion["result"]
    differences = list(_figures(shared, told))
    mine = decide(motion["rule"], motion["seats"], shared)
    theirs = told["verdict"]
    if mine.code != theirs["code"]:
        differences.append(f"结论：重新计票为 {mine.code}，原结果为 {theirs['code']}")
    for words, ours, given in (
        ("当选", mine.elected, theirs.get("elected", ())),
        ("票数相同", mine.tied, theirs.get("tied", ())),
        ("候补", mine.alternates, theirs.get("alternates", ())),
    ):
        if sorted(ours) != sorted(given):
            differences.append(f"{words}：重新计票为 {'、'.join(ours) or '无'}，原结果为 {'、'.join(given) or '无'}")
    found = [
        f"登记 {shared.registered.heads}，参加投票 {shared.voters.heads}，收回 {shared.collected}，废票 {shared.invalid}"
    ]
    found += [f"{name}：{votes.heads} 票" for name, votes in shared.names]
    found.append(
        f"当选：{'、'.join(mine.elected) or '无'}" if motion["rule"]["kind"] != "recall" else f"罢免：{mine.code}"
    )
    return tuple(found), tuple(differences)


def decide(rule: Mapping[str, Any], seats: int, sheet: Counted) -> Outcome:
    """Who is elected by a sheet, by the shares of an exported rule."""
    if sheet.collected > sheet.voters.heads:
        return Outcome("MORE_BALLOTS_THAN_VOTERS")
    area = rule["kind"] == "owners_election"
    gate = rule["participation"]
    if gate and area and not reaches(sheet.voters.area, sheet.registered.area, gate):
        return Outcome("PARTICIPATION_AREA_NOT_MET")
    if gate and not reaches(sheet.voters.heads, sheet.registered.heads, gate):
        return Outcome("PARTICIPATION_HEADS_NOT_MET" if area else "TURNOUT_NOT_MET")
    whole = sheet.collected if rule["kind"] == "runoff" else sheet.voters.heads
    asked = rule["approval"]
    reached = [
        (votes.heads, votes.area if area else 0, name)
        for name, votes in sheet.names
        if reaches(votes.heads, whole, asked) and (not area or reaches(votes.area, sheet.voters.area, asked))
    ]
    if rule["kind"] == "recall":
        return Outcome("PASSED" if reached else "APPROVAL_NOT_MET")
    return _seated(sorted(reached, reverse=True), seats, str(rule["kind"]))


def _seated(reached: list[tuple[int, int, str]], seats: int, kind: str) -> Outcome:
    names = [name for _, _, name in reached]
    if len(reached) < seats:
        short = {"runoff": "SEAT_VACANT", "owners_election": "SEATS_NOT_FILLED"}.get(kind, "RUNOFF_REQUIRED")
        return Outcome(short, tuple(names))
    inside, outside = reached[:seats], reached[seats:]
    if outside and outside[0][:2] == inside[-1][:2]:
        level = outside[0][:2]
        above = tuple(name for *votes, name in reached if tuple(votes) > level)
        return Outcome("TIE_REVOTE", above, tuple(name for *votes, name in reached if tuple(votes) == level))
    return Outcome("PASSED", tuple(names[:seats]), (), tuple(names[seats:]))


def _sheets(lines: Iterable[Line]) -> tuple[Counted, ...]:
    """Each teller's sheet, the newest last."""
    by_teller: dict[str, list[Line]] = {}
    for line in lines:
        by_teller.setdefault(line["计票人"], []).append(line)
    return tuple(_counted(of_teller) for of_teller in by_teller.values())


def _counted(lines: list[Line]) -> Counted:
    first = lines[0]
    return Counted(
        Votes(number(first["登记"]), hundredths(first["登记面积"])),
        Votes(number(first["参加投票"]), hundredths(first["参加投票面积"])),
        number(first["收回选票"]),
        number(first["废票"]),
        tuple((line["姓名"], Votes(number(line["得票"]), hundredths(line["得票面积"]))) for line in lines),
    )


def _shared(sheets: tuple[Counted, ...]) -> Counted | None:
    """The newest sheet, if another says the same."""
    return sheets[-1] if sheets and sheets[-1] in sheets[:-1] else None


def _figures(sheet: Counted, told: Mapping[str, Any]) -> Iterable[str]:
    pairs = [
        ("登记", sheet.registered, told["eligible"]),
        ("参加投票", sheet.voters, told["participating"]),
        *((f"{name}得票", votes, told["votes"].get(name)) for name, votes in sheet.names),
    ]
    for words, mine, theirs in pairs:
        if theirs is None:
            yield f"{words}：原结果没有"
        elif (mine.heads, mine.area) != (theirs["heads"], hundredths(theirs["area"])):
            yield f"{words}：计票单为 {mine.heads}，原结果为 {theirs['heads']}"
    for words, figure, given in (
        ("收回选票", sheet.collected, told["collected"]),
        ("废票", sheet.invalid, told["invalid"]),
    ):
        if figure != given:
            yield f"{words}：计票单为 {figure}，原结果为 {given}"
    missing = set(told["votes"]) - {name for name, _ in sheet.names}
    if missing:
        yield f"计票单没有{'、'.join(sorted(missing))}"
