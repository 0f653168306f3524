"""The sheet at the hall's door: its two codes read back, its drawings are no codes, and it says what to do when a phone balks."""

from datetime import UTC, datetime

import pypdfium2
import pytest
import zxingcpp

from consult_app.documents.room_poster import room_poster
from tests.consult_app.papers import page_count, text_of

ADDRESS, WIFI = "http://192.168.31.20:8080/", "WIFI:T:WPA;S:示范小区议事厅;P:yishi2026;;"


def poster(network: str) -> bytes:
    return room_poster("扫码投票", ADDRESS, network, WIFI, datetime(2026, 11, 22, tzinfo=UTC))


@pytest.mark.parametrize("network", ["示范小区议事厅", ""])
def test_the_posters_codes_read_back_and_nothing_else_on_it_does(network):
    content = poster(network)
    assert page_count(content) == 1
    document = pypdfium2.PdfDocument(content)
    picture = document[0].render(scale=2).to_pil()
    document.close()
    read = {code.text for code in zxingcpp.read_barcodes(picture)}
    assert read == {ADDRESS} | ({WIFI} if network else set())


def test_threat_20_the_poster_helps_a_phone_that_will_not_open_the_page():
    told = text_of(poster("示范小区议事厅"))
    for words in ("保持连接", "先关掉手机的“移动数据”", "点“继续访问”", "选“在浏览器打开”", "8位代码"):
        assert words in told
