"""No secret reaches a table: every text column and every function that writes people's words is walked, none by name.

A new column of plain text, and a new function that writes text, turn these tests red until they are dealt with.
"""

import ast
import importlib
import inspect
import io
import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import JSON, CheckConstraint, String, text

import app.services
from app.domain.bulk_changes import Change
from app.domain.bulk_changes import Verb as BulkVerb
from app.domain.errors import Invalid
from app.domain.example_details import TAG_MAX_CHARACTERS, Details, Turn
from app.domain.jobs import Kind
from app.domain.reviews import Verb
from app.domain.skill_md import SkillFile
from app.domain.usage import WORD_MAX_CHARACTERS, Exchange, Usage
from app.jobs.worker import run_job
from app.models import Base
from app.models.types import FreeJSON, FreeText
from app.services import (
    api_keys,
    audit,
    bulk_changes,
    clock,
    contributions,
    example_schemas,
    freezes,
    import_mending,
    imports,
    jobs,
    opinions,
    password_links,
    preferences,
    rescan,
    reviews,
    saved_filters,
    skill_versions,
    suggestions,
    tags,
    training_examples,
    usage,
    user_administration,
    users,
    votes,
)
from app.services.site_settings import get_site_settings
from app.services.training_example_lists import EVERYTHING, Filter
from app.services.transactions import writing
from tests.support.factories import PASSWORD, allow_capture, capture, make_example, make_suggestion
from tests.support.tables import dump

pytestmark = pytest.mark.slow

# ---- columns ----

NOBODYS_WORDS = {
    "users.email": "an address is looked up as it is, and its shape is checked",
    "users.password_hash": "a salted hash",
    "users.session_token": "drawn at random",
    "api_keys.prefix": "the first characters of a key that was drawn at random",
    "api_keys.digest": "a digest of a key",
    "usage_events.event_digest": "a digest of an id that a reporter chose",
    "skills.slug": "lower-case letters, digits and single hyphens, at most 64",
    "skill_versions.content_digest": "a digest of text that was redacted",
    "skill_feedback.content_digest": "a digest of text that was redacted",
    "password_links.token_digest": "a digest of random text",
    "identities.issuer": "a setting",
    "identities.subject": "what a provider calls somebody, as it is, because they are known by it",
    "allowed_texts.digest": "a digest of text that an author lets through",
    "allowed_texts.kind": "a name in the code",
    "false_alarms.placeholder": "one of the placeholders that stand in the example",
    "notifications.kind": "a name in the code",
    "notifications.detail": "the state of a suggestion, which is a literal in the code",
    "jobs.lease_token": "drawn at random",
    "dataset_versions.content_hash": "a digest of digests",
    "frozen_rows.row_hash": "a digest of text that was redacted",
    "dataset_entries.row_hash": "a digest of text that was redacted",
    "version_successors.content_hash": "a digest of digests",
    "withdrawn_rows.row_hash": "a digest of text that was redacted",
    "withdrawn_rows.keys": "names in the code, and digests of text that was redacted",
    "former_rows.row_hash": "a digest of text that was redacted",
    "former_rows.keys": "names in the code, and digests of text that was redacted",
    "import_rows.content_digest": "a digest of text that was redacted",
    "import_rows.bands": "hashes of text that was redacted",
    "audit_log.action": "a literal in the code",
    "audit_log.subject": "a literal in the code",
}


def text_columns():
    return [
        column
        for table in Base.metadata.sorted_tables
        for column in table.columns
        if isinstance(column.type, String | JSON | FreeText | FreeJSON) or column.type.python_type in (str, dict, bytes)
    ]


def is_limited_to_known_values(column):
    checks = [str(one.sqltext) for one in column.table.constraints if isinstance(one, CheckConstraint)]
    return any(f"{column.name} IN ('" in check for check in checks)


def is_safe(column):
    return (
        isinstance(column.type, FreeText | FreeJSON)
        or is_limited_to_known_values(column)
        or str(column) in NOBODYS_WORDS
    )


def test_every_text_column_redacts_or_can_hold_nobodys_words():
    assert [str(column) for column in text_columns() if not is_safe(column)] == []


def test_the_table_of_exceptions_names_plain_columns_that_are_there():
    plain = {str(column) for column in text_columns() if not isinstance(column.type, FreeText | FreeJSON)}

    assert NOBODYS_WORDS.keys() <= plain
    assert len(text_columns()) > 15


