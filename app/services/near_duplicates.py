"""Near-duplicates of a skill's examples: their bands are kept beside them, so a look-alike is found by an index.

How costs grow: keeping an example's bands is one statement; finding its near-duplicates is two more. Of
the bands that it shares with others at most `SHARED` are read, and of those others at most `CANDIDATES` compared: a
queue of nothing but copies costs no more.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Select, delete, exists, func, literal, select, union_all
from sqlalchemy.orm import aliased

from app.database import insert_plainly, is_one_of
from app.domain.near_duplicates import THRESHOLD, bands_of, shingles_of, similarity
from app.domain.training_examples import Status
from app.models import Example, ExampleBand, TrainingExample
from app.services.chunks import read_chunk
from app.services.transactions import reading, writing

CANDIDATES = 20
"""How many examples one is compared with at most: those that share the most bands with it."""
CANDIDATES_FOR_MARK = 3
"""The same where it is only asked whether there is one, for a whole queue at once."""
SHARED = 500
MOST_REMEMBERED = 100_000
"""So many shared bands of a skill are remembered: some megabytes, however many examples are alike."""


class NearDuplicate(NamedTuple):
    """Another example of the skill that says almost the same, and how much the same, from 0 to 1."""

    example: TrainingExample
    similarity: float


def note_bands(*examples: Example, are_new: bool) -> None:
    """Keep the bands of examples as they are now, as a part of the running change."""
    with writing() as session:
        if not are_new:
            session.execute(delete(ExampleBand).where(ExampleBand.example_id.in_([one.id for one in examples])))
        keep_bands(
            (one.skill_id, band, one.id)
            for one in examples
            for band in bands_of(shingles_of(one.example_input, one.example_output))
        )


def keep_bands(bands: Iterable[tuple[int, int, int]]) -> None:
    """Keep bands, each with its skill before it and its example behind it, as a part of the running change."""
    insert_plainly(reading(), ExampleBand.__table__, ("skill_id", "band", "example_id"), set(bands))


def find_near_duplicates(example: TrainingExample) -> list[NearDuplicate]:
    """Return the skill's other examples that say almost the same, the most similar first."""
    candidates = _candidates([example.id], most=CANDIDATES)[example.id]
    others = reading().scalars(select(TrainingExample).where(TrainingExample.id.in_(candidates)))
    shingles = _shingles(example)
    found = [NearDuplicate(other, similarity(shingles, _shingles(other))) for other in others]
    return sorted(
        (one for one in found if one.similarity >= THRESHOLD), key=lambda one: (-one.similarity, one.example.id)
    )


def find_alike(example_ids: Collection[int]) -> set[int]:
    """Return which of these examples have a near-duplicate in their skill: two statements for all of them."""
    candidates = _candidates(example_ids, most=CANDIDATES_FOR_MARK)
    with_any = {example_id for example_id, others in candidates.items() if others}
    compared = with_any.union(*candidates.values())
    rows = reading().scalars(select(TrainingExample).where(TrainingExample.id.in_(compared))) if compared else ()
    shingles = {row.id: _shingles(row) for row in rows}
    return {
        one
        for one in with_any & shingles.keys()
        if any(
            similarity(shingles[one], shingles[other]) >= THRESHOLD for other in candidates[one] if other in shingles
        )
    }


class Texts(NamedTuple):
    """What an example is compared by."""

    example_input: str
    example_output: str


def find_shared_bands(skill_id: int) -> frozenset[int] | None:
    """Return the bands that more than one of the skill's examples has; None where they are too many to be remembered.

    Reads the index of all the skill's bands once: worth it for whoever then asks about every example.
    """
    bands = select(ExampleBand.band).where(ExampleBand.skill_id == skill_id).group_by(ExampleBand.band)
    found = reading().scalars(bands.having(func.count() > 1).limit(MOST_REMEMBERED + 1)).all()
    return frozenset(found) if len(found) <= MOST_REMEMBERED else None


