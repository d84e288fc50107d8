"""The text of an example on its way into the database: what stays, what is replaced, what is refused."""

import pytest

from app.domain.errors import Invalid
from app.models import TrainingExample
from app.services import training_examples as service
from app.services.transactions import reading
from tests.support.factories import make_example
from tests.support.tables import count_rows, dump
from tests.support.threads import look_anew

pytestmark = pytest.mark.slow

SECRET = "ghp_" + "a1B2" * 9

KEPT = {
    "leading newline": "\nfirst",
    "many newlines": "\n\n\n a \n\n\n",
    "trailing spaces": "words   ",
    "leading spaces": "    indented\n        more",
    "tabs": "a\tb\t\n\tc",
    "emoji": "\N{FAMILY}\N{ZERO WIDTH JOINER}\N{WHITE HEAVY CHECK MARK}\N{VARIATION SELECTOR-16} \U0001f9d1\U0001f3fd",
    "right to left": "\u200f\u05e9\u05dc\u05d5\u05dd \u202b\u0645\u0631\u062d\u0628\u0627\u202c abc",
    "lone CR": "a\rb\r\rc",
    "combining": "e\u0301 is not \u00e9",
    "markup": "<script>alert('&amp;')</script> {{ 7*7 }} %s %(x)s :name ?",
    "odd white space": "\u00a0\u2003\ufeff\u2028x\x0b\x0c",
    "control characters": "\x01\x07\x1b[31mred\x7f\x85",
    "line separators": "a\u2028b\u2029c",
    "quotes": "'; DROP TABLE users; -- \"\\",
}
LINE_ENDS = [("a\r\nb", "a\nb"), ("a\r\n\r\nb\r\n", "a\n\nb\n"), ("a\r\r\nb", "a\r\nb"), ("\r\n\r\nx", "\n\nx")]


def submit(author, skill, example_input="An input", example_output="An output", **rest):
    return service.submit_training_example(
        author, skill_id=skill.id, example_input=example_input, example_output=example_output, **rest
    ).example


def stored(example):
    look_anew()
    fresh = reading().get_one(TrainingExample, example.id)
    return fresh.example_input, fresh.example_output


@pytest.mark.parametrize("text", KEPT.values(), ids=KEPT.keys())
def test_a_text_is_kept_exactly_as_typed(author, skill, text):
    added = submit(author, skill, text, text)
    edited = service.edit_training_example(
        author, example_id=make_example(skill).id, revision=1, example_input=text, example_output=text + "."
    ).example

    assert stored(added) == (text, text)
    assert stored(edited) == (text, text + ".")


@pytest.mark.parametrize(("typed", "kept"), LINE_ENDS)
def test_crlf_becomes_lf_and_nothing_else_changes(author, skill, typed, kept):
    assert stored(submit(author, skill, typed, typed)) == (kept, kept)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "empty"),
        (" \t\n\r\u00a0\u2003", "empty"),
        ("a\x00b", "NUL"),
        ("ab\ud800", "character 3"),
        ("\udc00", "half of a character pair"),
    ],
)
@pytest.mark.parametrize("field", ["example_input", "example_output"])
def test_a_text_that_cannot_be_kept_is_refused_beside_its_field(author, skill, field, text, sentence):
    example = make_example(skill)

    with pytest.raises(Invalid) as added:
        submit(author, skill, **{field: text})
    with pytest.raises(Invalid) as edited:
        service.edit_training_example(
            author,
            example_id=example.id,
            revision=1,
            **{"example_input": "a", "example_output": "b", field: text},
        )

    for refused in (added, edited):
        assert list(refused.value.errors) == [field]
        assert sentence in refused.value.errors[field]
    assert count_rows(TrainingExample) == 1
    assert stored(example) == (example.example_input, "An output")


def test_a_text_of_exactly_the_limit_fits_and_one_character_more_does_not(app, author, skill, monkeypatch):
    monkeypatch.setitem(app.config, "GOLDSET_MAX_EXAMPLE_CHARACTERS", 12)

    fits = submit(author, skill, "\U0001f600" * 12, "a\r\nb" * 4)  # CRLF counts as the one character it becomes
    with pytest.raises(Invalid) as refused:
        submit(author, skill, "x" * 13, "y" * 14)

    assert len(stored(fits)[0]) == 12
    assert "13" in refused.value.errors["example_input"]
    assert "14" in refused.value.errors["example_output"]
    assert "12" in refused.value.errors["example_output"]


