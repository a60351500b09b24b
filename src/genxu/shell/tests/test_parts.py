"""What templates draw in one way: crumbs, histories, forms, the steps beside the first."""

from typing import Any

import pytest
from django.template import Context, Template
from django.utils.translation import override

from genxu.core.forms import ActionForm, words_field
from genxu.institutions.matters.models import MatterStep
from genxu.institutions.matters.steps import PAGES
from genxu.organisation.branches.models import Member, OrganisationStep
from tests.cast import HOME, Cast
from tests.doing import raise_matter

SECRET = "家里的事"


def drawn(source: str, **context: Any) -> str:
    with override("en"):
        return Template(source).render(Context({"csrf_token": "x", **context}))


def test_crumbs_lead_to_the_list_the_list_at_the_place_and_the_row(cast: Cast) -> None:
    matter = raise_matter(cast)
    text = drawn('{% crumbs "matters" matter.hamlet matter|named:"It" "Here" %}', matter=matter)
    assert '<a href="/matters/">Matters</a>' in text
    assert f'<a href="/matters/?place={HOME}">{matter.hamlet}</a>' in text
    assert f'<a href="/matters/{matter.pk}/">It</a>' in text
    assert '<li aria-current="page">Here</li>' in text


def test_crumbs_leave_out_what_is_empty_and_link_to_no_empty_address() -> None:
    text = drawn('{% crumbs none ""|named:"Above" "Here" none %}', none="")
    assert text.count("<li") == 2
    assert "<a " not in text


def test_crumbs_lead_nobody_to_a_list_that_is_not_for_him(cast: Cast) -> None:
    """A member's own page stands in a list of those who keep the organisation."""
    source = '{% crumbs "members" member.hamlet member "Here" %}'
    member = Member(pk=7, name="罗测松", hamlet=cast.home)
    for part, links in (("member", 1), ("secretary", 3)):
        assert drawn(source, member=member, actor=cast.actor(part)).count("<a ") == links, part


@pytest.mark.parametrize("step", [MatterStep(step="ask_back"), OrganisationStep(step="return")])
@pytest.mark.parametrize("knows", [True, False])
def test_private_words_are_shown_only_to_whom_the_page_says(step: Any, knows: bool) -> None:
    step.words = SECRET
    told = ' with knows_who="1"' if knows else ""
    text = drawn('{% include "parts/history.html"' + told + " %}", history=[step])
    assert (SECRET in text) is (knows or not step.is_private)
    assert step.is_private or isinstance(step, MatterStep)


def test_or_is_said_only_where_a_step_stands_above(cast: Cast) -> None:
    matter = raise_matter(cast)
    steps = PAGES.open(cast.actor("secretary"), matter)
    part = '{% include "parts/step_links.html" with steps=steps row=matter after=after %}'
    assert len(steps) > 1
    assert "Or:" in drawn(part, steps=steps, matter=matter, after=True)
    alone = drawn(part, steps=steps, matter=matter, after=False)
    assert "Or:" not in alone
    assert alone.count("<a ") == len(steps)
    assert drawn(part, steps=[], matter=matter, after=True).strip() == ""


class NoteForm(ActionForm):
    note = words_field("Note", 20)


def test_a_form_draws_its_fields_or_those_between_its_tags() -> None:
    own = drawn('{% include "parts/form.html" with act="Go" back="/b/" %}', form=NoteForm())
    by_hand = drawn(
        '{% form act="Go" button="btn-plain" %}<i>mine</i>{% endform %}', form=NoteForm()
    )
    for text in (own, by_hand):
        assert 'name="csrfmiddlewaretoken"' in text
        assert text.count('name="client_id"') == 1
        assert ">Go</button>" in text
    assert 'name="note"' in own
    assert '<a class="btn-quiet" href="/b/">Back</a>' in own
    assert 'name="note"' not in by_hand
    assert "<i>mine</i>" in by_hand
    assert '<button class="btn-plain">' in by_hand


def test_a_form_says_at_its_head_what_was_refused() -> None:
    form = NoteForm({"note": ""})
    assert "error-summary" in drawn('{% form act="Go" %}<i>mine</i>{% endform %}', form=form)