def find_first_alike(
    skill_id: int, examples: Mapping[int, Texts], *, shared: frozenset[int] | None = None
) -> dict[int, set[int]]:
    """Return, for each of these examples that has any, approved examples of the skill that say almost the same.

    Of each band the first other example that has it is compared: so copies of copies are linked to the one that came
    first, and a skill of nothing but copies costs no more. Two statements for all of them; with the `shared` bands
    nothing is asked about the others.
    """
    mine, other = aliased(ExampleBand), aliased(ExampleBand)
    first = (
        select(other.example_id)
        .join(TrainingExample, TrainingExample.id == other.example_id)
        .where(other.skill_id == skill_id, other.band == mine.band, other.example_id != mine.example_id)
        .where(TrainingExample.status == Status.APPROVED.value)
        .order_by(other.example_id)
        .limit(1)
        .scalar_subquery()
    )
    session = reading()
    if shared is None:
        is_other = (other.skill_id == skill_id, other.band == mine.band, other.example_id != mine.example_id)
        is_shared: Any = exists().where(*is_other)
    else:
        is_shared = is_one_of(mine.band, shared, session)
    among = is_one_of(mine.example_id, examples, session)
    pairs = select(mine.example_id, first).where(among, is_shared).distinct()
    candidates = [(one, found) for one, found in session.execute(pairs) if found is not None]
    shingles = _shingles_of({found for _, found in candidates}, examples)
    shingles |= {one: shingles_of(*examples[one]) for one, _ in candidates}
    alike: dict[int, set[int]] = {}
    for one, found in candidates:
        if found in shingles and similarity(shingles[one], shingles[found]) >= THRESHOLD:
            alike.setdefault(one, set()).add(found)
    return alike


def _shingles_of(example_ids: Collection[int], known: Mapping[int, Texts]) -> dict[int, frozenset[int]]:
    texts = select(TrainingExample.id, TrainingExample.example_input, TrainingExample.example_output)
    unknown = [example_id for example_id in example_ids if example_id not in known]
    found = {row[0]: Texts(row[1], row[2]) for row in reading().execute(texts.where(TrainingExample.id.in_(unknown)))}
    found |= {example_id: known[example_id] for example_id in example_ids if example_id in known}
    return {example_id: shingles_of(*one) for example_id, one in found.items()}


def _candidates(example_ids: Collection[int], *, most: int) -> Mapping[int, list[int]]:
    """Return, for each of these examples, which others of its skill share the most bands with it."""
    shared: dict[int, Counter[int]] = {example_id: Counter() for example_id in example_ids}
    if shared:
        parts = [select(_shared_bands(example_id).subquery()) for example_id in shared]
        for example_id, other_id in reading().execute(union_all(*parts)):
            shared[example_id][other_id] += 1
    return {example_id: [other for other, _ in counts.most_common(most)] for example_id, counts in shared.items()}


def _shared_bands(example_id: int) -> Select[int, int]:
    mine, other = aliased(ExampleBand), aliased(ExampleBand)
    return (
        select(literal(example_id).label("mine"), other.example_id)
        .join(mine, (other.skill_id == mine.skill_id) & (other.band == mine.band))
        .where(mine.example_id == example_id, other.example_id != example_id)
        .limit(SHARED)
    )


def _shingles(example: TrainingExample) -> frozenset[int]:
    return shingles_of(example.example_input, example.example_output)


def index_missing(*, skill_id: int | None = None, after: int = 0, rows_at_once: int = 500) -> Sequence[int]:
    """Keep the bands of the next examples, of all or of one skill's, that have none, because bands are made in another
    way than when they were stored. Return their ids; none where every example behind `after` has its bands."""
    has_bands = exists().where(ExampleBand.example_id == TrainingExample.id)
    missing = select(TrainingExample.id).where(TrainingExample.id > after, ~has_bands)
    if skill_id is not None:
        missing = missing.where(TrainingExample.skill_id == skill_id)
    example_ids = reading().scalars(missing.order_by(TrainingExample.id).limit(rows_at_once)).all()
    if example_ids:
        with writing() as session:
            # Held, so that none is edited or deleted before it has its bands.
            held = select(TrainingExample).where(is_one_of(TrainingExample.id, example_ids, session))
            found = read_chunk(
                held.order_by(TrainingExample.id).with_for_update(read=True),
                most=rows_at_once,
                characters=lambda row: len(row[0].example_input) + len(row[0].example_output),
            )
            examples = [example for (example,) in found]
            note_bands(*examples, are_new=False)
            example_ids = [example.id for example in examples] or example_ids
    return example_ids
