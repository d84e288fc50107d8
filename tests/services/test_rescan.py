"""Cleaning again what older rules let through: all of it, and nothing else."""

import io
import json

import pytest
from sqlalchemy import event, select, update

from app.domain.errors import Stale
from app.domain.example_details import Details, Turn
from app.domain.redaction import RULES_VERSION, RedactedText, text_digest
from app.domain.reviews import Verb
from app.domain.training_examples import content_digest
from app.extensions import db
from app.jobs.worker import run_job
from app.models import AuditRecord, ExampleTag, SkillVersion, User
from app.services import rescan as service
from app.services.allowed_texts import allow_texts
from app.services.api_keys import create_api_key
from app.services.example_schemas import change_schemas
from app.services.freezes import freeze
from app.services.imports import stage_import
from app.services.opinions import ask_for_opinion, give_opinion
from app.services.redaction import change_skill_redaction
from app.services.reviews import decide
from app.services.saved_filters import save_filter
from app.services.site_settings import get_site_settings
from app.services.skill_versions import digest_of_version
from app.services.suggestions import reply_to_suggestion
from app.services.tags import get_tags
from app.services.training_examples import create_training_example, edit_training_example
from app.services.transactions import reading, writing
from app.services.usage import track
from app.services.votes import cast_vote
from tests.support.factories import (
    allow_capture,
    make_example,
    make_skill,
    make_suggestion,
    make_usage,
    make_user,
    save_version,
)
from tests.support.older_rules import CLEAN, LEAK, SECRET, leave_behind, leave_everything_behind, rescan
from tests.support.tables import counters_are_right, dump
from tests.support.versions import frozen

pytestmark = pytest.mark.slow

MOST_STATEMENTS = 2_000


@pytest.fixture
def endless_is_an_error(app):
    """A rescan that goes round in circles fails after a while, and gives its turn to write back."""
    sent = []

    def note(*_):
        sent.append(1)
        assert len(sent) < MOST_STATEMENTS, "the rescan does not come to an end"

    event.listen(db.engine, "before_cursor_execute", note)
    yield
    event.remove(db.engine, "before_cursor_execute", note)


def rescans():
    """Return the details of every audit record that rescans have left."""
    records = reading().query(AuditRecord).filter_by(action="redaction.rescanned").order_by(AuditRecord.id)
    return [(record.subject, record.details) for record in records]


@pytest.fixture
def one_of_everything(author, viewer, skill):
    """A row in every table with texts, and a text in every column for texts."""
    save_version(skill, body="# Another body\n", note="A note")
    example = {"example_input": "In", "example_output": "Out", "expected_output": "Better"}
    details = Details(("a tag",), {"a": 1}, (Turn("system", "Be short."),))
    create_training_example(skill_id=skill.id, user_id=author.id, details=details, **example)
    make_example(skill, "Captured", user=viewer, source="usage_capture", status="pending")
    suggestion = make_suggestion(skill, user=viewer, suggested_content="A passage")
    reply_to_suggestion(author, suggestion_id=suggestion.id, revision=1, reply="Thank you")
    cast_vote(viewer, skill_id=skill.id, vote_type="thumbs_down", comment="Too long")
    allow_capture(viewer)
    use = make_usage(skill, "AKIA" + "C4N4RYQ7XZ2M3P5K", "x", model_name="A model", session_id="A session")
    track(viewer, [use])
    create_api_key(viewer, name="A key", scopes=["track"])
    save_filter(viewer, skill_id=skill.id, name="A filter", wanted={"q": "words"})
    reviewed = make_example(skill, "Reviewed", user=viewer, source="usage_capture", status="pending")
    decide(author, example_id=reviewed.id, revision=1, verb=Verb.CORRECT, expected_output="Better still")
    decide(author, example_id=reviewed.id, revision=2, verb=Verb.REJECT, reason="Not good enough")
    decide(author, example_id=reviewed.id, revision=3, verb=Verb.APPROVE)
    opinion = ask_for_opinion(author, example_id=reviewed.id, email=make_user().email)
    give_opinion(reading().get_one(User, opinion.asked_of), opinion_id=opinion.id, verdict="reject", comment="No")
    rows = [{"input": "In a file", "output": "ghp_" + "a1B2" * 9}, {"input": "", "output": "Out"}]
    file = io.BytesIO("\n".join(map(json.dumps, rows)).encode())
    stage_import(author, skill_id=skill.id, file=file, file_name="A file")
    run_job()
    change_schemas(author, skill_id=skill.id, input_schema='{"title": "In"}', output_schema='{"title": "Out"}')
    frozen(author, skill, note="A note")
    run_job(job_id=freeze(author, skill_id=skill.id).id)  # it fails, with a sentence: nothing changed


# ---- what is cleaned ----


