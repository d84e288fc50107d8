"""Eight people write to one skill at the same moment: nobody gets an error, nothing is lost, every count is right."""

from app.domain.errors import Conflict
from app.models import AuditRecord, TrainingExample, User
from app.services.training_examples import delete_training_example, edit_training_example, submit_training_example
from app.services.transactions import reading
from tests.support.factories import make_example
from tests.support.tables import count_rows, counters_are_right
from tests.support.threads import run_together

WRITERS, EACH = 8, 6


def submitting(author_id, skill_id, *texts):
    def submit():
        author = reading().get_one(User, author_id)
        return [
            submit_training_example(author, skill_id=skill_id, example_input=text, example_output="x").example.id
            for text in texts
        ]

    return submit


def test_eight_writers_at_once_lose_nothing(app, author, skill):
    calls = [
        submitting(author.id, skill.id, *(f"{writer}: {number}" for number in range(EACH))) for writer in range(WRITERS)
    ]

    results = run_together(app, calls)

    assert [result for result in results if isinstance(result, Exception)] == []
    assert len({one for made in results for one in made}) == WRITERS * EACH
    texts = {example.example_input for example in reading().query(TrainingExample)}
    assert texts == {f"{writer}: {number}" for writer in range(WRITERS) for number in range(EACH)}
    assert counters_are_right(skill)
    assert skill.training_examples_approved == skill.training_data_version == WRITERS * EACH
    assert count_rows(AuditRecord) == WRITERS * EACH + 1


def test_the_same_content_from_many_at_once_is_stored_once(app, author, skill):
    results = run_together(app, [submitting(author.id, skill.id, "The same")] * 4)

    assert len([result for result in results if isinstance(result, list)]) == 1
    assert len([result for result in results if isinstance(result, Conflict)]) == 3
    assert count_rows(TrainingExample) == 1
    assert counters_are_right(skill)
    assert skill.training_data_version == 1


def test_of_two_edits_of_one_revision_one_wins_and_the_other_is_told(app, author, skill):
    example_id, author_id = make_example(skill, "Before").id, author.id

    def editing(text):
        def edit():
            actor = reading().get_one(User, author_id)
            edit_training_example(
                actor, example_id=example_id, revision=1, example_input=text, example_output="An output"
            )
            return text

        return edit

    results = run_together(app, [editing(f"Text {number}") for number in range(4)])

    winners = [result for result in results if isinstance(result, str)]
    assert len(winners) == 1
    assert all(isinstance(result, Conflict) for result in results if result not in winners)
    example = reading().get_one(TrainingExample, example_id)
    assert (example.example_input, example.revision) == (winners[0], 2)


def test_of_many_deletes_at_once_one_counts(app, author, skill):
    make_example(skill, "Stays")
    example_id, author_id = make_example(skill, "Goes").id, author.id

    def delete():
        delete_training_example(reading().get_one(User, author_id), example_id=example_id, revision=1)

    results = run_together(app, [delete] * 4)

    assert results.count(None) == 1
    assert {type(result).__name__ for result in results} == {"NoneType", "NotFound"}
    assert counters_are_right(skill)
    assert skill.training_examples_approved == 1
