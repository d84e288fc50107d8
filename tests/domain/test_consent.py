"""The gate between real usage and the database, asked for everything that it can be asked."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.consent import NOTICE, NOTICES, REASONS, Answer, Consent, Refusal, refusal

SKILL, OTHER_SKILL = 7, 8
OLDER = NOTICE.version - 1

ANSWERS = {
    "never answered": (False, 0),
    "given": (True, NOTICE.version),
    "withdrawn": (False, NOTICE.version),
    "given to older words": (True, OLDER),
    "withdrawn from older words": (False, OLDER),
}

# Switch of the site, answer, whether the skill is left out: why the content is not kept.
TABLE = {
    ("on", "given", "covered"): None,
    ("on", "given", "left out"): Refusal.SKILL_EXCLUDED,
    ("on", "given to older words", "covered"): Refusal.CONSENT_OUTDATED,
    ("on", "given to older words", "left out"): Refusal.CONSENT_OUTDATED,
    ("on", "never answered", "covered"): Refusal.NO_CONSENT,
    ("on", "never answered", "left out"): Refusal.NO_CONSENT,
    ("on", "withdrawn", "covered"): Refusal.NO_CONSENT,
    ("on", "withdrawn", "left out"): Refusal.NO_CONSENT,
    ("on", "withdrawn from older words", "covered"): Refusal.NO_CONSENT,
    ("on", "withdrawn from older words", "left out"): Refusal.NO_CONSENT,
    ("off", "given", "covered"): Refusal.CAPTURE_DISABLED,
    ("off", "given", "left out"): Refusal.CAPTURE_DISABLED,
    ("off", "given to older words", "covered"): Refusal.CAPTURE_DISABLED,
    ("off", "given to older words", "left out"): Refusal.CAPTURE_DISABLED,
    ("off", "never answered", "covered"): Refusal.CAPTURE_DISABLED,
    ("off", "never answered", "left out"): Refusal.CAPTURE_DISABLED,
    ("off", "withdrawn", "covered"): Refusal.CAPTURE_DISABLED,
    ("off", "withdrawn", "left out"): Refusal.CAPTURE_DISABLED,
    ("off", "withdrawn from older words", "covered"): Refusal.CAPTURE_DISABLED,
    ("off", "withdrawn from older words", "left out"): Refusal.CAPTURE_DISABLED,
}


def consent_of(answer, *, leaves_out=()):
    is_given, version = ANSWERS[answer]
    return Consent(is_given, version, frozenset(leaves_out))


def test_the_table_names_every_combination():
    assert set(TABLE) == set(itertools.product(("on", "off"), ANSWERS, ("covered", "left out")))


@pytest.mark.parametrize(("switch", "answer", "skill"), TABLE, ids=lambda part: part.replace(" ", "-"))
def test_content_is_kept_where_all_say_yes_and_refused_by_name_everywhere_else(switch, answer, skill):
    consent = consent_of(answer, leaves_out=[SKILL, OTHER_SKILL] if skill == "left out" else [OTHER_SKILL])

    asked = refusal(capture_enabled=switch == "on", consent=consent, skill_id=SKILL)

    assert asked is TABLE[switch, answer, skill]


@given(
    capture_enabled=st.booleans(),
    is_given=st.booleans(),
    notice_version=st.integers(0, NOTICE.version + 3),
    excluded=st.frozensets(st.integers(1, 6)),
    skill_id=st.integers(1, 6),
)
def test_nothing_passes_unless_every_condition_holds(capture_enabled, is_given, notice_version, excluded, skill_id):
    consent = Consent(is_given, notice_version, excluded)

    asked = refusal(capture_enabled=capture_enabled, consent=consent, skill_id=skill_id)

    all_hold = capture_enabled and is_given and notice_version == NOTICE.version and skill_id not in excluded
    assert (asked is None) == all_hold


@pytest.mark.parametrize(
    ("answer", "counts_as"),
    [
        ("never answered", Answer.NEVER_ANSWERED),
        ("given", Answer.GIVEN),
        ("withdrawn", Answer.WITHDRAWN),
        ("given to older words", Answer.NEVER_ANSWERED),
        ("withdrawn from older words", Answer.NEVER_ANSWERED),
    ],
)
def test_an_answer_to_older_words_counts_as_none(answer, counts_as):
    assert consent_of(answer).answer is counts_as


def test_whoever_chose_nothing_consents_to_nothing():
    assert refusal(capture_enabled=True, consent=Consent(), skill_id=SKILL) is Refusal.NO_CONSENT


def test_every_wording_there_was_is_kept_and_the_newest_is_the_notice():
    assert [notice.version for notice in NOTICES.values()] == list(NOTICES) == list(range(1, len(NOTICES) + 1))
    assert NOTICE is NOTICES[len(NOTICES)]
    assert all(paragraph.strip() for notice in NOTICES.values() for paragraph in notice.paragraphs)


def test_the_notice_says_what_is_kept_who_sees_it_and_what_withdrawing_does():
    words = " ".join(NOTICE.paragraphs).lower()

    for promise in ("administrator", "secrets are removed", "author", "switch it off again", "deleted at once"):
        assert promise in words


def test_every_refusal_has_its_sentence():
    assert set(REASONS) == set(Refusal)
    assert len(set(REASONS.values())) == len(Refusal)
