"""What a step takes from the table of states of its thing, and its page without one of its own."""

from django.template.loader import render_to_string
from django.utils.translation import override

from genxu.institutions.matters.steps import PAGES as MATTERS
from genxu.institutions.matters.workflow import STEPS
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
