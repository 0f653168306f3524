"""First shape of the database."""

import sqlalchemy as sa
from alembic import op

from consult_app.storage import base

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Create every table."""
    op.create_table(
        "attachment",
        sa.Column("subject", sa.String(length=60), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("media_type", sa.String(length=60), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("attached_at", base.Moment(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachment")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_attachment_sha256"), "attachment", ["sha256"], unique=False)
    op.create_index(op.f("ix_attachment_subject"), "attachment", ["subject"], unique=False)
    op.create_table(
        "audit_entry",
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", base.Moment(), nullable=False),
        sa.Column("actor", sa.String(length=120), nullable=False),
        sa.Column("part", sa.String(length=40), nullable=False),
        sa.Column("event", sa.String(length=60), nullable=False),
        sa.Column("subject", sa.String(length=60), nullable=False),
        sa.Column("facts", base.Json(), nullable=False),
        sa.Column("previous", sa.String(length=64), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_audit_entry")),
    )
    op.create_index(op.f("ix_audit_entry_event"), "audit_entry", ["event"], unique=False)
    op.create_index(op.f("ix_audit_entry_subject"), "audit_entry", ["subject"], unique=False)
    op.create_table(
        "audit_head",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_head")),
    )
    op.create_table(
        "body",
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("policy", base.Json(), nullable=False),
        sa.Column("added_at", base.Moment(), nullable=False),
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_body")),
        sa.UniqueConstraint("name", name=op.f("uq_body_name")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "rule_pack",
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("file", sa.String(length=200), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("adopted_at", base.Moment(), nullable=False),
        sa.Column("withdrawn_at", base.Moment(), nullable=True),
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rule_pack")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "template_copy",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("data", base.Json(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_template_copy")),
    )
    op.create_table(
        "roll",
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("source_name", sa.String(length=200), nullable=False),
        sa.Column("source_sha256", sa.String(length=64), nullable=False),
        sa.Column("accepted_at", base.Moment(), nullable=False),
        sa.Column("accepted_by", sa.String(length=120), nullable=False),
        sa.Column("report", base.Json(), nullable=False),
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_roll_body_id_body")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roll")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_roll_body_id_kind"), "roll", ["body_id", "kind"], unique=False)
    op.create_table(
        "venue",
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("level", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_venue_body_id_body")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_venue")),
        sa.UniqueConstraint("body_id", "name", name=op.f("uq_venue_body_id_name")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_venue_body_id"), "venue", ["body_id"], unique=False)
    op.create_table(
        "proposal",
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("source", sa.String(length=20), nullable=False),
        sa.Column("proposer", sa.String(length=120), nullable=False),
        sa.Column("taken_down", sa.Boolean(), nullable=False),
        sa.Column("recorder", sa.String(length=120), nullable=False),
        sa.Column("affected_range", sa.String(length=500), nullable=False),
        sa.Column("wish", sa.Text(), nullable=False),
        sa.Column("registered_at", base.Moment(), nullable=False),
        sa.Column("venue_id", sa.Integer(), nullable=False),
        sa.Column("supervisor_venue_id", sa.Integer(), nullable=True),
        sa.Column("template_digest", sa.String(length=64), nullable=False),
        sa.Column("decision_body", sa.String(length=40), nullable=True),
        sa.Column("rule_id", sa.String(length=80), nullable=True),
        sa.Column("item", sa.String(length=200), nullable=False),
        sa.Column("rule_reason", sa.String(length=500), nullable=False),
        sa.Column("participants", base.Json(), nullable=False),
        sa.Column("timetable", base.Json(), nullable=False),
        sa.Column("notice_days", sa.Integer(), nullable=True),
        sa.Column("objection_days", sa.Integer(), nullable=False),
        sa.Column("flags", base.Json(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("step_code", sa.String(length=40), nullable=False),
        sa.Column("step_name", sa.String(length=40), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("overdue_times", sa.Integer(), nullable=False),
        sa.Column("responsible", sa.String(length=120), nullable=False),
        sa.Column("outcome", sa.String(length=20), nullable=True),
        sa.Column("outcome_reason", sa.String(length=500), nullable=False),
        sa.Column("merged_into", sa.Integer(), nullable=True),
        sa.Column("ended_at", base.Moment(), nullable=True),
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_proposal_body_id_body")),
        sa.ForeignKeyConstraint(["merged_into"], ["proposal.id"], name=op.f("fk_proposal_merged_into_proposal")),
        sa.ForeignKeyConstraint(
            ["supervisor_venue_id"], ["venue.id"], name=op.f("fk_proposal_supervisor_venue_id_venue")
        ),
        sa.ForeignKeyConstraint(
            ["template_digest"], ["template_copy.digest"], name=op.f("fk_proposal_template_digest_template_copy")
        ),
        sa.ForeignKeyConstraint(["venue_id"], ["venue.id"], name=op.f("fk_proposal_venue_id_venue")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposal")),
        sa.UniqueConstraint("body_id", "year", "sequence", name=op.f("uq_proposal_body_id_year_sequence")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_proposal_body_id_state_due_on", "proposal", ["body_id", "state", "due_on"], unique=False)
    op.create_table(
        "roll_amendment",
        sa.Column("roll_id", sa.Integer(), nullable=False),
        sa.Column("line", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("rule", sa.String(length=300), nullable=False),
        sa.Column("before", base.Json(), nullable=False),
        sa.Column("after", base.Json(), nullable=False),
        sa.Column("reason", sa.String(length=400), nullable=False),
        sa.Column("recorded_at", base.Moment(), nullable=False),
        sa.Column("recorded_by", sa.String(length=120), nullable=False),
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.ForeignKeyConstraint(["roll_id"], ["roll.id"], name=op.f("fk_roll_amendment_roll_id_roll")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roll_amendment")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_roll_amendment_line"), "roll_amendment", ["line"], unique=False)
    op.create_index(op.f("ix_roll_amendment_roll_id"), "roll_amendment", ["roll_id"], unique=False)
    op.create_table(
        "roll_change",
        sa.Column("roll_id", sa.Integer(), nullable=False),
        sa.Column("line", sa.String(length=40), nullable=False),
        sa.Column("before", base.Json(), nullable=False),
        sa.Column("after", base.Json(), nullable=False),
        sa.Column("reason", sa.String(length=400), nullable=False),
        sa.Column("changed_at", base.Moment(), nullable=False),
        sa.Column("changed_by", sa.String(length=120), nullable=False),
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.ForeignKeyConstraint(["roll_id"], ["roll.id"], name=op.f("fk_roll_change_roll_id_roll")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roll_change")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_roll_change_line"), "roll_change", ["line"], unique=False)
    op.create_index(op.f("ix_roll_change_roll_id"), "roll_change", ["roll_id"], unique=False)
    op.create_table(
        "roll_freeze",
        sa.Column("roll_id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("frozen_at", base.Moment(), nullable=False),
        sa.Column("frozen_by", sa.String(length=120), nullable=False),
        sa.Column("unpublished_why", sa.String(length=400), nullable=False),
        sa.ForeignKeyConstraint(["roll_id"], ["roll.id"], name=op.f("fk_roll_freeze_roll_id_roll")),
        sa.PrimaryKeyConstraint("roll_id", name=op.f("pk_roll_freeze")),
    )
    op.create_table(
        "roll_notice",
        sa.Column("roll_id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("document_digest", sa.String(length=64), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=True),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("posted_by", sa.String(length=120), nullable=False),
        sa.Column("posted_at", base.Moment(), nullable=False),
        sa.Column("photo_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["attachment.id"], name=op.f("fk_roll_notice_document_id_attachment")),
        sa.ForeignKeyConstraint(["photo_id"], ["attachment.id"], name=op.f("fk_roll_notice_photo_id_attachment")),
        sa.ForeignKeyConstraint(["roll_id"], ["roll.id"], name=op.f("fk_roll_notice_roll_id_roll")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roll_notice")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_roll_notice_roll_id"), "roll_notice", ["roll_id"], unique=False)
    op.create_table(
        "roll_person",
        sa.Column("roll_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("initials", sa.String(length=100), nullable=False),
        sa.Column("id_number", sa.String(length=40), nullable=False),
        sa.Column("legal", sa.Boolean(), nullable=False),
        sa.Column("phone", sa.String(length=60), nullable=False),
        sa.Column("birth", sa.Date(), nullable=True),
        sa.Column("gender", sa.String(length=8), nullable=False),
        sa.Column("household", sa.String(length=40), nullable=False),
        sa.Column("group_name", sa.String(length=40), nullable=False),
        sa.Column("relation", sa.String(length=20), nullable=False),
        sa.Column("representative", sa.Boolean(), nullable=False),
        sa.Column("note", sa.String(length=200), nullable=False),
        sa.Column("sheet", sa.String(length=80), nullable=False),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("struck", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.ForeignKeyConstraint(["roll_id"], ["roll.id"], name=op.f("fk_roll_person_roll_id_roll")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roll_person")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_roll_person_roll_id_name"), "roll_person", ["roll_id", "name"], unique=False)
    op.create_table(
        "roll_unit",
        sa.Column("roll_id", sa.Integer(), nullable=False),
        sa.Column("building", sa.String(length=80), nullable=False),
        sa.Column("entrance", sa.String(length=40), nullable=False),
        sa.Column("room", sa.String(length=80), nullable=False),
        sa.Column("area", sa.Integer(), nullable=False),
        sa.Column("usage", sa.String(length=20), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("phone", sa.String(length=60), nullable=False),
        sa.Column("note", sa.String(length=200), nullable=False),
        sa.Column("sheet", sa.String(length=80), nullable=False),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("struck", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.ForeignKeyConstraint(["roll_id"], ["roll.id"], name=op.f("fk_roll_unit_roll_id_roll")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roll_unit")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        op.f("ix_roll_unit_roll_id_building_entrance_room"),
        "roll_unit",
        ["roll_id", "building", "entrance", "room"],
        unique=False,
    )
    op.create_table(
        "filing",
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("fonds", sa.String(length=12), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("retention", sa.String(length=4), nullable=False),
        sa.Column("office", sa.String(length=12), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("filed_at", base.Moment(), nullable=False),
        sa.Column("filed_by", sa.String(length=120), nullable=False),
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.ForeignKeyConstraint(["proposal_id"], ["proposal.id"], name=op.f("fk_filing_proposal_id_proposal")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_filing")),
        sa.UniqueConstraint("code", name=op.f("uq_filing_code")),
        sa.UniqueConstraint(
            "fonds", "year", "retention", "office", "number", name=op.f("uq_filing_fonds_year_retention_office_number")
        ),
        sa.UniqueConstraint("proposal_id", name=op.f("uq_filing_proposal_id")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "follow_up",
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column("visited", sa.String(length=60), nullable=False),
        sa.Column("means", sa.String(length=60), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("recorded_at", base.Moment(), nullable=False),
        sa.Column("recorded_by", sa.String(length=120), nullable=False),
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.ForeignKeyConstraint(["proposal_id"], ["proposal.id"], name=op.f("fk_follow_up_proposal_id_proposal")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_follow_up")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_follow_up_proposal_id"), "follow_up", ["proposal_id"], unique=False)
    op.create_table(
        "joining",
        sa.Column("roll_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("same_as_id", sa.Integer(), nullable=False),
        sa.Column("evidence", sa.String(length=400), nullable=False),
        sa.Column("decided_at", base.Moment(), nullable=False),
        sa.Column("decided_by", sa.String(length=120), nullable=False),
        sa.Column("undone_at", base.Moment(), nullable=True),
        sa.Column("undone_why", sa.String(length=400), nullable=False),
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["roll_person.id"], name=op.f("fk_joining_person_id_roll_person")),
        sa.ForeignKeyConstraint(["roll_id"], ["roll.id"], name=op.f("fk_joining_roll_id_roll")),
        sa.ForeignKeyConstraint(["same_as_id"], ["roll_person.id"], name=op.f("fk_joining_same_as_id_roll_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_joining")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_joining_roll_id"), "joining", ["roll_id"], unique=False)
    op.create_table(
        "meeting",
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("form", sa.String(length=40), nullable=False),
        sa.Column("convener", sa.String(length=120), nullable=False),
        sa.Column("chair", sa.String(length=120), nullable=False),
        sa.Column("recorder", sa.String(length=120), nullable=False),
        sa.Column("quorum", base.Json(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("starts_at", base.Moment(), nullable=False),
        sa.Column("opened_at", base.Moment(), nullable=True),
        sa.Column("closed_at", base.Moment(), nullable=True),
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.ForeignKeyConstraint(["proposal_id"], ["proposal.id"], name=op.f("fk_meeting_proposal_id_proposal")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting")),
        sa.UniqueConstraint("proposal_id", "ordinal", name=op.f("uq_meeting_proposal_id_ordinal")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_meeting_proposal_id"), "meeting", ["proposal_id"], unique=False)
    op.create_table(
        "milestone",
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=80), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("reached_at", base.Moment(), nullable=False),
        sa.Column("reached_by", sa.String(length=120), nullable=False),
        sa.Column("what", sa.String(length=500), nullable=False),
        sa.Column("evidence", base.Json(), nullable=False),
        sa.Column("voided_at", base.Moment(), nullable=True),
        sa.Column("voided_by", sa.String(length=120), nullable=False),
        sa.Column("void_reason", sa.String(length=500), nullable=False),
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.ForeignKeyConstraint(["proposal_id"], ["proposal.id"], name=op.f("fk_milestone_proposal_id_proposal")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_milestone")),
        sa.UniqueConstraint("proposal_id", "code", "version", name=op.f("uq_milestone_proposal_id_code_version")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_milestone_proposal_id"), "milestone", ["proposal_id"], unique=False)
    op.create_table(
        "ownership",
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["roll_person.id"], name=op.f("fk_ownership_person_id_roll_person")),
        sa.ForeignKeyConstraint(["unit_id"], ["roll_unit.id"], name=op.f("fk_ownership_unit_id_roll_unit")),
        sa.PrimaryKeyConstraint("unit_id", "position", name=op.f("pk_ownership")),
        sa.UniqueConstraint("unit_id", "person_id", name=op.f("uq_ownership_unit_id_person_id")),
    )
    op.create_index(op.f("ix_ownership_person_id"), "ownership", ["person_id"], unique=False)
    op.create_table(
        "review",
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("reviewer", sa.String(length=60), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("rating", sa.String(length=20), nullable=False),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.Column("recorded_at", base.Moment(), nullable=False),
        sa.Column("recorded_by", sa.String(length=120), nullable=False),
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.ForeignKeyConstraint(["proposal_id"], ["proposal.id"], name=op.f("fk_review_proposal_id_proposal")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_review_proposal_id"), "review", ["proposal_id"], unique=False)
    op.create_table(
        "roll_objection",
        sa.Column("notice_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("contact", sa.String(length=120), nullable=False),
        sa.Column("line", sa.String(length=120), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("received_at", base.Moment(), nullable=False),
        sa.Column("in_time", sa.Boolean(), nullable=False),
        sa.Column("upheld", sa.Boolean(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered_by", sa.String(length=120), nullable=False),
        sa.Column("answered_at", base.Moment(), nullable=True),
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.ForeignKeyConstraint(
            ["notice_id"], ["roll_notice.id"], name=op.f("fk_roll_objection_notice_id_roll_notice")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roll_objection")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_roll_objection_notice_id"), "roll_objection", ["notice_id"], unique=False)
    op.create_table(
        "step_run",
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column("step_code", sa.String(length=40), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("started_at", base.Moment(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("overdue_times", sa.Integer(), nullable=False),
        sa.Column("completed_at", base.Moment(), nullable=True),
        sa.Column("completed_by", sa.String(length=120), nullable=False),
        sa.Column("returned_at", base.Moment(), nullable=True),
        sa.Column("return_reason", sa.String(length=500), nullable=False),
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.ForeignKeyConstraint(["proposal_id"], ["proposal.id"], name=op.f("fk_step_run_proposal_id_proposal")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_step_run")),
        sa.UniqueConstraint("proposal_id", "step_code", "round", name=op.f("uq_step_run_proposal_id_step_code_round")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_step_run_proposal_id"), "step_run", ["proposal_id"], unique=False)
    op.create_table(
        "work_order",
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column("responsible", sa.String(length=60), nullable=False),
        sa.Column("unit", sa.String(length=120), nullable=False),
        sa.Column("task", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("budget", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("assigned_at", base.Moment(), nullable=False),
        sa.Column("assigned_by", sa.String(length=120), nullable=False),
        sa.Column("closed_at", base.Moment(), nullable=True),
        sa.Column("closing", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.ForeignKeyConstraint(["proposal_id"], ["proposal.id"], name=op.f("fk_work_order_proposal_id_proposal")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_work_order")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_work_order_proposal_id"), "work_order", ["proposal_id"], unique=False)
    op.create_table(
        "agenda_item",
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("presenter", sa.String(length=120), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("started_at", base.Moment(), nullable=True),
        sa.Column("ended_at", base.Moment(), nullable=True),
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_agenda_item_meeting_id_meeting")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agenda_item")),
        sa.UniqueConstraint("meeting_id", "ordinal", name=op.f("uq_agenda_item_meeting_id_ordinal")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_agenda_item_meeting_id"), "agenda_item", ["meeting_id"], unique=False)
    op.create_table(
        "attendance",
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("capacity", sa.String(length=120), nullable=False),
        sa.Column("presence", sa.String(length=20), nullable=False),
        sa.Column("is_listed", sa.Boolean(), nullable=False),
        sa.Column("elector_key", sa.String(length=120), nullable=True),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("arrived_at", base.Moment(), nullable=True),
        sa.Column("left_at", base.Moment(), nullable=True),
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_attendance_meeting_id_meeting")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attendance")),
        sa.UniqueConstraint("meeting_id", "name", name=op.f("uq_attendance_meeting_id_name")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_attendance_meeting_id"), "attendance", ["meeting_id"], unique=False)
    op.create_table(
        "consultation_opinion",
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("agreed", sa.Text(), nullable=False),
        sa.Column("unsettled", sa.Text(), nullable=False),
        sa.Column("dissent", sa.Text(), nullable=False),
        sa.Column("recorded_at", base.Moment(), nullable=False),
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name=op.f("fk_consultation_opinion_meeting_id_meeting")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consultation_opinion")),
        sa.UniqueConstraint("meeting_id", "version", name=op.f("uq_consultation_opinion_meeting_id_version")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_consultation_opinion_meeting_id"), "consultation_opinion", ["meeting_id"], unique=False)
    op.create_table(
        "motion",
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("rule_id", sa.String(length=80), nullable=False),
        sa.Column("rule", base.Json(), nullable=False),
        sa.Column("rule_digest", sa.String(length=64), nullable=False),
        sa.Column("voted_on", sa.Date(), nullable=False),
        sa.Column("legal_mode", sa.String(length=20), nullable=False),
        sa.Column("duplicate_policy", sa.String(length=20), nullable=False),
        sa.Column("secret", sa.Boolean(), nullable=False),
        sa.Column("by_hands", sa.Boolean(), nullable=False),
        sa.Column("item_count", sa.Integer(), nullable=False),
        sa.Column("seats", sa.Integer(), nullable=False),
        sa.Column("scope", base.Json(), nullable=False),
        sa.Column("follow_clause", sa.Text(), nullable=False),
        sa.Column("closes_at", base.Moment(), nullable=False),
        sa.Column("roll_id", sa.Integer(), nullable=True),
        sa.Column("roll_digest", sa.String(length=64), nullable=True),
        sa.Column("plan_digest", sa.String(length=64), nullable=True),
        sa.Column("eligible_heads", sa.Integer(), nullable=False),
        sa.Column("eligible_area", sa.BigInteger(), nullable=False),
        sa.Column("drafted_at", base.Moment(), nullable=False),
        sa.Column("frozen_at", base.Moment(), nullable=True),
        sa.Column("issued_at", base.Moment(), nullable=True),
        sa.Column("opened_at", base.Moment(), nullable=True),
        sa.Column("closed_at", base.Moment(), nullable=True),
        sa.Column("closed_by", base.Json(), nullable=False),
        sa.Column("declared_at", base.Moment(), nullable=True),
        sa.Column("verdict", base.Json(), nullable=True),
        sa.Column("verdict_digest", sa.String(length=64), nullable=True),
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_motion_body_id_body")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_motion_meeting_id_meeting")),
        sa.ForeignKeyConstraint(["proposal_id"], ["proposal.id"], name=op.f("fk_motion_proposal_id_proposal")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_motion")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_motion_body_id"), "motion", ["body_id"], unique=False)
    op.create_index(op.f("ix_motion_proposal_id"), "motion", ["proposal_id"], unique=False)
    op.create_table(
        "progress",
        sa.Column("order_id", sa.Integer(), nullable=False),
        sa.Column("percent", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("reported_at", base.Moment(), nullable=False),
        sa.Column("reported_by", sa.String(length=120), nullable=False),
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.ForeignKeyConstraint(["order_id"], ["work_order.id"], name=op.f("fk_progress_order_id_work_order")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_progress")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_progress_order_id"), "progress", ["order_id"], unique=False)
    op.create_table(
        "document",
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("artefact", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("code", sa.String(length=12), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("content", base.Json(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=True),
        sa.Column("motion_id", sa.Integer(), nullable=True),
        sa.Column("attachment_id", sa.Integer(), nullable=True),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column("drafted_at", base.Moment(), nullable=False),
        sa.Column("issued_at", base.Moment(), nullable=True),
        sa.Column("voided_at", base.Moment(), nullable=True),
        sa.Column("void_reason", sa.String(length=200), nullable=False),
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.ForeignKeyConstraint(
            ["attachment_id"], ["attachment.id"], name=op.f("fk_document_attachment_id_attachment")
        ),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_document_meeting_id_meeting")),
        sa.ForeignKeyConstraint(["motion_id"], ["motion.id"], name=op.f("fk_document_motion_id_motion")),
        sa.ForeignKeyConstraint(["proposal_id"], ["proposal.id"], name=op.f("fk_document_proposal_id_proposal")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document")),
        sa.UniqueConstraint("code", name=op.f("uq_document_code")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_document_proposal_id"), "document", ["proposal_id"], unique=False)
    op.create_table(
        "election_tally",
        sa.Column("motion_id", sa.Integer(), nullable=False),
        sa.Column("teller", sa.String(length=60), nullable=False),
        sa.Column("counts", base.Json(), nullable=False),
        sa.Column("at", base.Moment(), nullable=False),
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.ForeignKeyConstraint(["motion_id"], ["motion.id"], name=op.f("fk_election_tally_motion_id_motion")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_election_tally")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_election_tally_motion_id"), "election_tally", ["motion_id"], unique=False)
    op.create_table(
        "elector",
        sa.Column("motion_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=400), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("names", base.Json(), nullable=False),
        sa.Column("rooms", base.Json(), nullable=False),
        sa.Column("places", base.Json(), nullable=False),
        sa.Column("heads", sa.Integer(), nullable=False),
        sa.Column("area", sa.BigInteger(), nullable=False),
        sa.Column("persons", base.Json(), nullable=False),
        sa.Column("titles", base.Json(), nullable=False),
        sa.Column("joined", base.Json(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.ForeignKeyConstraint(["motion_id"], ["motion.id"], name=op.f("fk_elector_motion_id_motion")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_elector")),
        sa.UniqueConstraint("motion_id", "key", name=op.f("uq_elector_motion_id_key")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_elector_motion_id"), "elector", ["motion_id"], unique=False)
    op.create_table(
        "hand_count",
        sa.Column("motion_id", sa.Integer(), nullable=False),
        sa.Column("teller", sa.String(length=60), nullable=False),
        sa.Column("present", sa.Integer(), nullable=False),
        sa.Column("counts", base.Json(), nullable=False),
        sa.Column("at", base.Moment(), nullable=False),
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.ForeignKeyConstraint(["motion_id"], ["motion.id"], name=op.f("fk_hand_count_motion_id_motion")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hand_count")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_hand_count_motion_id"), "hand_count", ["motion_id"], unique=False)
    op.create_table(
        "motion_item",
        sa.Column("motion_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=8), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.ForeignKeyConstraint(["motion_id"], ["motion.id"], name=op.f("fk_motion_item_motion_id_motion")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_motion_item")),
        sa.UniqueConstraint("motion_id", "code", name=op.f("uq_motion_item_motion_id_code")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_motion_item_motion_id"), "motion_item", ["motion_id"], unique=False)
    op.create_table(
        "statement",
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("speaker", sa.String(length=120), nullable=False),
        sa.Column("capacity", sa.String(length=120), nullable=False),
        sa.Column("position", sa.String(length=20), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("recorded_at", base.Moment(), nullable=False),
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["agenda_item.id"], name=op.f("fk_statement_item_id_agenda_item")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_statement_meeting_id_meeting")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_statement")),
        sa.UniqueConstraint("meeting_id", "number", "version", name=op.f("uq_statement_meeting_id_number_version")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_statement_meeting_id"), "statement", ["meeting_id"], unique=False)
    op.create_table(
        "ballot",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("motion_id", sa.Integer(), nullable=False),
        sa.Column("elector_id", sa.Integer(), nullable=True),
        sa.Column("choices", sa.String(length=60), nullable=False),
        sa.Column("heads", sa.Integer(), nullable=False),
        sa.Column("area", sa.BigInteger(), nullable=False),
        sa.Column("needs_signature", sa.Boolean(), nullable=False),
        sa.Column("signed", sa.Boolean(), nullable=False),
        sa.Column("set_aside", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["elector_id"], ["elector.id"], name=op.f("fk_ballot_elector_id_elector")),
        sa.ForeignKeyConstraint(["motion_id"], ["motion.id"], name=op.f("fk_ballot_motion_id_motion")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ballot")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_ballot_elector_id"), "ballot", ["elector_id"], unique=False)
    op.create_index("ix_ballot_motion", "ballot", ["motion_id"], unique=False)
    op.create_table(
        "credential",
        sa.Column("motion_id", sa.Integer(), nullable=False),
        sa.Column("elector_id", sa.Integer(), nullable=False),
        sa.Column("serial", sa.Integer(), nullable=False),
        sa.Column("token_digest", sa.String(length=64), nullable=False),
        sa.Column("human_code", sa.String(length=8), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("issued_at", base.Moment(), nullable=False),
        sa.Column("handed_at", base.Moment(), nullable=True),
        sa.Column("settled_at", base.Moment(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.ForeignKeyConstraint(["elector_id"], ["elector.id"], name=op.f("fk_credential_elector_id_elector")),
        sa.ForeignKeyConstraint(["motion_id"], ["motion.id"], name=op.f("fk_credential_motion_id_motion")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_credential")),
        sa.UniqueConstraint("human_code", name=op.f("uq_credential_human_code")),
        sa.UniqueConstraint("motion_id", "serial", name=op.f("uq_credential_motion_id_serial")),
        sa.UniqueConstraint("token_digest", name=op.f("uq_credential_token_digest")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_credential_elector_id"), "credential", ["elector_id"], unique=False)
    op.create_index(op.f("ix_credential_motion_id"), "credential", ["motion_id"], unique=False)
    op.create_table(
        "nomination",
        sa.Column("motion_id", sa.Integer(), nullable=False),
        sa.Column("elector_id", sa.Integer(), nullable=False),
        sa.Column("nominee", sa.String(length=100), nullable=False),
        sa.Column("attachment_id", sa.Integer(), nullable=False),
        sa.Column("at", base.Moment(), nullable=False),
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.ForeignKeyConstraint(
            ["attachment_id"], ["attachment.id"], name=op.f("fk_nomination_attachment_id_attachment")
        ),
        sa.ForeignKeyConstraint(["elector_id"], ["elector.id"], name=op.f("fk_nomination_elector_id_elector")),
        sa.ForeignKeyConstraint(["motion_id"], ["motion.id"], name=op.f("fk_nomination_motion_id_motion")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_nomination")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_nomination_elector_id"), "nomination", ["elector_id"], unique=False)
    op.create_index(op.f("ix_nomination_motion_id"), "nomination", ["motion_id"], unique=False)
    op.create_table(
        "notice",
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column("required_days", sa.Integer(), nullable=False),
        sa.Column("first_posted_at", base.Moment(), nullable=False),
        sa.Column("taken_down_at", base.Moment(), nullable=True),
        sa.Column("taken_down_by", sa.String(length=120), nullable=False),
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_notice_document_id_document")),
        sa.ForeignKeyConstraint(["proposal_id"], ["proposal.id"], name=op.f("fk_notice_proposal_id_proposal")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
        sa.UniqueConstraint("document_id", name=op.f("uq_notice_document_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_notice_proposal_id"), "notice", ["proposal_id"], unique=False)
    op.create_table(
        "proxy",
        sa.Column("motion_id", sa.Integer(), nullable=False),
        sa.Column("elector_id", sa.Integer(), nullable=False),
        sa.Column("agent", sa.String(length=60), nullable=False),
        sa.Column("agent_elector_id", sa.Integer(), nullable=True),
        sa.Column("agent_key", sa.String(length=80), nullable=False),
        sa.Column("relation", sa.String(length=60), nullable=False),
        sa.Column("authority", sa.Text(), nullable=False),
        sa.Column("attachment_id", sa.Integer(), nullable=True),
        sa.Column("registered_at", base.Moment(), nullable=False),
        sa.Column("revoked_at", base.Moment(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.ForeignKeyConstraint(["agent_elector_id"], ["elector.id"], name=op.f("fk_proxy_agent_elector_id_elector")),
        sa.ForeignKeyConstraint(["attachment_id"], ["attachment.id"], name=op.f("fk_proxy_attachment_id_attachment")),
        sa.ForeignKeyConstraint(["elector_id"], ["elector.id"], name=op.f("fk_proxy_elector_id_elector")),
        sa.ForeignKeyConstraint(["motion_id"], ["motion.id"], name=op.f("fk_proxy_motion_id_motion")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proxy")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_proxy_motion_id"), "proxy", ["motion_id"], unique=False)
    op.create_index(
        "ux_proxy_standing",
        "proxy",
        ["elector_id"],
        unique=True,
        sqlite_where=sa.text("revoked_at IS NULL"),
        postgresql_where=sa.text("revoked_at IS NULL"),
    )
    op.create_table(
        "scan",
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("attachment_id", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("received_at", base.Moment(), nullable=False),
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.ForeignKeyConstraint(["attachment_id"], ["attachment.id"], name=op.f("fk_scan_attachment_id_attachment")),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_scan_document_id_document")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scan")),
        sa.UniqueConstraint("document_id", "sha256", name=op.f("uq_scan_document_id_sha256")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_scan_document_id"), "scan", ["document_id"], unique=False)
    op.create_table(
        "ballot_conflict",
        sa.Column("motion_id", sa.Integer(), nullable=False),
        sa.Column("credential_id", sa.Integer(), nullable=False),
        sa.Column("elector_id", sa.Integer(), nullable=False),
        sa.Column("first_channel", sa.String(length=12), nullable=False),
        sa.Column("first_at", base.Moment(), nullable=False),
        sa.Column("second_channel", sa.String(length=12), nullable=False),
        sa.Column("second_at", base.Moment(), nullable=False),
        sa.Column("counted", sa.String(length=12), nullable=False),
        sa.Column("decided_by", base.Json(), nullable=True),
        sa.Column("decided_at", base.Moment(), nullable=True),
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.ForeignKeyConstraint(
            ["credential_id"], ["credential.id"], name=op.f("fk_ballot_conflict_credential_id_credential")
        ),
        sa.ForeignKeyConstraint(["elector_id"], ["elector.id"], name=op.f("fk_ballot_conflict_elector_id_elector")),
        sa.ForeignKeyConstraint(["motion_id"], ["motion.id"], name=op.f("fk_ballot_conflict_motion_id_motion")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ballot_conflict")),
        sa.UniqueConstraint("credential_id", name=op.f("uq_ballot_conflict_credential_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_ballot_conflict_motion_id"), "ballot_conflict", ["motion_id"], unique=False)
    op.create_table(
        "objection",
        sa.Column("notice_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("contact", sa.String(length=120), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("received_at", base.Moment(), nullable=False),
        sa.Column("in_time", sa.Boolean(), nullable=False),
        sa.Column("upheld", sa.Boolean(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered_by", sa.String(length=120), nullable=False),
        sa.Column("answered_at", base.Moment(), nullable=True),
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.ForeignKeyConstraint(["notice_id"], ["notice.id"], name=op.f("fk_objection_notice_id_notice")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_objection")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_objection_notice_id"), "objection", ["notice_id"], unique=False)
    op.create_table(
        "paper_entry",
        sa.Column("motion_id", sa.Integer(), nullable=False),
        sa.Column("credential_id", sa.Integer(), nullable=False),
        sa.Column("teller", sa.String(length=60), nullable=False),
        sa.Column("choices", sa.String(length=60), nullable=False),
        sa.Column("at", base.Moment(), nullable=False),
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.ForeignKeyConstraint(
            ["credential_id"], ["credential.id"], name=op.f("fk_paper_entry_credential_id_credential")
        ),
        sa.ForeignKeyConstraint(["motion_id"], ["motion.id"], name=op.f("fk_paper_entry_motion_id_motion")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper_entry")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_paper_entry_credential_id"), "paper_entry", ["credential_id"], unique=False)
    op.create_index(op.f("ix_paper_entry_motion_id"), "paper_entry", ["motion_id"], unique=False)
    op.create_table(
        "participation",
        sa.Column("motion_id", sa.Integer(), nullable=False),
        sa.Column("elector_id", sa.Integer(), nullable=False),
        sa.Column("credential_id", sa.Integer(), nullable=True),
        sa.Column("channel", sa.String(length=12), nullable=False),
        sa.Column("at", base.Moment(), nullable=False),
        sa.Column("form_digest", sa.String(length=64), nullable=True),
        sa.Column("helper", sa.String(length=200), nullable=True),
        sa.Column("pending", sa.Boolean(), nullable=False),
        sa.Column("signed_at", base.Moment(), nullable=True),
        sa.Column("proxy_id", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.ForeignKeyConstraint(
            ["credential_id"], ["credential.id"], name=op.f("fk_participation_credential_id_credential")
        ),
        sa.ForeignKeyConstraint(["elector_id"], ["elector.id"], name=op.f("fk_participation_elector_id_elector")),
        sa.ForeignKeyConstraint(["motion_id"], ["motion.id"], name=op.f("fk_participation_motion_id_motion")),
        sa.ForeignKeyConstraint(["proxy_id"], ["proxy.id"], name=op.f("fk_participation_proxy_id_proxy")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_participation")),
        sa.UniqueConstraint("motion_id", "elector_id", name=op.f("uq_participation_motion_id_elector_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_participation_credential_id"), "participation", ["credential_id"], unique=False)
    op.create_index(op.f("ix_participation_elector_id"), "participation", ["elector_id"], unique=False)
    op.create_table(
        "posting",
        sa.Column("notice_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("posted_by", sa.String(length=120), nullable=False),
        sa.Column("posted_at", base.Moment(), nullable=False),
        sa.Column("photo_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.ForeignKeyConstraint(["notice_id"], ["notice.id"], name=op.f("fk_posting_notice_id_notice")),
        sa.ForeignKeyConstraint(["photo_id"], ["attachment.id"], name=op.f("fk_posting_photo_id_attachment")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_posting")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_posting_notice_id"), "posting", ["notice_id"], unique=False)
