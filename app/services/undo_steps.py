"""Undoing one step after the other: reviews and bulk changes note which revision they made, and undoing makes another.

A step can be undone while the example is as the step left it. When the last one is undone, the example is again as the
one before left it, two revisions later; so all earlier steps move on by two, and stay as far apart as they were.
"""

from sqlalchemy import Select, exists, select, update

from app.models import ExampleChange, ReviewChange
from app.services.transactions import reading


def let_earlier_steps_follow(undone: Select[int, int]) -> None:
    """Move all steps on that were before those that are undone: `undone` selects an example's id and the step's
    revision, for each."""
    steps = undone.subquery()
    example_id, revision = steps.c
    for model in (ReviewChange, ExampleChange):
        is_before = exists().where(example_id == model.example_id, revision > model.revision)
        # Named first, so that the indexes find the steps of these examples and no others are looked at.
        of_these = model.example_id.in_(select(example_id))
        earlier = update(model).where(of_these, is_before).values({model.revision: model.revision + 2})
        reading().execute(earlier, execution_options={"synchronize_session": False})
