"""我来办: a matter is taken on oneself and begun in one tap."""

import pytest

from genxu.core.errors import Conflict
from genxu.institutions.matters import actions, rules
from genxu.institutions.matters.workflow import State
from genxu.regions.codes import Level
from tests.cast import Cast, Enter
from tests.doing import climb, fresh, raise_matter, take, who_may


def test_one_tap_on_the_page_gives_it_to_me_and_begins(cast: Cast, enter: Enter) -> None:
    matter = raise_matter(cast, "triaged")
    client = enter("secretary")
    page = client.get(f"/matters/{matter.pk}/")
    assert page.context["take_on_form"].visible_fields() == []
    assert take(client, "take_on", matter).status_code == 302
    made = fresh(matter)
    assert (made.state, made.assignee, made.assignee_name) == (
        State.UNDER_WAY, cast.secretary, cast.secretary.name,
    )  # fmt: skip


def test_where_it_was_sent_up_too(cast: Cast) -> None:
    matter = climb(cast, raise_matter(cast, "under_way", "specialist"), Level.VILLAGE)
    assert who_may(cast, rules.take_on_matter, matter=matter) == {"village_staff"}
    made = actions.take_on_matter(actor=cast.actor("village_staff"), matter=matter)
    assert (made.state, made.assignee) == (State.UNDER_WAY, cast.village_staff)


def test_not_out_of_somebody_s_hands(cast: Cast, enter: Enter) -> None:
    matter = raise_matter(cast, "assigned", assignee="centre_household")
    with pytest.raises(Conflict):
        actions.take_on_matter(actor=cast.actor("secretary"), matter=matter)
    assert enter("secretary").get(f"/matters/{matter.pk}/").context["take_on"] is None
