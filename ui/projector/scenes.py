"""What the big screen can show: one frozen dataclass a scene. No private data, and before closing no choice, is in any of them."""

from dataclasses import dataclass

from ui.widgets.turnout_bar import Share

Code = tuple[tuple[bool, ...], ...]
"""A QR code as rows of modules, without its quiet zone."""


@dataclass(frozen=True)
class Title:
    """标题: what this gathering is."""

    body: str
    title: str
    note: str = ""


@dataclass(frozen=True)
class AgendaLine:
    """One item: words, planned time in words, and whether it is done, now or to come."""

    words: str
    time: str
    state: str  # done, now, later


@dataclass(frozen=True)
class Agenda:
    """议程."""

    body: str
    title: str
    lines: tuple[AgendaLine, ...]


@dataclass(frozen=True)
class Matter:
    """议题正文: what is put to discussion or to the vote."""

    body: str
    title: str
    number: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True)
class HowToVote:
    """如何投票: join the network (code of the Wi-Fi), scan one's own slip, choose and confirm.

    `genuine` is the sentence by which a voter tells this hall's slip and server from a stranger's.
    """

    body: str
    title: str
    network: str
    code: Code | None
    address: str
    legal: str
    genuine: str = ""


@dataclass(frozen=True)
class Voting:
    """投票中: turnout against the thresholds, never the choices. `remaining` is 距截止 14:05 or blank.

    The weightiest of `notes` comes first: where there is no room for all, the last are left out.
    """

    body: str
    title: str
    remaining: str
    shares: tuple[Share, ...]
    notes: tuple[str, ...]
    network: str = ""
    code: Code | None = None


@dataclass(frozen=True)
class Result:
    """结果: the fractions with their thresholds, the verdict word, the counts and the article of law."""

    body: str
    title: str
    verdict: str
    passed: bool | None
    shares: tuple[Share, ...]
    counts: str
    citation: str
    waiting: str = ""


@dataclass(frozen=True)
class Blank:
    """空白."""


Scene = Title | Agenda | Matter | HowToVote | Voting | Result | Blank

NAMES = {
    Title: "标题",
    Agenda: "议程",
    Matter: "议题正文",
    HowToVote: "如何投票",
    Voting: "投票中",
    Result: "结果",
    Blank: "空白",
}
