"""Kinds of body, venue levels, and how a vote by QR weighs in law."""

from enum import StrEnum


class BodyKind(StrEnum):
    """What kind of body decides."""

    OWNERS = "owners"
    VILLAGE = "village"
    RESIDENTS = "residents"


class VenueLevel(StrEnum):
    """三级议事平台: the level at which a matter is discussed."""

    COURTYARD = "courtyard"
    GRID = "grid"
    PARTY_COMMITTEE = "party_committee"


class LegalMode(StrEnum):
    """法律效力: what a vote cast on a phone counts for (architecture decision 4)."""

    BINDING = "binding"
    ASSISTED = "assisted"
    SURVEY = "survey"


KIND_WORDS = {
    BodyKind.OWNERS: "业主大会",
    BodyKind.VILLAGE: "村民会议（村民代表会议）",
    BodyKind.RESIDENTS: "居民议事会",
}

LEVEL_WORDS = {
    VenueLevel.COURTYARD: "楼院议事",
    VenueLevel.GRID: "网格议事",
    VenueLevel.PARTY_COMMITTEE: "大党委议事",
}

LEGAL_WORDS = {
    LegalMode.BINDING: "手机投票直接有效",
    LegalMode.ASSISTED: "手机填票，打印签字后有效",
    LegalMode.SURVEY: "意见征询，不产生法律效力",
}


def default_legal_mode(kind: BodyKind) -> LegalMode:
    """For owners `assisted`: the law asks for the owner's own signature (指导规则22); else `binding`."""
    return LegalMode.ASSISTED if kind is BodyKind.OWNERS else LegalMode.BINDING


def next_level(level: VenueLevel) -> VenueLevel | None:
    """The level a matter goes up to; None above 大党委."""
    order = list(VenueLevel)
    place = order.index(level) + 1
    return order[place] if place < len(order) else None
