"""Words that would be markup, code or a template elsewhere, put into every field, come out as words everywhere (threat 27)."""

import asyncio
import csv
import io
from html.parser import HTMLParser

import httpx
import pikepdf
import pypdfium2
import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QGuiApplication, Qt
from PySide6.QtWidgets import QLabel

from consult_app.app import open_app
from consult_app.demo import made_up, script
from consult_app.demo.player import Stage, play
from consult_app.documents import queries as documents
from consult_app.documents.fonts import clean
from consult_app.settings import settings
from consult_app.voting import queries as voting
from consult_app.web.site import build
from tests.fixtures import CountingTokens
from ui.__main__ import start_qt
from ui.desk import Desk
from ui.memory import Memory
from ui.projector import feed
from ui.projector.paint import picture
from ui.window import Window

HOSTILE = (
    "<script>alert(1)</script>",
    "\"'><img src=x onerror=alert(2)>",
    "</style></title><svg onload=alert(3)>",
    "{{7777*7777}}{% raw %}${7777*7777}#{7777*7777}",
    "{reason}{0}%s%(x)s\\n",
    "<b><para><font color=red>&lt;&#60;",
    "'; drop table ballot; --",
    "=1+1|cmd'!A0",
    "../../etc/passwd",
    "javascript:alert(4)//",
    "<a href='http://x'>点我</a>",
    "\u202e倒着写\u202c\u200b\ufeff",
)
"""Harmless here if they stay what they are: letters."""

SHORT = HOSTILE[:3]
KEPT = "PROPOSER", "CHAIR", "RECORDER"
"""Who acts by name elsewhere in the story keeps the name."""


class Tags(HTMLParser):
    """What a browser would take for elements and attributes."""

    def __init__(self):
        super().__init__()
        self.tags, self.attributes = set(), set()

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}


def words_everywhere(monkeypatch, hostile):
    """The story's script and roll with the hostile words in every free text."""
    for name, value in vars(script).items():
        if name.isupper() and isinstance(value, str) and name not in KEPT:
            monkeypatch.setattr(script, name, value + hostile)
    speeches = tuple(
        script.Speech(one.item, one.speaker, one.capacity, one.position, one.text + hostile) for one in script.SPEECHES
    )
    monkeypatch.setattr(script, "SPEECHES", speeches)
    number, text, reason = script.CORRECTION
    monkeypatch.setattr(script, "CORRECTION", (number, text + hostile, reason + hostile))
    monkeypatch.setattr(script, "OBJECTION", tuple(words + hostile for words in script.OBJECTION))
    monkeypatch.setattr(script, "PROGRESS", tuple((part, words + hostile) for part, words in script.PROGRESS))
    row = made_up._row

    def hostile_row(unit, owners, numbers):
        first, building, entrance, room, *rest = row(unit, owners, numbers)
        return first, building, entrance, room + hostile.replace("/", "／"), *rest

    monkeypatch.setattr(made_up, "_row", hostile_row)


@pytest.fixture(scope="module")
def qapp():
    """The application as it is started."""
    return start_qt()


def told(monkeypatch, folder, clock, hostile, stage):
    """The data of the story, told with hostile words."""
    with monkeypatch.context() as patch:
        words_everywhere(patch, hostile)
        return play(folder, stage, 6, clock(), CountingTokens(), "http://192.168.31.20")


