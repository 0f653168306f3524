"""Return codes and words: what a slip carries besides its token, and what they are good for."""

from itertools import combinations

import pytest
from pypinyin import lazy_pinyin

from consult_app.kernel import resources
from consult_app.voting import actions, issuing
from consult_app.voting.codes import OFFERED, return_codes
from consult_app.voting.tables import Credential, Motion
from consult_app.voting.words import hall_word, needed, words, words_of
from tests.consult_app.voting import estate

KEY = "A" * 26
INITIALS = {"zh": "z", "ch": "c", "sh": "s", "x": "s", "l": "n", "r": "n", "hu": "f"}


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


@pytest.mark.parametrize("slips", [700, pytest.param(10_000, marks=pytest.mark.long)])
def test_no_two_slips_that_are_issued_bear_the_same_words(store, owners_body, tmp_path, monkeypatch, slips):
    """Chance alone would give some of them the same: so many words are drawn that a few were on a slip already."""
    drawn: list[str] = []

    def drawing(key: str, token: str, count: int) -> str:
        drawn.append(words_of(key, token, count))
        return drawn[-1]

    monkeypatch.setattr(issuing, "words_of", drawing)
    estate.owners_roll(store, tmp_path, owners_body, slips)
    vote = estate.issued(store, owners_body)
    assert len(vote.slips) == slips
    assert len({slip.words for slip in vote.slips}) == slips
    assert all(len(set(slip.words.split())) == 2 for slip in vote.slips)
    assert slips < len(drawn) < slips * 1.2, "some words were drawn twice, and drawing anew did not take long"


def test_a_reissued_slip_draws_again_when_its_words_are_on_another(store, vote, monkeypatch):
    theirs = vote.slips[1].words
    told = iter([theirs, theirs, "苹果 老虎"])
    monkeypatch.setattr(issuing, "words_of", lambda *_: next(told))
    new = store.do(estate.SECRETARY, actions.reissue, vote.motion, vote.slips[0].human_code, "遗失", estate.BASE)
    assert new.words == "苹果 老虎"


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


def test_no_two_words_sound_alike_or_are_one_sound_apart_even_where_dialects_merge_sounds():
    heard = {word: " ".join(map(_slurred, lazy_pinyin(word))) for word in words()}
    assert [pair for pair in combinations(words(), 2) if _are_near(heard[pair[0]], heard[pair[1]])] == []


@pytest.mark.parametrize(
    "pair", ["燕子 院子", "西瓜 丝瓜", "椅子 椰子", "刺猬 紫薇", "银杏 音箱", "喇叭 篱笆", "皮球 排球"]
)
def test_words_that_a_hall_would_mistake_for_each_other_are_told(pair):
    first, second = (" ".join(map(_slurred, lazy_pinyin(word))) for word in pair.split())
    assert _are_near(first, second)


def test_no_word_is_another_turned_round():
    """Of 蜜蜂 and 蜂蜜 nobody remembers which it was."""
    assert len({"".join(sorted(word)) for word in words()}) == len(words())


def test_no_two_words_look_alike():
    groups = resources.path("words", "alike.txt").read_text("utf-8").split()
    first = {character: group[0] for group in groups for character in group}
    assert len(first) == sum(map(len, groups)), "a character stands in one group"
    seen: dict[str, str] = {}
    for word in words():
        look = "".join(first.get(character, character) for character in word)
        assert look not in seen, (word, seen.get(look))
        seen[look] = word


def test_no_word_is_unlucky_or_rude_or_smells_of_bribes():
    assert "红包" not in words()
    bad = set("死丧病四亡鬼棺坟墓葬尸血杀枪毒赌嫖奸贼屎尿屁骂傻蠢丑寡孤离输败穷债监牢罪刑党")
    assert not [word for word in words() if bad & set(word)]


def _slurred(sound: str) -> str:
    """A syllable without what many speakers do not tell apart: zh/z, x/s, n/l/r, f/hu, yuan/yan, -ng/-n."""
    for initial, plain in INITIALS.items():
        if sound.startswith(initial) and len(sound) > len(initial):
            sound = plain + sound[len(initial) :]
            break
    sound = sound.replace("yuan", "yan")
    return sound[:-1] if sound.endswith("ng") else sound


def _are_near(first: str, second: str) -> bool:
    """Whether two sounds are the same but for one letter changed, put in or left out."""
    shorter, longer = sorted((first, second), key=len)
    alike = next((place for place, (a, b) in enumerate(zip(shorter, longer, strict=False)) if a != b), len(shorter))
    return longer[alike + 1 :] == shorter[alike + (len(shorter) == len(longer)) :]
