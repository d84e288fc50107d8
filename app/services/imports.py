"""Imports: a file is read and redacted as it comes in, every row gets its verdict, and the good ones become examples.

Nothing of a file is stored before it is redacted, so reading happens while it is sent: a chunk of rows at a time, each
cleaned before its transaction. From there on it is a job: first one that looks at every row (`import_checks.py`), and
when the author has seen what it found, one that adds (`import_additions.py`). The same file again adds nothing.

How costs grow: with the rows, a chunk at a time, in flat memory.
"""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from itertools import chain, islice
from typing import IO, Any

from sqlalchemy import delete, insert, select, update

from app import config
from app.domain.errors import Conflict, Invalid, NotFound
from app.domain.formats.layouts import Value
from app.domain.formats.pieces import put_together
from app.domain.formats.preferences import TRL_UNPAIRED
from app.domain.import_columns import columns_of
from app.domain.import_entries import Entry
from app.domain.import_files import read_entries
from app.domain.import_opinions import paired
from app.domain.imports import (
    COLUMNS,
    FIELDS,
    FILE_NAME_MAX_CHARACTERS,
    Reading,
    State,
    Verdict,
    check_reading,
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
from app.services.chunks import take_chunk
from app.services.import_rows import ROWS_AT_ONCE, count_characters, count_verdicts, forget_rows
from app.services.jobs import enqueue
from app.services.redaction import Policy, policy_of
from app.services.skills import get_skill, lock_skill
from app.services.transactions import reading, writing

DEAD_AFTER = timedelta(minutes=2)
REMEMBERED = 20
"""Of so many imports before it is remembered how their columns were read."""
SAMPLE = 50
"""How many values are looked at to tell what a file is."""
UNFINISHED = (State.READING, State.CHECKING, State.READY, State.ADDING)


def stage_import(actor: User, *, skill_id: int, file: IO[bytes], file_name: str, how: Reading | None = None) -> Import:
    """Read a file in, redacted, and put the job in the queue that looks at its rows. Only the skill's author may.

    `how` says how it is read; None: as its beginning looks. `Invalid` where it cannot be read or has no rows, and then
    nothing of it is kept; `Conflict` while another import of the skill is unfinished.
    """
    skill = get_skill(skill_id)
    check(actor, Action.ADD_TRAINING_EXAMPLE, skill)
    entries = read_entries(
        file, most_bytes=config.get("GOLDSET_MAX_IMPORT_BYTES"), most_rows=config.get("GOLDSET_MAX_IMPORT_ROWS")
    )
    sample = list(islice(entries, SAMPLE))
    values = [entry.value for entry in sample if entry.value is not None]
    known = columns_of(values)
    if how is None:
        how = _guess(skill_id, values, known)
    else:
        check_reading(how, known)
    made = _begin(actor, skill_id, file_name, how, known)
    try:
        rows = chain(_drained(sample), entries)
        if not _read_rows(made, policy_of(skill), paired(rows) if how.format == TRL_UNPAIRED.name else rows):
            raise Invalid({"file": "This file has no rows."})
        with writing():
            _hold_read(made.id)
            return _look(actor, made, how)
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


def get_unfinished_imports(actor: User, skill_id: int) -> list[Import]:
    """Return the skill's imports that are not finished, for its author: one at the most."""
    check(actor, Action.ADD_TRAINING_EXAMPLE, get_skill(skill_id))
    found = find_unfinished_import(skill_id)
    return [found] if found else []


def reading_of(found: Import) -> Reading:
    """Return how the import's values are read."""
    return Reading(found.reading["format"], {name: found.reading["columns"].get(name, "") for name in FIELDS})


def read_again(actor: User, *, skill_id: int, import_id: int, how: Reading) -> Import:
    """Read the same values in another way, and look at every row again."""
    found = get_import(actor, skill_id, import_id)
    check_reading(how, found.reading["known"])
    with writing():
        found = hold_import(actor, found, State.READY)
        return _look(actor, found, how)


def check_rest(actor: User, *, skill_id: int, import_id: int) -> Job:
    """Put the job in the queue that looks at the rows which an earlier one, that was stopped, has left."""
    found = get_import(actor, skill_id, import_id)
    with writing():
        found = hold_import(actor, found, State.READY)
        if not reading_of(found).is_complete or not count_verdicts(import_id).unjudged:
            raise Conflict("There is nothing left to look at.")
        return enqueue_check(actor, found)


def begin_adding(actor: User, *, skill_id: int, import_id: int, near_duplicates: bool = False) -> Job:
    """Put the job in the queue that adds the new rows as examples, and the near-duplicates where wanted."""
    found = get_import(actor, skill_id, import_id)
    counts, unjudged, _ = count_verdicts(import_id)
    verdicts = [Verdict.NEW, *([Verdict.NEAR_DUPLICATE] if near_duplicates else [])]
    total = sum(counts[verdict] for verdict in verdicts)
    with writing():
        found = hold_import(actor, found, State.READY)
        if unjudged:
            raise Conflict(f"{unjudged:,} rows of this file were not looked at yet: do that first.")
        if not total:
            raise Conflict("There is nothing to add: no row of this file is new.")
        wanted = {"import_id": import_id, "verdicts": [verdict.value for verdict in verdicts]}
        job = enqueue(actor, Kind.ADD_IMPORT, skill_id=skill_id, wanted=wanted, total=total)
        found.state, found.job_id = State.ADDING.value, job.id
    return job


def discard_import(actor: User, *, skill_id: int, import_id: int) -> None:
    """Forget what was read of a file, whoever is at it still. What was added of it stays."""
    found = get_import(actor, skill_id, import_id)
    with writing():
        found = hold_import(actor, found, *UNFINISHED, State.DONE)
        found.state = State.DISCARDED.value
        found.finished_at = found.finished_at or clock.now()
        forget_rows(import_id)


def _guess(skill_id: int, values: Sequence[Value], known: Sequence[str]) -> Reading:
    """Return how a file is read: as it looks, or where it is of no format, as the last one was whose columns it has."""
    how = guess_reading(values)
    if how.format != COLUMNS:
        return how
    before = select(Import).where(Import.skill_id == skill_id).order_by(Import.id.desc()).limit(REMEMBERED)
    for one in reading().scalars(before):
        read = reading_of(one)
        if read.format == COLUMNS and read.is_complete and set(filter(None, read.columns.values())) <= set(known):
            return read
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


def _read_rows(made: Import, policy: Policy, entries: Iterator[Entry]) -> int:
    """Store every entry, redacted, and return how many there are."""
    number = 0
    while chunk := take_chunk(entries, most=ROWS_AT_ONCE, characters=count_characters):
        rows = []
        for entry in chunk:
            number += 1
            rows.append(_row(made, policy, number, entry))
        with writing() as session:
            _hold_read(made.id)
            session.execute(insert(ImportRow), rows)
            session.execute(update(Import).where(Import.id == made.id).values(rows=number, read_at=clock.now()))
    return number


def _hold_read(import_id: int) -> None:
    """Keep an import that is being read from others; raise `Conflict` where its author has no use for it any more."""
    state = select(Import.state).where(Import.id == import_id).with_for_update()
    if reading().scalars(state).one_or_none() != State.READING.value:
        raise Conflict("This import was discarded while it was read.")


def check_goes_on(found: Import, state: State) -> None:
    """Raise `Conflict` for a job whose import is discarded by now."""
    if found.state != state.value:
        raise Conflict("This import was discarded meanwhile.")


def let_go(job: Job) -> None:
    """Let an import go on without the job, as a part of the change that ends it."""
    found = reading().get(Import, job.wanted["import_id"], with_for_update=True)
    if found is not None and found.state in (State.CHECKING.value, State.ADDING.value):
        found.state = State.READY.value


def _drained(entries: list[Entry]) -> Iterator[Entry]:
    """Yield these entries, each of which is kept no longer than until then."""
    entries.reverse()
    while entries:
        yield entries.pop()


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


def _look(actor: User, made: Import, how: Reading) -> Import:
    """Put the job in the queue that looks at every row; where it is not known how to read them, wait to be told."""
    with writing() as session:
        found = session.get_one(Import, made.id, with_for_update=True, populate_existing=True)
        found.reading, found.state = _stored(how, found.reading["known"]), State.READY.value
        if how.is_complete:
            enqueue_check(actor, found)
        session.execute(delete(ImportBand).where(ImportBand.import_id == found.id))
        again = update(ImportRow).where(
            ImportRow.import_id == found.id, ImportRow.value.is_not(None), ImportRow.verdict.is_not(None)
        )
        session.execute(again.values(verdict=None, reason=None, content_digest=None, bands=None))
    return found


def enqueue_check(actor: User, found: Import) -> Job:
    """Put the job in the queue that looks at the rows without a verdict, as a part of the running change."""
    wanted = {"import_id": found.id}
    job = enqueue(actor, Kind.CHECK_IMPORT, skill_id=found.skill_id, wanted=wanted, total=found.rows)
    found.state, found.job_id = State.CHECKING.value, job.id
    return job


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
