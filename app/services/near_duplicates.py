"""Near-duplicates of a skill's examples: their bands are kept beside them, so a look-alike is found by an index.

How costs grow: keeping an example's bands is one statement; finding its near-duplicates is two more. Of
the bands that it shares with others at most `SHARED` are read, and of those others at most `CANDIDATES` compared: a
queue of nothing but copies costs no more.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import chain, islice
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, delete, exists, func, literal, select, union_all
from sqlalchemy.orm import aliased

from app.database import insert_plainly, is_one_of
from app.domain.near_duplicates import BANDS, THRESHOLD, bands_of, shingles_of, similarity
from app.domain.training_examples import Status
from app.models import Example, ExampleBand, TrainingExample
from app.services.chunks import read_chunk
from app.services.transactions import reading, writing

CANDIDATES = 20
"""How many examples one is compared with at most: those that share the most bands with it."""
CANDIDATES_FOR_MARK = 3
"""The same where it is only asked whether there is one, for a whole queue at once."""
SHARED = 500
CANDIDATES_FOR_SPLIT = 40
"""The same where whatever is alike has to be found, for a whole version at once."""
FEW = 100
"""Up to so many examples that have a band are each a candidate for the others."""
COMPARED_AT_ONCE = 250
"""Examples whose candidates are in memory at once."""
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


class SharedBands(NamedTuple):
    """Bands that more than one example of a skill has: those that a few have, and those that very many have."""

    few: frozenset[int]
    many: frozenset[int]


def find_shared_bands(skill_id: int) -> SharedBands | None:
    """Return the bands that more than one of the skill's examples has; None where they are too many to be remembered.

    Reads the index of all the skill's bands once: worth it for whoever then asks about every example.
    """
    return _read_shared_bands(ExampleBand.skill_id == skill_id, most=MOST_REMEMBERED)


def find_alike_among(
    skill_id: int, examples: Mapping[int, Texts], *, shared: SharedBands | None = None
) -> dict[int, set[int]]:
    """Return, for each of these examples that has any, approved examples of the skill that say almost the same.

    Where few have a band, all of them are candidates, and of each example's those that share the most bands with it are
    compared. Where very many have one, the first of them is compared: so copies of copies are linked to the one that
    came first, and a skill of nothing but copies costs no more. A handful of statements for all of them; with the
    `shared` bands nothing is asked about examples that share none.
    """
    if shared is None:
        of_these = select(ExampleBand.band).where(is_one_of(ExampleBand.example_id, examples, reading()))
        its_own = (ExampleBand.skill_id == skill_id, ExampleBand.band.in_(of_these))
        shared = _read_shared_bands(and_(*its_own)) or SharedBands(frozenset(), frozenset())
    return _alike(_count_shared(skill_id, examples, shared), examples)


def _count_shared(skill_id: int, example_ids: Collection[int], shared: SharedBands) -> dict[int, Counter[int]]:
    """Return how many of the shared bands each of these examples has in common with which others."""
    candidates: dict[int, Counter[int]] = {}
    for select_pairs, bands in ((_pairs_of_few, shared.few), (_pairs_of_many, shared.many)):
        for one, other, count in reading().execute(select_pairs(skill_id, example_ids, bands)) if bands else ():
            if other is not None:
                candidates.setdefault(one, Counter())[other] += count
    return candidates


def _alike(candidates: Mapping[int, Counter[int]], examples: Mapping[int, Texts]) -> dict[int, set[int]]:
    """Return, for each example that has any, which of its candidates say almost the same: some examples at a time."""
    alike: dict[int, set[int]] = {}
    waiting = iter(candidates.items())
    while some := list(islice(waiting, COMPARED_AT_ONCE)):
        compared = {one: [other for other, _ in counts.most_common(CANDIDATES_FOR_SPLIT)] for one, counts in some}
        shingles = _shingles_of({*compared, *chain.from_iterable(compared.values())}, examples)
        for one, others in compared.items():
            found = {
                other
                for other in others
                if other in shingles and similarity(shingles[one], shingles[other]) >= THRESHOLD
            }
            if found:
                alike[one] = found
    return alike


def _read_shared_bands(which: ColumnElement[bool], *, most: int | None = None) -> SharedBands | None:
    count = func.count()
    bands = select(ExampleBand.band, count > FEW).where(which).group_by(ExampleBand.band).having(count > 1)
    found = reading().execute(bands if most is None else bands.limit(most + 1)).all()
    if most is not None and len(found) > most:
        return None
    return SharedBands(
        frozenset(band for band, has_many in found if not has_many),
        frozenset(band for band, has_many in found if has_many),
    )


def _pairs_of_few(skill_id: int, example_ids: Collection[int], bands: Collection[int]) -> Any:
    """Select these examples with each other approved one, and how many of these bands both have."""
    mine, other = aliased(ExampleBand), aliased(ExampleBand)
    return (
        select(mine.example_id, other.example_id, func.count())
        .join(other, (other.skill_id == skill_id) & (other.band == mine.band) & (other.example_id != mine.example_id))
        .join(TrainingExample, TrainingExample.id == other.example_id)
        .where(*_bands_of(mine, skill_id, example_ids, bands))
        .where(TrainingExample.status == Status.APPROVED.value)
        .group_by(mine.example_id, other.example_id)
    )


def _pairs_of_many(skill_id: int, example_ids: Collection[int], bands: Collection[int]) -> Any:
    """Select these examples with the first other approved one that has a band of these."""
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
    return select(mine.example_id, first, literal(1)).where(*_bands_of(mine, skill_id, example_ids, bands))


def _bands_of(
    mine: type[ExampleBand], skill_id: int, example_ids: Collection[int], bands: Collection[int]
) -> tuple[ColumnElement[bool], ...]:
    """Return the conditions that `mine` are those of these bands that these examples have.

    Where few bands are shared, they are looked up rather than all that the examples have. No index is used of what
    stands in a sum.
    """
    are_few = len(bands) * FEW <= len(example_ids) * BANDS
    example_id = mine.example_id + 0 if are_few else mine.example_id
    among = is_one_of(example_id, example_ids, reading()), is_one_of(mine.band, bands, reading())
    return (mine.skill_id == skill_id, *among) if are_few else among


def _shingles_of(example_ids: Collection[int], known: Mapping[int, Texts]) -> dict[int, frozenset[int]]:
    texts = select(TrainingExample.id, TrainingExample.example_input, TrainingExample.example_output)
    unknown = [example_id for example_id in example_ids if example_id not in known]
    among = is_one_of(TrainingExample.id, unknown, reading())
    found = {row[0]: Texts(row[1], row[2]) for row in reading().execute(texts.where(among))}
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
