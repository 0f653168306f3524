"""The lawbook: the texts of law that rules, notices and minutes cite, from `resources/laws`."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from consult_app.kernel import resources
from consult_app.kernel.errors import Refused


class UnknownArticle(Refused):
    """A citation names an article that no law file holds."""

    text = "法规库中没有“{key}”这一条。"


@dataclass(frozen=True, slots=True)
class Article:
    """One article. `text` is the statute's own wording; a `paraphrase` stands in where that wording is not at hand."""

    key: str
    law: str
    title: str
    short: str
    number: str
    text: str
    paraphrase: str

    @property
    def citation(self) -> str:
        """`《民法典》第二百七十八条`."""
        return f"《{self.short}》{self.number}"

    @property
    def wording(self) -> str:
        """The text to show; a paraphrase says that it is one."""
        return self.text or f"（要点，非条文原文）{self.paraphrase}"


@dataclass(frozen=True, slots=True)
class Law:
    """A law in one version, with the articles that the program cites."""

    id: str
    title: str
    short: str
    note: str
    valid_from: date
    valid_to: date | None
    articles: tuple[Article, ...]


@dataclass(frozen=True)
class Lawbook:
    """Every law at hand, by id; articles by `law-id` + `-` + number, e.g. `civil-code-278`."""

    laws: tuple[Law, ...]

    def article(self, key: str) -> Article:
        """The article cited by `key`; refused (`UnknownArticle`) when there is none."""
        for law in self.laws:
            for article in law.articles:
                if article.key == key:
                    return article
        raise UnknownArticle(key=key)

    def with_laws(self, laws: Iterable[Law]) -> "Lawbook":
        """This book with a local pack's own regulations added."""
        return Lawbook((*self.laws, *laws))


def load() -> Lawbook:
    """The laws shipped with the program."""
    return Lawbook(tuple(read_law(tomllib.loads(file.read_text("utf-8"))) for file in files()))


def files() -> list[Path]:
    """The law files shipped with the program, in order of name."""
    return sorted(resources.path("laws").glob("*.toml"))


def read_law(table: Mapping[str, Any]) -> Law:
    """A law from its TOML table."""
    articles = tuple(
        Article(
            key=f"{table['id']}-{entry['key']}",
            law=table["id"],
            title=table["title"],
            short=table["short"],
            number=entry["number"],
            text=entry.get("text", "").strip(),
            paraphrase=entry.get("paraphrase", ""),
        )
        for entry in table["article"]
    )
    return Law(
        table["id"],
        table["title"],
        table["short"],
        table.get("note", ""),
        table["valid_from"],
        table.get("valid_to"),
        articles,
    )
