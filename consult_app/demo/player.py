"""Play the story up to a stage and leave its data and papers in a folder."""

import csv
from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path
from tempfile import TemporaryDirectory

from consult_app.app import open_app, system_tokens
from consult_app.archive import bundle
from consult_app.demo.clock import StoryClock, at
from consult_app.demo.made_up import write_roll
from consult_app.demo.script import SECRETARY
from consult_app.demo.story import Story
from consult_app.demo.turnout import hold_vote
from consult_app.documents import queries as documents
from consult_app.documents.vote_slips import vote_slips
from consult_app.kernel import resources
from consult_app.kernel.errors import Refused, reason_of
from consult_app.kernel.text import legal_day
from consult_app.settings import settings
from consult_app.storage.store import TokenSource
from consult_app.voting import queries as voting
from consult_app.voting.issuing import IssuedSlip
from consult_app.web.address import lan_addresses, url_of
from consult_app.web.server import shortest_port


class Stage(StrEnum):
    """How far the story is played."""

    VOTING = "voting"
    CLOSED = "closed"
    FILED = "filed"


LENGTHS = {Stage.VOTING: 19, Stage.CLOSED: 30, Stage.FILED: 80}
"""Days before now at which the story begins: long enough for every legal wait, whatever holidays lie in between.

At `voting` the vote has opened the day before, so that the real clock finds it open.
"""


class FolderTaken(Refused):
    """The folder holds data already."""

    text = "「{path}」里已经有数据，没有覆盖。请换一个空的文件夹。"


class CannotWrite(Refused):
    """The folder cannot be written."""

    text = "写不到「{path}」：{reason}。"


@dataclass(frozen=True)
class Played:
    """What a played story left: the data folder, the numbers of its parts, and its files by name (None: not yet)."""

    data: Path
    body: int
    proposal: int
    meeting: int
    motion: int
    files: dict[str, Path | None]


def play(
    out: Path,
    stage: Stage,
    voters: int | None,
    now: datetime,
    tokens: TokenSource = system_tokens,
    base_url: str = "",
) -> Played:
    """Play the story so that it ends at `now` at the latest; on the sample roll, or on one of `voters` made-up voters.

    The slips lead to `base_url`, by default this computer's own address at the port that a server takes by itself.
    Refused: `FolderTaken`, `CannotWrite`.
    """
    data = out / "data"
    try:
        if data.exists() and any(data.iterdir()):
            raise FolderTaken(path=data)
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CannotWrite(path=out, reason=reason_of(error)) from error
    clock = StoryClock(at(legal_day(now) - timedelta(days=LENGTHS[stage]), 9))
    app = open_app(settings(data), clock, tokens)
    try:
        story = Story(app.store, clock)
        _play(story, stage, voters, base_url or url_of(next(iter(lan_addresses()), "127.0.0.1"), shortest_port()))
        files = _leave(story, out, stage)
    finally:
        app.close()
    return Played(data, story.body, story.proposal, story.meeting, story.motion, files)


def _play(story: Story, stage: Stage, voters: int | None, base_url: str) -> None:
    with TemporaryDirectory() as folder:
        story.found(_roll(Path(folder), voters))
    story.propose()
    story.screen()
    story.deliberate()
    story.open_vote(base_url)
    if stage is Stage.VOTING:
        return
    hold_vote(story)
    story.decide()
    if stage is Stage.FILED:
        story.implement()
        story.review()


def _roll(folder: Path, voters: int | None) -> Path:
    if voters is None:
        return resources.path("samples", "owners-small.xlsx")
    made = folder / "练习名册.xlsx"
    write_roll(made, voters)
    return made


def _leave(story: Story, out: Path, stage: Stage) -> dict[str, Path | None]:
    """Write the papers beside the data."""
    motion = story.store.ask(voting.motion, story.motion)
    files: dict[str, Path | None] = {"slips": out / "slips.pdf", "notice": None, "result": None, "minutes": None}
    (out / "slips.pdf").write_bytes(vote_slips(motion, story.slips))
    for name in ("notice", "result", "minutes"):
        if name in story.papers:
            files[name] = out / f"{name}.pdf"
            (out / f"{name}.pdf").write_bytes(story.store.ask(documents.pdf, story.papers[name].id))
    files["links"] = _write_links(out / "links.csv", story.slips) if stage is Stage.VOTING else None
    files["bundle"] = None
    if stage is Stage.FILED:
        files["bundle"] = bundle.write(story.store, SECRETARY, story.proposal, out / "bundle.zip").path
    return files


def _write_links(path: Path, slips: tuple[IssuedSlip, ...]) -> Path:
    """One line for every slip: its voter, and the path of its address on the vote server."""
    labels = Counter(slip.label for slip in slips)
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(("voter", "path"))
        for slip in slips:
            voter = slip.label if labels[slip.label] == 1 else f"{slip.label}（{slip.room}）"
            writer.writerow((voter, f"/{slip.token}"))
    return path
