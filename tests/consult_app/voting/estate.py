"""A made-up estate and village small enough to count by hand, and motions on them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from consult_app.bodies import queries as bodies
from consult_app.proposals.actions import register
from consult_app.rolls.actions import accept_import, roll_kind
from consult_app.rolls.extract import extract
from consult_app.rolls.plan import plan
from consult_app.rolls.workbook import read
from consult_app.storage.store import Actor, Store
from consult_app.voting import actions, queries
from consult_app.voting.actions import IssuedSlip

SECRETARY = Actor("社区书记")
PHONE = Actor("手机投票", "voter")
BASE = "http://192.168.31.20:8080"
DAY = date(2026, 11, 22)
FOR, AGAINST, ABSTAIN = {"1": "for"}, {"1": "against"}, {"1": "abstain"}


def owners_roll(store: Store, folder: Path, body: int, units: int = 9) -> None:
    """A roll of `units` flats, 80.00, 81.00, ... m², each with an owner of its own, three to a building."""
    lines = ["楼栋,单元,房号,建筑面积,业主姓名,身份证号,交付情况"]
    for n in range(units):
        lines.append(f"{n // 3 + 1},1,{n % 3 + 1}01,{80 + n}.00,业主{n + 1:02d},,已交付")
    import_roll(store, folder / "owners.csv", body, lines)


def village_roll(store: Store, folder: Path, body: int, reps: int = 6) -> None:
    """A roll of adults, each of an own household, all of them representatives."""
    lines = ["姓名,户号,性别,出生日期,与户主关系,村民小组,村民代表"]
    for n in range(reps):
        lines.append(f"村民{n + 1:02d},{n + 1:03d},男,1980-01-{n + 1:02d},户主,一组,是")
    import_roll(store, folder / "village.csv", body, lines)


def matter(store: Store, body: int, title: str = "加装电梯资金筹集方案") -> int:
    """A registered matter of a body."""
    venue = store.ask(bodies.venues, body)[0].id
    return store.do(
        SECRETARY, register, body, title=title, source="resident", proposer="业主01", taken_down=False,
        affected_range="全体业主", wish="请大家商量", venue_id=venue,
    )  # fmt: skip


@dataclass
class Vote:
    """A motion and its printed slips."""

    store: Store
    body: int
    motion: int
    slips: tuple[IssuedSlip, ...]

    def cast(self, number: int, choices: dict[str, str] = FOR, key: str = "") -> Any:
        """Vote by phone with the slip of that place in the roll."""
        return self.store.do(PHONE, actions.cast_ballot, self.slips[number].token, choices, key or f"form-{number}")

    def paper(self, number: int, choices: dict[str, str], teller: str) -> Any:
        """Enter a paper ballot."""
        code = self.slips[number].human_code
        return self.store.do(SECRETARY, actions.enter_paper, self.motion, code, choices, teller)

    def close(self) -> None:
        """Close by two people."""
        self.store.do(SECRETARY, actions.close_vote, self.motion, "监票人甲", "监票人乙")

    def declare(self) -> None:
        """Write the slips still out off as missing, and declare."""
        live = self.store.ask(queries.books, self.motion).live
        self.store.do(SECRETARY, actions.declare, self.motion, live)


def draft(
    store: Store, body: int, rule: str = "owners.ordinary", items: Sequence[str] = ("同意筹集资金。",), **more: Any
) -> int:
    """A drafted motion that closes in three hours unless told otherwise."""
    more.setdefault("legal_mode", "binding")
    more.setdefault("closes_at", store.now() + timedelta(hours=3))
    return store.do(
        SECRETARY, actions.draft_motion, matter(store, body), title="加装电梯资金筹集方案", items=items, rule_id=rule,
        on=DAY, **more,
    )  # fmt: skip


def issued(store: Store, body: int, rule: str = "owners.ordinary", **more: Any) -> Vote:
    """A motion whose slips are printed."""
    motion = draft(store, body, rule, **more)
    store.do(SECRETARY, actions.freeze, motion)
    return Vote(store, body, motion, store.do(SECRETARY, actions.issue_slips, motion, BASE))


def opened(store: Store, body: int, rule: str = "owners.ordinary", **more: Any) -> Vote:
    """A motion that is open for votes."""
    vote = issued(store, body, rule, **more)
    store.do(SECRETARY, actions.open_vote, vote.motion)
    return vote


def import_roll(store: Store, path: Path, body: int, lines: list[str]) -> None:
    """Accept a file of these lines as the body's roll."""
    path.write_text("\n".join(lines), "utf-8")
    kind = roll_kind(store.ask(bodies.body, body).kind)
    store.do(SECRETARY, accept_import, body, extract(plan(read(path), kind)), DAY)
