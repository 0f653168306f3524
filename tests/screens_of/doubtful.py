"""委托、疑难票、计票说明 of one vote on an estate with co-owned flats, and their dialogs."""

from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QWidget

from consult_app.documents.list_files import publish_list
from consult_app.recount.listed import verify
from consult_app.voting import actions, queries
from consult_app.voting.publishing import witness
from tests.consult_app.voting import estate
from tests.consult_app.voting.estate import ABSTAIN, AGAINST, FOR, Vote
from tests.fixtures import SECRETARY
from tests.screens import Shot, Stage
from ui.dialogs.doubtful import DecidePair, Nominate, RaiseDoubt, SettleDoubt
from ui.dialogs.proxy import PropertyStaff, RegisterProxy
from ui.pages.vote import exports

SCAN = ("授权委托书.pdf", b"%PDF-1.4\n%%EOF\n")


def _estate(stage: Stage, units: int) -> int:
    """Flats of one owner each, every seventh of two."""
    body = stage.body()
    lines = ["楼栋,单元,房号,建筑面积,业主姓名,身份证号,交付情况"]
    for n in range(units):
        owners = f"业主{n + 1:02d}" + (f"、共有人{n + 1:02d}" if n % 7 == 0 else "")
        lines.append(f"{n // 12 + 1},{n // 6 % 2 + 1},{n % 6 + 1}01,{80 + n % 40}.50,{owners},,已交付")
    estate.import_roll(stage.store, Path(stage.app.settings.data) / "shared.csv", body, lines)
    return body


def _give(stage: Stage, vote: Vote, principal: int, agent: int | str, relation: str = "") -> int:
    voters = stage.store.ask(queries.electors, vote.motion)
    chosen = voters[agent].id if isinstance(agent, int) else None
    name = voters[agent].label if isinstance(agent, int) else agent
    return stage.do(
        actions.register_proxy, vote.motion, voters[principal].id, agent=name, agent_elector_id=chosen,
        authority="就本次表决各项按委托人的意见投票", property_staff=False, relation=relation, document=SCAN,
    )  # fmt: skip


def _opened(stage: Stage, units: int = 42, **more: str) -> Vote:
    vote = estate.opened(stage.store, _estate(stage, units), "owners.ordinary", **more)
    for principal, agent, relation in (
        (2, 8, "其他业主"),
        (3, 8, "其他业主"),
        (9, "亲属甲", "子女"),
        (10, 8, "其他业主"),
    ):
        stage.clock.forward(seconds=90)
        last = _give(stage, vote, principal, agent, relation)
    stage.do(actions.revoke_proxy, last, "委托人本人到场")
    return vote


def _cast(stage: Stage, vote: Vote, most: int) -> Vote:
    for number in range(most):
        stage.clock.forward(seconds=11)
        vote.cast(number, (FOR, FOR, AGAINST, FOR, FOR, FOR, ABSTAIN)[number % 7])
    return vote


def _doubted(stage: Stage, most: int = 33) -> Vote:
    vote = _cast(stage, _opened(stage), most)
    for teller in ("计票人甲", "计票人乙"):
        vote.paper(0, AGAINST, teller)
        vote.paper(34, {}, teller)
    voters = stage.store.ask(queries.electors, vote.motion)
    stage.do(actions.raise_doubt, vote.motion, voters[5].id, "not_voter", "监票人核对时，业主说本人没有投过票")
    stage.do(actions.raise_doubt, vote.motion, voters[11].id, "unsigned", "签名栏空白")
    return vote


def proxies(stage: Stage) -> QWidget:
    window = stage.window("vote", id=_opened(stage).motion)
    window.page().parts.turn("委托")  # type: ignore[attr-defined]
    return window


def no_proxies(stage: Stage) -> QWidget:
    vote = estate.opened(stage.store, _estate(stage, 12))
    window = stage.window("vote", id=vote.motion)
    window.page().parts.turn("委托")  # type: ignore[attr-defined]
    return window


def cases_open(stage: Stage) -> QWidget:
    window = stage.window("vote", id=_doubted(stage).motion)
    window.page().parts.turn("疑难票")  # type: ignore[attr-defined]
    return window


def cases_closed(stage: Stage) -> QWidget:
    vote = _doubted(stage, 27)
    vote.close()
    found = stage.store.ask(queries.doubtful_ballots, vote.motion)
    unsigned = next(case for case in found if "签名栏" in case.facts)
    stage.do(actions.settle_doubt, unsigned.id, "counted", "本人当场补充说明并确认", "监票人甲", "监票人乙")
    window = stage.window("vote", id=vote.motion)
    window.page().parts.turn("疑难票")  # type: ignore[attr-defined]
    return window


def no_cases(stage: Stage) -> QWidget:
    window = stage.window("vote", id=_opened(stage).motion)
    window.page().parts.turn("疑难票")  # type: ignore[attr-defined]
    return window