def pages_stay_words(story, hostile):
    """Every page of the phone, in every state, has our own elements alone."""
    app = open_app(settings(story.data))
    site = build(app.store)
    token = next(csv.DictReader(story.files["links"].read_text("utf-8").splitlines()))["path"]

    async def walk():
        async with httpx.AsyncClient(transport=httpx.ASGITransport(site), base_url="http://192.168.31.20") as client:
            form = {"item-1": "for", "key": "k"}
            yield await client.get(token)
            yield await client.get(token + "?big=1")
            yield await client.post(token, data={"item-1": hostile, "key": hostile})
            yield await client.post(token, data=form)
            yield await client.post(token, data=form | {"confirmed": "1"})
            yield await client.get(token)
            yield await client.post("/", data={"code": hostile})

    async def seen():
        return [page async for page in walk()]

    own = {"html", "head", "meta", "link", "style", "script", "title", "body", "main", "div", "p", "h1", "h2", "form", "br", "b",
           "input", "fieldset", "legend", "label", "span", "button", "a", "strong"}  # fmt: skip
    for page in asyncio.run(seen()):
        found = Tags()
        found.feed(page.text)
        assert found.tags <= own
        assert not [name for name in found.attributes if name.startswith("on")]
        assert page.text.count("<script") == 1
        assert "60481729" not in page.text
    app.close()


def papers_stay_words(story, hostile):
    """Every paper of the story can be read and holds neither script nor link; what was typed stands in it as typed."""
    app = open_app(settings(story.data))
    lines = app.store.ask(documents.documents, story.proposal)
    assert len(lines) >= 6
    papers = [app.store.ask(documents.pdf, line.id) for line in lines] + [story.files["slips"].read_bytes()]
    shown = plain(clean(hostile))
    for content in papers:
        with pypdfium2.PdfDocument(content) as pdf:
            assert shown in "".join(plain(page.get_textpage().get_text_range()) for page in pdf)
        for name in (b"/JavaScript", b"/JS", b"/URI", b"/Launch", b"/OpenAction", b"/SubmitForm"):
            assert name not in uncompressed(content)
    app.close()


def plain(text):
    """A text without what setting a line may add or take."""
    return "".join(character for character in text if character.isprintable() and not character.isspace())


def uncompressed(content):
    """All objects of a PDF but its streams, as they are written."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        return b"\n".join(found.unparse() for found in pdf.objects)


def window_stays_words(qtbot, story):
    """No label of any page reads markup, and the big screen paints what was typed."""
    app = open_app(settings(story.data))
    desk = Desk(app, Memory(story.data / "window.json"))
    desk.turn_to(story.body)
    window = Window(desk)
    qtbot.addWidget(window)
    window.show()
    places = [("home", {}), ("matter", {"id": story.proposal}), ("meeting", {"id": story.meeting}), ("vote", {"id": story.motion}),
              ("roll", {}), ("notices", {}), ("archive", {})]  # fmt: skip
    for name, place in places:
        window.go(name, **place)
        QGuiApplication.processEvents()
    for label in window.findChildren(QLabel):
        assert label.textFormat() == Qt.TextFormat.PlainText or not Qt.mightBeRichText(label.text()), label.text()
    for widget in window.findChildren(QLabel):
        assert "<img" not in widget.toolTip() or widget.toolTip().startswith("<qt>")
    motion = app.store.ask(voting.motion, story.motion)
    for scene in (feed.title(desk, motion_id=motion.id), feed.matter(desk, motion_id=motion.id), feed.how_to_vote(desk, motion_id=motion.id),
                  feed.turnout(desk, motion_id=motion.id)):  # fmt: skip
        assert not picture(scene, QSize(960, 540)).isNull()
    desk.close()
    app.close()


@pytest.mark.parametrize("hostile", SHORT)
def test_threat_27_hostile_words_stay_words_on_phone_screen_and_paper(qtbot, monkeypatch, tmp_path, clock, hostile):
    story = told(monkeypatch, tmp_path, clock, hostile, Stage.VOTING)
    pages_stay_words(story, hostile)
    papers_stay_words(story, hostile)
    window_stays_words(qtbot, story)


@pytest.mark.long
@pytest.mark.parametrize("hostile", HOSTILE)
def test_threat_27_the_whole_story_told_with_hostile_words(qtbot, monkeypatch, tmp_path, clock, hostile):
    story = told(monkeypatch, tmp_path, clock, hostile, Stage.FILED)
    papers_stay_words(story, hostile)
    window_stays_words(qtbot, story)
