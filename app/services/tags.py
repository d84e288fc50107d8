"""The tags of a skill's examples, by which its list is filtered.

How costs grow: noting an example's tags is two statements; listing a skill's tags walks its index from tag to tag,
however many examples have each.
"""

from collections.abc import Mapping, Sequence

from sqlalchemy import delete, func, insert, select
from sqlalchemy.orm import aliased

from app.domain.bulk_changes import Left
from app.domain.example_details import TAGS_AT_MOST, clean_tags
from app.domain.redaction import mark_redacted
from app.models import ExampleTag, TrainingExample
from app.models.types import redacted
from app.services import clock
from app.services.former_rows import note_former
from app.services.transactions import reading, writing

TAGS_AT_ONCE = 100


def note_tags(skill_id: int, tags: Mapping[int, Sequence[str] | None], *, are_new: bool) -> None:
    """Keep the tags that examples (their ids) have now, as a part of the running change."""
    rows = [
        {"skill_id": skill_id, "tag": redacted(name), "example_id": example_id}
        for example_id, names in tags.items()
        for name in dict.fromkeys(names or ())
    ]
    with writing() as session:
        if not are_new:
            session.execute(delete(ExampleTag).where(ExampleTag.example_id.in_(tags)))
        if rows:
            session.execute(insert(ExampleTag), rows)


def put_tag(skill_id: int, tag: str, examples: Sequence[TrainingExample]) -> dict[int, Left]:
    """Give examples of a skill a tag, as a part of the running change; return which stay as they are, and why."""
    stay: dict[int, Left] = {}
    tag = redacted(tag)
    note_former(TrainingExample.id.in_([one.id for one in examples]))
    for one in examples:
        tags = clean_tags([*(one.tags or ()), tag])
        if tags == tuple(one.tags or ()):
            stay[one.id] = Left.NOTHING_TO_DO
        elif len(tags) > TAGS_AT_MOST:
            stay[one.id] = Left.TOO_MANY_TAGS
        else:
            _set_tags(one, tags)
    _note_changed(skill_id, examples, stay)
    return stay


def take_tag(skill_id: int, tag: str, examples: Sequence[TrainingExample]) -> dict[int, Left]:
    """Take a tag from examples of a skill, as a part of the running change; return which have not had it."""
    note_former(TrainingExample.id.in_([one.id for one in examples]))
    stay = {one.id: Left.NOTHING_TO_DO for one in examples if tag not in (one.tags or ())}
    for one in examples:
        if one.id not in stay:
            _set_tags(one, [known for known in one.tags or () if known != tag])
    _note_changed(skill_id, examples, stay)
    return stay


def get_tags(skill_id: int) -> list[str]:
    """Return the first tags, in their order, that examples of the skill have."""
    mine = ExampleTag.skill_id == skill_id
    tags = select(func.min(ExampleTag.tag).label("tag")).where(mine).cte("tags", recursive=True)
    found = aliased(tags)
    following = select(func.min(ExampleTag.tag)).where(mine, ExampleTag.tag > found.c.tag).scalar_subquery()
    tags = tags.union_all(select(following).where(found.c.tag.is_not(None)))
    wanted = select(tags.c.tag).where(tags.c.tag.is_not(None)).limit(TAGS_AT_ONCE)
    return list(reading().scalars(wanted))


def _set_tags(example: TrainingExample, tags: Sequence[str]) -> None:
    example.tags = mark_redacted(list(tags)) or None
    example.revision += 1
    example.updated_at = clock.now()


def _note_changed(skill_id: int, examples: Sequence[TrainingExample], stay: Mapping[int, Left]) -> None:
    reading().flush()
    note_tags(skill_id, {one.id: one.tags for one in examples if one.id not in stay}, are_new=False)
