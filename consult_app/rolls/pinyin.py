"""Pinyin initials of names, by which a clerk finds a person with four keys. Pure."""

from functools import lru_cache

from consult_app.kernel.garbage import load

_SURNAMES = {
    "单": "s", "曾": "z", "仇": "q", "解": "x", "查": "z", "区": "o", "朴": "p", "盖": "g", "任": "r", "覃": "q",
    "翟": "z", "缪": "m", "乐": "y", "重": "c", "种": "c", "尉": "w", "万": "w", "黑": "h", "员": "y", "祭": "z",
    "折": "s", "召": "s", "繁": "p", "秘": "b", "冼": "x", "晟": "c", "长": "z",
}  # fmt: skip
"""Surnames read otherwise than the character alone."""


def initials(name: str) -> str:
    """`张晓明` as `zxm`; letters and digits stay, all in lower case, anything else falls out."""
    if not name:
        return ""
    first = _SURNAMES.get(name[0]) or _initial(name[0])
    return first + "".join([_initial(char) for char in name[1:]])


@lru_cache(maxsize=30_000)
def _initial(char: str) -> str:
    if char.isascii():
        return char.lower() if char.isalnum() else ""
    pypinyin = load("pypinyin")  # its dictionary takes a tenth of a second: not at every start
    found = pypinyin.pinyin(char, style=pypinyin.Style.FIRST_LETTER, errors="ignore")
    return found[0][0].lower() if found and found[0] else ""
