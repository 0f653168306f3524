"""Tables of voting.

A named motion binds each ballot to its elector. A secret one shares no key, time or order between `Participation` and
`Ballot`: until it is closed there are only sealed ballots; then all are opened at once and put down shuffled, by random
keys in a table without row numbers (architecture decision 5).
"""

from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, Date, ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from consult_app.storage.base import Base, Json, Moment, Numbered


class Motion(Numbered, Base):
    """表决事项: one question or several put to one electorate under one pinned rule.

    `rule` is the motion's own copy; `plan_digest` covers items, rule, policies and roll (threat 14). Areas in 0.01 m².
    `scope` are the buildings and entrances whose owners decide, empty for all; `follow_clause` the clause of the
    procedure rules by which unreturned ballots follow the majority, empty where they do not take part. `legal_item`,
    `rule_reason` and `scope_reason` are somebody's own grounds for rule and scope, never guessed. `slip_key`
    gives the return codes and words of the slips; it is empty until they are issued, and no page or paper shows it.
    """

    __tablename__ = "motion"

    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposal.id"), index=True)
    body_id: Mapped[int] = mapped_column(ForeignKey("body.id"), index=True)
    meeting_id: Mapped[int | None] = mapped_column(ForeignKey("meeting.id"))
    title: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(20))
    rule_id: Mapped[str] = mapped_column(String(80))
    rule: Mapped[Any] = mapped_column(Json)
    rule_digest: Mapped[str] = mapped_column(String(64))
    voted_on: Mapped[date] = mapped_column(Date)
    legal_mode: Mapped[str] = mapped_column(String(20))
    duplicate_policy: Mapped[str] = mapped_column(String(20))
    secret: Mapped[bool] = mapped_column(default=False)
    by_hands: Mapped[bool] = mapped_column(default=False)
    item_count: Mapped[int]
    seats: Mapped[int] = mapped_column(default=0)
    scope: Mapped[Any] = mapped_column(Json, default=list)
    follow_clause: Mapped[str] = mapped_column(Text, default="")
    legal_item: Mapped[str] = mapped_column(Text, default="", server_default=text("''"))
    rule_reason: Mapped[str] = mapped_column(Text, default="", server_default=text("''"))
    scope_reason: Mapped[str] = mapped_column(Text, default="", server_default=text("''"))
    slip_key: Mapped[str] = mapped_column(String(26), default="", server_default=text("''"))
    closes_at: Mapped[datetime] = mapped_column(Moment)

    roll_id: Mapped[int | None]
    roll_digest: Mapped[str | None] = mapped_column(String(64))
    plan_digest: Mapped[str | None] = mapped_column(String(64))
    eligible_heads: Mapped[int] = mapped_column(default=0)
    eligible_area: Mapped[int] = mapped_column(BigInteger, default=0)

    drafted_at: Mapped[datetime] = mapped_column(Moment)
    frozen_at: Mapped[datetime | None] = mapped_column(Moment)
    issued_at: Mapped[datetime | None] = mapped_column(Moment)
    opened_at: Mapped[datetime | None] = mapped_column(Moment)
    closed_at: Mapped[datetime | None] = mapped_column(Moment)
    closed_by: Mapped[Any] = mapped_column(Json, default=list)
    declared_at: Mapped[datetime | None] = mapped_column(Moment)
    verdict: Mapped[Any | None] = mapped_column(Json)
    verdict_digest: Mapped[str | None] = mapped_column(String(64))


class Item(Numbered, Base):
    """表决项: one question of a motion; 同意, 反对 and 弃权 are always offered."""

    __tablename__ = "motion_item"
    __table_args__ = (UniqueConstraint("motion_id", "code"), {"sqlite_autoincrement": True})

    motion_id: Mapped[int] = mapped_column(ForeignKey("motion.id"), index=True)
    code: Mapped[str] = mapped_column(String(8))
    text: Mapped[str] = mapped_column(Text)


