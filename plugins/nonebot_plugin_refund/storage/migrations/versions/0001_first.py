"""第一版：人、群、访谈、案件、时限、提醒、送达、留底和主人的开关。"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """建立全部表。"""
    op.create_table(
        "refund_cases",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("platform", sa.String(), nullable=False),
        sa.Column("user_id", sa.String(), nullable=False),
        sa.Column("self_id", sa.String(), nullable=False),
        sa.Column("origin_group_id", sa.String(), nullable=True),
        sa.Column("scenario_id", sa.String(), nullable=False),
        sa.Column("rulebook_digest", sa.String(), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("amounts", sa.JSON(), nullable=False),
        sa.Column("ledger", sa.JSON(), nullable=False),
        sa.Column("rule_id", sa.String(), nullable=False),
        sa.Column("rule_version", sa.Integer(), nullable=False),
        sa.Column("verdict", sa.String(), nullable=False),
        sa.Column("track_id", sa.String(), nullable=True),
        sa.Column("stage_id", sa.String(), nullable=True),
        sa.Column("stage_entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("stage_told", sa.JSON(), nullable=False),
        sa.Column("reminders_stopped", sa.Boolean(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_refund_cases")),
        sa.UniqueConstraint("code", name=op.f("uq_refund_cases_code")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_refund_cases_closed_at", "refund_cases", ["closed_at"], unique=False)
    op.create_index("ix_refund_cases_person", "refund_cases", ["platform", "user_id", "opened_at"], unique=False)
    op.create_index("ix_refund_cases_rulebook", "refund_cases", ["rulebook_digest", "scenario_id"], unique=False)
    op.create_index("ix_refund_cases_stage", "refund_cases", ["stage_id", "updated_at"], unique=False)
    op.create_table(
        "refund_controls",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_refund_controls")),
    )
    op.create_table(
        "refund_deliveries",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("platform", sa.String(), nullable=False),
        sa.Column("self_id", sa.String(), nullable=False),
        sa.Column("user_id", sa.String(), nullable=False),
        sa.Column("group_id", sa.String(), nullable=True),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=True),
        sa.Column("wording", sa.String(), nullable=True),
        sa.Column("message_id", sa.String(), nullable=True),
        sa.Column("marked_duplicate", sa.Boolean(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_refund_deliveries")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_refund_deliveries_message", "refund_deliveries", ["platform", "self_id", "message_id"], unique=False
    )
    op.create_index("ix_refund_deliveries_person", "refund_deliveries", ["platform", "user_id", "id"], unique=False)
    op.create_index("ix_refund_deliveries_started_at", "refund_deliveries", ["started_at"], unique=False)
    op.create_table(
        "refund_erasures",
        sa.Column("salt", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("erased_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("salt", "digest", "erased_at", name=op.f("pk_refund_erasures")),
    )
    op.create_table(
        "refund_group_settings",
        sa.Column("platform", sa.String(), nullable=False),
        sa.Column("group_id", sa.String(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("keywords_level", sa.String(), nullable=True),
        sa.Column("pictures", sa.Boolean(), nullable=True),
        sa.Column("cooldown_seconds", sa.Integer(), nullable=True),
        sa.Column("mentions", sa.Boolean(), nullable=True),
        sa.Column("quiet_start", sa.String(), nullable=True),
        sa.Column("quiet_end", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("platform", "group_id", name=op.f("pk_refund_group_settings")),
    )
    op.create_table(
        "refund_handled_messages",
        sa.Column("platform", sa.String(), nullable=False),
        sa.Column("self_id", sa.String(), nullable=False),
        sa.Column("message_id", sa.String(), nullable=False),
        sa.Column("handled_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("platform", "self_id", "message_id", name=op.f("pk_refund_handled_messages")),
    )
    op.create_index("ix_refund_handled_messages_handled_at", "refund_handled_messages", ["handled_at"], unique=False)
    op.create_table(
        "refund_interviews",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("platform", sa.String(), nullable=False),
        sa.Column("user_id", sa.String(), nullable=False),
        sa.Column("self_id", sa.String(), nullable=False),
        sa.Column("origin_group_id", sa.String(), nullable=True),
        sa.Column("scenario_id", sa.String(), nullable=False),
        sa.Column("rulebook_digest", sa.String(), nullable=False),
        sa.Column("state", sa.JSON(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_refund_interviews")),
    )
    op.create_index("ix_refund_interviews_person", "refund_interviews", ["platform", "user_id", "status"], unique=False)
    op.create_index("ix_refund_interviews_updated_at", "refund_interviews", ["status", "updated_at"], unique=False)
    op.create_index(
        "uq_refund_interviews_active",
        "refund_interviews",
        ["platform", "user_id"],
        unique=True,
        sqlite_where=sa.text("status = 'active'"),
        postgresql_where=sa.text("status = 'active'"),
    )
    op.create_table(
        "refund_notes",
        sa.Column("platform", sa.String(), nullable=False),
        sa.Column("user_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("payload", sa.JSON(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("platform", "user_id", name=op.f("pk_refund_notes")),
    )
    op.create_table(
        "refund_owed_replies",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("platform", sa.String(), nullable=False),
        sa.Column("user_id", sa.String(), nullable=False),
        sa.Column("self_id", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_refund_owed_replies")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_refund_owed_replies_kept_at", "refund_owed_replies", ["kept_at"], unique=False)
    op.create_index("ix_refund_owed_replies_person", "refund_owed_replies", ["platform", "user_id"], unique=False)
    op.create_table(
        "refund_people",
        sa.Column("platform", sa.String(), nullable=False),
        sa.Column("user_id", sa.String(), nullable=False),
        sa.Column("reminders_stopped", sa.Boolean(), nullable=False),
        sa.Column("mention_consent", sa.Boolean(), nullable=True),
        sa.Column("first_seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("pictures", sa.Boolean(), nullable=True),
        sa.PrimaryKeyConstraint("platform", "user_id", name=op.f("pk_refund_people")),
    )
    op.create_table(
        "refund_rulebook_snapshots",
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("scenario_id", sa.String(), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("digest", "scenario_id", name=op.f("pk_refund_rulebook_snapshots")),
    )
    op.create_table(
        "refund_case_events",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("case_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("event_id", sa.String(), nullable=False),
        sa.Column("from_stage", sa.String(), nullable=True),
        sa.Column("to_stage", sa.String(), nullable=True),
        sa.Column("detail", sa.JSON(), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["case_id"], ["refund_cases.id"], name=op.f("fk_refund_case_events_case_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_refund_case_events")),
    )
    op.create_index("ix_refund_case_events_case_id", "refund_case_events", ["case_id", "id"], unique=False)
    op.create_table(
        "refund_changes",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("platform", sa.String(), nullable=False),
        sa.Column("user_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("case_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("detail", sa.JSON(), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["case_id"], ["refund_cases.id"], name=op.f("fk_refund_changes_case_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_refund_changes")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_refund_changes_person", "refund_changes", ["platform", "user_id", "id"], unique=False)
    op.create_index("ix_refund_changes_made_at", "refund_changes", ["made_at"], unique=False)
    op.create_table(
        "refund_case_timers",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("case_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("timer_id", sa.String(), nullable=False),
        sa.Column("timer_version", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("starts", sa.String(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("safe", sa.Date(), nullable=False),
        sa.Column("arguable", sa.Date(), nullable=True),
        sa.Column("certain", sa.Boolean(), nullable=False),
        sa.Column("explain", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["case_id"], ["refund_cases.id"], name=op.f("fk_refund_case_timers_case_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_refund_case_timers")),
    )
    op.create_index("ix_refund_case_timers_certain", "refund_case_timers", ["certain", "state"], unique=False)
    op.create_index("ix_refund_case_timers_due", "refund_case_timers", ["state", "due_at"], unique=False)
    op.create_index(
        "uq_refund_case_timers_open",
        "refund_case_timers",
        ["case_id", "timer_id"],
        unique=True,
        sqlite_where=sa.text("state = 'open'"),
        postgresql_where=sa.text("state = 'open'"),
    )
    op.create_index(
        "uq_refund_case_timers_version", "refund_case_timers", ["case_id", "timer_id", "timer_version"], unique=True
    )
    op.create_table(
        "refund_evidence_ticks",
        sa.Column("case_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("evidence_id", sa.String(), nullable=False),
        sa.Column("ticked_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["refund_cases.id"], name=op.f("fk_refund_evidence_ticks_case_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("case_id", "evidence_id", name=op.f("pk_refund_evidence_ticks")),
    )
    op.create_table(
        "refund_reminders",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("case_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("timer_id", sa.String(), nullable=False),
        sa.Column("timer_version", sa.Integer(), nullable=False),
        sa.Column("offset", sa.String(), nullable=False),
        sa.Column("platform", sa.String(), nullable=False),
        sa.Column("self_id", sa.String(), nullable=False),
        sa.Column("user_id", sa.String(), nullable=False),
        sa.Column("origin_group_id", sa.String(), nullable=True),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("next_try_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("unknowns", sa.Integer(), nullable=False),
        sa.Column("disproved", sa.Integer(), nullable=False),
        sa.Column("possible_duplicate", sa.Boolean(), nullable=False),
        sa.Column("detail_owed", sa.Boolean(), nullable=False),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("delivery_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("channel", sa.String(), nullable=True),
        sa.Column("last_code", sa.String(), nullable=True),
        sa.Column("last_wording", sa.String(), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state IN ('pending', 'claimed', 'sending', 'unknown', 'waiting', 'sent', 'cancelled', 'dead')",
            name=op.f("ck_refund_reminders_state"),
        ),
        sa.CheckConstraint(
            "(lease_until IS NOT NULL) = (state IN ('claimed', 'sending'))", name=op.f("ck_refund_reminders_lease")
        ),
        sa.CheckConstraint(
            "attempt >= 0 AND failures >= 0 AND disproved >= 0 AND unknowns >= disproved",
            name=op.f("ck_refund_reminders_counts"),
        ),
        sa.CheckConstraint(
            "channel IN ('private', 'group_mention', 'on_next_message')", name=op.f("ck_refund_reminders_channel")
        ),
        sa.CheckConstraint("state = 'sent' OR detail_owed = FALSE", name=op.f("ck_refund_reminders_detail_owed")),
        sa.ForeignKeyConstraint(
            ["case_id"], ["refund_cases.id"], name=op.f("fk_refund_reminders_case_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["delivery_id"], ["refund_deliveries.id"], name=op.f("fk_refund_reminders_delivery_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_refund_reminders")),
        sa.UniqueConstraint(
            "case_id", "timer_id", "timer_version", "offset", name="uq_refund_reminders_case_timer_version_offset"
        ),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_refund_reminders_claim", "refund_reminders", ["state", "platform", "self_id", "next_try_at"], unique=False
    )
    op.create_index("ix_refund_reminders_delivery_id", "refund_reminders", ["delivery_id"], unique=False)
    op.create_index("ix_refund_reminders_give_up", "refund_reminders", ["state", "next_try_at"], unique=False)
    op.create_index("ix_refund_reminders_lease", "refund_reminders", ["state", "lease_until"], unique=False)
    op.create_index(
        "ix_refund_reminders_person", "refund_reminders", ["platform", "user_id", "state", "due_at"], unique=False
    )
    op.create_table(
        "refund_delivery_items",
        sa.Column("delivery_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("reminder_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["delivery_id"],
            ["refund_deliveries.id"],
            name=op.f("fk_refund_delivery_items_delivery_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["reminder_id"],
            ["refund_reminders.id"],
            name=op.f("fk_refund_delivery_items_reminder_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("delivery_id", "reminder_id", name=op.f("pk_refund_delivery_items")),
    )
    op.create_index("ix_refund_delivery_items_reminder_id", "refund_delivery_items", ["reminder_id"], unique=False)
