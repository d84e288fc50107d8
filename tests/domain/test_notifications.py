"""Each kind of notification has a sentence, a page and a switch."""

import pytest

from app.domain.notifications import Kind, sentence_of


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_says_who_and_which_skill(kind):
    sentence = sentence_of(kind.key, actor="Ada {0}", skill="“A skill {x}”", detail="accepted")

    assert "Ada {0}" in sentence
    assert "“A skill {x}”" in sentence
    assert kind.value.switch


def test_who_is_not_known_is_somebody():
    assert sentence_of("suggestion_replied", actor=None, skill="x", detail=None).startswith("Somebody replied")


def test_every_kind_fits_its_column():
    assert max(len(kind.key) for kind in Kind) <= 64
