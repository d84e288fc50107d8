"""Cleaning again what older rules let through, a batch at a time, beside a running server.

Each row says which rules it was cleaned by, so nothing else has to be remembered: a rescan that was killed goes on
where it stopped, and two at once do no harm. A batch is cleaned before the writer's turn and written in one transaction
with its audit record; a row that somebody changed meanwhile is left for a later batch. Versions and audit records,
which nobody may change, are changed here and only here: a secret is no history.

How costs grow: with the rows that are behind, whatever else is stored.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Row, Table, func, select, update

from app.database import scrub
from app.domain.datasets import Row as DatasetRow
from app.domain.erasures import Withdrawal
from app.domain.errors import Conflict
from app.domain.redaction import RULES_VERSION, Redactor
from app.domain.training_examples import PUBLIC_STATUSES, content_digest
from app.extensions import db
from app.models import (
    Base,
    Cleaned,
    DatasetEntry,
    FrozenRow,
    ImportRow,
    Skill,
    SkillFeedback,
    SkillVersion,
    TrainingExample,
)
from app.models.skill_feedback import DELETED_EXAMPLE, TRAINING_EXAMPLE
from app.models.types import FreeJSON, FreeText
from app.services import audit, search
from app.services.dataset_rows import frozen_row_of
from app.services.redaction import Policy, policy_of
from app.services.skill_versions import digest_of_version
from app.services.skills import get_skill, lock_skill, update_skill
from app.services.tags import note_tags
from app.services.transactions import reading, writing
from app.services.withdrawals import note_withdrawn, renew_hashes

ROWS_AT_ONCE = 200

Values = dict[str, Any]
TABLES: tuple[Table, ...] = tuple(
    sorted(
        {mapper.local_table for mapper in Base.registry.mappers if issubclass(mapper.class_, Cleaned)},  # type: ignore[misc]
        key=lambda table: table.name,
    )
)
_OF_SKILLS = (SkillFeedback.__table__, FrozenRow.__table__, ImportRow.__table__)
"""The tables whose texts are cleaned as the author of their skill says."""


@dataclass
class Rescanned:
    """What some batches did: rows that were looked at, those that were changed, how often which kind was taken out
    (of a JSON value: once)."""

    rows: int = 0
    changed: int = 0
    kinds: Counter[str] = field(default_factory=Counter)

    def add(self, other: "Rescanned") -> None:
        self.rows += other.rows
        self.changed += other.changed
        self.kinds += other.kinds


def count_rows_behind() -> dict[str, int]:
    """Return, for each table with texts, how many of its rows were cleaned by older rules than today's."""
    return {
        table.name: reading().scalar(select(func.count()).where(table.c.rules_version < RULES_VERSION)) or 0
        for table in TABLES
    }


def mark_all_behind() -> None:
    """Let the next rescan look at every row, for instance after personal data was switched on."""
    for table in TABLES:
        with writing() as session:
            session.execute(update(table).values(rules_version=0))


def rescan(*, rows_at_once: int = ROWS_AT_ONCE) -> Iterator[Rescanned]:
    """Clean every row that is behind; yields what each batch did.

    At the end, also of one that finds nothing (an earlier one may have been killed before its end), what was taken out
    is gone from the search index and from SQLite's files. `Conflict` where somebody reads for too long for that.
    """
    for table in TABLES:
        while batch := _rescan_batch(table, rows_at_once):
            yield batch
    reading().rollback()  # a transaction that has only read would keep the old pages
    try:
        scrub(db.engine, [index.fts_table for index in search.INDEXES.values()])
    except TimeoutError as error:
        raise Conflict(
            "Every text is clean, but a long read keeps old pages in the database's log. Run this again when it ended."
        ) from error


def _rescan_batch(table: Table, size: int) -> Rescanned | None:
    before = {_key(table, row): row for row in reading().execute(_select_behind(table).limit(size))}
    if not before:
        return None
    cleaner = _Cleaner(table)
    cleaned = {key: cleaner.clean(row) for key, row in before.items()}
    done = Rescanned()
    with writing() as session:
        key_column = _key_column(table)
        _lock_skills(table, [row for key, row in before.items() if cleaned[key][0]])
        again = _select_behind(table).where(key_column.in_(before)).with_for_update(key_share=True)
        for row in session.execute(again).all():
            key = _key(table, row)
            if row != before[key]:
                continue
            values, kinds = cleaned[key]
            if values:
                values = cleaner.finish(row, values)
                done.changed += 1
                done.kinds += kinds
            done.rows += 1
            session.execute(update(table).where(key_column == key).values(rules_version=RULES_VERSION, **values))
        cleaner.note_changes()
        if done.changed:
            _audit(table, done)
    return done


def _lock_skills(table: Table, rows: Sequence[Row[Any]]) -> None:
    """Take the skills' turn before their rows, as every other change does, so that no two wait for each other."""
    if table in _OF_SKILLS:
        for skill_id in sorted({row.skill_id for row in rows}):
            lock_skill(skill_id)


def _select_behind(table: Table) -> Any:
    behind = table.c.rules_version < RULES_VERSION
    return select(table).where(behind).order_by(table.c.rules_version, _key_column(table))


def _key_column(table: Table) -> Any:
    return next(iter(table.primary_key))


def _key(table: Table, row: Row[Any]) -> int:
    return int(row._mapping[_key_column(table)])


