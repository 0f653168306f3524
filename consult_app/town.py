"""A town's communities in one PostgreSQL database: each in a schema of its own, so that none can see another's rows.

No query knows of it; what a community asks and writes is said within its schema (`storage.postgres`). The directory of
communities is the one table they share.
"""

import re
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Column, MetaData, String, Table, Text, insert, or_, select
from sqlalchemy.schema import CreateSchema

from consult_app import schema
from consult_app.app import OneFileOneCommunity, UnknownCommunity, reach, system_clock, system_tokens
from consult_app.audit import chain
from consult_app.kernel.errors import Refused
from consult_app.kernel.text import required
from consult_app.settings import Settings
from consult_app.storage.base import Moment
from consult_app.storage.migrate import migrate
from consult_app.storage.postgres import DIRECTORY, has_schema, within
from consult_app.storage.store import Actor, Clock, Store, TokenSource

CODE = re.compile(r"[A-Z][A-Z0-9]{1,7}")
"""A community's code stands in the address of each of its slips: short, in capitals, and never a page's own name (one letter)."""

_COMMUNITY = Table(
    "community",
    MetaData(schema=DIRECTORY),
    Column("code", String(8), primary_key=True),
    Column("name", Text, nullable=False, unique=True),
    Column("added_at", Moment, nullable=False),
)


class BadCode(Refused):
    """A community's code is two to eight capital letters and digits, a letter first."""

    text = "社区代码为 2 至 8 个大写字母或数字，以字母开头，例如 NH01。"
    field = "code"


class CodeTaken(Refused):
    """The code or the name belongs to a community already."""

    text = "社区代码「{code}」或名称「{name}」已经有了。"
    field = "code"


@dataclass(frozen=True)
class Community:
    """One community of the town."""

    code: str
    name: str
    added_at: datetime


class Town:
    """The communities of one database and their stores, which share its connections."""

    def __init__(self, settings: Settings, clock: Clock = system_clock, tokens: TokenSource = system_tokens) -> None:
        """Reach the database, whose directory may still be empty. Refused as `app.reach`, and on SQLite."""
        if settings.is_sqlite:
            raise OneFileOneCommunity
        self.settings = replace(settings, community="")
        self.engine = reach(self.settings)
        self._clock = clock
        self._tokens = tokens
        self._stores: dict[str, Store] = {}

    def communities(self) -> tuple[Community, ...]:
        """The directory, by code."""
        if not has_schema(self.engine, DIRECTORY):
            return ()
        with self.engine.connect() as connection:
            rows = connection.execute(select(_COMMUNITY).order_by(_COMMUNITY.c.code))
            return tuple(Community(row.code, row.name, row.added_at) for row in rows)

    def add(self, actor: Actor, code: str, name: str) -> Community:
        """Enter a community and make its tables. Refused: `BadCode`, `CodeTaken`, an empty name."""
        code, name = code.strip().upper(), required(name, "社区名称", 120, "name")
        if not CODE.fullmatch(code):
            raise BadCode
        added = Community(code, name, self._clock())
        with self.engine.connect().execution_options(writes=True) as connection, connection.begin():
            connection.execute(CreateSchema(DIRECTORY, if_not_exists=True))
            _COMMUNITY.create(connection, checkfirst=True)
            taken = select(_COMMUNITY.c.code).where(or_(_COMMUNITY.c.code == code, _COMMUNITY.c.name == name))
            if connection.execute(taken).first():
                raise CodeTaken(code=code, name=name)
            connection.execute(CreateSchema(self._schema(code), if_not_exists=True))
            connection.execute(insert(_COMMUNITY).values(code=code, name=name, added_at=added.added_at))
        self.store(code).do(actor, chain.append, "community.added", f"community:{code}", code=code, name=name)
        return added

    def store(self, code: str) -> Store:
        """The Store of one community, its tables at the newest revision. Refused: `UnknownCommunity`."""
        if code not in self._stores:
            if all(community.code != code for community in self.communities()):
                raise UnknownCommunity(code=code)
            engine = within(self.engine, self._schema(code))
            migrate(engine, schema.METADATA, schema.REVISION)
            self._stores[code] = Store(engine, self._clock, self._tokens)
        return self._stores[code]

    def close(self) -> None:
        """Finish what waits to be written, and give back all connections."""
        for store in self._stores.values():
            store.close()
        self.engine.dispose()

    def _schema(self, code: str) -> str:
        return replace(self.settings, community=code).schema