COPIES = {"example_tags": "what skill_feedback.tags says; written anew with it, also by a rescan"}


def test_every_table_with_peoples_words_says_by_which_rules_they_were_cleaned_and_is_rescanned():
    with_words = {column.table for column in text_columns() if isinstance(column.type, FreeText | FreeJSON)}
    with_words -= {Base.metadata.tables[name] for name in COPIES}

    assert [table.name for table in with_words if "rules_version" not in table.c] == []
    assert with_words == set(rescan.TABLES)


# ---- functions ----

CANARIES = [
    "ghp_" + "c4N4" * 9,
    "glpat-" + "c4N4rYx9" * 3,
    "AKIA" + "C4N4RYQ7XZ2M3P5K",
    "sk_live_" + "c4N4rY" * 5,
    "sk-ant-api03-" + "c4N4rY_x" * 10,
    "AIza" + "c4N4rYx" * 5,
    "xoxb-123456789012-123456789012-" + "c4N4rYx9" * 3,
    "eyJhbGciOiJIUzI1NiJ9.eyJjYW5hcnkiOiJjNE40clkifQ.c4N4rYc4N4rYc4N4rYc4N4rYc4N4rYc4N4rYc4N4rY0",
    "Authorization: Bearer «c4N4rYbearer0123456789»",
    "postgres://canary:«c4N4rYurl»@db.example.com/x",
    "password = '«c4N4rYassigned!»'",
    "--token «c4N4rYoption0123456789»",
    "-----BEGIN PRIVATE KEY-----\n«c4N4rYkeyc4N4rYkeyc4N4rYkey»\n-----END PRIVATE KEY-----",
]
TEXTS = [canary.replace("«", "").replace("»", "") for canary in CANARIES]
SECRETS = [canary.partition("«")[2].partition("»")[0] or canary for canary in CANARIES]

FREE = "b: must be stored, without its secrets"
CLOSED = "a: only known values: anything else is refused"
KEPT_SECRET = "c: stored as a hash only"

# Every service function that writes texts: what each of its text parameters is.
WRITERS = {
    "training_examples.submit_training_example": {"example_input": FREE, "example_output": FREE, "details": FREE},
    "training_examples.create_training_example": {
        "example_input": FREE,
        "example_output": FREE,
        "expected_output": FREE,
        "details": FREE,
        "source": CLOSED,
        "status": CLOSED,
    },
    "training_examples.edit_training_example": {"example_input": FREE, "example_output": FREE, "details": FREE},
    "suggestions.submit_suggestion": {
        "category": CLOSED,
        "severity": CLOSED,
        "comment": FREE,
        "suggested_content": FREE,
    },
    "suggestions.move_suggestion": {"status": CLOSED},
    "suggestions.reply_to_suggestion": {"reply": FREE},
    "suggestions.create_suggestion": {"comment": FREE, "suggested_content": FREE},
    "votes.cast_vote": {"vote_type": CLOSED, "comment": FREE},
    "users.create_user": {"name": FREE, "password": KEPT_SECRET},
    "users.sign_up": {"name": FREE, "password": KEPT_SECRET},
    "users.rename": {"name": FREE},
    "users.change_password": {"new_password": KEPT_SECRET, "current_password": CLOSED},
    "user_administration.add_user": {"name": FREE},
    "password_links.set_password_by_link": {"new_password": KEPT_SECRET},
    "skill_versions.save_skill_file": {"file": FREE, "note": FREE},
    "skill_versions.add_skill": {"file": FREE},
    "skill_versions.edit_skill": {"file": FREE, "note": FREE},
    "preferences.change_preferences": {"wanted": FREE},
    "api_keys.create_api_key": {"name": FREE, "scopes": CLOSED},
    "usage.track": {"usages": FREE},
    "contributions.redact_more": {"text": CLOSED},
    "reviews.decide": {"reason": FREE, "expected_output": FREE},
    "reviews.decide_on_all": {"reason": FREE},
    "opinions.give_opinion": {"verdict": CLOSED, "comment": FREE},
    "freezes.freeze": {"note": FREE},
    "jobs.enqueue": {"wanted": FREE},
    "imports.stage_import": {"file_name": FREE},
    "import_mending.mend_row": {"texts": FREE},
    "example_schemas.change_schemas": {"input_schema": CLOSED, "output_schema": CLOSED},
    "saved_filters.save_filter": {"name": FREE, "wanted": FREE},
    "bulk_changes.begin_change": {"change": CLOSED, "wanted": CLOSED},
    "tags.put_tag": {"tag": FREE},
    "audit.record": {"details": FREE},
}
EXEMPT = {
    "allowed_texts.allow_texts kinds": "digests of texts that were found, and names in the code",
    "false_alarms.mark_false_alarm placeholder": "see the column",
    "training_examples.submit_training_example not_secret": "digests, or refused",
    "training_examples.edit_training_example not_secret": "digests, or refused",
    "suggestions.create_suggestion category": "the column holds known values only; submit_suggestion says so kindly",
    "suggestions.create_suggestion severity": "the column holds known values only; submit_suggestion says so kindly",
    "users.create_user email": "see the column",
    "users.sign_up email": "see the column",
    "user_administration.add_user email": "see the column",
    "skill_lifecycle.hand_over_skill email": "somebody is looked up by it; it is stored nowhere",
    "opinions.ask_for_opinion email": "somebody is looked up by it; it is stored nowhere",
    "notifications.notify detail": "see the column",
    "password_links.set_password_by_link token": "only its digest is looked up; it is stored nowhere",
    "withdrawals.note_withdrawn rows": "digests of rows that were redacted when stored; none of their text is kept",
    "reviews.decide_on_all wanted": "examples are looked for by it; it is stored nowhere",
    "tags.take_tag tag": "only what is there is taken away",
    "tags.note_tags tags": "the tags of an example that were redacted when it was stored, and are once more",
    "audit.record action": "see the column",
    "audit.record subject": "see the column",
}


