"""Reporting it done 办结: in the hamlet, with words for the resident."""

import pytest

from genxu.core.errors import Invalid
from genxu.institutions.matters import actions, rules
from tests.cast import NOW, Cast, Enter
from tests.doing import fresh, raise_matter, take, who_may


def test_the_secretary_and_the_one_it_was_given_to(cast: Cast) -> None:
    matter = raise_matter(cast, "under_way", assignee="centre_household")
    assert who_may(cast, rules.finish_matter, matter=matter) == {"secretary", "centre_household"}


def test_done_is_not_closed(cast: Cast) -> None:
    matter = raise_matter(cast, "done")
    assert matter.state == "done"
    assert matter.done_on == NOW.date()
    assert matter.result == "换了两盏灯"


def test_what_was_done_must_be_said(cast: Cast) -> None:
    matter = raise_matter(cast, "under_way")
    with pytest.raises(Invalid):
        actions.finish_matter(actor=cast.actor("secretary"), matter=matter, words="")
    assert fresh(matter).state == "under_way"


def test_the_centre_household_reports_its_own(cast: Cast, enter: Enter) -> None:
    matter = raise_matter(cast, "under_way", "personal", assignee="centre_household")
    assert take(enter("centre_household"), "finish", matter, words="帮忙办好了").status_code == 302
    assert fresh(matter).state == "done"
