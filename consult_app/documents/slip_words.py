"""What a slip says: what all slips of one vote share, and what each alone carries. Pure."""

from dataclasses import dataclass

from consult_app.documents.choices import OPTIONS


@dataclass(frozen=True)
class SlipFace:
    """What one slip alone carries: its address, code and number, the room, and the codes under the fold.

    `url` is upper case and at most 40 characters (29 modules); `return_codes` has one entry an item, in the order of the options.
    """

    url: str
    human_code: str
    serial: str
    room: str = ""
    return_codes: tuple[tuple[str, ...], ...] = ()
    passphrase: str = ""


@dataclass(frozen=True)
class SlipSheet:
    """What all slips of one vote share, in words.

    `signature` labels the line to sign on, empty for a secret vote; `weight` is the 法律效力 line; `wifi` names the network;
    `hall_word` stands on the big screen as well; `terms` are the vote's own conditions;
    a `secret` paper bears its number only on the parts to tear off.
    """

    body: str
    matter: str
    items: tuple[str, ...]
    closes: str
    weight: str
    options: tuple[str, ...] = OPTIONS
    signature: str = "业主签名"
    wifi: str = ""
    address: str = ""
    hall_word: str = ""
    terms: tuple[str, ...] = ()
    marking: str = "多选、不选、涂改不清的，该项按弃权计"
    kind: str = "表决票"
    secret: bool = False
