import json
from dataclasses import asdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.consent import Answer
from app.domain.preferences import Preferences


def test_every_default_keeps_least_about_the_user_and_tells_them_most():
    assert asdict(Preferences()) == {
        "training_data_consent": False,
        "consent_notice_version": 0,
        "training_data_excluded_skills": frozenset(),
        "named_in_captured_examples": False,
        "muted_notifications": frozenset(),
    }
    assert Preferences().consent.answer is Answer.NEVER_ANSWERED


_names = st.frozensets(st.text(max_size=5))


@given(st.builds(Preferences, muted_notifications=_names, training_data_excluded_skills=_names))
def test_what_is_stored_is_read_as_it_was(preferences):
    stored = json.loads(json.dumps(preferences.to_stored()))

    assert Preferences.from_stored(stored) == preferences


@pytest.mark.parametrize(("stored", "muted"), [("x", set()), ({"x": 1}, set()), (None, set()), ([1, "x", None], {"x"})])
def test_only_a_list_of_names_mutes(stored, muted):
    assert Preferences.from_stored({"muted_notifications": stored}).muted_notifications == muted


@pytest.mark.parametrize("value", [1, "true", "on", None, [], {}, 0.0])
def test_only_a_true_true_is_consent(value):
    assert Preferences.from_stored({"training_data_consent": value}) == Preferences()
    assert Preferences.from_stored({"training_data_consent": True}).training_data_consent is True


@given(st.dictionaries(st.text(max_size=8), st.none() | st.booleans() | st.integers() | st.text(max_size=3)))
def test_unknown_names_are_ignored(stored):
    stored.pop("training_data_consent", None)

    assert Preferences.from_stored(stored) == Preferences()
