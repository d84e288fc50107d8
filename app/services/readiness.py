"""Whether this installation can serve: its database answers and has every migration."""

from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.exc import SQLAlchemyError

from app.config import PROJECT_ROOT
from app.services.transactions import reading


def find_obstacle() -> str | None:
    """Return what keeps the installation from serving, in one sentence, or None."""
    try:
        present = MigrationContext.configure(reading().connection()).get_current_revision()
    except SQLAlchemyError:
        return "The database does not answer."
    wanted = ScriptDirectory(str(PROJECT_ROOT / "migrations")).get_current_head()
    if present != wanted:
        return f"The database is at migration {present or 'none'}, not {wanted}: run `goldset db upgrade`."
    return None
