"""Rows that hold people's words know by which rules the words were cleaned, so that newer rules can catch up."""

from sqlalchemy import SmallInteger, text
from sqlalchemy.orm import Mapped, declared_attr, mapped_column

from app.domain.redaction import RULES_VERSION


class Cleaned:
    """A row with texts. `rules_version` is the state of the rules when the row was made; a change of one of its texts
    leaves it as it is, for the others are as old as they were. `services/rescan.py` moves it on."""

    @declared_attr
    def rules_version(cls) -> Mapped[int]:
        return mapped_column(SmallInteger, default=RULES_VERSION, server_default=text("0"), index=True)
