"""Looking at the rows of an import: what each is, compared with the skill's examples and with the rows before it.

How costs grow: with the rows, a chunk at a time; a chunk is compared by three statements, however many examples there
are.
"""

import json
import struct
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import func, select, update

from app import config
from app.database import insert_plainly, is_one_of
from app.domain.datasets import Row
from app.domain.example_schemas import ExampleSchemas
from app.domain.imports import MENDED, Reading, State, Verdict, problem_with_row
from app.domain.near_duplicates import THRESHOLD, bands_of, shingles_of, similarity
from app.domain.redaction import RedactedText, map_texts, sanitize_payload, texts_in
from app.domain.training_examples import content_digest
from app.models import ExampleBand, Import, ImportBand, ImportRow, Job, TrainingExample
from app.services import imports
from app.services.example_schemas import schemas_of
from app.services.import_rows import read_rows, read_wrong_rows
from app.services.imports import check_goes_on, let_go
from app.services.redaction import Policy, policy_of
from app.services.skills import get_skill
from app.services.transactions import reading

_BANDS = struct.Struct("<16q")


@dataclass
class Judged:
    """A row on its way to its verdict."""

    id: int
    number: int
    row: Row | None
    reason: str | None = None
    verdict: Verdict = Verdict.NEW
    digest: str | None = None
    bands: tuple[int, ...] = ()
    shingles: frozenset[int] = frozenset()
    like_example_id: int | None = None
    like_number: int | None = None

    def to_columns(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "verdict": self.verdict.value,
            "reason": self.reason,
            "content_digest": self.digest,
            "bands": _BANDS.pack(*self.bands) if self.bands else None,
            "like_example_id": self.like_example_id,
            "like_number": self.like_number,
        }


def prepare(job: Job) -> list[Judged]:
    """Read the next rows that have no verdict, and compute what they are compared by."""
    found = reading().get_one(Import, job.wanted["import_id"])
    statement = select(ImportRow).where(
        ImportRow.import_id == found.id, ImportRow.number > job.position, ImportRow.verdict.is_(None)
    )
    rows = read_rows(statement)
    return judge(found, rows)


def write(job: Job, judged: Sequence[Judged]) -> dict[str, Any] | None:
    """Give the rows their verdicts."""
    found = reading().get_one(Import, job.wanted["import_id"], with_for_update=True)
    check_goes_on(found, State.CHECKING)
    if not judged:
        found.state = State.READY.value
        job.progress = job.total
        return {"import_id": found.id}
    give_verdicts(found, judged)
    job.position = job.progress = judged[-1].number
    return None


def abandon(job: Job) -> None:
    """Leave the verdicts that were given: the next check begins anew."""
    let_go(job)


def row_of(how: Reading, row: ImportRow, policy: Policy) -> Row:
    """Return the row that a staged value makes; raise `ValueError` with a sentence where it makes none.

    What stands in the value was cleaned there; a text that a reader has made of it is cleaned here.
    """
    if row.value is None:
        raise ValueError(row.reason or "This line could not be read.")
    made = (MENDED if row.is_mended else how).row_of(row.value)
    staged, redactor = set(texts_in(row.value)), policy.redactor()

    def clean(text: str) -> RedactedText:
        return RedactedText(text) if text in staged else redactor.sanitize(text).sanitized

    return replace(
        made,
        input=clean(made.input),
        output=clean(made.output),
        expected_output=None if made.expected_output is None else clean(made.expected_output),
        tags=tuple(map(clean, made.tags)),
        metadata=made.metadata and map_texts(made.metadata, clean),
        turns=tuple(turn._replace(content=clean(turn.content)) for turn in made.turns),
    )


def texts_of(how: Reading, row: ImportRow) -> dict[str, str] | None:
    """Return what a staged value says of each field, as somebody would type it; None where that cannot be told."""
    return None if row.value is None else (MENDED if row.is_mended else how).texts_of(row.value)


def table_of_wrong_rows(found: Import) -> Iterator[list[Any]]:
    """Yield the rows that are not new as cells, with their line and why, after a line that names the columns."""
    how = imports.reading_of(found)
    yield [*MENDED.columns, "line", "error"]
    for row in read_wrong_rows(found.id):
        texts = texts_of(how, row)
        if texts is None:
            texts = {"input": "" if row.value is None else json.dumps(row.value, ensure_ascii=False)}
        yield [*(texts.get(name, "") for name in MENDED.columns), row.line, row.reason]


def bands_of_row(row: ImportRow, made: Row) -> tuple[int, ...]:
    """Return the bands of a row as they were noted, or where an upgrade has forgotten them, as they are."""
    return _BANDS.unpack(row.bands) if row.bands else bands_of(shingles_of(made.input, made.output))


def problem_of(row: Row, schemas: ExampleSchemas) -> str | None:
    """Return why a row cannot become an example of a skill with these schemas, or None."""
    if problem := problem_with_row(row, max_characters=config.get("GOLDSET_MAX_EXAMPLE_CHARACTERS")):
        return problem
    found = schemas.problems(example_input=row.input, example_output=row.output, expected_output=row.expected_output)
    return " ".join(f"The {field.removeprefix('example_').replace('_', ' ')}: {text}" for field, text in found.items())


def judge(found: Import, rows: Iterable[ImportRow]) -> list[Judged]:
    """Return the rows with what they are compared by, or why they are refused."""
    skill, how = get_skill(found.skill_id), imports.reading_of(found)
    schemas, policy = schemas_of(skill), policy_of(skill)
    return [_judge_row(how, row, schemas, policy) for row in rows]