def test_a_secret_in_any_text_of_any_table_is_gone_afterwards(one_of_everything):
    texts = leave_everything_behind(LEAK)
    assert str(dump()).count(SECRET) == texts

    done = rescan()

    assert SECRET not in str(dump())
    assert str(dump()).count(CLEAN) == texts + 1, "the tag is where the list is filtered by it, too"
    assert done.kinds == {"password": texts}
    assert done.changed == done.rows


def test_the_list_is_filtered_by_the_clean_tag_afterwards(skill):
    example = make_example(skill, details=Details((LEAK, "other")))
    with db.engine.begin() as connection:
        connection.execute(update(ExampleTag.__table__).where(ExampleTag.tag == CLEAN).values(tag=RedactedText(LEAK)))
    leave_behind(example, tags=json.dumps([LEAK, "other"]))

    rescan()

    assert get_tags(skill.id) == ["other", CLEAN]
    assert SECRET not in str(dump())


def test_every_row_is_of_todays_rules_afterwards(one_of_everything):
    service.mark_all_behind()
    assert all(service.count_rows_behind().values()), "a table has no row that could be behind"

    rescan()

    assert set(service.count_rows_behind().values()) == {0}
    with db.engine.connect() as connection:
        versions = {
            version for table in service.TABLES for version in connection.scalars(select(table.c.rules_version))
        }
    assert versions == {RULES_VERSION}


def test_what_was_clean_keeps_every_column(one_of_everything):
    before = dump()
    service.mark_all_behind()

    done = rescan()

    assert (done.changed, done.kinds) == (0, {})
    assert done.rows == sum(len(before[table.name]) for table in service.TABLES)
    assert dump() == before


def test_rows_of_todays_rules_are_not_looked_at(skill):
    current, one_behind, far_behind = examples = [make_example(skill) for _ in range(3)]
    for example in examples:
        leave_behind(example, example_input=f"{example.id} {LEAK}")
    with writing():
        current.rules_version, one_behind.rules_version = RULES_VERSION, RULES_VERSION - 1

    behind = service.count_rows_behind()["skill_feedback"]
    done = rescan()

    assert (behind, done.rows) == (2, 2)
    assert current.example_input == f"{current.id} {LEAK}"
    assert SECRET not in one_behind.example_input + far_behind.example_input


def test_a_secret_has_one_name_in_all_texts_of_a_row_and_counts_wherever_it_stands(skill):
    example = make_example(skill)
    leave_behind(example, example_input=f"one {LEAK}\ntwo {LEAK}", example_output=f"three {LEAK}\n[PASSWORD_1]")

    done = rescan()

    assert example.example_input == "one password=[PASSWORD_2]\ntwo password=[PASSWORD_2]"
    assert example.example_output == "three password=[PASSWORD_2]\n[PASSWORD_1]"
    assert done.kinds == {"password": 3}


def test_every_batch_that_changed_something_leaves_one_record_with_counts_and_no_texts(admin, skill):
    for user in (make_user(), make_user(), admin):
        leave_behind(user, name=f"Words of a person {LEAK}")
    leave_behind(make_user())

    done = rescan(rows_at_once=2)

    counts = [{"rows": 2, "changed": 2}, {"rows": 2, "changed": 1}]
    assert (done.rows, done.changed) == (4, 3)
    assert rescans() == [
        ("users", {"rules_version": RULES_VERSION, "kinds": {"password": count["changed"]}, **count})
        for count in counts
    ]


def test_digests_are_those_of_the_cleaned_texts(author, skill):
    example = make_example(skill)
    version = reading().scalars(select(SkillVersion)).one()
    leave_behind(example, example_input=LEAK)
    leave_behind(version, content=f"{version.content}\n{LEAK}\n")

    rescan()

    assert example.content_digest == content_digest(CLEAN, "An output")
    assert version.content.endswith(f"\n{CLEAN}\n")
    assert version.content_digest == digest_of_version(version.content)


def test_open_pages_are_told_of_what_changed_and_of_nothing_else(author):
    changed, renamed, untouched = skills = [make_skill(author) for _ in range(3)]
    dirty, clean, elsewhere = make_example(changed), make_example(changed), make_example(untouched)
    before = [(one.training_data_version, one.suggestions_version) for one in skills]
    leave_behind(dirty, example_input=LEAK)
    leave_behind(renamed, title=LEAK)
    for row in (clean, elsewhere, untouched):
        leave_behind(row)

    rescan()

    assert [one.revision for one in (dirty, clean, elsewhere)] == [2, 1, 1]
    after = [(one.training_data_version, one.suggestions_version) for one in skills]
    rose = [(now[0] > then[0], now[1] > then[1]) for then, now in zip(before, after, strict=True)]
    assert rose == [(True, True), (True, True), (False, False)]


