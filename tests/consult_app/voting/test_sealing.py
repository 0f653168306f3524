"""Sealed ballots and the three cards: two open, one does not, a forged one does not, a slip of the finger is found out."""

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consult_app.storage.store import ALPHABET
from consult_app.voting import sealing
from consult_app.voting.sealing import CardForged, CardMisread, CardsTooFew

SEED = "7Q2MZ9D4KX0A5VB8NCJ3TRWHE"


@pytest.fixture
def codes() -> tuple[str, ...]:
    return sealing.cards_of(SEED)


def opened(codes: tuple[str, ...], typed: list[str]) -> str:
    return sealing.seed_of(sealing.public_half(SEED), [sealing.commitment(code) for code in codes], typed)[0]


def test_a_sealed_ballot_opens_with_its_seed_and_no_other():
    box = sealing.sealed(sealing.public_half(SEED), "fas")
    assert sealing.unsealed(SEED, [box]) == ["fas"]
    assert sealing.unsealed(SEED[::-1], [box]) == [None]


def test_sealed_ballots_are_all_of_one_length_and_no_two_alike():
    public = sealing.public_half(SEED)
    boxes = [sealing.sealed(public, letters) for letters in ("f", "f", "a", "fasxfasxfasxfasxfasxfasxfasxfa")]
    assert len({len(box) for box in boxes}) == 1
    assert len(set(boxes)) == len(boxes)


def test_threat_09_any_two_cards_open_whatever_their_order(codes):
    for pair in combinations(codes, 2):
        assert opened(codes, list(pair)) == opened(codes, list(reversed(pair))) == SEED
    assert opened(codes, list(codes)) == SEED


@pytest.mark.parametrize("typed", [[], [0], [1, 1], ["", 2]])
def test_threat_09_one_card_does_not_open(codes, typed):
    with pytest.raises(CardsTooFew):
        opened(codes, [codes[each] if isinstance(each, int) else each for each in typed])


@settings(max_examples=30)
@given(st.text(ALPHABET, min_size=25, max_size=25))
def test_every_seed_comes_back_from_two_cards(seed):
    codes = sealing.cards_of(seed)
    kept = [sealing.commitment(code) for code in codes]
    assert sealing.seed_of(sealing.public_half(seed), kept, codes[1:]) == (seed, (2, 3))


def test_threat_09_a_forged_card_does_not_open(codes):
    forged = sealing.cards_of(SEED)[1]  # whole, of this very box, but not the card that was made
    with pytest.raises(CardForged, match="2"):
        opened(codes, [codes[0], forged])


def test_a_card_of_another_box_is_refused(codes):
    with pytest.raises(CardMisread):
        opened(codes, [codes[0], sealing.cards_of(SEED[::-1])[1]])


def test_one_wrong_character_is_found_out(codes):
    card = codes[0]
    for place in range(len(card)):
        other = ALPHABET[(ALPHABET.index(card[place]) + 1) % 32]
        with pytest.raises(CardMisread):
            opened(codes, [card[:place] + other + card[place + 1 :], codes[1]])


def test_a_card_may_be_typed_with_gaps_and_in_small_letters(codes):
    typed = [" ".join(code[at : at + 4] for at in range(0, 32, 4)).lower() for code in codes[:2]]
    assert opened(codes, typed) == SEED
