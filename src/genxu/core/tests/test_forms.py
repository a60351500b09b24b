"""A form that takes what its action refuses, and keeps what was typed."""

from typing import Any

import pytest
from django import forms
from django.http import QueryDict
from django.test import RequestFactory

from genxu.core.errors import Conflict, Denied, Invalid
from genxu.core.forms import SENTENCES, ActionForm, PlainForm, number_field, posted


class WordsForm(ActionForm):
    words = forms.CharField()


class Thing:
    """Something that another one changes meanwhile."""

    version = 1

    def refresh_from_db(self) -> None:
        self.version += 1


class Refusing:
    """An action that is too late."""

    def __init__(self, why: str) -> None:
        self.why = why

    def once(self, client_id: object, version: int | None, **values: object) -> object:
        assert version == 1
        raise Conflict(self.why)


def form(words: str = "a word") -> WordsForm:
    sent = QueryDict(mutable=True)
    sent.update({"words": words, "version": "1"})
    return WordsForm(sent, row=Thing())


def test_a_form_that_is_only_looked_at_is_in_order() -> None:
    assert posted(RequestFactory().get("/")) is None
    assert WordsForm(None, row=Thing()).status == 200


def test_what_was_sent_is_checked_even_if_it_is_nothing() -> None:
    empty = WordsForm(posted(RequestFactory().post("/")), row=Thing())
    assert not empty.is_valid()
    assert empty.status == 422


def test_what_is_wrong_stands_at_its_field() -> None:
    filled = form()
    assert filled.is_valid()
    with filled.taking_refusals():
        raise Invalid({"words": "Not these.", "elsewhere": "Nor that."})
    assert filled.errors == {"words": ["Not these."], "__all__": ["Nor that."]}
    assert filled.status == 422


def test_after_a_conflict_what_was_typed_rests_on_what_is_there_now() -> None:
    filled = form()
    assert filled.is_valid()
    assert filled.take(Refusing("Somebody was quicker.")) is None
    assert filled.status == 409
    assert filled.non_field_errors() == ["Somebody was quicker."]
    assert (filled["words"].value(), filled["version"].value()) == ("a word", "2")
    assert filled["client_id"].value()


def test_who_has_not_the_power_is_not_told_at_a_field() -> None:
    filled = form()
    assert filled.is_valid()
    with pytest.raises(Denied), filled.taking_refusals():
        raise Denied("Not yours.")
    assert not filled.errors


def test_a_field_that_was_added_later_speaks_as_the_others_do() -> None:
    class Late(PlainForm):
        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, **kwargs)
            self.fields["how_many"] = number_field("How many", 0, 9)

    for given, code in (("", "required"), ("10", "max_value")):
        (said,) = Late({"how_many": given}).errors["how_many"]
        assert said == str(SENTENCES[code]) % {"limit_value": 9}
