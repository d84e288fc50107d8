"""Imports: files that authors bring in, row by row, until their examples are added."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "imports",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("skill_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("job_id", sa.Integer(), nullable=True),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("reading", sa.JSON(), nullable=False),
        sa.Column("rows", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("rules_version", sa.SmallInteger(), server_default=sa.text("0"), nullable=False),
        sa.CheckConstraint(
            "state IN ('reading', 'checking', 'ready', 'adding', 'done', 'discarded')", name=op.f("ck_imports_state")
        ),
        sa.CheckConstraint("rows >= 0", name=op.f("ck_imports_rows")),
        sa.ForeignKeyConstraint(["skill_id"], ["skills.id"], name=op.f("fk_imports_skill_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_imports_user_id"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(["job_id"], ["jobs.id"], name=op.f("fk_imports_job_id"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_imports")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_imports_skill_id", "imports", ["skill_id", "id"])
    op.create_index("ix_imports_rules_version", "imports", ["rules_version"])
    create_rows()
    op.create_table(
        "import_bands",
        sa.Column("import_id", sa.Integer(), nullable=False),
        sa.Column("band", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["import_id"], ["imports.id"], name=op.f("fk_import_bands_import_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("import_id", "band", name=op.f("pk_import_bands")),
    )


def create_rows() -> None:
    op.create_table(
        "import_rows",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("import_id", sa.Integer(), nullable=False),
        sa.Column("skill_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("value", sa.JSON(), nullable=True),
        sa.Column("is_mended", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("removed", sa.Text(), nullable=True),
        sa.Column("verdict", sa.String(length=16), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("like_example_id", sa.Integer(), nullable=True),
        sa.Column("like_number", sa.Integer(), nullable=True),
        sa.Column("content_digest", sa.String(length=64), nullable=True),
        sa.Column("bands", sa.LargeBinary(), nullable=True),
        sa.Column("example_id", sa.Integer(), nullable=True),
        sa.Column("rules_version", sa.SmallInteger(), server_default=sa.text("0"), nullable=False),
        sa.CheckConstraint(
            "verdict IN ('new', 'duplicate', 'near_duplicate', 'refused', 'added')", name=op.f("ck_import_rows_verdict")
        ),
        sa.CheckConstraint("verdict <> 'refused' OR reason IS NOT NULL", name=op.f("ck_import_rows_reason")),
        sa.ForeignKeyConstraint(
            ["import_id"], ["imports.id"], name=op.f("fk_import_rows_import_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["skill_id"], ["skills.id"], name=op.f("fk_import_rows_skill_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_rows")),
        sa.UniqueConstraint("import_id", "number", name=op.f("uq_import_rows_import_id_number")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_import_rows_verdict", "import_rows", ["import_id", "verdict", "number"])
    op.create_index("ix_import_rows_digest", "import_rows", ["import_id", "content_digest"])
    op.create_index("ix_import_rows_skill_id", "import_rows", ["skill_id"])
    op.create_index("ix_import_rows_rules_version", "import_rows", ["rules_version"])


def downgrade() -> None:
    for table in ("import_bands", "import_rows", "imports"):
        op.drop_table(table)