def public_writers():
    """Return "module.function" of every public service function that can write, mapped to its text parameters."""
    trees = {
        path.stem: ast.parse(path.read_text(encoding="utf-8"))
        for path in Path(app.services.__path__[0]).glob("*.py")
        if path.stem not in ("__init__", "transactions")
    }
    functions = {
        (module, node.name): {
            part.id if isinstance(part, ast.Name) else part.attr
            for part in ast.walk(node)
            if isinstance(part, ast.Name | ast.Attribute)
        }
        for module, tree in trees.items()
        for node in tree.body
        if isinstance(node, ast.FunctionDef)
    }
    writing_names, known = {"writing"}, -1
    while known != len(writing_names):
        known = len(writing_names)
        writing_names |= {name for (_, name), used in functions.items() if used & writing_names and name != "record"}
    found = {}
    for (module, name), used in functions.items():
        if name.startswith("_") or not used & writing_names:
            continue
        parameters = inspect.signature(getattr(importlib.import_module(f"app.services.{module}"), name)).parameters
        texts = [one.name for one in parameters.values() if takes_text(one)]
        if texts:
            found[f"{module}.{name}"] = texts
    return found


def takes_text(parameter):
    annotation = str(parameter.annotation)
    return bool(re.search(r"\b(str|Any|Usage)\b", annotation)) or parameter.annotation in (
        SkillFile,
        Details,
        Change,
        Filter,
    )


def test_every_text_parameter_of_every_function_that_writes_is_in_the_table():
    asked = {f"{function} {parameter}" for function, names in public_writers().items() for parameter in names}
    listed = {f"{function} {parameter}" for function, names in WRITERS.items() for parameter in names}

    assert asked - listed - EXEMPT.keys() == set(), "a new way to write text: put it into WRITERS, or exempt it"
    assert (listed | EXEMPT.keys()) - asked == set(), "the tables name what is not there"


def skill_file(text):
    indented = text.replace("\n", "\n  ")
    whole = f"---\nname: a-canary\ndescription: |\n  {indented}\nother: |\n  {indented}\n---\n# {text}\n\n{text}\n"
    return SkillFile("a-canary", text, text.partition("\n")[0] if len(text) > 200 else text, whole, text)


