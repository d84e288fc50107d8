"""Golden examples, many at once: what imports add. Only a skill's author adds any (`training_examples.py`, for one).

How costs grow: with those that are added; the skill's others are looked up in an index.
"""

from collections.abc import Collection, Sequence
from typing import Any, NamedTuple

from sqlalchemy import insert, select

from app.domain.errors import NotAllowed
from app.domain.example_details import NO_DETAILS, Details
from app.domain.training_examples import Source, Status, content_digest
from app.models import TrainingExample
from app.policies import RULES, Action
from app.services import clock
from app.services.counters import move_counters, note_change
from app.services.tags import note_tags
from app.services.transactions import reading, writing


class NewExample(NamedTuple):
    """What becomes a golden example. What is marked as redacted is stored as it is, anything else is cleaned again."""

    example_input: str
    example_output: str
    expected_output: str | None = None
    quality_score: int | None = None
    evaluation_only: bool = False
    details: Details = NO_DETAILS

    def to_columns(self) -> dict[str, Any]:
        return {name: value for name, value in self._asdict().items() if name != "details"} | self.details.to_columns()


def create_golden_examples(*, skill_id: int, user_id: int, examples: Sequence[NewExample]) -> list[int | None]:
    """Store many golden examples as one change, and return their ids: None for what the skill has already.

    Raises `NotAllowed` unless the user is the skill's author, whoever calls. The near-duplicates' bands are the
    caller's to note.
    """
    moment = clock.now()
    with writing() as session:
        skill = note_change(skill_id)
        if user_id != skill.author_id:
            raise NotAllowed(RULES[Action.ADD_TRAINING_EXAMPLE].reason)
        digests = [content_digest(one.example_input, one.example_output, one.details.turns) for one in examples]
        known = find_known_content(skill_id, digests)
        rows = {
            digest: {
                **one.to_columns(),
                "skill_id": skill_id,
                "user_id": user_id,
                "source": Source.WEB.value,
                "status": Status.APPROVED.value,
                "content_digest": digest,
                "created_at": moment,
                "updated_at": moment,
            }
            for digest, one in zip(digests, examples, strict=True)
            if digest not in known
        }
        ids: dict[str, int] = {}
        if rows:
            stored = insert(TrainingExample).returning(TrainingExample.content_digest, TrainingExample.id)
            ids = dict(session.execute(stored, list(rows.values())).all())
            note_tags(skill_id, {ids[digest]: row["tags"] for digest, row in rows.items()}, are_new=True)
        move_counters(skill_id, {Status.APPROVED: len(ids)})
    return [ids.pop(digest, None) for digest in digests]


def find_known_content(skill_id: int, digests: Collection[str]) -> set[str]:
    """Return which of these digests are those of examples that the skill has."""
    known = select(TrainingExample.content_digest).where(
        TrainingExample.skill_id == skill_id, TrainingExample.content_digest.in_(digests)
    )
    return set(reading().scalars(known))
