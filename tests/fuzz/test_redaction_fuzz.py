"""The fuzzer finds nothing in a few seconds, and would find what is broken."""

import time
from dataclasses import replace

import pytest

from app.domain.redaction import RedactedText, Redaction, sanitize_payload
from tests.fuzz.redaction import main, redact_everything, shrink

pytestmark = pytest.mark.slow


def test_a_few_seconds_of_bent_texts_break_no_promise(capsys):
    status = main(["--seconds", "3", "--seed", "5"])

    printed = capsys.readouterr().out
    assert status == 0, printed
    assert int(printed.split()[2]) > 10, "hardly a text was tried"


def leaks(text):
    """Look at the first half only."""
    half = len(text) // 2
    result = sanitize_payload(text[:half])
    return replace(result, sanitized=RedactedText(result.sanitized + text[half:]))


def changes_what_it_does_not_find(text):
    return Redaction(RedactedText(text.replace("\0", "")))


def raises(text):
    text.encode()  # what has surrogates in it cannot be encoded
    return sanitize_payload(text)


def takes_time_with_the_square(text):
    end = time.process_time() + (len(text) / 100_000) ** 2
    while time.process_time() < end:
        pass
    return sanitize_payload(text)


@pytest.mark.parametrize(
    ("broken", "said"),
    [
        (leaks, ("second look",)),
        (changes_what_it_does_not_find, ("without findings",)),
        (raises, ("UnicodeEncodeError",)),
        (takes_time_with_the_square, ("s for a million characters",)),
    ],
)
def test_a_broken_redactor_is_reported_with_a_small_text(capsys, broken, said):
    status = main(["--seconds", "20", "--seed", "5"], broken)

    _, promise, text = capsys.readouterr().out.splitlines()
    assert status == 1
    assert any(words in promise for words in said), promise
    assert len(text) < 5_000


def test_a_failing_text_is_cut_down_to_what_fails():
    assert shrink("so long as there is an x and a y in it", lambda text: "x" in text and "y" in text) == "xy"


def test_what_is_fuzzed_is_the_redaction_of_personal_data_too():
    assert redact_everything("ana@example.com password=hunter2").secrets_found == ("email", "password")