class _Cleaner:
    """Cleans the rows of one batch: what the columns' types do with new text, with the redactor of the row's skill."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self._policies: dict[int, Policy] = {}
        self._changed_skills: dict[int, None] = {}
        self._changed_rows: list[int] = []
        self._known_before: list[tuple[int, str, DatasetRow]] = []

    def clean(self, row: Row[Any]) -> tuple[Values, Counter[str]]:
        """Return the columns that change, and how often which kind is taken out of them."""
        redactor = self._redactor(row)
        values: Values = {}
        kinds: Counter[str] = Counter()
        texts = {column: row._mapping[column] for column in self._table.c if isinstance(column.type, FreeText)}
        known = {column: text for column, text in texts.items() if text is not None}
        for column, clean in zip(known, redactor.together(*map(str, known.values())), strict=True):
            if clean.findings:
                values[column.name] = clean.sanitized
                kinds.update(finding.kind for finding in clean.findings)
        for column in self._table.c:
            if isinstance(column.type, FreeJSON):
                cleaned = redactor.sanitize_object(row._mapping[column])
                if cleaned.secrets_found:
                    values[column.name] = cleaned.sanitized
                    kinds.update(cleaned.secrets_found)
        return values, kinds

    def _redactor(self, row: Row[Any]) -> Redactor:
        if self._table not in _OF_SKILLS:
            return Redactor()
        if row.skill_id not in self._policies:
            self._policies[row.skill_id] = policy_of(get_skill(row.skill_id))
        return self._policies[row.skill_id].redactor()

    def finish(self, row: Row[Any], values: Values) -> Values:
        """Return the values with those that follow from them: digests, and a revision that tells open pages."""
        if self._table is SkillVersion.__table__:
            return {**values, "content_digest": digest_of_version(values.get("content", row.content))}
        if self._table is FrozenRow.__table__:
            return self._with_row_hash(row, values)
        if self._table is Skill.__table__:
            self._changed_skills[row.id] = None
        if self._table is not SkillFeedback.__table__:
            return values
        self._changed_skills[row.skill_id] = None
        if row.feedback_type != DELETED_EXAMPLE:  # no page shows it, and what deleted it is undone by its revision
            values = {**values, "revision": row.revision + 1}
        if "tags" in values and row.feedback_type == TRAINING_EXAMPLE:
            note_tags(row.skill_id, {row.id: values["tags"]}, are_new=False)
        if row.example_input is None:
            return values
        before, after = frozen_row_of({**row._mapping}), frozen_row_of({**row._mapping, **values})
        if row.status in PUBLIC_STATUSES and before != after:
            self._known_before.append((row.skill_id, before.hash, before))
        return self._with_digest(row, values)

    def _with_row_hash(self, row: Row[Any], values: Values) -> Values:
        """What versions hold is known by what it says: so are they, and files with the old text must be found."""
        before = {**row._mapping}
        self._known_before.append((row.skill_id, row.row_hash, frozen_row_of(before)))
        row_hash = frozen_row_of({**before, **values}).hash
        mine = update(DatasetEntry).where(DatasetEntry.frozen_row_id == row.id)
        reading().execute(mine.values(row_hash=row_hash))
        self._changed_rows.append(row.id)
        return {**values, "row_hash": row_hash}

    def _with_digest(self, row: Row[Any], values: Values) -> Values:
        """Two golden examples that differed in a secret alone would be the same now, and one may not be there twice.
        They differ in what was taken out, so the later one gets other names for it."""
        after = {**row._mapping, **values}
        turns = frozen_row_of(after).turns
        digest = content_digest(after["example_input"], after["example_output"], turns)
        fields = ("example_input", "example_output", "expected_output")
        texts = {name: row._mapping[name] for name in fields if row._mapping[name] is not None}
        twins: list[TrainingExample] = []
        while digest != row.content_digest and (twin := self._find_twin(row, digest)):
            twins.append(twin)
            redactor = self._redactor(row)
            for other in twins:
                redactor.reserve(other.example_input)
                redactor.reserve(other.example_output)
            cleaned = redactor.together(*texts.values())
            values |= {name: clean.sanitized for name, clean in zip(texts, cleaned, strict=True)}
            digest = content_digest(values["example_input"], values["example_output"], turns)
        return {**values, "content_digest": digest}

    def _find_twin(self, row: Row[Any], digest: str) -> TrainingExample | None:
        if row.feedback_type != TRAINING_EXAMPLE:
            return None  # what is deleted may say the same as anything
        same = (TrainingExample.skill_id == row.skill_id, TrainingExample.content_digest == digest)
        return reading().scalars(select(TrainingExample).where(*same, TrainingExample.id != row.id).limit(1)).first()

    def note_changes(self) -> None:
        """Tell the open pages of every skill that something on it looks different now, and versions their hash.

        What was exported of the rows before, frozen or not, has to be found in files too.
        """
        note_withdrawn(self._known_before, reason=Withdrawal.CLEANED_AGAIN)
        renew_hashes(self._changed_rows, reason=Withdrawal.CLEANED_AGAIN)
        for skill_id in self._changed_skills:
            values = {
                Skill.training_data_version: Skill.training_data_version + 1,
                Skill.suggestions_version: Skill.suggestions_version + 1,
            }
            update_skill(skill_id, values)


def _audit(table: Table, done: Rescanned) -> None:
    audit.record(
        actor_id=None,
        action="redaction.rescanned",
        subject=table.name,
        subject_id=0,
        rules_version=RULES_VERSION,
        rows=done.rows,
        changed=done.changed,
        kinds=dict(done.kinds),
    )