def _judge_row(how: Reading, row: ImportRow, schemas: ExampleSchemas, policy: Policy) -> Judged:
    judged = Judged(row.id, row.number, None)
    try:
        judged.row = row_of(how, row, policy)
        problem = problem_of(judged.row, schemas)
    except ValueError as error:
        problem = str(error)
    if problem or judged.row is None:
        judged.verdict, judged.reason = Verdict.REFUSED, sanitize_payload(problem or "").sanitized
        return judged
    judged.digest = content_digest(judged.row.input, judged.row.output, judged.row.turns)
    judged.shingles = shingles_of(judged.row.input, judged.row.output)
    judged.bands = bands_of(judged.shingles)
    return judged


def give_verdicts(found: Import, judged: Sequence[Judged]) -> None:
    """Give rows their verdicts, as a part of the running change."""
    good = [one for one in judged if one.verdict is not Verdict.REFUSED]
    _mark_duplicates(found, good)
    different = [one for one in good if one.verdict is Verdict.NEW]
    _mark_near_duplicates(found, different)
    _note_bands(found, different)
    reading().execute(update(ImportRow), [one.to_columns() for one in judged])


def _mark_duplicates(found: Import, judged: Sequence[Judged]) -> None:
    """Mark what the skill has already, and what an earlier row of the file says."""
    digests = {one.digest for one in judged}
    examples = select(TrainingExample.content_digest, func.min(TrainingExample.id)).where(
        TrainingExample.skill_id == found.skill_id, TrainingExample.content_digest.in_(digests)
    )
    known = dict(reading().execute(examples.group_by(TrainingExample.content_digest)).all())
    rows = select(ImportRow.content_digest, func.min(ImportRow.number)).where(
        ImportRow.import_id == found.id,
        ImportRow.content_digest.in_(digests),
        ImportRow.verdict != Verdict.DUPLICATE.value,
    )
    seen = dict(reading().execute(rows.group_by(ImportRow.content_digest)).all())
    for one in judged:
        if one.digest in known:
            one.verdict, one.like_example_id = Verdict.DUPLICATE, known[one.digest]
            one.reason = f"The skill has this example already: number {one.like_example_id}."
        elif one.digest in seen:
            one.verdict, one.like_number = Verdict.DUPLICATE, seen[one.digest]
            one.reason = same_as_row(one.like_number)
        else:
            seen[one.digest] = one.number


def same_as_row(number: int) -> str:
    """Return why a row is not new that says the same as this one of its file."""
    return f"Row {number} of this file says the same."


def _mark_near_duplicates(found: Import, judged: Sequence[Judged]) -> None:
    bands = {band for one in judged for band in one.bands}
    in_skill = _firsts(ExampleBand.band, ExampleBand.example_id, ExampleBand.skill_id == found.skill_id, bands)
    in_file = _firsts(ImportBand.band, ImportBand.number, ImportBand.import_id == found.id, bands)
    candidates = {in_skill[band] for band in bands if band in in_skill}
    examples = _shingles_of_examples(candidates)
    rows = _shingles_of_rows(found, {in_file[band] for band in bands if band in in_file})
    for one in judged:
        one.like_example_id = _like(one, in_skill, examples)
        if one.like_example_id is None:
            one.like_number = _like(one, in_file, rows)
        if one.like_example_id is not None:
            one.verdict = Verdict.NEAR_DUPLICATE
            one.reason = f"Example {one.like_example_id} of the skill says almost the same."
        elif one.like_number is not None:
            one.verdict = Verdict.NEAR_DUPLICATE
            one.reason = f"Row {one.like_number} of this file says almost the same."
        for band in one.bands:
            in_file.setdefault(band, one.number)
        rows[one.number] = one.shingles


def _firsts(band: Any, number: Any, which: Any, bands: Iterable[int]) -> dict[int, int]:
    """Return the first that has each of these bands."""
    among = is_one_of(band, bands, reading())
    return dict(reading().execute(select(band, func.min(number)).where(which, among).group_by(band)).all())


def _like(one: Judged, firsts: Mapping[int, int], shingles: Mapping[int, frozenset[int]]) -> int | None:
    """Return which of those that share a band with the row says almost the same."""
    for other in dict.fromkeys(firsts[band] for band in one.bands if band in firsts):
        if other in shingles and similarity(one.shingles, shingles[other]) >= THRESHOLD:
            return other
    return None


def _shingles_of_examples(example_ids: Iterable[int]) -> dict[int, frozenset[int]]:
    texts = select(TrainingExample.id, TrainingExample.example_input, TrainingExample.example_output)
    found = reading().execute(texts.where(TrainingExample.id.in_(example_ids)))
    return {example_id: shingles_of(given, answered) for example_id, given, answered in found}


def _shingles_of_rows(found: Import, numbers: Iterable[int]) -> dict[int, frozenset[int]]:
    how, policy = imports.reading_of(found), policy_of(get_skill(found.skill_id))
    statement = select(ImportRow).where(ImportRow.import_id == found.id, ImportRow.number.in_(numbers))
    rows = {row.number: row_of(how, row, policy) for row in reading().scalars(statement)}
    return {number: shingles_of(row.input, row.output) for number, row in rows.items()}


def _note_bands(found: Import, judged: Sequence[Judged]) -> None:
    # They are stored in their order, and what is there already is left alone: of a band's rows the first is kept.
    rows = ((found.id, band, one.number) for one in judged for band in one.bands)
    insert_plainly(reading(), ImportBand.__table__, ("import_id", "band", "number"), rows)
