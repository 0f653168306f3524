"""密封: a secret vote is closed up for the key of its box, and that key is parted among three cards. Knows no database.

libsodium's sealed boxes: whoever holds the public key can put something in, nobody without the other half can look. Every
vote of a motion is as long as any other once sealed, so that its length tells nothing. libsodium and the sharing draw
their own chance from the operating system.

The other half is derived from a seed of 125 bits. Three cards hold Shamir shares of it: any two give the seed, one alone
says nothing at all about it.
"""

import hashlib
from collections.abc import Iterable, Sequence

import shamirs
from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox

from consult_app.kernel.errors import Refused
from consult_app.storage.work import ALPHABET
from consult_app.voting.choices import ITEM_LIMIT
from consult_app.voting.credentials import normalised

SEED_LENGTH = 25
"""Characters of base 32 in a seed: 125 bits, about what the curve itself withstands."""

CARDS, NEEDED = 3, 2
"""Cards that are printed, and how many of them open the box."""

CARD_LENGTH = 32
"""Characters of a card's code: its number, its share (26), and five that check both against the box's public key."""

_FIELD = 2**127 - 1
"""The prime field of the shares; every seed lies in it."""

_SHARE_LENGTH, _CHECK_LENGTH = 26, 5


class CardMisread(Refused):
    """What was typed or scanned is no card of this box: a slip of the finger, or another box's card."""

    text = "这组密钥「{code}」不是本次表决的监票人密钥卡，或有一个字输错了。请对照密钥卡核对。"
    field = "cards"


class CardsTooFew(Refused):
    """Fewer different cards than open the box."""

    text = "开封需要 {needed} 张不同的监票人密钥卡，现在只有 {count} 张。"
    field = "cards"


class CardForged(Refused):
    """The cards are whole in themselves, but do not give the key of this box."""

    text = "第 {number} 号密钥卡与制卡时的登记不符，不是当时制作的那一张，不能开封。"
    field = "cards"


def public_half(seed: str) -> str:
    """The public key (64 hex digits) of a seed."""
    return bytes(_private(seed).public_key).hex()


def sealed(public: str, letters: str) -> bytes:
    """A ballot's letters, closed up for a box; always of one length."""
    return SealedBox(PublicKey(bytes.fromhex(public))).encrypt(letters.ljust(ITEM_LIMIT).encode())


def unsealed(seed: str, boxes: Iterable[bytes]) -> list[str | None]:
    """The letters of sealed ballots, None for each that this seed does not open."""
    box = SealedBox(_private(seed))
    return [_opened(box, each) for each in boxes]


def digest_of(box: bytes) -> str:
    """What the chain keeps of a sealed ballot: it tells a changed one, and says nothing of what is in it."""
    return hashlib.sha256(box).hexdigest()[:32]


def cards_of(seed: str) -> tuple[str, ...]:
    """The codes of three new cards for a seed: any two bring it back."""
    public = public_half(seed)
    shares = shamirs.shares(_value(seed), quantity=CARDS, modulus=_FIELD, threshold=NEEDED)
    bodies = (f"{ALPHABET[share.index]}{_text(share.value, _SHARE_LENGTH)}" for share in shares)
    return tuple(body + _check(public, body) for body in bodies)


def commitment(code: str) -> str:
    """What is kept of a card to tell a forged one: a digest of a code too long to be guessed."""
    return hashlib.sha256(f"card {code}".encode()).hexdigest()


def card_number(code: str) -> int:
    """`1` to `3`: which of the cards a code is."""
    return ALPHABET.index(code[0])


def seed_of(public: str, commitments: Sequence[str], typed: Iterable[str]) -> tuple[str, tuple[int, ...]]:
    """The seed of a box from two of its cards, and their numbers.

    Refused: `CardMisread`, `CardForged`, `CardsTooFew`.
    """
    codes = {code: None for each in typed if each.strip() and (code := _read(public, each))}
    for code in codes:
        if commitment(code) != commitments[card_number(code) - 1]:
            raise CardForged(number=card_number(code))
    if len(codes) < NEEDED:
        raise CardsTooFew(needed=NEEDED, count=len(codes))
    shares = [shamirs.share(card_number(code), _value(code[1 : 1 + _SHARE_LENGTH]), _FIELD) for code in codes]
    seed = _text(shamirs.interpolate(shares, threshold=NEEDED), SEED_LENGTH)
    return seed, tuple(sorted(card_number(code) for code in codes))


def _read(public: str, typed: str) -> str:
    """A card's code as it was printed; refused unless its check fits this box."""
    code = normalised(typed)
    body, check = code[:-_CHECK_LENGTH], code[-_CHECK_LENGTH:]
    whole = len(code) == CARD_LENGTH and set(code) <= set(ALPHABET) and 1 <= card_number(code) <= CARDS
    if not whole or check != _check(public, body):
        raise CardMisread(code=typed.strip())
    return code


def _check(public: str, body: str) -> str:
    number = int.from_bytes(hashlib.sha256(f"{public} {body}".encode()).digest()[:8], "big")
    return _text(number, _CHECK_LENGTH)


def _private(seed: str) -> PrivateKey:
    return PrivateKey(hashlib.blake2b(seed.encode(), digest_size=32, person=b"consult box").digest())


def _opened(box: SealedBox[PrivateKey], sealed: bytes) -> str | None:
    try:
        return box.decrypt(sealed).decode().rstrip()
    except CryptoError:
        return None


def _value(text: str) -> int:
    value = 0
    for character in text:
        value = value * 32 + ALPHABET.index(character)
    return value


def _text(value: int, length: int) -> str:
    """The last `length` digits of a number in base 32."""
    digits = []
    for _ in range(length):
        value, digit = divmod(value, 32)
        digits.append(ALPHABET[digit])
    return "".join(reversed(digits))
