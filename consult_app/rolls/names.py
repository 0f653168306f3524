"""Owners' names in one cell: one person, several, or an organisation. Pure."""

import re

from consult_app.rolls.cells import Cell, text_of

_SURE = re.compile(r"[、，；\n＆]+")
_DOUBTFUL = re.compile(r"[,;/|&]+")
"""Signs that part names in one office and stand inside a name in another: A/S, B&Q, Smith, John."""
_ROUGH = re.compile(r"[、，；\n＆,;/|&]")
_SHARES = re.compile(
    r"[(（](?:共有|共同共有|按份共有|[^()（）]*\d+(?:\.\d+)?%[^()（）]*|\d+/\d+|已故|代|户主|夫|妻|本人)[)）]$"
)
_ORGANISATION = re.compile(
    r"公司|集团|银行|医院|学校|大学|中学|小学|幼儿园|委员会|管理局|管理处|服务中心|事务所|合作社|商行|商店|厂$|局$|中心$|协会|基金会|政府|支行|分行|居委会|村委会"
)
_NOBODY = frozenset(["无", "不详", "未知", "暂无", "待定", "空", "空置", "-", "--", "—", "——", "/", "无业主"])
_GARBLED = re.compile(r"[?？\ufffd□]|^[\d\W_]+$|\d{6}")
_CJK = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+")
_DOTS = str.maketrans("•‧・．", "····")


def is_organisation(name: str) -> bool:
    """Whether a name is that of a legal person or another organisation."""
    return len(name) > 3 and _ORGANISATION.search(name) is not None


def is_garbled(name: str) -> bool:
    """Whether a name lost characters on its way, or is none: question marks, boxes, digits only, a number behind it."""
    return _GARBLED.search(name) is not None


def names_of(cell: Cell, numbers: int = 0) -> tuple[str, ...]:
    """The owners a cell names, in order. `numbers` is how many identity numbers stand beside, which settles a doubtful space."""
    text = text_of(cell)
    if not text or text in _NOBODY:
        return ()
    if _ROUGH.search(text) is None:
        return _spaced(text, numbers)
    if "<" in text or ">" in text:  # no list of names: nothing of it may be lost
        return (_single(text),)
    pieces = [piece for piece in _SURE.split(text) if piece.strip()]
    soft = [_parts(_DOUBTFUL, piece) for piece in pieces]
    if sum(map(len, soft)) == numbers:
        return tuple(name for names in soft for name in names)
    return tuple(name for piece, names in zip(pieces, soft, strict=True) for name in _settled(piece, names))


def is_doubtful(name: str) -> bool:
    """Whether one name might be several that a sign parts, for a person to look at."""
    return _DOUBTFUL.search(name) is not None


def name_of(cell: Cell) -> str:
    """The one name a cell holds, with no padding inside: `张  三` is 张三."""
    text = text_of(cell)
    return "" if text in _NOBODY else _single(text)


def _parts(signs: re.Pattern[str], text: str) -> tuple[str, ...]:
    parts = [_SHARES.sub("", part.strip()) for part in signs.split(text)]
    return tuple(_single(part) for part in parts if part and part not in _NOBODY)


def _settled(piece: str, names: tuple[str, ...]) -> tuple[str, ...]:
    """The names parted by doubtful signs where each is a Chinese name or a body; else the piece as one name."""
    if len(names) < 2 or all(_is_chinese(name) or is_organisation(name) for name in names):
        return names
    return (_single(piece),)


def _is_chinese(name: str) -> bool:
    return _CJK.fullmatch(name.replace("·", "")) is not None


def _spaced(text: str, numbers: int) -> tuple[str, ...]:
    """`张三 李四` are two, `张 三` is one padded name, `JOHN SMITH` is one."""
    text = _SHARES.sub("", text)
    parts = text.split()
    if len(parts) < 2 or not all(_CJK.fullmatch(part) for part in parts) or is_organisation(text):
        return (_single(text),)
    whole = all(2 <= len(part) <= 4 for part in parts)
    if whole and numbers in (0, len(parts)):
        return tuple(parts)
    return (_single(text),)


def _single(text: str) -> str:
    text = text.strip().translate(_DOTS)
    parts = text.split()
    if len(parts) > 1 and not any(part.isascii() for part in parts):
        return "".join(parts)
    return " ".join(parts)
