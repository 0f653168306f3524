"""回执码: for each choice of each question a number that stands only under the fold of the voter's own slip. Pure.

The page that thanks for a vote shows the numbers of what was stored. Whoever changes a vote on its way, as a neighbour on the
Wi-Fi can, sees the token and the choice, but knows the number of no other choice (threat 6). So the numbers follow from a key
that never leaves the server, not from the token.
"""

import hmac
import struct

from consult_app.voting.choices import LETTERS
from consult_app.voting.rules import Choice

KEY_LENGTH = 26
"""Characters of base 32 in the key of a vote: 130 bits."""

DIGITS = 4
OFFERED = (Choice.FOR, Choice.AGAINST, Choice.ABSTAIN)
"""The choices in the order in which they stand on every ballot."""

_DRAWN = struct.Struct(f">{len(OFFERED)}I")
_PLACES = {LETTERS[choice]: place for place, choice in enumerate(OFFERED)}


def return_codes(key: str, serial: int, items: int) -> tuple[tuple[str, ...], ...]:
    """The codes of a slip: for each question one for each of `OFFERED`, no two alike; nothing for a vote without a key."""
    secret = key.encode()
    return tuple(tuple(map(_words, _numbers(secret, serial, item))) for item in range(1, items + 1)) if key else ()


def codes_of(key: str, serial: int | None, letters: str) -> tuple[str, ...]:
    """The code of each stored choice; nothing where the vote has no key or the voter no slip."""
    if not key or serial is None:
        return ()
    secret = key.encode()
    return tuple(
        [
            _words(_numbers(secret, serial, item)[_PLACES[letter]]) if letter in _PLACES else "—"
            for item, letter in enumerate(letters, start=1)
        ]
    )


def _numbers(secret: bytes, serial: int, item: int) -> list[int]:
    """Different numbers of four digits, from the words of one digest."""
    digest = hmac.digest(secret, b"code %d %d" % (serial, item), "sha256")
    found: list[int] = []
    for word in _DRAWN.unpack_from(digest):
        number = word % 10**DIGITS
        while number in found:
            number = (number + 1) % 10**DIGITS
        found.append(number)
    return found


def _words(number: int) -> str:
    return f"{number:0{DIGITS}}"
