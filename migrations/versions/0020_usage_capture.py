"""Usage capture: API keys, the ledger of consent, usage events, and the proof that what was withdrawn is gone.

`skill_feedback.usage_event_id` was a number without a table to point into, and no row has one: it is dropped and added
again with its foreign key, each by SQLite's own ALTER TABLE, so that the table and its search triggers stay.
"""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

SCOPES = "'track', 'read', 'track read', 'write', 'track write', 'read write', 'track read write'"
VERDICTS = (
    "'captured', 'duplicate', 'no_content', 'incomplete_content', 'unusable_content', 'capture_disabled',"
    " 'no_consent', 'consent_outdated', 'skill_excluded'"
)
REASONS = "'consent_withdrawn', 'skill_excluded', 'taken_back', 'redacted_more', 'user_deleted'"
NOT_SCRUBBED = sa.text("scrubbed_at IS NULL")
WAS_CAPTURED = sa.text("usage_event_id IS NOT NULL")


def upgrade() -> None:
    create_api_keys()
    create_consent_records()
    create_usage_events()
    create_erasures()
    op.add_column("skills", sa.Column("usage_count", sa.Integer(), server_default=sa.text("0"), nullable=False))
    op.drop_column("skill_feedback", "usage_event_id")
    op.add_column(
        "skill_feedback",
        sa.Column(
            "usage_event_id",
            sa.Integer(),
            sa.ForeignKey("usage_events.id", name=op.f("fk_skill_feedback_usage_event_id"), ondelete="SET NULL"),
            nullable=True,
        ),
        inline_references=op.get_bind().dialect.name == "sqlite",
    )
    op.create_index(
        "ix_skill_feedback_usage_event_id",
        "skill_feedback",
        ["usage_event_id"],
        sqlite_where=WAS_CAPTURED,
        postgresql_where=WAS_CAPTURED,
    )


def downgrade() -> None:
    op.drop_index("ix_skill_feedback_usage_event_id", "skill_feedback")
    op.drop_column("skill_feedback", "usage_event_id")
    op.add_column("skill_feedback", sa.Column("usage_event_id", sa.Integer(), nullable=True))
    op.drop_column("skills", "usage_count")
    for table in ("tombstones", "erasures", "usage_events", "consent_records", "api_keys"):
        op.drop_table(table)


def create_api_keys() -> None:
    op.create_table(
        "api_keys",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("prefix", sa.String(length=16), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("scopes", sa.String(length=32), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("rules_version", sa.SmallInteger(), server_default=sa.text("0"), nullable=False),
        sa.CheckConstraint("length(digest) = 64", name=op.f("ck_api_keys_digest")),
        sa.CheckConstraint(f"scopes IN ({SCOPES})", name=op.f("ck_api_keys_scopes")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_api_keys_user_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_api_keys")),
        sa.UniqueConstraint("digest", name=op.f("uq_api_keys_digest")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_api_keys_user_id", "api_keys", ["user_id", "id"])
    op.create_index("ix_api_keys_rules_version", "api_keys", ["rules_version"])


def create_consent_records() -> None:
    op.create_table(
        "consent_records",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("decision", sa.String(length=16), nullable=False),
        sa.Column("skill_id", sa.Integer(), nullable=True),
        sa.Column("notice_version", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("decision IN ('given', 'withdrawn')", name=op.f("ck_consent_records_decision")),
        sa.CheckConstraint("notice_version >= 1", name=op.f("ck_consent_records_notice_version")),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_consent_records_user_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["actor_id"], ["users.id"], name=op.f("fk_consent_records_actor_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["skill_id"], ["skills.id"], name=op.f("fk_consent_records_skill_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent_records")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_consent_records_user_id", "consent_records", ["user_id", "id"])


def create_usage_events() -> None:
    op.create_table(
        "usage_events",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("skill_id", sa.Integer(), nullable=False),
        sa.Column("skill_version_number", sa.Integer(), nullable=False),
        sa.Column("api_key_id", sa.Integer(), nullable=True),
        sa.Column("consent_record_id", sa.Integer(), nullable=True),
        sa.Column("event_digest", sa.String(length=64), nullable=True),
        sa.Column("occurred_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tool_name", sa.Text(), nullable=False),
        sa.Column("model_name", sa.Text(), nullable=True),
        sa.Column("session_id", sa.Text(), nullable=True),
        sa.Column("input_tokens", sa.Integer(), nullable=True),
        sa.Column("output_tokens", sa.Integer(), nullable=True),
        sa.Column("latency_ms", sa.Integer(), nullable=True),
        sa.Column("verdict", sa.String(length=32), nullable=False),
        sa.Column("secrets_removed", sa.Text(), nullable=True),
        sa.Column("example_id", sa.Integer(), nullable=True),
        sa.Column("rules_version", sa.SmallInteger(), server_default=sa.text("0"), nullable=False),
        sa.CheckConstraint(f"verdict IN ({VERDICTS})", name=op.f("ck_usage_events_verdict")),
        sa.CheckConstraint(
            "input_tokens >= 0 AND output_tokens >= 0 AND latency_ms >= 0", name=op.f("ck_usage_events_counts")
        ),
        sa.CheckConstraint(
            "verdict <> 'captured' OR consent_record_id IS NOT NULL",
            name=op.f("ck_usage_events_captured_with_consent"),
        ),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_usage_events_user_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["skill_id"], ["skills.id"], name=op.f("fk_usage_events_skill_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["api_key_id"], ["api_keys.id"], name=op.f("fk_usage_events_api_key_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["consent_record_id"],
            ["consent_records.id"],
            name=op.f("fk_usage_events_consent_record_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_usage_events")),
        sqlite_autoincrement=True,
    )
    op.create_index("uq_usage_events_event", "usage_events", ["user_id", "event_digest"], unique=True)
    op.create_index("ix_usage_events_skill_id", "usage_events", ["skill_id", "id"])
    op.create_index("ix_usage_events_verdict", "usage_events", ["verdict"])
    op.create_index("ix_usage_events_rules_version", "usage_events", ["rules_version"])


def create_erasures() -> None:
    op.create_table(
        "erasures",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=32), nullable=False),
        sa.Column("examples", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("scrubbed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(f"reason IN ({REASONS})", name=op.f("ck_erasures_reason")),
        sa.CheckConstraint("examples >= 0", name=op.f("ck_erasures_examples")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_erasures_user_id"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_erasures")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_erasures_user_id", "erasures", ["user_id", "id"])
    op.create_index(
        "ix_erasures_not_scrubbed", "erasures", ["id"], sqlite_where=NOT_SCRUBBED, postgresql_where=NOT_SCRUBBED
    )
    op.create_table(
        "tombstones",
        sa.Column("example_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("erasure_id", sa.Integer(), nullable=False),
        sa.Column("skill_id", sa.Integer(), nullable=False),
        sa.Column("usage_event_id", sa.Integer(), nullable=True),
        sa.Column("status", sa.String(length=32), nullable=False),
        sa.Column("captured_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("status IN ('pending', 'approved', 'rejected')", name=op.f("ck_tombstones_status")),
        sa.ForeignKeyConstraint(
            ["erasure_id"], ["erasures.id"], name=op.f("fk_tombstones_erasure_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(["skill_id"], ["skills.id"], name=op.f("fk_tombstones_skill_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("example_id", name=op.f("pk_tombstones")),
    )
    op.create_index("ix_tombstones_erasure_id", "tombstones", ["erasure_id"])
    op.create_index("ix_tombstones_skill_id", "tombstones", ["skill_id", "example_id"])
