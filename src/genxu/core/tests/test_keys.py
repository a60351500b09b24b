"""What is sealed is read by holders of the key only; a secret can be changed."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genxu.core.keys import Unreadable, is_mark, mark, marks, seal, unseal


@given(st.text())
def test_what_was_sealed_is_read_again(text: str) -> None:
    sealed = seal("slips", text)
    assert unseal("slips", sealed) == text
    assert sealed != seal("slips", text), "the same text twice looks the same"


@given(st.text(max_size=20), st.text(max_size=20))
def test_a_mark_is_of_one_text_and_one_purpose(one: str, other: str) -> None:
    assert is_mark("slips", one, mark("slips", one))
    assert is_mark("slips", one, mark("slips", other)) is (one == other)
    assert not is_mark("slips", one, mark("journal", one))


def test_another_purpose_or_an_altered_text_is_not_read() -> None:
    sealed = seal("slips", "ABCDE23456")
    for wrong, purpose in ((sealed, "journal"), (sealed[:-4] + "AAA=", "slips"), ("", "slips")):
        with pytest.raises(Unreadable):
            unseal(purpose, wrong)


def test_a_changed_secret_still_opens_what_the_old_one_sealed(settings: Any) -> None:
    sealed, marked = seal("slips", "ABCDE23456"), mark("slips", "ABCDE23456")
    old, settings.SECRET_KEY = settings.SECRET_KEY, "another"
    with pytest.raises(Unreadable):
        unseal("slips", sealed)
    assert not is_mark("slips", "ABCDE23456", marked)
    settings.SECRET_KEY_FALLBACKS = [old]
    assert unseal("slips", sealed) == "ABCDE23456"
    assert marked in marks("slips", "ABCDE23456")
    assert marks("slips", "ABCDE23456")[0] == mark("slips", "ABCDE23456") != marked
