"""Imports: a file is read and redacted as it comes in, every row gets its verdict, and the good ones become examples.

Nothing of a file is stored before it is redacted, so reading happens while it is sent: a chunk of rows at a time, each
cleaned before its transaction. From there on it is a job: first one that looks at every row (`import_checks.py`), and
when the author has seen what it found, one that adds (`import_additions.py`). The same file again adds nothing.

How costs grow: with the rows, a chunk at a time, in flat memory.
"""

from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from itertools import islice
from typing import IO, Any, NamedTuple

from sqlalchemy import Select, delete, func, insert, select, update

from app import config
from app.domain.errors import Conflict, Invalid, NotFound
from app.domain.formats.layouts import Value
from app.domain.formats.pieces import put_together
from app.domain.import_files import Entry, read_entries
from app.domain.imports import (
    COLUMNS,
    FIELDS,
    FILE_NAME_MAX_CHARACTERS,
    Reading,
    State,
    Verdict,
    check_reading,
    columns_of,
    guess_reading,
)
from app.domain.jobs import UNFINISHED as JOB_UNFINISHED
from app.domain.jobs import Kind
from app.domain.jobs import State as JobState
from app.domain.redaction import sanitize_payload
from app.models import Import, ImportBand, ImportRow, Job, User
from app.models.base import is_id
from app.policies import Action, check
from app.services import clock
from app.services.chunks import read_chunk, take_chunk
from app.services.jobs import enqueue
from app.services.paging import Cursor, Page, make_page
from app.services.redaction import Policy, policy_of
from app.services.skills import get_skill, lock_skill
from app.services.transactions import reading, writing

ROWS_AT_ONCE = 1_000
DEAD_AFTER = timedelta(minutes=2)
REMEMBERED = 20
"""Of so many imports before it is remembered how their columns were read."""
SAMPLE = 50
"""How many values are looked at to tell what a file is."""
UNFINISHED = (State.READING, State.CHECKING, State.READY, State.ADDING)


class Counts(NamedTuple):
    """How many rows of an import have each verdict, and how many of all had something taken out."""

    verdicts: Mapping[Verdict, int]
    redacted: int


def stage_import(actor: User, *, skill_id: int, file: IO[bytes], file_name: str, how: Reading | None = None) -> Import:
    """Read a file in, redacted, and put the job in the queue that looks at its rows. Only the skill's author may.

    `how` says how it is read; None: as its beginning looks. `Invalid` where it cannot be read or has no rows, and then
    nothing of it is kept; `Conflict` while another import of the skill is unfinished.
    """
    skill = get_skill(skill_id)
    check(actor, Action.ADD_TRAINING_EXAMPLE, skill)
    entries = read_entries(file, most_bytes=config.get("GOLDSET_MAX_IMPORT_BYTES"))
    sample = list(islice(entries, SAMPLE))
    values = [entry.value for entry in sample if entry.value is not None]
    known = columns_of(values)
    if how is None:
        how = _guess(skill_id, values, known)
    else:
        check_reading(how, known)
    made = _begin(actor, skill_id, file_name, how, known)
    try:
        rows = _read_rows(made, policy_of(skill), deque(sample), entries)
        if not rows:
            raise Invalid({"file": "This file has no rows."})
        return _look(actor, made, how, rows=rows)
    except BaseException:
        _forget(made.id)
        raise


def get_import(actor: User, skill_id: int, import_id: int) -> Import:
    """Return one of the skill's imports, for its author; raise `NotFound`."""
    check(actor, Action.ADD_TRAINING_EXAMPLE, get_skill(skill_id))
    found = reading().get(Import, import_id, populate_existing=True) if is_id(import_id) else None
    if found is None or found.skill_id != skill_id:
        raise NotFound(f"import of this skill with the number {import_id}")
    return found


def find_job(found: Import) -> Job | None:
    """Return the last job about an import, as it is now."""
    return reading().get(Job, found.job_id, populate_existing=True) if found.job_id else None


def state_of(found: Import) -> State:
    """Return where the import stands: ready again, where its job came to no good end."""
    state = State(found.state)
    if state not in (State.CHECKING, State.ADDING):
        return state
    job = find_job(found)
    return state if job and JobState(job.state) in (*JOB_UNFINISHED, JobState.DONE) else State.READY


def find_unfinished_import(skill_id: int) -> Import | None:
    """Return the skill's import that is not added and not discarded yet, or None."""
    states = [state.value for state in UNFINISHED]
    statement = select(Import).where(Import.skill_id == skill_id, Import.state.in_(states))
    return reading().scalars(statement.order_by(Import.id.desc()).limit(1)).one_or_none()


def reading_of(found: Import) -> Reading:
    """Return how the import's values are read."""
    return Reading(found.reading["format"], {name: found.reading["columns"].get(name, "") for name in FIELDS})


