import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult_app.documents.qr import code
from consult_app.storage.store import ALPHABET
from consult_app.voting import credentials

CODES = st.text(ALPHABET, min_size=7, max_size=7).map(lambda body: body + credentials.check_character(body))


@given(CODES)
def test_a_made_code_is_whole(code):
    assert credentials.is_human_code(code)


@given(CODES, st.integers(0, 7), st.sampled_from(ALPHABET))
def test_any_one_wrong_character_is_found_out(code, place, wrong):
    typed = code[:place] + wrong + code[place + 1 :]
    assert credentials.is_human_code(typed) == (typed == code)


@given(CODES, st.integers(0, 7), st.integers(0, 7))
def test_any_two_swapped_characters_are_found_out(code, one, other):
    letters = list(code)
    letters[one], letters[other] = letters[other], letters[one]
    typed = "".join(letters)
    assert credentials.is_human_code(typed) == (typed == code)


def test_what_people_mistype_is_read_as_meant():
    assert credentials.normalised(" 7kq2-mx9d　") == "7KQ2MX9D"
    assert credentials.normalised("oil") == "011"
    assert credentials.normalised("７ｋｑ２－ＭＸ９Ｄ") == "7KQ2MX9D"


@pytest.mark.parametrize(
    "typed",
    [
        "HTTP://192.168.31.20:8080/{}",
        "http://192.168.31.20/v/{}/",
        "　HTTP：／／10.0.0.5／{}",
        "{}\r\n",
        "HTTP://TOWN/NH01/{}",
    ],
)
def test_a_scanned_address_is_read_as_its_token(typed):
    token = "7KQ2MX9D7KQ2MX9D"
    assert credentials.scanned(typed.format(token)) == token
    assert credentials.scanned(typed.format(token.lower())) == token


@pytest.mark.parametrize(("typed", "name"), [("7kq2 mx9d", "7KQ2MX9D"), ("0057", "0057"), ("", ""), ("///", "")])
def test_what_is_no_address_is_read_as_typed(typed, name):
    assert credentials.scanned(typed) == name


@pytest.mark.parametrize(
    ("base", "length", "modules"),
    [
        ("http://192.168.31.20", 37, 25),
        ("http://192.168.100.100", 39, 29),
        ("http://10.0.0.5:8080", 37, 25),
        ("http://192.168.31.20:8080/", 42, 29),
        ("http://192.168.1.5:8080", 40, 29),
        ("http://255.255.255.255", 39, 29),
        ("http://255.255.255.255:65535", 45, 29),
    ],
)
def test_a_slips_address_is_short_enough_to_read_from_afar(base, length, modules):
    url = credentials.slip_url(base, "Z" * 16)
    assert url == url.upper()
    assert (len(url), code(url).side) == (length, modules)


def test_a_token_is_found_in_either_case():
    assert credentials.token_digest("ab12cd34ef56gh78") == credentials.token_digest("AB12CD34EF56GH78")


@given(st.text(max_size=40))
def test_no_typed_text_breaks_the_reading(typed):
    credentials.is_human_code(typed)
    assert credentials.is_token(typed) in (True, False)
