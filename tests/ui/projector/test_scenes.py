"""The big screen's pictures: codes that read, words that stay inside, scenes that differ."""

import itertools
from dataclasses import dataclass

import pytest
import zxingcpp
from PIL import Image
from PySide6.QtCore import QMarginsF, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QImage

from tests.screens import SCREENS
from tests.screens_of.projector import SCENES
from ui.projector.canvas import GROUND, LEFT, Canvas
from ui.projector.codes import code_of, wifi
from ui.projector.paint import picture
from ui.projector.window import ProjectorWindow

HALLS = ((1280, 720), (1366, 768), (1920, 1080), (1024, 768))
"""What projectors and the screens beside them really have."""


def pillow(image: QImage) -> Image.Image:
    image = image.convertToFormat(QImage.Format.Format_RGB888)
    size = (image.width(), image.height())
    return Image.frombuffer("RGB", size, bytes(image.constBits()), "raw", "RGB", image.bytesPerLine(), 1)


@pytest.mark.parametrize("size", SCREENS)
@pytest.mark.parametrize("name", ["how", "voting", "voting-full"])
def test_the_code_on_the_screen_reads(qapp, name, size):
    found = zxingcpp.read_barcodes(pillow(picture(SCENES[name], QSize(*size))))
    assert [code.text for code in found] == ["WIFI:T:WPA;S:YISHI;P:yishi2026;;"]


@pytest.mark.parametrize("size", SCREENS)
@pytest.mark.parametrize("name", ["how", "voting"])
def test_the_code_is_a_third_of_the_height(qapp, name, size):
    (found,) = zxingcpp.read_barcodes(pillow(picture(SCENES[name], QSize(*size))))
    corners = found.position
    assert corners.bottom_left.y - corners.top_left.y >= size[1] / 3 * 0.99


@pytest.mark.parametrize("size", SCREENS)
@pytest.mark.parametrize("name", SCENES)
def test_nothing_is_painted_into_the_margin(qapp, name, size):
    image = pillow(picture(SCENES[name], QSize(*size)))
    edge = round(size[1] * 0.025)
    strips = (
        image.crop((0, 0, size[0], edge)),
        image.crop((0, size[1] - edge, size[0], size[1])),
        image.crop((0, 0, edge, size[1])),
        image.crop((size[0] - edge, 0, size[0], size[1])),
    )
    ground = tuple(int(GROUND[place : place + 2], 16) for place in (1, 3, 5))
    assert [strip.getcolors() for strip in strips] == [[(strip.width * strip.height, ground)] for strip in strips]


@dataclass(frozen=True)
class Written:
    """Words on the screen: where they may stand, and where their ink does."""

    words: str
    place: QRectF
    ink: QRectF


@pytest.fixture
def written(qapp, monkeypatch) -> list[Written]:
    """Every line and note that is painted, as it is measured on the way."""
    found = []
    line, note = Canvas.line, Canvas.note

    def a_line(canvas, box, words, part, colour="", align=LEFT, medium=False):
        metrics = QFontMetricsF(canvas.font(canvas.fitting(words, box.width(), part, medium), medium))
        shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, box.width() + 1)
        ink = metrics.tightBoundingRect(shown)
        free = box.width() - metrics.horizontalAdvance(shown)
        share = {Qt.AlignmentFlag.AlignRight: 1, Qt.AlignmentFlag.AlignHCenter: 0.5}
        left = box.left() + free * share.get(align & Qt.AlignmentFlag.AlignHorizontal_Mask, 0)
        ink.translate(left, box.center().y() + (metrics.ascent() - metrics.descent()) / 2)
        found.append(Written(words, box, ink))
        line(canvas, box, words, part, colour, align, medium)

    def a_note(canvas, box, words, *args):
        end = note(canvas, box, words, *args)
        found.append(Written(words, box, QRectF(box.topLeft(), QPointF(box.right(), end))))
        return end

    monkeypatch.setattr(Canvas, "line", a_line)
    monkeypatch.setattr(Canvas, "note", a_note)
    return found


@pytest.mark.parametrize("size", HALLS)
@pytest.mark.parametrize("name", SCENES)
def test_no_words_are_cut_by_their_place(written, name, size):
    """The painter cuts off what stands over the place of a line."""
    picture(SCENES[name], QSize(*size))
    slack = QMarginsF(1, 1, 1, 1)  # pixels are whole, measures are not
    assert [one for one in written if one.words and not one.place.marginsAdded(slack).contains(one.ink)] == []


@pytest.mark.parametrize("size", HALLS)
@pytest.mark.parametrize("name", SCENES)
def test_no_words_stand_on_others(written, name, size):
    picture(SCENES[name], QSize(*size))
    pairs = itertools.combinations([one for one in written if one.words], 2)
    assert [(one.words, other.words) for one, other in pairs if one.ink.intersects(other.ink)] == []


def test_a_network_name_with_marks_is_escaped():
    assert wifi("会;场", "a:b") == "WIFI:T:WPA;S:会\\;场;P:a\\:b;;"
    assert wifi("会场", "") == "WIFI:T:nopass;S:会场;P:;;"


def test_a_code_is_square():
    code = code_of("HTTP://192.168.31.20:8080/V/0123456789ABCDEF")
    assert {len(line) for line in code} == {len(code)}


def test_the_window_says_what_it_shows(qtbot):
    window = ProjectorWindow()
    qtbot.addWidget(window)
    window.show()
    window.show_scene(SCENES["voting"])
    assert window.accessibleName() == "大屏：投票中"
    qtbot.waitUntil(lambda: window._before is None)
    assert window.grab().toImage() != picture(SCENES["blank"], window.size())
