"""What is printed on a slip: the token in its QR code, the code a person can type, the serial. Pure.

Only the digest of a token is ever stored, so whoever copies the data cannot vote with it.
"""

import hashlib
import unicodedata
from collections.abc import Callable

from consult_app.storage.store import ALPHABET

TOKEN_LENGTH = 16
"""Characters of base 32 in a token: 80 bits, beyond guessing."""

CODE_LENGTH = 8
"""Characters of a human code: seven by chance (35 bits) and one that checks them."""

_MISREAD = str.maketrans({"O": "0", "I": "1", "L": "1", "U": "V"})
_SEPARATORS = " -·　\t\r\n"
_CODE = frozenset(ALPHABET)


def normalised(typed: str) -> str:
    """What was typed or scanned: upper case, half width, no separators, look-alike letters read as meant."""
    if _CODE.issuperset(typed):  # as scanned
        return typed
    plain = unicodedata.normalize("NFKC", typed).upper()
    return "".join(c for c in plain if c not in _SEPARATORS).translate(_MISREAD)


def scanned(typed: str) -> str:
    """What names a slip: of the whole address that a scanner types the token, else the token, code or serial as `normalised`."""
    return normalised(unicodedata.normalize("NFKC", typed).strip().rstrip("/").rsplit("/", 1)[-1])


def token_digest(token: str) -> str:
    """SHA-256 (64 hex digits) of a token, the key it is looked up by."""
    return hashlib.sha256(normalised(token).encode()).hexdigest()


def is_token(typed: str) -> bool:
    """Whether something has the shape of a token."""
    found = normalised(typed)
    return len(found) == TOKEN_LENGTH and _CODE.issuperset(found)


def human_code(chance: Callable[[int], str]) -> str:
    """A new human code from a source of random characters."""
    body = chance(CODE_LENGTH - 1)
    return body + check_character(body)


def is_human_code(typed: str) -> bool:
    """Whether a typed code is whole: any one wrong character, or any two swapped, is found out."""
    code = normalised(typed)
    if len(code) != CODE_LENGTH or not _CODE.issuperset(code):
        return False
    return check_character(code[:-1]) == code[-1]


def check_character(body: str) -> str:
    """The character that makes the weighted sum over GF(32) zero; every place has a weight of its own."""
    total = 0
    for place, character in enumerate(reversed(body), start=1):
        total ^= _times(ALPHABET.index(character), _WEIGHTS[place])
    return ALPHABET[total]


def grouped(code: str) -> str:
    """`7KQ2 MX9D`: a code as it is printed and read aloud."""
    return " ".join(code[start : start + 4] for start in range(0, len(code), 4))


def slip_url(base_url: str, token: str) -> str:
    """The address in a slip's QR code, all upper case and as short as can be: a code reads from further off.

    `HTTP://192.168.31.20/` with its token has 37 characters and 25 modules at level M; with a port it stays within 29.
    """
    return f"{base_url.rstrip('/')}/{token}".upper()


def serial_words(number: int) -> str:
    """`0057`: the number of a slip as it is printed."""
    return f"{number:04d}"


def _times(a: int, b: int) -> int:
    """Multiply in GF(32), modulo x⁵ + x² + 1."""
    product = 0
    while b:
        if b & 1:
            product ^= a
        a <<= 1
        if a & 32:
            a ^= 0b100101
        b >>= 1
    return product


def _powers() -> tuple[int, ...]:
    powers = [1]
    while len(powers) < CODE_LENGTH:
        powers.append(_times(powers[-1], 2))
    return tuple(powers)


_WEIGHTS = _powers()