class Elector(Numbered, Base):
    """票权: one voter of the frozen roll (票权清册) with heads and area (0.01 m²).

    `places` are triples building, entrance, room, for the picture of the buildings. What the head was formed of is kept
    with it: its `persons`, the `titles` (lines of the roll), the joinings, and the `reason` in words.
    """

    __tablename__ = "elector"
    __table_args__ = (UniqueConstraint("motion_id", "key"), {"sqlite_autoincrement": True})

    motion_id: Mapped[int] = mapped_column(ForeignKey("motion.id"), index=True)
    key: Mapped[str] = mapped_column(String(400))
    label: Mapped[str] = mapped_column(Text)
    names: Mapped[Any] = mapped_column(Json)
    rooms: Mapped[Any] = mapped_column(Json)
    places: Mapped[Any] = mapped_column(Json)
    heads: Mapped[int]
    area: Mapped[int] = mapped_column(BigInteger)
    persons: Mapped[Any] = mapped_column(Json, default=list)
    titles: Mapped[Any] = mapped_column(Json, default=list)
    joined: Mapped[Any] = mapped_column(Json, default=list)
    reason: Mapped[str] = mapped_column(Text, default="")


class Credential(Numbered, Base):
    """选票凭证: one printed slip. Only the digest of its token is stored.

    `words` are its two words for the notice board. A slip of a secret vote has none: whoever kept the file the slips were
    printed from could read every vote off the list.
    """

    __tablename__ = "credential"
    __table_args__ = (
        UniqueConstraint("motion_id", "serial"),
        Index("ux_credential_words", "motion_id", "words", unique=True),
        {"sqlite_autoincrement": True},
    )

    motion_id: Mapped[int] = mapped_column(ForeignKey("motion.id"), index=True)
    elector_id: Mapped[int] = mapped_column(ForeignKey("elector.id"), index=True)
    serial: Mapped[int]
    token_digest: Mapped[str] = mapped_column(String(64), unique=True)
    human_code: Mapped[str] = mapped_column(String(8), unique=True)
    state: Mapped[str] = mapped_column(String(12))
    issued_at: Mapped[datetime] = mapped_column(Moment)
    handed_at: Mapped[datetime | None] = mapped_column(Moment)
    settled_at: Mapped[datetime | None] = mapped_column(Moment)
    reason: Mapped[str | None] = mapped_column(Text)
    words: Mapped[str | None] = mapped_column(String(16))


class Participation(Numbered, Base):
    """参与表决: that an elector took part, when and by which channel. Its unique constraint is one person, one vote."""

    __tablename__ = "participation"
    __table_args__ = (UniqueConstraint("motion_id", "elector_id"), {"sqlite_autoincrement": True})

    motion_id: Mapped[int] = mapped_column(ForeignKey("motion.id"))
    elector_id: Mapped[int] = mapped_column(ForeignKey("elector.id"), index=True)
    credential_id: Mapped[int | None] = mapped_column(ForeignKey("credential.id"), index=True)
    channel: Mapped[str] = mapped_column(String(12))
    at: Mapped[datetime] = mapped_column(Moment)
    form_digest: Mapped[str | None] = mapped_column(String(64))
    helper: Mapped[str | None] = mapped_column(String(200))
    pending: Mapped[bool] = mapped_column(default=False)
    signed_at: Mapped[datetime | None] = mapped_column(Moment)
    proxy_id: Mapped[int | None] = mapped_column(ForeignKey("proxy.id"))


class Proxy(Numbered, Base):
    """委托: one voter's written authority for an agent to vote on one motion (民法典 art. 165).

    `agent_key` tells agents apart: the agent's place in the roll, else the name. `attachment_id` is the scan.
    """

    __tablename__ = "proxy"
    __table_args__ = (
        Index(
            "ux_proxy_standing",
            "elector_id",
            unique=True,
            sqlite_where=text("revoked_at IS NULL"),
            postgresql_where=text("revoked_at IS NULL"),
        ),
        {"sqlite_autoincrement": True},
    )

    motion_id: Mapped[int] = mapped_column(ForeignKey("motion.id"), index=True)
    elector_id: Mapped[int] = mapped_column(ForeignKey("elector.id"))
    agent: Mapped[str] = mapped_column(String(60))
    agent_elector_id: Mapped[int | None] = mapped_column(ForeignKey("elector.id"))
    agent_key: Mapped[str] = mapped_column(String(80))
    relation: Mapped[str] = mapped_column(String(60))
    authority: Mapped[str] = mapped_column(Text)
    attachment_id: Mapped[int | None] = mapped_column(ForeignKey("attachment.id"))
    registered_at: Mapped[datetime] = mapped_column(Moment)
    revoked_at: Mapped[datetime | None] = mapped_column(Moment)
    reason: Mapped[str | None] = mapped_column(Text)


