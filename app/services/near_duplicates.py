"""Near-duplicates of a skill's examples: their bands are kept beside them, so a look-alike is found by an index.

How costs grow: keeping an example's bands is one statement; finding its near-duplicates is one more, and a comparison
with each candidate that shares a band, of which at most `CANDIDATES` are looked at.
"""

from collections.abc import Collection, Sequence
from typing import NamedTuple

from sqlalchemy import delete, func, insert, select
from sqlalchemy.orm import aliased

from app.domain.near_duplicates import THRESHOLD, bands_of, shingles_of, similarity
from app.models import ExampleBand, TrainingExample
from app.services.transactions import reading, writing

CANDIDATES = 20


class NearDuplicate(NamedTuple):
    """Another example of the skill that says almost the same, and how much the same, from 0 to 1."""

    example: TrainingExample
    similarity: float


def note_bands(example: TrainingExample, *, is_new: bool) -> None:
    """Keep the bands of an example as it is now, as a part of the running change."""
    bands = bands_of(shingles_of(example.example_input, example.example_output))
    rows = [{"skill_id": example.skill_id, "band": band, "example_id": example.id} for band in set(bands)]
    with writing() as session:
        if not is_new:
            session.execute(delete(ExampleBand).where(ExampleBand.example_id == example.id))
        session.execute(insert(ExampleBand), rows)


def find_near_duplicates(example: TrainingExample) -> list[NearDuplicate]:
    """Return the skill's other examples that say almost the same, the most similar first."""
    shingles = shingles_of(example.example_input, example.example_output)
    shared = select(ExampleBand.example_id).where(
        ExampleBand.skill_id == example.skill_id, ExampleBand.band.in_(set(bands_of(shingles)))
    )
    candidates = reading().scalars(
        select(TrainingExample)
        .where(TrainingExample.id.in_(shared.distinct()), TrainingExample.id != example.id)
        .order_by(TrainingExample.id)
        .limit(CANDIDATES)
    )
    found = [
        NearDuplicate(other, similarity(shingles, shingles_of(other.example_input, other.example_output)))
        for other in candidates
    ]
    return sorted((one for one in found if one.similarity >= THRESHOLD), key=lambda one: -one.similarity)


def find_alike(example_ids: Collection[int]) -> set[int]:
    """Return which of these examples share a band with another one of their skill: one statement for all of them."""
    mine, other = aliased(ExampleBand), aliased(ExampleBand)
    statement = (
        select(mine.example_id)
        .join(other, (other.skill_id == mine.skill_id) & (other.band == mine.band))
        .where(mine.example_id.in_(example_ids), other.example_id != mine.example_id)
        .distinct()
    )
    return set(reading().scalars(statement))


def index_missing(*, rows_at_once: int = 500) -> int:
    """Keep the bands of examples that have none yet, from before there were bands; return how many those were."""
    done = 0
    while rows := _without_bands(rows_at_once):
        with writing():
            for example in rows:
                note_bands(example, is_new=False)
        done += len(rows)
    return done


def _without_bands(size: int) -> Sequence[TrainingExample]:
    has_bands = select(func.count()).where(ExampleBand.example_id == TrainingExample.id).scalar_subquery()
    return (
        reading().scalars(select(TrainingExample).where(has_bands == 0).order_by(TrainingExample.id).limit(size)).all()
    )
