from datetime import datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKey,
    Index,
    LargeBinary,
    String,
    UniqueConstraint,
    false,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from app.domain.imports import State, Verdict
from app.models.base import KEY_IS_THE_ROW, NEVER_REUSE_IDS, Base
from app.models.cleaned import Cleaned
from app.models.types import FreeJSON, FreeText, UtcDateTime


class Import(Cleaned, Base):
    """A file that an author brings in: how it is read, and where that stands. Its rows are beside it, redacted."""

    __tablename__ = "imports"
    __table_args__ = (
        CheckConstraint("state IN (" + ", ".join(f"'{state}'" for state in State) + ")", "state"),
        CheckConstraint("rows >= 0", "rows"),
        Index("ix_imports_skill_id", "skill_id", "id"),
        NEVER_REUSE_IDS,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    skill_id: Mapped[int] = mapped_column(ForeignKey("skills.id", ondelete="CASCADE"))
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="RESTRICT"))
    job_id: Mapped[int | None] = mapped_column(ForeignKey("jobs.id", ondelete="SET NULL"))
    file_name: Mapped[str] = mapped_column(FreeText)
    state: Mapped[str] = mapped_column(String(16))
    reading: Mapped[dict[str, Any]] = mapped_column(FreeJSON)
    """`format`, and the column of each field where that is `columns`; `known` are the columns that there are."""
    rows: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    read_at: Mapped[datetime] = mapped_column(UtcDateTime)
    """When the last rows were read: a read that stands still for long is nobody's any more."""
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class ImportRow(Cleaned, Base):
    """One value of the file, without its secrets, and the verdict on it (None: it was not looked at yet)."""

    __tablename__ = "import_rows"
    __table_args__ = (
        CheckConstraint("verdict IN (" + ", ".join(f"'{verdict}'" for verdict in Verdict) + ")", "verdict"),
        CheckConstraint("verdict <> 'refused' OR reason IS NOT NULL", "reason"),
        UniqueConstraint("import_id", "number"),
        Index("ix_import_rows_verdict", "import_id", "verdict", "number"),
        Index("ix_import_rows_digest", "import_id", "content_digest"),
        NEVER_REUSE_IDS,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    import_id: Mapped[int] = mapped_column(ForeignKey("imports.id", ondelete="CASCADE"))
    skill_id: Mapped[int] = mapped_column(ForeignKey("skills.id", ondelete="CASCADE"), index=True)
    number: Mapped[int]
    line: Mapped[int]
    value: Mapped[dict[str, Any] | None] = mapped_column(FreeJSON)
    is_mended: Mapped[bool] = mapped_column(default=False, server_default=false())
    """Whether its author typed other texts in its place."""
    removed: Mapped[str | None] = mapped_column(FreeText)
    """The kinds of what was taken out, between spaces."""
    verdict: Mapped[str | None] = mapped_column(String(16))
    reason: Mapped[str | None] = mapped_column(FreeText)
    like_example_id: Mapped[int | None]
    like_number: Mapped[int | None]
    """The example, or the earlier row of this file, that it is the same as or like."""
    content_digest: Mapped[str | None] = mapped_column(String(64))
    bands: Mapped[bytes | None] = mapped_column(LargeBinary)
    example_id: Mapped[int | None]
    """The example that it became."""


class ImportBand(Base):
    """The first row of an import that has a band: rows that share one may be alike (`domain/near_duplicates.py`)."""

    __tablename__ = "import_bands"
    __table_args__ = (KEY_IS_THE_ROW,)

    import_id: Mapped[int] = mapped_column(ForeignKey("imports.id", ondelete="CASCADE"), primary_key=True)
    band: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    number: Mapped[int]
