"""十户联防 on a centre household's page: each count is that of the list to which it leads."""

from datetime import timedelta
from typing import Any

import pytest

from genxu.core import clock
from genxu.institutions.matters.models import Matter
from genxu.organisation.centre_households.tests.drawing import draw, serving_as
from tests.cast import Cast, Enter
from tests.doing import page_text, raise_matter

URL = "/neighbours/"


@pytest.fixture(autouse=True)
def _serves(cast: Cast) -> None:
    one, two, *_rest = cast.households()
    centre = serving_as(cast, "centre_household", two)
    draw(cast, [(one, centre), (two, centre)])


def year(answer: Any) -> dict[str, tuple[int, int]]:
    found = answer.context["year"]
    return {one.tier: (one.n, one.done) for one in (found.personal, found.common, found.specialist)}


def test_nothing_is_an_honest_answer(enter: Enter) -> None:
    answer = enter("centre_household").get(URL)
    assert set(year(answer).values()) == {(0, 0)}
    assert "也是一种回答" in page_text(answer)


def test_each_tier_of_the_year_and_of_personal_things_only_her_own(
    cast: Cast, enter: Enter
) -> None:
    raise_matter(cast, "closed", "personal", assignee="centre_household")
    raise_matter(cast, "assigned", "personal", assignee="other_centre_household")
    raise_matter(cast, "closed", "common")
    raise_matter(cast, "under_way", "common")
    raise_matter(cast, "triaged", "specialist")
    old = raise_matter(cast, "closed", "common")
    Matter.objects.filter(pk=old.pk).update(registered_at=clock.now() - timedelta(days=400))
    client = enter("centre_household")
    answer = client.get(URL)
    assert year(answer) == {"personal": (1, 1), "common": (2, 1), "specialist": (1, 0)}
    found = answer.context["year"]
    for one in (found.personal, found.common, found.specialist):
        assert client.get(one.url).context["page"].paginator.count == one.n
        assert client.get(one.done_url).context["page"].paginator.count == one.done
