"""Every page of phone and tablet, in every state, after hostile words were typed everywhere, and sent in every field."""

import asyncio
from collections.abc import AsyncIterator
from html.parser import HTMLParser
from typing import Any

import httpx
import pytest
from jinja2 import Environment

from consult_app.web import page
from consult_app.web.site import PLACES, build
from tests.consult_app.voting import estate
from tests.hostile.words import EACH, stayed, type_everywhere

PIN = "604821"
OWN = set(
    "html head meta link style script title body main div p h1 h2 form br b input fieldset legend label span button a strong".split()
)
"""The elements of our own pages."""


class Read(HTMLParser):
    """What a browser takes for elements, for attributes, and for words."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: set[str] = set()
        self.words = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes |= {name for name, _ in attrs}
        self.words += "".join(f"{value} " for _, value in attrs)

    def handle_data(self, data: str) -> None:
        self.words += data


async def walk(
    client: httpx.AsyncClient, vote: estate.Vote, hostile: str
) -> AsyncIterator[tuple[str, str, httpx.Response]]:
    """Every place with each of its methods: as it is opened, with hostile words in all fields, and as it is used."""
    fields = {"item-1": hostile, "item-2": hostile, "key": hostile, "code": hostile, "typed": hostile, "press": hostile}
    shift = {"pin": PIN, "helper": f"协助甲{hostile}", "witness": f"见证乙{hostile}"}
    yield "/desk", "GET", await client.get("/desk")
    yield "/desk", "POST", await client.post("/desk", data=shift | {"pin": hostile})
    yield "/desk", "POST", await client.post("/desk", data=shift, follow_redirects=True)
    slips = iter(vote.slips)
    for place in PLACES:
        slip = next(slips)
        path = place.path.format(token=slip.token, code=slip.human_code, key=slip.human_code)
        if place.method == "GET":
            yield place.path, "GET", await client.get(path)
            yield place.path, "GET", await client.get(path, params={"big": "1", hostile: hostile})
            continue
        chosen = {"item-1": "for", "item-2": "against", "key": "k", hostile: hostile}
        sent = [
            fields,
            chosen,
            chosen | {"change": "1"},
            chosen | {"confirmed": "1"},
            chosen | {"confirmed": "1", "key": "other"},
        ]
        for form in sent:
            yield place.path, "POST", await client.post(path, data=form)


async def answers(vote: estate.Vote, hostile: str) -> list[tuple[str, str, httpx.Response]]:
    site = httpx.ASGITransport(build(vote.store, pin=PIN))
    async with httpx.AsyncClient(transport=site, base_url="http://192.168.31.20") as client:
        return [one async for one in walk(client, vote, hostile)]


@pytest.mark.parametrize("hostile", EACH)
def test_threat_27_hostile_words_stay_words_on_every_page(monkeypatch, store, owners_body, tmp_path, hostile):
    type_everywhere(monkeypatch, hostile)
    estate.owners_roll(store, tmp_path, owners_body, len(PLACES))
    vote = estate.opened(store, owners_body, items=["同意筹集资金。", "同意委托业主委员会办理。"])
    used, load = set[Any](), Environment.get_template

    def noting(environment: Environment, name: Any, *more: Any) -> Any:
        used.add(name)
        return load(environment, name, *more)

    monkeypatch.setattr(Environment, "get_template", noting)
    page.head.cache_clear()
    places, read = set(), 0
    for path, method, answer in asyncio.run(answers(vote, hostile)):
        places.add((path, method))
        assert answer.status_code < 500
        found = Read()
        found.feed(answer.text)
        assert set(found.tags) <= OWN, path
        assert found.tags.count("script") == (1 if answer.text else 0)
        assert not [name for name in found.attributes if name.startswith("on")]
        read += stayed(found.words, hostile, path)
    assert read > len(PLACES)
    assert places == {(place.path, place.method) for place in PLACES}
    assert used == set(page.environment().list_templates())