def count_verdicts(import_id: int) -> Counts:
    """Return how many rows have which verdict."""
    verdicts = select(ImportRow.verdict, func.count()).where(ImportRow.import_id == import_id)
    found = dict(reading().execute(verdicts.group_by(ImportRow.verdict)).all())
    redacted = select(func.count()).where(ImportRow.import_id == import_id, ImportRow.removed.is_not(None))
    return Counts({verdict: found.get(verdict.value, 0) for verdict in Verdict}, reading().scalar(redacted) or 0)


def get_import_rows(
    import_id: int, *, verdict: Verdict | None = None, cursor: Cursor | None = None, size: int = 50
) -> Page[ImportRow]:
    """Return one page of an import's rows, in the order of the file."""
    backwards = cursor is not None and cursor.backwards
    statement = select(ImportRow).where(ImportRow.import_id == import_id)
    if verdict is not None:
        statement = statement.where(ImportRow.verdict == verdict.value)
    if cursor is not None:
        (beside,) = cursor.key
        statement = statement.where(ImportRow.number < beside if backwards else ImportRow.number > beside)
    order = ImportRow.number.desc() if backwards else ImportRow.number
    rows = reading().scalars(statement.order_by(order).limit(size + 1)).all()
    return make_page(rows, cursor=cursor, size=size, key_of=lambda row: (row.number,))


def get_import_row(import_id: int, number: int) -> ImportRow:
    """Return one row of an import; raise `NotFound`."""
    statement = select(ImportRow).where(ImportRow.import_id == import_id, ImportRow.number == number)
    row = reading().scalars(statement).one_or_none() if is_id(number) else None
    if row is None:
        raise NotFound(f"row with the number {number} in this import")
    return row


def read_wrong_rows(import_id: int) -> Iterator[ImportRow]:
    """Yield the rows that were not added and are not new, in the order of the file, to be mended elsewhere."""
    last = 0
    wrong = [Verdict.REFUSED.value, Verdict.DUPLICATE.value, Verdict.NEAR_DUPLICATE.value]
    while True:
        statement = select(ImportRow).where(ImportRow.import_id == import_id, ImportRow.verdict.in_(wrong))
        page = statement.where(ImportRow.number > last).order_by(ImportRow.number).limit(ROWS_AT_ONCE)
        rows = reading().scalars(page).all()
        yield from rows
        if len(rows) < ROWS_AT_ONCE:
            return
        last = rows[-1].number


def read_again(actor: User, *, skill_id: int, import_id: int, how: Reading) -> Import:
    """Read the same values in another way, and look at every row again."""
    found = get_import(actor, skill_id, import_id)
    check_reading(how, found.reading["known"])
    with writing():
        found = hold_import(actor, found, State.READY)
        return _look(actor, found, how, rows=found.rows)


def begin_adding(actor: User, *, skill_id: int, import_id: int, near_duplicates: bool = False) -> Job:
    """Put the job in the queue that adds the new rows as examples, and the near-duplicates where wanted."""
    found = get_import(actor, skill_id, import_id)
    counts = count_verdicts(import_id).verdicts
    verdicts = [Verdict.NEW, *([Verdict.NEAR_DUPLICATE] if near_duplicates else [])]
    total = sum(counts[verdict] for verdict in verdicts)
    with writing():
        found = hold_import(actor, found, State.READY)
        if not total:
            raise Conflict("There is nothing to add: no row of this file is new.")
        wanted = {"import_id": import_id, "verdicts": [verdict.value for verdict in verdicts]}
        job = enqueue(actor, Kind.ADD_IMPORT, skill_id=skill_id, wanted=wanted, total=total)
        found.state, found.job_id = State.ADDING.value, job.id
    return job


def discard_import(actor: User, *, skill_id: int, import_id: int) -> None:
    """Forget what was read of a file. What was added of it stays."""
    found = get_import(actor, skill_id, import_id)
    with writing():
        found = hold_import(actor, found, State.READY, State.DONE)
        found.state = State.DISCARDED.value
        found.finished_at = found.finished_at or clock.now()
        forget_rows(import_id)


def forget_rows(import_id: int) -> None:
    """Delete what is kept of an import's rows, as a part of the running change."""
    for model in (ImportRow, ImportBand):
        reading().execute(delete(model).where(model.import_id == import_id))


def _guess(skill_id: int, values: Sequence[Value], known: Sequence[str]) -> Reading:
    """Return how a file is read: as it looks, or where it is of no format, as the last one with its columns was."""
    how = guess_reading(values)
    if how.format != COLUMNS:
        return how
    before = select(Import).where(Import.skill_id == skill_id).order_by(Import.id.desc()).limit(REMEMBERED)
    for one in reading().scalars(before):
        if one.reading["known"] == list(known) and reading_of(one).is_complete:
            return reading_of(one)
    return how