@pytest.fixture
def calls(author, viewer, admin, skill):
    """Return, for each function of the table, a way to call it where only the texts of interest are given."""
    numbers = iter(range(10_000))
    on_skill = {"skill_id": skill.id}
    opinion = {**on_skill, "category": "other", "severity": "critical", "comment": "A comment of its own"}

    def example_texts(texts):
        values = {"example_input": f"in {next(numbers)}", "example_output": "out", **texts}
        if "details" in texts:
            text = texts["details"]
            tag = text if len(text) <= TAG_MAX_CHARACTERS and "," not in text else "tag"
            values["details"] = Details((tag,), {text: [text]}, (Turn("system", text),))
        return values

    def edit(**texts):
        example = make_example(skill)
        return training_examples.edit_training_example(
            author, example_id=example.id, revision=1, **example_texts(texts)
        )

    def reply(**texts):
        suggestion = make_suggestion(skill)
        return suggestions.reply_to_suggestion(author, suggestion_id=suggestion.id, revision=1, **texts)

    def move(**texts):
        suggestion = make_suggestion(skill)
        return suggestions.move_suggestion(author, suggestion_id=suggestion.id, revision=1, **texts)

    def save(file=None, note=None):
        return skill_versions.save_skill_file(viewer, file or skill_file(f"text {next(numbers)}"), note=note)

    def sign_up(**texts):
        with writing():
            get_site_settings().open_sign_up = True
        return users.sign_up(email=f"s{next(numbers)}@example.com", **texts)

    def add(file):
        return skill_versions.add_skill(viewer, replace(file, name=f"a-canary-{next(numbers)}"))

    def change(file=None, note=""):
        number = next(numbers)
        saved = skill_versions.save_skill_file(viewer, replace(skill_file(f"text {number}"), name=f"changed-{number}"))
        file = replace(file or skill_file("other text"), name=saved.skill.slug)
        return skill_versions.edit_skill(viewer, skill_id=saved.skill.id, file=file, version_number=1, note=note)

    def captured():
        return make_example(skill, user=admin, source="usage_capture", status="pending")

    def decide(**texts):
        verb = Verb.CORRECT if "expected_output" in texts else Verb.REJECT
        return reviews.decide(author, example_id=captured().id, revision=1, verb=verb, **texts)

    def decide_on_all(**texts):
        newest = captured().id
        return reviews.decide_on_all(author, verb=Verb.REJECT, wanted=EVERYTHING, up_to=newest, **on_skill, **texts)

    def give_opinion(**texts):
        asked = opinions.ask_for_opinion(author, example_id=captured().id, email=viewer.email)
        return opinions.give_opinion(viewer, opinion_id=asked.id, **{"verdict": "reject", **texts})

    def keep_filter(name="A filter", wanted="words"):
        short = name if len(name) <= saved_filters.NAME_MAX_CHARACTERS else "A filter"
        return saved_filters.save_filter(viewer, name=short, wanted={"q": wanted}, **on_skill)

    def freeze(note):
        make_example(skill)
        job = freezes.freeze(author, note=note, **on_skill)
        run_job(job_id=job.id)
        return job

    def stage(file_name=None):
        """Bring in a file of this name that has every canary in it, too."""
        if found := imports.find_unfinished_import(skill.id):
            imports.discard_import(author, skill_id=skill.id, import_id=found.id)
        words = file_name or "words"
        file = io.BytesIO(json.dumps({"input": f"{next(numbers)} {words}", "output": words, words: [words]}).encode())
        made = imports.stage_import(author, skill_id=skill.id, file=file, file_name=words)
        run_job()
        return made

    def mend(texts):
        found = stage()
        given = {"input": texts, "output": f"{next(numbers)} {texts}", "expected_output": texts}
        return import_mending.mend_row(author, skill_id=skill.id, import_id=found.id, number=1, texts=given)

    def change_all(change="tag", wanted=""):
        make_example(skill)
        asked = Change(BulkVerb.TAG, change)
        return bulk_changes.begin_change(author, change=asked, wanted=Filter(query=wanted), **on_skill)

    def put_tag(tag):
        with writing():
            return tags.put_tag(skill.id, tag, [make_example(skill)])

    allow_capture(viewer)

    def use_of(text):
        """A use with the text in every field that takes words."""
        word = text[:WORD_MAX_CHARACTERS]
        return Usage(
            skill=skill.slug,
            tool_name=word,
            ts=clock.now(),
            content=lambda: Exchange(f"{next(numbers)} {text}", text),
            model_name=word,
            session_id=word,
            event_id=text,
        )

    return {
        "training_examples.submit_training_example": lambda **texts: training_examples.submit_training_example(
            author, **on_skill, **example_texts(texts)
        ),
        "training_examples.create_training_example": lambda **texts: training_examples.create_training_example(
            user_id=author.id, **on_skill, **{"source": "usage_capture", **example_texts(texts)}
        ),
        "training_examples.edit_training_example": edit,
        "suggestions.submit_suggestion": lambda **texts: suggestions.submit_suggestion(viewer, **{**opinion, **texts}),
        "suggestions.create_suggestion": lambda **texts: suggestions.create_suggestion(
            user_id=viewer.id, **{**opinion, **texts}
        ),
        "suggestions.reply_to_suggestion": reply,
        "suggestions.move_suggestion": move,
        "votes.cast_vote": lambda **texts: votes.cast_vote(viewer, **{**on_skill, "vote_type": "thumbs_up", **texts}),
        "users.create_user": lambda **texts: users.create_user(
            **{"email": f"c{next(numbers)}@example.com", "name": "C", "password": PASSWORD, **texts}
        ),
        "user_administration.add_user": lambda **texts: user_administration.add_user(
            admin, **{"email": f"a{next(numbers)}@example.com", "name": "A", **texts}
        ),
        "password_links.set_password_by_link": lambda **texts: password_links.set_password_by_link(
            user_administration.make_password_link(admin, user_id=viewer.id).token, **texts
        ),
        "users.sign_up": lambda **texts: sign_up(**{"name": "S", "password": PASSWORD, **texts}),
        "users.rename": lambda **texts: users.rename(viewer, **texts),
        "users.change_password": lambda **texts: users.change_password(
            viewer, **{"current_password": PASSWORD, "new_password": "another good password", **texts}
        ),
        "skill_versions.save_skill_file": save,
        "skill_versions.add_skill": add,
        "skill_versions.edit_skill": change,
        "preferences.change_preferences": lambda wanted: preferences.change_preferences(
            viewer, muted_notifications=frozenset({wanted})
        ),
        "api_keys.create_api_key": lambda **texts: api_keys.create_api_key(
            viewer, **{"name": "A key", "scopes": ["track"], **texts}
        ),
        "usage.track": lambda usages: usage.track(viewer, [use_of(usages)]),
        "contributions.redact_more": lambda text: contributions.redact_more(
            viewer, example_id=capture(skill, viewer).id, text=text, revision=1
        ),
        "reviews.decide": decide,
        "reviews.decide_on_all": decide_on_all,
        "opinions.give_opinion": give_opinion,
        "freezes.freeze": freeze,
        "jobs.enqueue": lambda wanted: jobs.enqueue(
            author, Kind.CHECK_IMPORT, wanted={"deep": [{wanted: wanted}]}, **on_skill
        ),
        "imports.stage_import": stage,
        "import_mending.mend_row": mend,
        "example_schemas.change_schemas": lambda **texts: example_schemas.change_schemas(
            author, **on_skill, **{"input_schema": "", "output_schema": "", **texts}
        ),
        "saved_filters.save_filter": keep_filter,
        "bulk_changes.begin_change": change_all,
        "tags.put_tag": put_tag,
        "audit.record": lambda details: audit.record(
            actor_id=viewer.id, action="x", subject="x", subject_id=1, deep=[{details: [details]}], flat=details
        ),
    }


