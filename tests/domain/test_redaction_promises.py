"""Redaction's promises hold for any text: cuts of the corpus, glued to anything."""

from dataclasses import replace
from functools import partial

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from app.domain.redaction import Finding, RedactedText, Redaction, sanitize_payload
from tests.redaction_corpus import AREAS, cases_of
from tests.support.redaction_promises import broken_promise

SEED = 31
CORPUS = [case.text for area in AREAS for number, case in enumerate(cases_of(area, SEED)) if number % 12 == 0]
ODD = ["\0", "\ud800", "\udfff", "\u200b", "İ", "\u2028", "\r\n", "\x1b[0m", "«", "[PASSWORD_1]", "[EMAIL_2", "\\u0022"]
ANYTHING = st.text(st.characters(), max_size=12)  # surrogates and NUL among them


@st.composite
def cuts(draw):
    """A piece of a text of the corpus, from anywhere to anywhere."""
    text = draw(st.sampled_from(CORPUS))
    start = draw(st.integers(0, len(text)))
    return text[start : draw(st.integers(start, len(text)))]


PIECES = st.one_of(st.sampled_from(CORPUS), cuts(), ANYTHING, st.sampled_from(ODD))
TEXTS = st.lists(PIECES, min_size=1, max_size=5).map("".join)


@pytest.mark.parametrize("personal_data", [False, True])
class TestAnyText:
    @settings(max_examples=120, deadline=None)
    @given(text=TEXTS)
    @example(text="")
    @example(text="[PASSWORD_1]password=hunter2[")
    def test_every_promise_is_kept(self, personal_data, text):
        assert broken_promise(text, partial(sanitize_payload, personal_data=personal_data)) is None

    @settings(max_examples=120, deadline=None)
    @given(text=st.text(st.characters(), max_size=200))
    @example(text="\0\ud800\udc00 password=\ud800hunter2\0")
    def test_every_promise_is_kept_on_text_of_any_characters(self, personal_data, text):
        assert broken_promise(text, partial(sanitize_payload, personal_data=personal_data)) is None


def test_the_corpus_holds_what_is_found_and_what_stays():
    found = sum(bool(sanitize_payload(text, personal_data=True).findings) for text in CORPUS)

    assert 0.2 * len(CORPUS) < found < 0.9 * len(CORPUS)


TEXT = "user=bob password=hunter2 token=" + "a1B2" * 8


def _made(**changed):
    """A redactor that answers TEXT otherwise than it should."""
    result = replace(sanitize_payload(TEXT), **changed)
    return lambda text: result if text == TEXT else Redaction(RedactedText(text))


def _findings():
    return sanitize_payload(TEXT).findings


def _clean():
    return sanitize_payload(TEXT).sanitized


def _only_the_first(text):
    result = sanitize_payload(text)
    if len(result.findings) < 2:
        return result
    second, end = result.findings[1].start, text.index("token=") + 6
    first = result.findings[:1]
    return Redaction(RedactedText(result.sanitized[:second] + text[end:]), (first[0].kind,), first)


@pytest.mark.parametrize(
    ("broken", "said"),
    [
        (lambda: _made(findings=()), "without findings"),
        (lambda: _made(findings=tuple(Finding(k, s + 1, e) for k, s, e in _findings())), "no placeholder"),
        (lambda: _made(findings=tuple(Finding("nothing", s, e) for _, s, e in _findings())), "no placeholder"),
        (lambda: _made(findings=_findings()[::-1]), "not in order"),
        (lambda: _made(findings=_findings()[:1] * 2), "overlap"),
        (lambda: _made(sanitized=RedactedText(_clean() + "!" * 99)), "more has been added"),
        (lambda: _made(sanitized=RedactedText(_clean().replace("user=", "name="))), "not what stood"),
        (lambda: _made(secrets_found=("token",)), "kinds found"),
        (lambda: _only_the_first, "second look"),
    ],
)
def test_a_broken_promise_is_seen(broken, said):
    assert said in broken_promise(TEXT, broken())
