"""What a step takes from the table of states of its thing, and its page without one of its own."""

import inspect
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.utils.translation import override

from genxu.core.declared import rooms
from genxu.core.steps import ReasonForm, StepPages, WordsForm
from genxu.institutions.matters.models import Matter
from genxu.institutions.matters.steps import PAGES as MATTERS
from genxu.institutions.matters.workflow import STEPS
from genxu.organisation.branches.models import Organisation
from genxu.organisation.centre_households.steps import PAGES as CENTRES
from tests.cast import Cast
from tests.doing import raise_matter


def test_a_step_is_called_what_its_table_calls_it() -> None:
    assert [page.label for page in MATTERS.pages.values()] == [
        STEPS[name].label for name in MATTERS.pages
    ]


def test_one_with_a_name_of_its_own_keeps_it() -> None:
    with override("en"):
        assert str(CENTRES.pages["resign"].label) == "Give it back"


def test_a_page_without_a_template_of_its_own_leads_back_and_takes_the_step(cast: Cast) -> None:
    matter = raise_matter(cast, "under_way")
    step = MATTERS.pages["finish"]
    form = step.form(row=matter, actor=cast.actor("secretary"))
    page = render_to_string("step.html", {"step": step, "row": matter, "form": form})
    assert page.count(f'href="/matters/{matter.pk}/"') == 2
    assert 'name="version"' in page
    assert str(step.label) in page


@pytest.mark.parametrize("row", [Matter(), Organisation()])
@pytest.mark.parametrize("form", [WordsForm, ReasonForm])
def test_words_of_a_step_are_as_long_as_its_row_allows(cast: Cast, form: Any, row: Any) -> None:
    limit = type(row).WORDS_LIMIT
    sent = {
        length: form(
            {"words": "字" * length, "version": "1"}, row=row, actor=cast.actor("secretary")
        )
        for length in (limit, limit + 1)
    }
    assert sent[limit].is_valid()
    assert sent[limit + 1].errors["words"]
    assert f'data-limit="{limit}"' in str(sent[limit]["words"])


def test_a_reason_is_needed_and_a_word_is_not(cast: Cast) -> None:
    given = {"row": Matter(), "actor": cast.actor("secretary")}
    assert WordsForm({"version": "1"}, **given).is_valid()
    assert ReasonForm({"version": "1"}, **given).errors["words"]


def test_each_step_says_that_it_was_taken() -> None:
    """An empty message is none: one would not know whether anything has happened."""
    silent = [
        f"{module.__name__}: {step.name}"
        for module in rooms("steps")
        for pages in vars(module).values()
        if issubclass(type(pages), StepPages)
        for step in pages.pages.values()
        if not step.said and "step.said" in inspect.getsource(type(pages).done)
    ]
    assert silent == []
