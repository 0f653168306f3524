"""Where the data live and how the program was started. Frozen; handed in, never global."""

from dataclasses import dataclass
from pathlib import Path

import platformdirs


@dataclass(frozen=True)
class Settings:
    """One start of the program.

    `data` is the data folder; `database` an SQLAlchemy URL, by default one SQLite file in that folder; `community` the
    code of one of a town's communities in a PostgreSQL database, empty where the database holds but one.
    """

    data: Path
    database: str
    community: str = ""

    @property
    def is_sqlite(self) -> bool:
        """Whether the data live in one SQLite file."""
        return self.database.startswith("sqlite")

    @property
    def schema(self) -> str:
        """The PostgreSQL schema the community lives in."""
        return f"c_{self.community.lower()}" if self.community else "public"

    @property
    def database_file(self) -> Path:
        """The SQLite file (meaningless for another database)."""
        return self.data / "consult.db"

    @property
    def backups(self) -> Path:
        """Where copies of the database file go."""
        return self.data / "backups"

    @property
    def exports(self) -> Path:
        """Where documents are written unless the user chooses another folder."""
        return self.data / "exports"


def settings(data: Path | str | None = None, database: str | None = None, community: str = "") -> Settings:
    """Settings for a data folder (the user's own by default), a database (its SQLite file by default) and a community."""
    folder = Path(data) if data else Path(platformdirs.user_data_dir("consult", appauthor=False))
    folder = folder.expanduser().absolute()
    return Settings(folder, database or f"sqlite:///{folder / 'consult.db'}", community)