@pytest.mark.parametrize("function", WRITERS)
def test_no_canary_that_is_given_to_a_writer_is_found_in_any_table(calls, function):
    parameters = sorted(WRITERS[function].items(), key=lambda item: item[1])  # what is refused comes before a change
    for parameter, kind in parameters:
        # Hashing is slow on purpose, so passwords are tried with one canary.
        for canary in TEXTS if "password" not in parameter else TEXTS[:1]:
            value = skill_file(canary) if parameter == "file" else canary
            if kind is CLOSED:
                with pytest.raises((Invalid, ValueError)):
                    calls[function](**{parameter: value})
            else:
                calls[function](**{parameter: value})

    stored = str(dump())
    assert [secret for secret in SECRETS if secret in stored] == []
    if FREE in WRITERS[function].values():
        assert "_1]" in stored, "nothing of what was given was stored"


def test_the_canaries_would_be_found(skill):
    """Without redaction each of them stands in the dump: a walk that cannot see them proves nothing."""
    insert = text(
        "INSERT INTO skill_feedback (skill_id, user_id, feedback_type, created_at, updated_at, comment, status,"
        " category, severity) VALUES (:skill_id, :user_id, 'suggestion', '2026-01-01 00:00', '2026-01-01 00:00',"
        " :comment, 'pending', 'other', 'critical')"
    )
    with writing() as session:
        for canary in TEXTS:
            session.execute(insert, {"skill_id": skill.id, "user_id": skill.author_id, "comment": canary})

    stored = str(dump())
    assert [secret for secret in SECRETS if secret not in stored] == []
