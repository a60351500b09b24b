"""A list's form narrows by the fields that have a value, and every list is made the common way."""

from typing import Any, cast, get_args

import pytest
from django import forms
from django.db.models import QuerySet

from genxu.core.access import NOBODY
from genxu.core.errors import Invalid
from genxu.core.lists import ListPage, NarrowingForm
from genxu.regions.lists import ListForm


class Rows(list[str]):
    """What a form did to it, in the order in which it did."""

    def none(self) -> "Rows":
        return Rows(["none"])


class ColourForm(NarrowingForm):
    words = forms.CharField(required=False, max_length=5)
    colour = forms.ChoiceField(required=False, choices=[("", "all"), ("red", "red")], initial="red")

    def by_words(self, rows: Any, words: str) -> Any:
        return Rows([*rows, f"words {words}"])

    def by_colour(self, rows: Any, colour: str) -> Any:
        return Rows([*rows, f"colour {colour}"])


@pytest.mark.parametrize(
    ("asked", "done"),
    [
        ({}, ["colour red"]),
        ({"colour": ""}, []),
        ({"colour": "", "words": "a"}, ["words a"]),
        ({"words": "a"}, ["words a", "colour red"]),
        ({"colour": "blue"}, ["none"]),
        ({"colour": "", "words": "too long"}, ["none"]),
        ({"colour": "red", "words": "\x00"}, ["none"]),
    ],
)
def test_each_field_with_a_value_narrows_and_what_means_nothing_shows_nothing(
    asked: dict[str, str], done: list[str]
) -> None:
    form = ColourForm(asked, actor=NOBODY)
    assert form.narrowed(cast("QuerySet[Any]", Rows())) == done


def test_a_filter_that_means_nothing_says_so_at_its_field() -> None:
    form = ColourForm({"colour": "blue"}, actor=NOBODY)
    (choice,) = [one for one in form.choices if one.name == "colour"]
    assert choice.error
    assert choice.error in form.told[0]
    assert form.status == 422
    with pytest.raises(Invalid):
        form.require_sense()
    ColourForm({"colour": "red"}, actor=NOBODY).require_sense()


def all_lists() -> list[type[ListPage[Any, Any]]]:
    import genxu.config.urls  # noqa: F401 - reads every view

    found: list[type[ListPage[Any, Any]]] = []
    waiting = ListPage.__subclasses__()
    while waiting:
        one = waiting.pop()
        waiting += one.__subclasses__()
        if hasattr(one, "template") and one.__module__.startswith("genxu."):
            found.append(one)
    return found


def model_of(one: type[ListPage[Any, Any]]) -> Any:
    """What the list is of, as its class says."""
    return next(get_args(base)[1] for base in one.__dict__["__orig_bases__"] if get_args(base))


def test_each_field_of_each_list_narrows() -> None:
    lacking = []
    for one in all_lists():
        own = {field.name for field in model_of(one)._meta.get_fields()}
        for name in one.form.base_fields:
            if not hasattr(one.form, f"by_{name}") and name not in own:
                lacking.append(f"{one.__name__}.{name}")
        looks = getattr(one.form, "by_words", None) is not ListForm.by_words or one.form.looks_in
        if "words" in one.form.base_fields and not looks:
            lacking.append(f"{one.__name__}: words are sought nowhere")
    assert len(all_lists()) >= 11
    assert lacking == []
