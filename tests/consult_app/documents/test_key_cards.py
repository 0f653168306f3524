"""The scrutineers' cards on paper: what is scanned or typed off them opens the box, and the lost-card procedure is on the cover."""

import pypdfium2
import zxingcpp

from consult_app.documents.key_cards import key_cards_pdf
from consult_app.voting import actions, queries
from tests.consult_app.voting import estate
from tests.consult_app.voting.conftest import village  # noqa: F401
from tests.consult_app.voting.estate import SECRETARY


def words(page: pypdfium2.PdfPage) -> str:
    return page.get_textpage().get_text_range().replace("\r\n", "").replace(" ", "")


def printed(store, body):
    vote = estate.issued(store, body, "village.reps", secret=True)
    cards = store.do(SECRETARY, actions.make_cards, vote.motion)
    facts = store.ask(queries.motion, vote.motion)
    return vote, cards, pypdfium2.PdfDocument(key_cards_pdf(facts, cards, store.now()))


def test_threat_09_two_printed_cards_open_the_box(store, village):  # noqa: F811
    vote, cards, pdf = printed(store, village)
    store.do(SECRETARY, actions.open_vote, vote.motion)
    vote.cast(0)
    vote.close()
    scanned = sorted(found.text for found in zxingcpp.read_barcodes(pdf[1].render(scale=150 / 72).to_pil()))
    assert scanned == list(cards.codes)
    assert store.do(SECRETARY, actions.open_box, vote.motion, [scanned[1], cards.printed[2].lower()]) == 1
    pdf.close()


def test_the_cover_tells_the_procedure_and_no_code(store, village):  # noqa: F811
    _, cards, pdf = printed(store, village)
    cover = words(pdf[0])
    for told in (
        "怎样使用",
        "丢失一张怎么办",
        "丢失两张怎么办",
        "能保证什么，不能保证什么",
        "第3号",
        "签名（已当面收卡）",
    ):
        assert told in cover
    assert "直接送往打印机，没有写成文件" in cover
    assert not any(code[:4] in cover for code in cards.codes)
    assert all(code in words(pdf[1]) for code in cards.codes)
    pdf.close()
