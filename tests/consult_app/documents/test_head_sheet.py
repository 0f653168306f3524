"""The sheet with the chain's head: one page, read back by its code, on record, and no choice on it."""

import pypdfium2
import pytest
import zxingcpp

from consult_app.audit import chain
from consult_app.audit.heads import first_unlike, read_head
from consult_app.documents.head_sheet import head_sheet
from consult_app.voting.motions import WrongState
from tests.consult_app.papers import page_count, text_of
from tests.consult_app.voting import estate
from tests.consult_app.voting.estate import AGAINST, SECRETARY


@pytest.fixture
def vote(store, owners_body, tmp_path):
    """An open vote of nine, one of whom has voted."""
    estate.owners_roll(store, tmp_path, owners_body)
    vote = estate.opened(store, owners_body)
    vote.cast(0, AGAINST)
    return vote


def test_threat_08_the_printed_head_is_whole_on_record_and_reads_back(store, vote):
    seq, digest = store.ask(chain.head)
    made = head_sheet(store, SECRETARY, vote.motion)
    told = text_of(made.content)
    groups = "".join(digest[start : start + 4].upper() for start in range(0, 64, 4))
    for words in ("链头单", f"第{seq}条", groups, "1人，应参加9人", "监票人"):
        assert words in told, words
    assert "反对" not in told
    assert page_count(made.content) == 1
    noted = store.ask(chain.newest, "head.printed")
    assert (noted.seq, noted.facts["seq"], noted.facts["digest"]) == (seq + 1, seq, digest)
    document = pypdfium2.PdfDocument(made.content)
    (code,) = zxingcpp.read_barcodes(document[0].render(scale=2).to_pil())
    document.close()
    assert store.ask(first_unlike, [read_head(code.text)]) is None


def test_no_head_is_printed_of_a_vote_that_is_closed(store, vote):
    vote.close()
    with pytest.raises(WrongState):
        head_sheet(store, SECRETARY, vote.motion)
