"""The least that could do the same: Flask and SQLAlchemy, one route that inserts a row and one that selects fifty.

No session, no user, no template, no redaction, no audit; the same row, the same columns, the same kind of database.
"""

from datetime import UTC, datetime
from pathlib import Path

from flask import Flask, Response, jsonify, request
from sqlalchemy import DateTime, Engine, Text, create_engine, event, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column


class Base(DeclarativeBase):
    pass


class Row(Base):
    __tablename__ = "rows"

    id: Mapped[int] = mapped_column(primary_key=True)
    skill_id: Mapped[int] = mapped_column(index=True)
    user_id: Mapped[int]
    example_input: Mapped[str] = mapped_column(Text)
    example_output: Mapped[str] = mapped_column(Text)
    quality_score: Mapped[int | None]
    created_at: Mapped[datetime] = mapped_column(DateTime)


def create_bare_app(folder: Path) -> Flask:
    app = Flask("bare")
    engine = create_engine(f"sqlite:///{folder / 'bare.db'}")
    _use_wal(engine)
    Base.metadata.create_all(engine)

    @app.post("/rows")
    def add() -> Response:
        with Session(engine) as session:
            row = Row(
                skill_id=1,
                user_id=1,
                example_input=request.form["example_input"],
                example_output=request.form["example_output"],
                created_at=datetime.now(UTC).replace(tzinfo=None),
            )
            session.add(row)
            session.commit()
            return jsonify(id=row.id)

    @app.get("/rows")
    def index() -> Response:
        with Session(engine) as session:
            rows = session.scalars(select(Row).where(Row.skill_id == 1).order_by(Row.id.desc()).limit(50)).all()
            return jsonify([{"id": row.id, "input": row.example_input, "output": row.example_output} for row in rows])

    return app


def _use_wal(engine: Engine) -> None:
    @event.listens_for(engine, "connect")
    def configure(connection, _record):  # type: ignore[no-untyped-def]
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
