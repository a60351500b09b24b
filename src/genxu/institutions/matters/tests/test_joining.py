"""Suggestions and matters are many to many: a second matter, a second voice."""

import pytest

from genxu.core.errors import Conflict, Invalid
from genxu.institutions.matters import actions, rules
from genxu.institutions.matters.models import Matter, Suggestion
from genxu.institutions.talks.actions import Said
from tests.cast import FAR, Cast, Enter
from tests.doing import hold_talk, page_text, raise_matter, suggestions_of, taken_up, who_may


def suggestion(cast: Cast, **changes: str) -> Suggestion:
    (made,) = suggestions_of(hold_talk(cast, taken_up("门口也没有灯", **changes)))
    return made


def answered(cast: Cast) -> Suggestion:
    said = Said(text="几点有班车", response="answered", reply="每天七点")
    (made,) = suggestions_of(hold_talk(cast, said))
    return made


def test_only_the_secretary_joins_and_opens(cast: Cast) -> None:
    matter, one = raise_matter(cast, "under_way"), suggestion(cast)
    assert who_may(cast, rules.join_matter, matter=matter) == {"secretary"}
    assert who_may(cast, rules.open_matter, suggestion=one) == {"secretary"}
    assert who_may(cast, rules.see_suggestions, suggestion=one) == {"secretary"}


def test_one_suggestion_may_have_two_matters(cast: Cast) -> None:
    one = suggestion(cast)
    actions.open_matter(actor=cast.actor("secretary"), suggestion=one, title="再装一盏灯")
    assert one.matters.count() == 2
    assert Matter.objects.filter(suggestions=one, state="registered").count() == 2


def test_a_second_matter_opened_twice_by_one_form_is_one(cast: Cast, enter: Enter) -> None:
    from uuid import uuid4

    one = suggestion(cast)
    sent = {"title": "再装一盏灯", "client_id": str(uuid4())}
    client = enter("secretary")
    first = client.post(f"/suggestions/{one.pk}/open-matter/", sent)
    second = client.post(f"/suggestions/{one.pk}/open-matter/", sent)
    assert first["Location"] == second["Location"]
    assert one.matters.count() == 2


def test_two_suggestions_may_be_behind_one_matter(cast: Cast) -> None:
    matter, one = raise_matter(cast, "under_way"), suggestion(cast)
    actions.join_matter(actor=cast.actor("secretary"), matter=matter, suggestion=one)
    assert matter.suggestions.count() == 2


def test_the_same_one_does_not_join_twice(cast: Cast) -> None:
    matter = raise_matter(cast, "under_way")
    with pytest.raises(Conflict):
        actions.join_matter(
            actor=cast.actor("secretary"), matter=matter, suggestion=matter.suggestions.get()
        )


def test_not_a_matter_of_another_hamlet(cast: Cast, enter: Enter) -> None:
    far, one = raise_matter(cast, "under_way", hamlet=FAR), suggestion(cast)
    answer = enter("secretary").post(f"/suggestions/{one.pk}/join-matter/", {"matter": far.pk})
    assert answer.status_code == 422
    assert far.suggestions.count() == 1


def test_not_across_hamlets_even_for_one_who_serves_both(cast: Cast) -> None:
    from genxu.people.actions import grant_role
    from genxu.people.models import Account
    from genxu.people.roles import Role
    from tests.cast import OPERATOR

    far, one = raise_matter(cast, "under_way", hamlet=FAR), suggestion(cast)
    grant_role(actor=OPERATOR, account=cast.secretary, role=Role.SECRETARY, place=cast.hamlet(FAR))
    both = Account.objects.get(pk=cast.secretary.pk).actor()
    with pytest.raises(Invalid):
        actions.join_matter(actor=both, matter=far, suggestion=one)


@pytest.mark.parametrize("state", ["closed", "unconfirmed"])
def test_not_a_matter_that_has_ended(cast: Cast, state: str) -> None:
    matter, one = raise_matter(cast, state), suggestion(cast)
    with pytest.raises(Conflict):
        actions.join_matter(actor=cast.actor("secretary"), matter=matter, suggestion=one)


def test_only_what_was_taken_up_has_matters(cast: Cast) -> None:
    matter, one = raise_matter(cast, "under_way"), answered(cast)
    secretary = cast.actor("secretary")
    with pytest.raises(Conflict):
        actions.open_matter(actor=secretary, suggestion=one, title="班车")
    with pytest.raises(Conflict):
        actions.join_matter(actor=secretary, matter=matter, suggestion=one)


def test_personal_matters_are_not_offered_for_joining(cast: Cast, enter: Enter) -> None:
    raise_matter(cast, "under_way", "personal", text="低保的事")
    shown = raise_matter(cast, "under_way", "common", text="路灯坏了")
    one = suggestion(cast)
    page = enter("secretary").get(f"/suggestions/{one.pk}/")
    offered = page.context["join_form"].fields["matter"].queryset
    assert shown in offered
    assert not offered.filter(tier="personal").exists()


@pytest.mark.parametrize("title", ["", "  ", "长" * 61])
def test_a_wrong_title_is_told_and_kept(cast: Cast, enter: Enter, title: str) -> None:
    one = suggestion(cast)
    answer = enter("secretary").post(f"/suggestions/{one.pk}/open-matter/", {"title": title})
    assert answer.status_code == 422
    assert "title" in answer.context["open_form"].errors
    assert title.strip() in page_text(answer)
    assert one.matters.count() == 1
