from dataclasses import asdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.preferences import Preferences


def test_every_default_keeps_least_about_the_user():
    assert set(asdict(Preferences()).values()) == {False}


@pytest.mark.parametrize("value", [1, "true", "on", None, [], {}, 0.0])
def test_only_a_true_true_is_consent(value):
    assert Preferences.from_stored({"training_data_consent": value}) == Preferences()
    assert Preferences.from_stored({"training_data_consent": True}).training_data_consent is True


@given(st.dictionaries(st.text(max_size=8), st.none() | st.booleans() | st.integers() | st.text(max_size=3)))
def test_unknown_names_are_ignored(stored):
    stored.pop("training_data_consent", None)

    assert Preferences.from_stored(stored) == Preferences()