def _begin(actor: User, skill_id: int, file_name: str, how: Reading, known: Sequence[str]) -> Import:
    with writing() as session:
        check(actor, Action.ADD_TRAINING_EXAMPLE, lock_skill(skill_id))
        _end_dead_reads(skill_id)
        if find_unfinished_import(skill_id):
            raise Conflict("Another import of this skill is not finished: add its rows or discard it first.")
        made = Import(
            skill_id=skill_id,
            user_id=actor.id,
            file_name=_storable(file_name)[:FILE_NAME_MAX_CHARACTERS] or "pasted",
            state=State.READING.value,
            reading=_stored(how, known),
            created_at=clock.now(),
            read_at=clock.now(),
        )
        session.add(made)
        session.flush()
    return made


def _storable(file_name: str) -> str:
    """Return the name without what no database holds: a file's name is whatever bytes its system allows."""
    return file_name.encode("utf-8", "replace").decode().replace("\x00", "")


def _end_dead_reads(skill_id: int) -> None:
    """Forget reads that nobody is at any more: whoever sent the file never got an answer."""
    long_ago = clock.now() - DEAD_AFTER
    dead = select(Import.id).where(
        Import.skill_id == skill_id, Import.state == State.READING.value, Import.read_at < long_ago
    )
    for import_id in reading().scalars(dead).all():
        reading().execute(delete(Import).where(Import.id == import_id))


def _read_rows(made: Import, policy: Policy, sample: deque[Entry], entries: Iterator[Entry]) -> int:
    """Store every entry, redacted, and return how many there are."""
    number = 0
    while chunk := [*_taken(sample), *take_chunk(entries, most=ROWS_AT_ONCE, characters=_count_characters)]:
        rows = []
        for entry in chunk:
            number += 1
            rows.append(_row(made, policy, number, entry))
        with writing() as session:
            session.execute(insert(ImportRow), rows)
            session.execute(update(Import).where(Import.id == made.id).values(rows=number, read_at=clock.now()))
    return number


def read_rows(statement: Select[ImportRow]) -> list[ImportRow]:
    """Return the first rows of an import that the statement finds, in the order of the file: a chunk of them."""
    found = read_chunk(
        statement.order_by(ImportRow.number), most=ROWS_AT_ONCE, characters=lambda row: _count_characters(row[0])
    )
    return [row for (row,) in found]


def _count_characters(one: Entry | ImportRow) -> int:
    return len(str(one.value))


def _taken(sample: deque[Entry]) -> list[Entry]:
    taken = list(sample)
    sample.clear()
    return taken


def _row(made: Import, policy: Policy, number: int, entry: Entry) -> dict[str, Any]:
    put_together(entry.value, policy.redactor)
    cleaned = policy.redactor().sanitize_object(entry.value) if entry.value is not None else None
    problem = sanitize_payload(entry.problem).sanitized if entry.problem else None
    return {
        "import_id": made.id,
        "skill_id": made.skill_id,
        "number": number,
        "line": entry.line,
        "value": cleaned.sanitized if cleaned else None,
        "removed": " ".join(cleaned.secrets_found) or None if cleaned else None,
        "verdict": Verdict.REFUSED.value if problem else None,
        "reason": problem,
    }


def _look(actor: User, made: Import, how: Reading, *, rows: int) -> Import:
    """Put the job in the queue that looks at every row; where it is not known how to read them, wait to be told."""
    with writing() as session:
        found = session.get_one(Import, made.id, with_for_update=True, populate_existing=True)
        found.reading, found.state = _stored(how, found.reading["known"]), State.READY.value
        if how.is_complete:
            wanted = {"import_id": found.id}
            job = enqueue(actor, Kind.CHECK_IMPORT, skill_id=found.skill_id, wanted=wanted, total=rows)
            found.state, found.job_id = State.CHECKING.value, job.id
        session.execute(delete(ImportBand).where(ImportBand.import_id == found.id))
        again = update(ImportRow).where(
            ImportRow.import_id == found.id, ImportRow.value.is_not(None), ImportRow.verdict.is_not(None)
        )
        session.execute(again.values(verdict=None, reason=None, content_digest=None, bands=None))
    return found


def hold_import(actor: User, found: Import, *states: State) -> Import:
    """Return the import as it is now, kept from others; raise `Conflict` unless it is in one of these states."""
    check(actor, Action.ADD_TRAINING_EXAMPLE, lock_skill(found.skill_id))
    now = reading().get_one(Import, found.id, with_for_update=True, populate_existing=True)
    now.state = state_of(now).value
    if now.state not in [state.value for state in states]:
        raise Conflict(f"This import is {now.state}: wait until that is over.")
    return now


def _forget(import_id: int) -> None:
    with writing() as session:
        session.execute(delete(Import).where(Import.id == import_id))


def _stored(how: Reading, known: Sequence[str]) -> dict[str, Any]:
    return {"format": how.format, "columns": dict(how.columns), "known": list(known)}
