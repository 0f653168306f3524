"""用示例数据试一试: a practice folder beside the real one, made by playing the sample story up to the vote."""

from datetime import datetime
from pathlib import Path

from consult_app.settings import Settings
from consult_app.settings import settings as settings_of

_MARK = "practice"


def is_practice(settings: Settings) -> bool:
    """Whether these are practice data."""
    return (settings.data / _MARK).exists()


def folder(settings: Settings) -> Path:
    """The practice folder that stands beside a data folder."""
    return settings.data.with_name(f"{settings.data.name}-practice")


def prepare(settings: Settings, now: datetime) -> Settings:
    """The settings of the practice data; played anew when there are none. Takes some seconds."""
    found = settings_of(folder(settings) / "data")
    if not is_practice(found):
        from consult_app.demo.player import Stage, play

        play(folder(settings), Stage.VOTING, None, now)
        (found.data / _MARK).touch()
    return found
