"""The pictures of README and help in `resources/help`, drawn anew from the screens: `python -m tests.screens --help-pictures`."""

import io
import tempfile
from collections.abc import Callable
from pathlib import Path

import pypdfium2
from PIL import Image
from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from consult_app.documents.vote_slips import vote_slips
from consult_app.voting import actions, queries
from tests.consult_app.voting import estate
from tests.screens import Stage, grab, shots
from tests.screens_of.home import due_soon

FOLDER = Path(__file__).resolve().parents[1] / "resources" / "help"

SIZE = (1366, 768)
"""Pixels of every picture: the office laptop."""

HEAVIEST = 150_000
"""Bytes a picture may weigh."""

_PAPER = "#F7F5F0"

Draw = Callable[[Stage], Image.Image]


def shot(name: str) -> Draw:
    """The picture of a shot, brought to the size."""
    found = next(one for one in shots() if one.name == name)
    return lambda stage: _fitted(_picture(found.draw(stage)))


def phone(stage: Stage) -> Image.Image:
    """The three pages of a vote on the phone, side by side in one scale."""
    pages = []
    for name in ("phone-choose", "phone-confirm", "phone-receipt"):
        with tempfile.TemporaryDirectory() as data:
            apart = Stage(Path(data))
            try:
                pages.append(_picture(next(one for one in shots() if one.name == name).draw(apart)))
            finally:
                apart.close()
    height, ground = max(page.height for page in pages), Image.new("RGB", SIZE, _PAPER)
    for place, page in enumerate(pages):
        page.thumbnail((SIZE[0] // 3 - 60, (SIZE[1] - 48) * page.height // height))
        ground.paste(page, (round(SIZE[0] * (2 * place + 1) / 6 - page.width / 2), 24))
    return ground


def slip(stage: Stage) -> Image.Image:
    """The upper part of a sheet of slips."""
    body_id = stage.body()
    estate.owners_roll(stage.store, Path(stage.app.settings.data), body_id, 12)
    motion_id = estate.draft(stage.store, body_id)
    stage.do(actions.freeze, motion_id)
    issued = stage.do(actions.issue_slips, motion_id, "http://192.168.31.20:8080")
    motion = stage.store.ask(queries.motion, motion_id)
    sheet = vote_slips(motion, issued, wifi="YISHI", address="192.168.31.20:8080")
    page = pypdfium2.PdfDocument(sheet)[0]
    drawn = page.render(scale=SIZE[0] / page.get_width()).to_pil().convert("RGB")
    return drawn.crop((0, 0, *SIZE))


PICTURES: dict[str, Draw] = {
    "home": lambda stage: _picture(due_soon(stage)),
    "matter": shot("matter-4-decide"),
    "meeting": shot("meeting-running"),
    "voting": shot("vote-open"),
    "screen": shot("screen-voting-wide"),
    "result": shot("screen-result-wide"),
    "phone": phone,
    "slip": slip,
}
"""File name (without .png) -> what draws it."""


def draw_all(names: list[str]) -> list[Path]:
    """Draw the pictures of these names, or all, into `resources/help`; returns their paths."""
    written = []
    for name, picture in PICTURES.items():
        if names and name not in names:
            continue
        with tempfile.TemporaryDirectory() as data:
            stage = Stage(Path(data))
            try:
                path = FOLDER / f"{name}.png"
                path.write_bytes(_light(picture(stage)))
                written.append(path)
            finally:
                stage.close()
    return written


def _picture(drawn: QWidget | QImage) -> Image.Image:
    image = grab(drawn, *SIZE) if isinstance(drawn, QWidget) else drawn
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    return Image.open(io.BytesIO(bytes(buffer.data().data()))).convert("RGB")


def _fitted(picture: Image.Image) -> Image.Image:
    return picture if picture.size == SIZE else picture.resize(SIZE, Image.Resampling.LANCZOS)


def _light(picture: Image.Image) -> bytes:
    """A PNG of few colours, no heavier than `HEAVIEST`."""
    for colours in (256, 128, 64, 32):
        buffer = io.BytesIO()
        picture.quantize(colours, dither=Image.Dither.NONE).save(buffer, "PNG", optimize=True)
        if len(buffer.getvalue()) <= HEAVIEST:
            break
    return buffer.getvalue()
