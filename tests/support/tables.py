"""What is really in the tables, asked without the models."""

from typing import Any

from sqlalchemy import Connection, func, select

from app.extensions import db
from app.models import AuditRecord, Base, Skill, SkillFeedback, Suggestion, TrainingExample


def dump() -> dict[str, list[tuple[Any, ...]]]:
    """Return every row of every table that the models know, as the database holds it."""
    db.session.rollback()
    with db.engine.connect() as connection:
        return rows_of(connection, [table.name for table in Base.metadata.sorted_tables])


def rows_of(connection: Connection, names: list[str]) -> dict[str, list[tuple[Any, ...]]]:
    """Return the rows of these tables as the driver reads them, so that no column type of ours changes what is read."""
    found = {}
    for name in names:
        key = ", ".join(column.name for column in Base.metadata.tables[name].primary_key)
        rows = connection.exec_driver_sql(f"SELECT * FROM {name} ORDER BY {key}")
        found[name] = [tuple(row) for row in rows]
    return found


def counters_are_right(skill: Skill) -> bool:
    """Return whether each of the skill's counters equals what counting its rows gives."""
    db.session.expire_all()
    session = db.session
    states = dict(
        session.execute(
            select(TrainingExample.status, func.count())
            .where(TrainingExample.skill_id == skill.id)
            .group_by(TrainingExample.status)
        ).all()
    )
    suggestions = session.scalar(select(func.count()).select_from(Suggestion).where(Suggestion.skill_id == skill.id))
    kept = (
        skill.training_examples_pending,
        skill.training_examples_approved,
        skill.training_examples_rejected,
        skill.suggestion_count,
    )
    return kept == (states.get("pending", 0), states.get("approved", 0), states.get("rejected", 0), suggestions)


def last_audit_record() -> AuditRecord | None:
    return db.session.scalars(select(AuditRecord).order_by(AuditRecord.id.desc()).limit(1)).first()


def count_rows(model: type[Base] = SkillFeedback) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0
