"""Cards written to files lie apart, outside the data, and are known to the chain until they are destroyed (threat 9)."""

import pypdfium2
import pytest

from consult_app.audit import chain
from consult_app.audit.events import words
from consult_app.documents.secret_papers import AmongData, CardsUnwritten, destroy, write_cards
from consult_app.voting import actions
from consult_app.voting.motions import WrongState
from consult_app.voting.secret_files import Secret, lying, record_written, secret_files
from tests.consult_app.voting import estate, forensics
from tests.consult_app.voting.conftest import village  # noqa: F401
from tests.fixtures import SECRETARY


@pytest.fixture
def vote(store, village):  # noqa: F811
    return estate.issued(store, village, "village.reps", secret=True)


@pytest.fixture
def told(monkeypatch):
    """The codes of the cards that were made, as the test alone knows them."""
    found: list[str] = []

    def remembering(*arguments):
        cards = make(*arguments)
        found[:] = cards.codes
        return cards

    make = actions.make_cards
    monkeypatch.setattr(actions, "make_cards", remembering)
    return found


def sentences(store):
    return [
        words(one.event, one.facts)
        for one in store.ask(lambda db: tuple(chain.of_events(db, ("secret.written", "secret.destroyed"))))
    ]


def test_threat_09_each_card_is_a_file_of_its_own_and_none_is_among_the_data(store, folder, vote, told, tmp_path):
    sticks = [tmp_path / f"U盘{number}" for number in (1, 2, 3)]
    paths = write_cards(store, SECRETARY, vote.motion, sticks, folder.data)
    assert [path.parent for path in paths] == [sticks[0], *sticks]
    for code, path in zip(told, paths[1:], strict=True):
        assert forensics.telling(forensics.bytes_of(tmp_path), [code]) == [str(path.relative_to(tmp_path))]
    with pypdfium2.PdfDocument(paths[0].read_bytes()) as pdf:
        cover = "".join(pdf[0].get_textpage().get_text_range().split())
    assert "请在程序中点“销毁制卡文件”" in cover
    assert "已从电脑中删除" not in cover, "nothing is claimed that nobody saw"


def test_threat_09_the_data_folder_is_refused_and_the_key_stands(store, folder, vote):
    cards = store.do(SECRETARY, actions.make_cards, vote.motion)
    with pytest.raises(AmongData):
        write_cards(store, SECRETARY, vote.motion, [folder.exports], folder.data)
    assert not list(folder.data.rglob("*.pdf"))
    opens_with(store, vote, cards)


def test_a_file_that_is_there_is_neither_overwritten_nor_remade(store, folder, vote, tmp_path):
    """The cards of a running vote are not lost to a command given twice."""
    paths = write_cards(store, SECRETARY, vote.motion, [tmp_path / "卡"], folder.data)
    before = [path.read_bytes() for path in paths]
    with pytest.raises(CardsUnwritten, match="同名"):
        write_cards(store, SECRETARY, vote.motion, [tmp_path / "卡"], folder.data)
    assert [path.read_bytes() for path in paths] == before


def test_where_no_cards_can_be_made_no_file_stays(store, folder, vote, tmp_path):
    store.do(SECRETARY, actions.open_vote, vote.motion)
    with pytest.raises(WrongState):
        write_cards(store, SECRETARY, vote.motion, [tmp_path / "卡"], folder.data)
    assert not list((tmp_path / "卡").iterdir())


def test_destroyed_files_are_gone_and_the_chain_tells_of_both(store, folder, vote, tmp_path):
    paths = write_cards(store, SECRETARY, vote.motion, [tmp_path / "卡"], folder.data)
    assert [file.path for file in store.ask(lying, vote.motion)] == list(paths[1:])
    paths[2].unlink()
    done = destroy(store, SECRETARY, vote.motion, Secret.CARDS)
    assert (done.erased, done.absent) == (2, (paths[2],))
    assert not any(path.exists() for path in paths[1:])
    assert store.ask(secret_files, vote.motion) == ()
    assert sentences(store) == [
        f"制卡文件写成 3 个文件，放在：{tmp_path / '卡'}",
        "销毁制卡文件 2 个（覆盖后删除）；另有 1 个不在原处，未经程序销毁",
    ]


def test_slips_are_destroyed_apart_from_cards(store, folder, vote, tmp_path):
    write_cards(store, SECRETARY, vote.motion, [tmp_path / "卡"], folder.data)
    slips = tmp_path / "选票.pdf"
    slips.write_bytes(b"codes")
    store.do(SECRETARY, record_written, vote.motion, Secret.SLIPS, [slips])
    assert destroy(store, SECRETARY, vote.motion, Secret.SLIPS).erased == 1
    assert {file.kind for file in store.ask(lying, vote.motion)} == {Secret.CARDS}
    assert not slips.exists()


def opens_with(store, vote, cards):
    store.do(SECRETARY, actions.open_vote, vote.motion)
    vote.cast(0)
    vote.close()
    assert store.do(SECRETARY, actions.open_box, vote.motion, cards.codes[:2]) == 1
