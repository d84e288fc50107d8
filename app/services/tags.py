"""The tags of a skill's examples, by which its list is filtered.

How costs grow: noting an example's tags is two statements; listing a skill's tags walks its index from tag to tag,
however many examples have each.
"""

from collections.abc import Mapping, Sequence

from sqlalchemy import delete, func, insert, select
from sqlalchemy.orm import aliased

from app.models import ExampleTag
from app.models.types import redacted
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


def get_tags(skill_id: int) -> list[str]:
    """Return the first tags, in their order, that examples of the skill have."""
    mine = ExampleTag.skill_id == skill_id
    tags = select(func.min(ExampleTag.tag).label("tag")).where(mine).cte("tags", recursive=True)
    found = aliased(tags)
    following = select(func.min(ExampleTag.tag)).where(mine, ExampleTag.tag > found.c.tag).scalar_subquery()
    tags = tags.union_all(select(following).where(found.c.tag.is_not(None)))
    wanted = select(tags.c.tag).where(tags.c.tag.is_not(None)).limit(TAGS_AT_ONCE)
    return list(reading().scalars(wanted))
