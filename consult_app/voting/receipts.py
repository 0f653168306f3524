"""What a voter is told once a vote is stored. Pure."""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from consult_app.kernel.text import CHINA, clock_words, moment_words
from consult_app.voting.choices import CHANNEL_WORDS, Channel


@dataclass(frozen=True)
class Receipt:
    """回执: that a vote was stored, when, by which slip and channel; never what was chosen.

    `codes` are the slip's return codes of what was stored, one a question: they tell the choice to whoever holds the slip.
    `passphrase` is the slip's two words (查票口令), by which the voter finds the ballot on the published list.
    """

    serial: str
    at: datetime
    channel: Channel
    repeated: bool = False
    motion_id: int = 0
    codes: tuple[str, ...] = ()
    passphrase: str = ""

    @property
    def time(self) -> str:
        """`15:42`, in China's time."""
        return clock_words(self.at)

    @property
    def seconds(self) -> str:
        """`15:42:07`, in China's time."""
        return _seconds(self.at)

    @property
    def words(self) -> str:
        """`2026年11月22日 15:42，手机`: when and by which channel."""
        return f"{moment_words(self.at)}，{CHANNEL_WORDS[self.channel]}"


@lru_cache(maxsize=16)
def _seconds(at: datetime) -> str:
    """Kept for a moment: votes that are stored together share their instant."""
    return at.astimezone(CHINA).strftime("%H:%M:%S")