class Ballot(Base):
    """表决票: what was chosen. `elector_id` is empty for a secret motion; `set_aside` when another ballot counts instead.

    `needs_signature` marks a filled ballot that counts only once its printed form is signed; `signed` that it is.
    `choices` holds one letter an item, in the items' order: `choices.LETTERS`.
    """

    __tablename__ = "ballot"
    __table_args__ = (
        # Holds all that a count asks, in the order it groups by: a million ballots are counted from the index alone.
        Index("ix_ballot_count", "motion_id", "choices", "heads", "area", "set_aside", "signed", "needs_signature"),
        {"sqlite_with_rowid": False},
    )

    id: Mapped[str] = mapped_column(String(26), primary_key=True)
    motion_id: Mapped[int] = mapped_column(ForeignKey("motion.id"))
    elector_id: Mapped[int | None] = mapped_column(ForeignKey("elector.id"), index=True)
    choices: Mapped[str] = mapped_column(String(60))
    heads: Mapped[int]
    area: Mapped[int] = mapped_column(BigInteger)
    needs_signature: Mapped[bool] = mapped_column(default=False)
    signed: Mapped[bool] = mapped_column(default=False)
    set_aside: Mapped[bool] = mapped_column(default=False)


class SealedBallot(Base):
    """密封票: what was chosen in a secret vote, closed up for the key of its box; erased when the box is opened.

    The bytes of a sealed ballot stand in the file beside the participation they came with, and tell nothing of the choice.
    """

    __tablename__ = "sealed_ballot"
    __table_args__ = ({"sqlite_with_rowid": False},)

    id: Mapped[str] = mapped_column(String(26), primary_key=True)
    motion_id: Mapped[int] = mapped_column(ForeignKey("motion.id"), index=True)
    box: Mapped[bytes] = mapped_column(LargeBinary)


class BoxKey(Numbered, Base):
    """票箱密钥: whom a secret vote is sealed for. `public` is the public half (hex).

    `seed` gives the other half and stands here only while nobody holds `cards`; opening the box overwrites it. `cards` are
    the digests of the scrutineers' cards, none where there are none.
    """

    __tablename__ = "box_key"

    motion_id: Mapped[int] = mapped_column(ForeignKey("motion.id"), unique=True)
    public: Mapped[str] = mapped_column(String(64))
    seed: Mapped[str] = mapped_column(String(25))
    cards: Mapped[Any] = mapped_column(Json, default=list)
    made_at: Mapped[datetime] = mapped_column(Moment)
    opened_at: Mapped[datetime | None] = mapped_column(Moment)


class PaperCount(Numbered, Base):
    """无记名纸质选票计数: what one teller counted of a secret vote's papers. The latest of two tellers must agree."""

    __tablename__ = "paper_count"

    motion_id: Mapped[int] = mapped_column(ForeignKey("motion.id"), index=True)
    teller: Mapped[str] = mapped_column(String(60))
    papers: Mapped[int]
    counts: Mapped[Any] = mapped_column(Json)
    at: Mapped[datetime] = mapped_column(Moment)


class PaperEntry(Numbered, Base):
    """录入: what one teller read on a paper ballot. Two tellers enter apart; the latest entry of each is compared."""

    __tablename__ = "paper_entry"

    motion_id: Mapped[int] = mapped_column(ForeignKey("motion.id"), index=True)
    credential_id: Mapped[int] = mapped_column(ForeignKey("credential.id"), index=True)
    teller: Mapped[str] = mapped_column(String(60))
    choices: Mapped[str] = mapped_column(String(60))
    at: Mapped[datetime] = mapped_column(Moment)


class Conflict(Numbered, Base):
    """重复票: a paper ballot of a voter who had voted by another way. Every pair is listed for the 监票人."""

    __tablename__ = "ballot_conflict"

    motion_id: Mapped[int] = mapped_column(ForeignKey("motion.id"), index=True)
    credential_id: Mapped[int] = mapped_column(ForeignKey("credential.id"), unique=True)
    elector_id: Mapped[int] = mapped_column(ForeignKey("elector.id"))
    first_channel: Mapped[str] = mapped_column(String(12))
    first_at: Mapped[datetime] = mapped_column(Moment)
    second_channel: Mapped[str] = mapped_column(String(12))
    second_at: Mapped[datetime] = mapped_column(Moment)
    counted: Mapped[str] = mapped_column(String(12))
    decided_by: Mapped[Any | None] = mapped_column(Json)
    decided_at: Mapped[datetime | None] = mapped_column(Moment)


