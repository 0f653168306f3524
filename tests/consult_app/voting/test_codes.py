"""Return codes and words: what a slip carries besides its token, and what they are good for."""

import pytest

from consult_app.kernel import resources
from consult_app.voting import actions
from consult_app.voting.codes import OFFERED, return_codes
from consult_app.voting.tables import Credential, Motion
from consult_app.voting.words import hall_word, needed, words, words_of
from tests.consult_app.voting import estate

KEY = "A" * 26
INITIALS = {"zh": "z", "ch": "c", "sh": "s", "l": "n", "hu": "f"}


def test_the_codes_of_a_question_differ_and_follow_from_the_key():
    for serial in range(1, 3001):
        for codes in return_codes(KEY, serial, 3):
            assert len(set(codes)) == len(OFFERED)
            assert all(len(code) == 4 and code.isdigit() for code in codes)
    assert return_codes(KEY, 1, 1) != return_codes("B" * 26, 1, 1)
    assert return_codes("", 1, 3) == ()


def test_slips_and_questions_share_no_codes_but_by_chance():
    seen = {return_codes(KEY, serial, 2) for serial in range(1, 2001)}
    assert len(seen) == 2000
    assert return_codes(KEY, 1, 2)[0] != return_codes(KEY, 1, 2)[1]


def test_a_receipt_shows_the_codes_of_what_was_stored(vote):
    for number, choice in enumerate(("for", "against", "abstain")):
        receipt = vote.cast(number, {"1": choice})
        assert receipt.codes == (vote.slips[number].codes[0][number],)
        assert vote.cast(number, {"1": choice}).codes == receipt.codes


def test_the_codes_are_read_back_from_the_box(store, vote, monkeypatch):
    """Should the program store another choice than it was sent, the voter sees that one's code."""
    from consult_app.voting import casting

    monkeypatch.setattr(casting, "_letters", lambda _voter, _choices: "a")
    assert vote.cast(0, {"1": "for"}).codes == (vote.slips[0].codes[0][1],)


def test_a_replaced_slip_has_other_codes_and_words(store, vote):
    old = vote.slips[0]
    new = store.do(estate.SECRETARY, actions.reissue, vote.motion, old.human_code, "遗失", estate.BASE)
    assert new.codes != old.codes
    assert new.words not in {slip.words for slip in vote.slips}


def test_slips_printed_again_have_words_anew(store, owners):
    vote = estate.issued(store, owners)
    again = store.do(estate.SECRETARY, actions.issue_slips, vote.motion, estate.BASE)
    assert len({slip.words for slip in again}) == len(again)
    assert {slip.codes for slip in again}.isdisjoint(slip.codes for slip in vote.slips)


def test_a_vote_whose_slips_are_of_old_goes_on_without_codes(store, vote):
    from sqlalchemy import update

    with store.engine.begin() as connection:
        connection.execute(update(Motion).values(slip_key=""))
    assert vote.cast(0).codes == ()


def test_the_words_of_a_named_vote_are_kept_with_the_slip(store, vote):
    kept = store.ask(lambda db: {row.serial: row.words for row in db.query(Credential)})
    assert kept == {int(slip.serial): slip.words for slip in vote.slips}


def test_a_secret_slip_has_codes_but_no_words_and_a_repeated_receipt_tells_nothing(store, village):
    """Who kept the file of the slips could read every vote off the list; and a receipt is not kept beside a sealed vote."""
    vote = estate.opened(store, village, "village.reps", secret=True)
    assert {slip.words for slip in vote.slips} == {""}
    assert vote.cast(0, estate.AGAINST).codes == (vote.slips[0].codes[0][1],)
    assert vote.cast(0, estate.AGAINST).codes == ()


def test_the_words_of_ten_thousand_slips_are_unique():
    drawn: set[str] = set()
    draws = 0
    while len(drawn) < 10_000:
        drawn.add(words_of(KEY, f"{draws:016d}", needed(10_000)))
        draws += 1
    assert draws < 12_000
    assert all(len(set(each.split())) == 2 for each in drawn)


def test_a_town_gets_three_words():
    assert (needed(300), needed(20_000), needed(100_000)) == (2, 2, 3)
    assert len(words_of(KEY, "0" * 16, 3).split()) == 3


def test_the_hall_word_is_the_votes_own():
    assert hall_word(KEY) in words()
    assert hall_word("") == ""
    assert len({hall_word(f"{number:026d}") for number in range(40)}) > 20


def test_the_list_holds_plain_nouns_of_two_characters():
    assert len(words()) >= 250
    assert len(set(words())) == len(words())
    assert all(len(word) == 2 and all("\u4e00" <= c <= "\u9fff" for c in word) for word in words())


def test_no_two_words_sound_alike_even_where_dialects_merge_sounds():
    lazy_pinyin = pytest.importorskip("pypinyin").lazy_pinyin
    heard: dict[str, str] = {}
    for word in words():
        sound = " ".join(map(_slurred, lazy_pinyin(word)))
        assert sound not in heard, (word, heard.get(sound))
        heard[sound] = word


def test_no_two_words_look_alike():
    groups = resources.path("words", "alike.txt").read_text("utf-8").split()
    first = {character: group[0] for group in groups for character in group}
    assert len(first) == sum(map(len, groups)), "a character stands in one group"
    seen: dict[str, str] = {}
    for word in words():
        look = "".join(first.get(character, character) for character in word)
        assert look not in seen, (word, seen.get(look))
        seen[look] = word


def test_no_word_is_unlucky_or_rude():
    bad = set("死丧病四亡鬼棺坟墓葬尸血杀枪毒赌嫖奸贼屎尿屁骂傻蠢丑寡孤离输败穷债监牢罪刑党")
    assert not [word for word in words() if bad & set(word)]


def _slurred(sound: str) -> str:
    """A syllable without what many speakers do not tell apart: zh/z, n/l, f/hu, -ng/-n."""
    for initial, plain in INITIALS.items():
        if sound.startswith(initial) and len(sound) > len(initial):
            sound = plain + sound[len(initial) :]
            break
    return sound[:-1] if sound.endswith("ng") else sound