def test_the_limit_is_a_hundred_thousand_characters_unless_set_otherwise(author, skill):
    long = "1234567 \n\N{PERSONAL COMPUTER}" * 10_000

    assert stored(submit(author, skill, long, long)) == (long, long)
    with pytest.raises(Invalid):
        submit(author, skill, long + "x")


@pytest.mark.parametrize("score", [1, 10, None])
def test_a_score_from_one_to_ten_or_none_is_kept(author, skill, score):
    example = submit(author, skill, quality_score=score)

    look_anew()
    assert example.quality_score == score


@pytest.mark.parametrize("score", [0, 11, -1, 2**40])
def test_any_other_score_is_refused(author, skill, score):
    with pytest.raises(Invalid) as refused:
        submit(author, skill, quality_score=score)

    assert list(refused.value.errors) == ["quality_score"]
    assert count_rows(TrainingExample) == 0


def test_every_fault_is_told_at_once(author, skill):
    with pytest.raises(Invalid) as refused:
        submit(author, skill, " ", "\x00", quality_score=0)

    assert set(refused.value.errors) == {"example_input", "example_output", "quality_score"}


@pytest.mark.parametrize("field", ["example_input", "example_output"])
def test_secrets_leave_each_text_and_their_kinds_are_told(author, skill, field):
    saved = service.submit_training_example(
        author, skill_id=skill.id, **{"example_input": "a", "example_output": "b", field: f"before {SECRET} after"}
    )

    assert saved.secrets_found == ("github_token",)
    assert getattr(saved.example, field) == "before [GITHUB_TOKEN_1] after"
    assert SECRET not in str(dump())


def test_one_secret_has_one_name_in_input_and_output(author, skill):
    example = submit(author, skill, f"Use {SECRET}", f"Used {SECRET}, not ghp_{'Z9y8' * 9}")

    assert stored(example) == ("Use [GITHUB_TOKEN_1]", "Used [GITHUB_TOKEN_1], not [GITHUB_TOKEN_2]")


@pytest.mark.parametrize("field", ["example_input", "example_output"])
def test_secrets_leave_an_edit_too(author, skill, field):
    example = make_example(skill)

    saved = service.edit_training_example(
        author,
        example_id=example.id,
        revision=1,
        **{"example_input": "a", "example_output": "b", field: f"now {SECRET}"},
    )

    assert saved.secrets_found == ("github_token",)
    assert SECRET not in str(dump())


@pytest.mark.parametrize("field", ["example_input", "example_output", "expected_output"])
def test_secrets_leave_what_is_created_behind_every_door(skill, field):
    texts = {"example_input": "a", "example_output": "b", "expected_output": "c", field: f"x {SECRET} y"}

    example = service.create_training_example(skill_id=skill.id, user_id=skill.author_id, **texts)

    look_anew()
    assert getattr(example, field) == "x [GITHUB_TOKEN_1] y"
    assert SECRET not in str(dump())


def test_two_secrets_of_one_pair_never_share_a_name(skill):
    first, second = "ghp_" + "a1B2" * 9, "ghp_" + "c3D4" * 9

    example = service.create_training_example(
        skill_id=skill.id,
        user_id=skill.author_id,
        example_input=f"Use {first}",
        example_output=f"Not {second}, but {first}",
        expected_output=f"Here [GITHUB_TOKEN_3] stood; {second} did not",
    )

    assert example.example_input == "Use [GITHUB_TOKEN_1]"
    assert example.example_output == "Not [GITHUB_TOKEN_2], but [GITHUB_TOKEN_1]"
    assert example.expected_output == "Here [GITHUB_TOKEN_3] stood; [GITHUB_TOKEN_2] did not"


def test_an_edit_gives_a_new_secret_a_name_that_stands_nowhere_in_the_pair(author, skill):
    example = make_example(skill, "Sign in", "With [GITHUB_TOKEN_1]")

    saved = service.edit_training_example(
        author,
        example_id=example.id,
        revision=1,
        example_input="Sign in with ghp_" + "a1B2" * 9,
        example_output="With [GITHUB_TOKEN_1]",
    )

    assert saved.example.example_input == "Sign in with [GITHUB_TOKEN_2]"