def page_closed(stage: Stage) -> QWidget:
    vote = _doubted(stage)
    vote.close()
    return stage.window("vote", id=vote.motion)


def explained(stage: Stage) -> QWidget:
    vote = _doubted(stage, 27)
    vote.close()
    window = stage.window("vote", id=vote.motion)
    window.page().parts.turn("计票说明")  # type: ignore[attr-defined]
    return window


def _declared(stage: Stage) -> Vote:
    vote = _opened(stage)
    for number in range(8):
        vote.cast(number)
    vote.close()
    vote.declare()
    return vote


def list_sheet(stage: Stage, *, published: bool) -> QWidget:
    """A list that somebody brings: the published one, which was made with other data as well, or one that never was."""
    vote = _declared(stage)
    stage.do(actions.record_list, vote.motion, "0A1B2C3D", data=b"another", paper=b"", files=["逐票清单.json"])
    content = dict(publish_list(stage.store, SECRETARY, vote.motion))["逐票清单.json"]
    path = Path(stage.app.settings.data) / "收到的清单.json"
    path.write_bytes(content if published else content + b"\n")
    return exports.show_list(verify(path), stage.store.ask(witness, path.read_bytes()), path)


def declared(stage: Stage) -> QWidget:
    """Where the list of ballots is published from."""
    vote = _declared(stage)
    window = stage.window("vote", id=vote.motion)
    window.page().parts.turn("计票说明")  # type: ignore[attr-defined]
    return window


def explained_voter(stage: Stage) -> QWidget:
    window = explained(stage)
    page = window.page().explained  # type: ignore[attr-defined]
    page.table.selectRow(0)
    return window


def _motion(stage: Stage, vote: Vote) -> queries.MotionFacts:
    return stage.store.ask(queries.motion, vote.motion)


def register_sheet(stage: Stage) -> QWidget:
    vote = _opened(stage)
    sheet = RegisterProxy(stage.desk, _motion(stage, vote))
    sheet.agent.setText(next(words for words, line in sheet.lines.items() if "业主09" in line.label))
    return sheet


def staff_sheet(stage: Stage) -> QWidget:
    vote = _opened(stage)
    motion = _motion(stage, vote)
    return PropertyStaff(stage.desk, motion)


def _case(stage: Stage, vote: Vote, words: str) -> queries.Case:
    return next(case for case in stage.store.ask(queries.doubtful_ballots, vote.motion) if words in case.facts)


def raise_sheet(stage: Stage) -> QWidget:
    return RaiseDoubt(stage.desk, _motion(stage, _doubted(stage)))


def settle_sheet(stage: Stage) -> QWidget:
    vote = _doubted(stage)
    return SettleDoubt(stage.desk, _motion(stage, vote), _case(stage, vote, "签名栏"))


def split_sheet(stage: Stage) -> QWidget:
    vote = _doubted(stage)
    voter = stage.store.ask(queries.electors, vote.motion)[15]
    stage.do(actions.raise_doubt, vote.motion, voter.id, "split_owner", "两套房屋交来的票意见不同")
    sheet = SettleDoubt(stage.desk, _motion(stage, vote), _case(stage, vote, "两套房屋交来"))
    sheet.form.fill(outcome="restated")
    return sheet


def pair_sheet(stage: Stage) -> QWidget:
    vote = _doubted(stage)
    voter = stage.store.ask(queries.electors, vote.motion)[0]
    stage.do(actions.nominate, vote.motion, voter.id, voter.names[1], ("推选书.pdf", SCAN[1]))
    return DecidePair(stage.desk, _case(stage, vote, "共有人"))


def nominate_sheet(stage: Stage) -> QWidget:
    vote = _doubted(stage)
    return Nominate(stage.desk, _motion(stage, vote), _case(stage, vote, "共有人"))


SHOTS = (
    Shot("vote-proxies", proxies),
    Shot("vote-proxies-none", no_proxies),
    Shot("vote-cases-open", cases_open),
    Shot("vote-cases-closed", cases_closed),
    Shot("vote-cases-none", no_cases),
    Shot("vote-part-closed", page_closed),
    Shot("vote-explained", explained),
    Shot("vote-explained-voter", explained_voter),
    Shot("vote-explained-declared", declared),
    Shot("vote-sheet-list-known", partial(list_sheet, published=True)),
    Shot("vote-sheet-list-unknown", partial(list_sheet, published=False)),
    Shot("vote-sheet-proxy", register_sheet),
    Shot("vote-sheet-staff", staff_sheet),
    Shot("vote-sheet-doubt", raise_sheet),
    Shot("vote-sheet-settle", settle_sheet),
    Shot("vote-sheet-split", split_sheet),
    Shot("vote-sheet-pair", pair_sheet),
    Shot("vote-sheet-nominate", nominate_sheet),
)
