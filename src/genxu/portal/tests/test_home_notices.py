"""What waits stands on the home page: gathered from every app, the urgent first."""

from datetime import timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext

from genxu.core import clock
from genxu.core.declared import declared
from genxu.core.notices import notices_for
from genxu.organisation.assemblies.tests.factories import begun, convene, in_days
from genxu.organisation.councils.tests.factories import FORMED, form
from tests.cast import Cast, Enter
from tests.doing import page_text


def test_every_app_of_the_organisation_is_asked() -> None:
    asked = {source.__module__.split(".")[-2] for source in declared("notices", "notices")}
    assert {"branches", "centre_households", "councils", "assemblies"} <= asked


def test_the_urgent_stands_first(cast: Cast, enter: Enter) -> None:
    convene(cast, meets_at=in_days(1))
    form(cast, formed_on=FORMED - timedelta(days=5 * 366))
    begun(cast)
    found = notices_for(cast.actor("secretary"))
    urgent = [notice.urgent for notice in found]
    assert urgent == sorted(urgent, reverse=True)
    assert sum(urgent) == 2
    page = enter("secretary").get("/home/")
    for notice in found:
        assert str(notice.text).replace("“", "“") in page_text(page)
        assert enter("secretary").get(notice.url).status_code == 200


def test_nothing_waits_is_said_only_when_it_is_so(cast: Cast, enter: Enter) -> None:
    client = enter("secretary")
    assert "panel empty" in page_text(client.get("/home/"))
    begun(cast)
    assert "panel empty" not in page_text(client.get("/home/"))


def test_at_most_one_query_for_each_app(cast: Cast) -> None:
    with clock.at(clock.now()), CaptureQueriesContext(connection) as captured:
        notices_for(cast.actor("village_staff"))
    assert len(captured) <= len(list(declared("notices", "notices")))
