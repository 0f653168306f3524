"""脱敏: names, numbers and rooms as they may stand in public (个人信息保护法 arts. 6, 25, 73). Pure.

All count user-perceived characters, so that a rare character or one with a variation selector is one.
"""

import unicodedata

COMPOUND_SURNAMES = frozenset(
    "欧阳 太史 端木 上官 司马 东方 独孤 南宫 万俟 闻人 夏侯 诸葛 尉迟 公羊 赫连 澹台 皇甫 宗政 濮阳 公冶 太叔 申屠 公孙 "
    "慕容 仲孙 钟离 长孙 宇文 司徒 鲜于 司空 闾丘 子车 亓官 司寇 巫马 公西 颛孙 壤驷 公良 漆雕 乐正 宰父 谷梁 拓跋 夹谷 "
    "轩辕 令狐 段干 百里 呼延 东郭 南门 羊舌 微生 梁丘 左丘 东门 西门".split()
)

_DOTS = "·•‧・"
_VARIATION = {*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0), 0x200D}


def characters(text: str) -> list[str]:
    """The text as user-perceived characters: combining marks and variation selectors stay with their base."""
    found: list[str] = []
    for char in text:
        if found and (unicodedata.combining(char) or ord(char) in _VARIATION):
            found[-1] += char
        else:
            found.append(char)
    return found


def masked_name(name: str) -> str:
    """`张*`, `张*三`, `欧阳*`, `阿***·买**`; the inner characters of longer names give way."""
    for dot in _DOTS:
        if dot in name:
            return dot.join(_first_only(part) for part in name.split(dot))
    letters = characters(name)
    if len(letters) > 2 and "".join(letters[:2]) in COMPOUND_SURNAMES:
        return "".join(letters[:2]) + _given(letters[2:])
    if len(letters) < 2:
        return "*" if letters else ""
    return letters[0] + _given(letters[1:])


def masked_phone(phone: str) -> str:
    """`138****5678`; of any other number the last four digits stay, of a short one none."""
    digits = "".join(char for char in phone if char.isdigit())
    if len(digits) == 11 and digits.startswith("1"):
        return f"{digits[:3]}****{digits[-4:]}"
    if len(digits) >= 7:
        return "*" * (len(digits) - 4) + digits[-4:]
    return "*" * len(digits)


def masked_id(number: str) -> str:
    """First three and last two characters of an identity number; of a short one nothing."""
    if len(number) < 8:
        return "*" * len(number)
    return number[:3] + "*" * (len(number) - 5) + number[-2:]


def masked_place(building: str, entrance: str, room: str) -> str:
    """`3幢2单元***`: the stairwell stays, the room goes."""
    stem = f"{building}幢" if building.isascii() and building else building
    if entrance:
        stem += f"{entrance}单元" if entrance.isascii() else entrance
    return stem + "***" if room else stem


def _given(letters: list[str]) -> str:
    return "*" if len(letters) == 1 else "*" * (len(letters) - 1) + letters[-1]


def _first_only(part: str) -> str:
    letters = characters(part)
    return letters[0] + "*" * (len(letters) - 1) if letters else ""