class Doubtful(Numbered, Base):
    """疑难票: a ballot, or a majority, about which two people must decide before the result is declared.

    `elector_id` is empty for the majority on one question, whose code is `item`. `attachment_id` is what was laid before
    those who decided, as the voter's own words in writing.
    """

    __tablename__ = "doubtful_ballot"

    motion_id: Mapped[int] = mapped_column(ForeignKey("motion.id"), index=True)
    elector_id: Mapped[int | None] = mapped_column(ForeignKey("elector.id"))
    item: Mapped[str] = mapped_column(String(8), default="")
    ground: Mapped[str] = mapped_column(String(20))
    note: Mapped[str] = mapped_column(Text)
    raised_at: Mapped[datetime] = mapped_column(Moment)
    outcome: Mapped[str | None] = mapped_column(String(20))
    reason: Mapped[str | None] = mapped_column(Text)
    decided_by: Mapped[Any | None] = mapped_column(Json)
    decided_at: Mapped[datetime | None] = mapped_column(Moment)
    attachment_id: Mapped[int | None] = mapped_column(ForeignKey("attachment.id"))


class ElectionTally(Numbered, Base):
    """选举计票: what one teller counted of an election's papers. The latest of two tellers must agree.

    `counts` is an `electing.ElectionCount` as JSON; only sums, for the law keeps the papers secret.
    """

    __tablename__ = "election_tally"

    motion_id: Mapped[int] = mapped_column(ForeignKey("motion.id"), index=True)
    teller: Mapped[str] = mapped_column(String(60))
    counts: Mapped[Any] = mapped_column(Json)
    at: Mapped[datetime] = mapped_column(Moment)


class Election(Base):
    """选举: what an election or a recall has beside its motion.

    `follows_id` is the vote it completes or repeats. A void election (作废) keeps its reason and the two who saw it.
    """

    __tablename__ = "election"

    motion_id: Mapped[int] = mapped_column(ForeignKey("motion.id"), primary_key=True, autoincrement=False)
    follows_id: Mapped[int | None] = mapped_column(ForeignKey("motion.id"))
    voided_at: Mapped[datetime | None] = mapped_column(Moment)
    void_reason: Mapped[str] = mapped_column(Text, default="")
    voided_by: Mapped[Any] = mapped_column(Json, default=list)


class Candidacy(Numbered, Base):
    """候选: who put a candidate forward, and how and when the candidate consented to stand."""

    __tablename__ = "candidacy"

    item_id: Mapped[int] = mapped_column(ForeignKey("motion_item.id"), unique=True)
    nominated_by: Mapped[str] = mapped_column(Text)
    consent: Mapped[str] = mapped_column(Text)
    consented_at: Mapped[datetime] = mapped_column(Moment)


class Nomination(Numbered, Base):
    """推选: the one of several co-owners whom they chose to vote for them (指导规则25); the newest stands."""

    __tablename__ = "nomination"

    motion_id: Mapped[int] = mapped_column(ForeignKey("motion.id"), index=True)
    elector_id: Mapped[int] = mapped_column(ForeignKey("elector.id"), index=True)
    nominee: Mapped[str] = mapped_column(String(100))
    attachment_id: Mapped[int] = mapped_column(ForeignKey("attachment.id"))
    at: Mapped[datetime] = mapped_column(Moment)


class HandCount(Numbered, Base):
    """举手计数: what one teller counted for every item. The latest of two tellers must agree."""

    __tablename__ = "hand_count"

    motion_id: Mapped[int] = mapped_column(ForeignKey("motion.id"), index=True)
    teller: Mapped[str] = mapped_column(String(60))
    present: Mapped[int]
    counts: Mapped[Any] = mapped_column(Json)
    at: Mapped[datetime] = mapped_column(Moment)


class RulePack(Numbered, Base):
    """地方规则: a local pack of rules laid over the national ones; kept when it is withdrawn."""

    __tablename__ = "rule_pack"

    name: Mapped[str] = mapped_column(String(120))
    file: Mapped[str] = mapped_column(String(200))
    text: Mapped[str] = mapped_column(Text)
    sha256: Mapped[str] = mapped_column(String(64))
    adopted_at: Mapped[datetime] = mapped_column(Moment)
    withdrawn_at: Mapped[datetime | None] = mapped_column(Moment)
