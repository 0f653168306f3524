"""The big screen's pictures: codes that read, words that stay inside, scenes that differ."""

import pytest
import zxingcpp
from PIL import Image
from PySide6.QtCore import QSize
from PySide6.QtGui import QImage

from tests.screens import SCREENS
from tests.screens_of.projector import SCENES
from ui.projector.canvas import GROUND
from ui.projector.codes import code_of, wifi
from ui.projector.paint import picture
from ui.projector.window import ProjectorWindow


def pillow(image: QImage) -> Image.Image:
    image = image.convertToFormat(QImage.Format.Format_RGB888)
    size = (image.width(), image.height())
    return Image.frombuffer("RGB", size, bytes(image.constBits()), "raw", "RGB", image.bytesPerLine(), 1)


@pytest.mark.parametrize("size", SCREENS)
@pytest.mark.parametrize("name", ["how", "voting"])
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
