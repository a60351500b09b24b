"""Assigning 交办: within one's own level, to an account there or to somebody by name."""

import pytest

from genxu.core.errors import Invalid
from genxu.institutions.matters import actions, rules
from genxu.institutions.matters.models import Matter
from genxu.organisation.branches.tests.factories import filled
from genxu.organisation.councils.tests.factories import form
from genxu.regions.codes import Level
from tests.cast import Cast, Enter
from tests.doing import climb, form_errors, fresh, raise_matter, take, who_may


def test_at_home_the_secretary_assigns(cast: Cast) -> None:
    matter = raise_matter(cast, "triaged")
    assert who_may(cast, rules.assign_matter, matter=matter) == {"secretary"}


@pytest.mark.parametrize("level", [Level.VILLAGE, Level.TOWNSHIP, Level.COUNTY])
def test_above_the_staff_of_the_level_where_it_lies(cast: Cast, level: Level) -> None:
    matter = climb(cast, raise_matter(cast, "under_way", "specialist"), level)
    assert who_may(cast, rules.assign_matter, matter=matter) == {f"{level}_staff"}


def test_to_an_account_of_the_place(cast: Cast) -> None:
    made = raise_matter(cast, "assigned", assignee="centre_household")
    assert made.assignee == cast.centre_household
    assert made.assignee_name == cast.centre_household.name


@pytest.mark.parametrize("part", ["neighbour_secretary", "village_staff", "far_centre_household"])
def test_not_to_an_account_of_another_place(cast: Cast, part: str) -> None:
    matter = raise_matter(cast, "triaged")
    with pytest.raises(Invalid) as refused:
        actions.assign_matter(
            actor=cast.actor("secretary"), matter=matter, assignee=cast.accounts[part]
        )
    assert set(refused.value.fields) == {"assignee"}


def test_not_to_a_closed_account(cast: Cast) -> None:
    cast.centre_household.is_active = False
    cast.centre_household.save()
    with pytest.raises(Invalid):
        raise_matter(cast, "assigned", assignee="centre_household")


def offered(enter: Enter, matter: Matter) -> dict[str, str]:
    answer = enter("secretary").get(f"/matters/{matter.pk}/assign/")
    return dict(answer.context["form"].fields["assignee"].choices)


def test_the_form_offers_the_accounts_of_the_place_only(cast: Cast, enter: Enter) -> None:
    keys = list(offered(enter, raise_matter(cast, "triaged")))
    parts = (cast.secretary, cast.centre_household, cast.other_centre_household)
    assert keys == [*sorted(str(one.pk) for one in parts), ""]


def test_all_who_serve_here_are_offered_by_name_and_office(cast: Cast, enter: Enter) -> None:
    """With an account or without, each once; a name of one's own comes last."""
    form(cast)
    filled(cast)
    matter = raise_matter(cast, "triaged")
    labels = offered(enter, matter)
    names = [label.partition("（")[0] for label in labels.values()]
    assert len(names) == len(set(names))
    assert {"罗测春", "罗测兰", "罗测仁", "罗测甲"} <= set(names)
    assert "书记" in labels[str(cast.secretary.pk)]
    assert "理事会会长" in labels[str(cast.secretary.pk)]
    key = next(key for key, label in labels.items() if label.startswith("罗测仁"))
    assert list(labels)[-1] == ""
    assert take(enter("secretary"), "assign", matter, assignee=key).status_code == 302
    assert (fresh(matter).assignee, fresh(matter).assignee_name) == (None, "罗测仁")


def test_somebody_must_be_named(cast: Cast, enter: Enter) -> None:
    matter = raise_matter(cast, "triaged")
    answer = take(enter("secretary"), "assign", matter, assignee="", assignee_name="  ")
    assert answer.status_code == 422
    assert set(form_errors(answer)) == {"assignee_name"}


def test_an_account_of_another_place_sent_by_hand_is_refused(cast: Cast, enter: Enter) -> None:
    matter = raise_matter(cast, "triaged")
    answer = take(enter("secretary"), "assign", matter, assignee=cast.far_secretary.pk)
    assert answer.status_code == 422
    assert set(form_errors(answer)) == {"assignee"}
    assert fresh(matter).state == "triaged"