def test_an_edit_of_the_text_that_was_there_before_is_told_that_it_is_stale(author, skill):
    example = make_example(skill)
    leave_behind(example, example_input=LEAK)

    rescan()

    with pytest.raises(Stale):
        edit_training_example(author, example_id=example.id, revision=1, example_input="Mine", example_output="x")


def test_aggregates_and_counters_do_not_move(one_of_everything, skill):
    aggregates = (skill.total_feedback, skill.positive_feedback_pct)
    leave_everything_behind(LEAK)

    rescan()

    assert (skill.total_feedback, skill.positive_feedback_pct) == aggregates == (1, 0)
    assert counters_are_right(skill)


@pytest.mark.parametrize("rows_at_once", [1, 3, 200])
def test_the_size_of_the_batches_makes_no_difference(one_of_everything, rows_at_once):
    texts = leave_everything_behind(LEAK)

    done = rescan(rows_at_once=rows_at_once)

    assert done.kinds == {"password": texts}
    assert SECRET not in str(dump())
    assert rescan(rows_at_once=rows_at_once).rows == 0


# ---- what the skill's author says ----


def test_what_the_author_lets_through_stays(author, skill):
    allow_texts(author, skill_id=skill.id, kinds={text_digest(SECRET): "password"})
    allowed, elsewhere = make_example(skill), make_example(make_skill(author))
    for example in (allowed, elsewhere):
        leave_behind(example, example_input=f"{LEAK} and token=other4711!x")

    rescan()

    assert allowed.example_input.startswith(f"{LEAK} and token=[")
    assert SECRET not in elsewhere.example_input
    assert "other4711" not in allowed.example_input + elsewhere.example_input


def test_personal_data_goes_where_the_skill_says_so(author):
    careful, other = make_skill(author), make_skill(author)
    change_skill_redaction(author, skill_id=careful.id, redact_personal_data=True)
    gone, kept = make_example(careful), make_example(other)
    for example in (gone, kept):
        leave_behind(example, example_input="Write to ana@example.com")

    done = rescan()

    assert gone.example_input == "Write to [EMAIL_1]"
    assert kept.example_input == "Write to ana@example.com"
    assert done.kinds == {"email": 1}


def test_personal_data_that_is_there_goes_once_it_is_switched_on_and_everything_is_marked(skill):
    example = make_example(skill, "Write to ana@example.com")
    with writing():
        get_site_settings().redact_personal_data = True

    unmarked = rescan()
    service.mark_all_behind()
    marked = rescan()

    assert (unmarked.rows, marked.kinds) == (0, {"email": 1})
    assert example.example_input == "Write to [EMAIL_1]"


# ---- examples that differed in a secret alone ----

DIFFERENT = ["hunter2!x", "hunter3!y", "hunter4!z"]


@pytest.mark.parametrize("rows_at_once", [1, 200])
@pytest.mark.parametrize("kind", [{}, {"source": "usage_capture", "status": "pending"}], ids=["golden", "captured"])
@pytest.mark.parametrize("secrets", [DIFFERENT[:2], DIFFERENT], ids=["two", "three"])
def test_examples_that_differed_in_a_secret_alone_stay_and_differ(
    skill, endless_is_an_error, secrets, kind, rows_at_once
):
    examples = [make_example(skill, f"Input {number}", **kind) for number, _ in enumerate(secrets)]
    for example, secret in zip(examples, secrets, strict=True):
        leave_behind(example, example_input=f"password={secret}")

    rescan(rows_at_once=rows_at_once)

    assert [one.example_input for one in examples] == [
        f"password=[PASSWORD_{number}]" for number, _ in enumerate(secrets, 1)
    ]
    assert [one.content_digest for one in examples] == [
        content_digest(one.example_input, one.example_output) for one in examples
    ]
    assert counters_are_right(skill)


def test_an_example_that_differed_in_a_secret_from_a_clean_one_stays_and_differs(skill, endless_is_an_error):
    clean, dirty = make_example(skill, CLEAN), make_example(skill)
    leave_behind(dirty, example_input=LEAK)

    rescan()

    assert (clean.example_input, dirty.example_input) == (CLEAN, "password=[PASSWORD_2]")
    assert (clean.revision, dirty.revision) == (1, 2)


def test_captured_examples_of_one_content_with_secrets_beside_it_are_cleaned(skill, endless_is_an_error):
    usage = {"source": "usage_capture", "status": "pending"}
    twins = [make_example(skill, "The same", **usage) for _ in range(2)]
    for twin in twins:
        leave_behind(twin, expected_output=LEAK)

    rescan()

    assert [twin.example_input for twin in twins] == ["The same"] * 2
    assert SECRET not in str(dump())
