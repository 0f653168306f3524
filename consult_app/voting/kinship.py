"""How an agent stands to the voter who sends them, in the words of the law (民法典1045: near relatives). Pure."""

from enum import StrEnum


class Relation(StrEnum):
    """What an agent is to their principal. Rules name those whom they admit."""

    SPOUSE = "spouse"
    PARENT = "parent"
    CHILD = "child"
    SIBLING = "sibling"
    GRANDPARENT = "grandparent"
    GRANDCHILD = "grandchild"
    HOUSEHOLD = "household"
    NEIGHBOUR = "neighbour"
    OTHER = "other"


RELATION_WORDS = {
    Relation.SPOUSE: "配偶",
    Relation.PARENT: "父母",
    Relation.CHILD: "子女",
    Relation.SIBLING: "兄弟姐妹",
    Relation.GRANDPARENT: "祖父母、外祖父母",
    Relation.GRANDCHILD: "孙子女、外孙子女",
    Relation.HOUSEHOLD: "同户的其他成员",
    Relation.NEIGHBOUR: "本村（社区、小区）其他有表决权的人",
    Relation.OTHER: "其他人",
}

_SAID = {
    Relation.SPOUSE: "夫妻 丈夫 妻子 夫 妻",
    Relation.PARENT: "父亲 母亲 父 母 父子 母子 父女 母女",
    Relation.CHILD: "儿子 女儿 儿 女 子 长子 次子 长女 次女",
    Relation.SIBLING: "兄弟 姐妹 哥哥 弟弟 姐姐 妹妹 兄 弟 姐 妹 兄妹 姐弟",
    Relation.GRANDPARENT: "祖父 祖母 外祖父 外祖母 祖父母 外祖父母 爷爷 奶奶",
    Relation.GRANDCHILD: "孙子 孙女 外孙 外孙女 孙子女 外孙子女",
    Relation.HOUSEHOLD: "同户 同户成员 户内成员 家庭成员",
    Relation.NEIGHBOUR: "村民 其他村民 邻居 居民 业主 选民 其他选民 其他业主",
}

_RELATIONS = {word: relation for relation, words in _SAID.items() for word in words.split()} | {
    words: relation for relation, words in RELATION_WORDS.items()
}


def relation_of(said: str) -> Relation | None:
    """The relation that is meant by a key or by words on an authority; None for words that name none."""
    try:
        return Relation(said)
    except ValueError:
        return _RELATIONS.get(said)
