"""A list's form narrows by the fields that have a value, and every list is made the common way."""

from typing import Any, cast

import pytest
from django import forms
from django.db.models import QuerySet

from genxu.core.access import NOBODY
from genxu.core.errors import Invalid
from genxu.core.lists import ListPage, NarrowingForm


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


def test_each_field_of_each_list_narrows() -> None:
    lacking = [
        f"{one.__name__}.{name}"
        for one in all_lists()
        for name in one.form.base_fields
        if not hasattr(one.form, f"by_{name}")
    ]
    assert len(all_lists()) >= 11
    assert lacking == []
