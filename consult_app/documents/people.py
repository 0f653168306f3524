"""Names in a document: in full for the archive, masked for the public. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

from consult_app.documents.rules import Audience
from consult_app.rolls.masking import masked_name


@dataclass(frozen=True)
class Naming:
    """How persons are named to one audience. What the public may not read never enters its document."""

    audience: Audience

    @property
    def is_public(self) -> bool:
        """Whether names are masked."""
        return self.audience is Audience.PUBLIC

    def one(self, name: str) -> str:
        """A name as this audience reads it."""
        return masked_name(name) if self.is_public and name else name

    def all(self, names: Iterable[str]) -> tuple[str, ...]:
        """Several names."""
        return tuple(self.one(name) for name in names)
