"""Two everyday words for each slip: the voter finds their own line on the notice board by them. Pure.

The list stands in `resources/words`; no two of its words sound or look alike, so that they survive being called across a hall.
"""

import hmac
from functools import cache
from math import comb

from consult_app.kernel import resources

ROOMY = 3
"""Words are drawn until they are new; there are so many times more of them than slips that this takes a draw or two."""


@cache
def words() -> tuple[str, ...]:
    """The list. What a running vote shows depends on its order and length: a bad word is replaced where it stands."""
    return tuple(resources.path("words", "words.txt").read_text("utf-8").split())


def needed(slips: int) -> int:
    """How many words each slip of a vote gets: two, or three in a town where two would run short."""
    return 2 if comb(len(words()), 2) >= ROOMY * slips else 3


def words_of(key: str, token: str, count: int) -> str:
    """`苹果 老虎`: the words of a slip, which follow from its token and the vote's key and from nothing that is stored.

    They stand in the order of the list: no other slip has the same words the other way round.
    """
    chance = int.from_bytes(_digest(key, f"words {token}"), "big")
    left = list(range(len(words())))
    drawn = []
    for _ in range(count):
        chance, place = divmod(chance, len(left))
        drawn.append(left.pop(place))
    return " ".join(words()[place] for place in sorted(drawn))


def hall_word(key: str) -> str:
    """会场暗号: one word on every slip and on the big screen; a slip or a screen from elsewhere has another (threat 7)."""
    return words()[int.from_bytes(_digest(key, "hall")[:8], "big") % len(words())] if key else ""


def _digest(key: str, text: str) -> bytes:
    return hmac.digest(key.encode(), text.encode(), "sha256")
