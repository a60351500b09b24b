"""A bad word is the loudest thing; after the second reopening the level above judges."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from genxu.core.errors import Denied, Invalid
from genxu.insight.counting import count_on
from genxu.institutions.matters import ending_actions, queries
from genxu.institutions.matters.models import Matter
from genxu.institutions.matters.receipts import told_by_receipt
from genxu.people.models import Grant
from tests.cast import HOME, TOWNSHIP, VILLAGE, Cast, Enter
from tests.doing import (
    explained,
    fresh,
    hold,
    noted,
    page_text,
    raise_matter,
    refused_thrice,
    verdict,
)

WORDS = "石渣大了𠮷，骑车像跳舞"


def judged(cast: Cast, matter: Matter, action: Any, **more: Any) -> Matter:
    return action(actor=cast.actor("village_staff"), matter=matter, words="两边都看过", **more)


def bad(cast: Cast, assignee: str = "") -> Matter:
    matter = raise_matter(cast, "done", household=True, assignee=assignee)
    return noted(cast, matter, "dissatisfied", words=WORDS)


def test_a_bad_word_stands_on_top_of_the_home_of_who_did_it_and_of_the_secretary(
    cast: Cast, enter: Enter
) -> None:
    bad(cast, assignee="centre_household")
    for part in ("secretary", "centre_household"):
        page = page_text(enter(part).get("/home/"))
        assert WORDS in page
        assert page.index("is-bad-words") < page.index("row-item")
    for part in ("village_staff", "other_centre_household", "neighbour_secretary"):
        assert WORDS not in page_text(enter(part).get("/home/"))


def test_it_stands_on_the_matter_until_that_is_done_again(cast: Cast, enter: Enter) -> None:
    matter = bad(cast)
    page = page_text(enter("secretary").get(f"/matters/{matter.pk}/"))
    assert f"<q>{WORDS}</q>" in page
    above = page_text(enter("village_staff").get(f"/matters/{matter.pk}/"))
    assert "bad-word" in above
    assert WORDS not in above, "her words are for those who handle it"
    from genxu.institutions.matters.actions import finish_matter

    matter = finish_matter(actor=cast.actor("secretary"), matter=matter, words="又修了")
    assert queries.bad_words_on(matter) == []
    assert queries.bad_words_for(cast.actor("secretary")) == []


def test_after_the_second_reopening_the_level_above_judges(cast: Cast, enter: Enter) -> None:
    matter = refused_thrice(cast, raise_matter(cast, "under_way", household=True))
    assert (matter.state, matter.place_id, matter.round) == ("referred", VILLAGE, 4)
    assert matter.pk in {one.pk for one in queries.bad_words_for(cast.actor("village_staff"))}
    assert str(matter.pk) in page_text(enter("village_staff").get("/home/"))
    with pytest.raises(Denied):
        ending_actions.judge_again_matter(
            actor=cast.actor("secretary"), matter=matter, words="再修"
        )
    (told,) = told_by_receipt(matter.suggestions.get())
    assert "港东村" in told.office


def test_where_nobody_serves_above_the_next_level_judges(cast: Cast) -> None:
    Grant.objects.filter(place=VILLAGE).delete()
    matter = refused_thrice(cast, raise_matter(cast, "under_way"))
    assert matter.place_id == TOWNSHIP


def test_judged_to_be_worked_on_once_more_it_is_back_in_the_hamlet(cast: Cast) -> None:
    matter = refused_thrice(cast, raise_matter(cast, "under_way"))
    matter = judged(cast, matter, ending_actions.judge_again_matter)
    assert (matter.state, matter.place_id, matter.round) == ("under_way", HOME, 4)
    again = refused_thrice(cast, matter)
    assert (again.state, again.round) == ("referred", 5)


@pytest.mark.parametrize("answer", ["satisfied", "dissatisfied"])
@pytest.mark.parametrize("outcome", ["explained", "no_agreement"])
def test_what_was_judged_can_be_answered_all_the_same(
    cast: Cast, outcome: str, answer: str
) -> None:
    matter = raise_matter(cast, "referred")
    if outcome == "explained":
        matter = explained(cast, matter)
    else:
        matter = judged(cast, matter, ending_actions.note_no_agreement)
    assert (matter.state, matter.place_id) == (outcome, HOME)
    figures = count_on(HOME, matter.registered_at.date())
    assert figures[f"institutions.matters_{outcome}"] == 1
    assert figures["institutions.matters_open"] == figures["institutions.matters_closed"] == 0
    matter = verdict(matter, answer)
    assert matter.state == ("closed" if answer == "satisfied" else "no_agreement")


def test_what_cannot_be_done_is_explained_with_its_basis_by_whoever_handles_it(
    cast: Cast, client: Client
) -> None:
    matter = raise_matter(cast, "under_way")
    for words, basis in (("", "《土地管理法》"), ("占田", "")):
        with pytest.raises(Invalid):
            ending_actions.explain_matter(
                actor=cast.actor("secretary"), matter=matter, words=words, basis=basis
            )
    matter = explained(cast, matter)
    suggestion = matter.suggestions.get()
    page = page_text(hold(client, suggestion.code).get(reverse("receipt", args=[suggestion.pk])))
    assert "《土地管理法》第三十五条" in page
    assert verdict(matter, "dissatisfied").state == "under_way", "the hamlet's word is not the last"


def test_an_end_that_is_no_fault_is_not_red(cast: Cast) -> None:
    from genxu.institutions.matters.templatetags.matters import STATE_CLASS

    assert STATE_CLASS["explained"] == STATE_CLASS["no_agreement"] == "is-unconfirmed"
    for state in ("explained", "no_agreement"):
        matter = raise_matter(cast, state)
        assert fresh(matter).steps.order_by("pk").last().tone == ""  # type: ignore[union-attr]


@pytest.mark.parametrize("group", ["explained", "no_agreement"])
def test_they_are_found_apart_in_the_list(cast: Cast, enter: Enter, group: str) -> None:
    matter = raise_matter(cast, group)
    raise_matter(cast, "closed")
    found = enter("secretary").get("/matters/", {"group": group}).context["page"].object_list
    assert [one.pk for one in found] == [matter.pk]


def test_the_receipt_tells_who_has_it_by_office_by_when_and_what_is_next(cast: Cast) -> None:
    said = {}
    for state, assignee in (("assigned", ""), ("under_way", "centre_household")):
        matter = raise_matter(cast, state, assignee=assignee)
        (told,) = told_by_receipt(matter.suggestions.get())
        said[state] = told
        assert "罗家洲" in told.office
        assert told.next
        assert told.matter.due_at
        assert cast.centre_household.name not in told.office
    assert said["assigned"].office != said["under_way"].office


def test_the_link_of_a_receipt_can_be_shared(cast: Cast, client: Client) -> None:
    suggestion = raise_matter(cast, "done").suggestions.get()
    path = reverse("receipt", args=[suggestion.pk])
    page = page_text(hold(client, suggestion.code).get(path))
    link = f"http://testserver/r/#{suggestion.code}"
    assert f'data-share-url="{link}"' in page
    assert f'readonly value="{link}"' in page, "without a script it is selected by hand"
