"""The number of queries does not depend on the number of rows, and has a ceiling."""

from collections.abc import Callable
from datetime import time
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from genxu.core.declared import rooms
from genxu.core.models import JournalEntry
from genxu.insight.counting import bring_up_to_date
from genxu.insight.tests.factories import put_down_roots
from genxu.institutions.matters.models import Matter, Suggestion
from genxu.organisation.assemblies.tests import factories as assemblies
from genxu.organisation.branches.tests import factories as branches
from genxu.organisation.centre_households.models import CentreHousehold
from genxu.organisation.centre_households.tests.drawing import draw, serving, settle
from genxu.organisation.centre_households.tests.factories import nominated
from genxu.organisation.councils.tests import factories as councils
from genxu.people.household_actions import set_needs
from genxu.people.tests.factories import household, with_code
from genxu.regions.actions import Row, import_regions
from genxu.regions.codes import Level
from genxu.regions.models import Region
from genxu.team.campaigns.tests import factories as campaigns
from genxu.team.disputes.tests import factories as disputes
from genxu.team.duties.models import Rota
from genxu.team.duties.tests import factories as duties
from genxu.team.volunteers.models import Volunteer
from genxu.team.volunteers.tests import factories as volunteers

from .cast import (
    CITY,
    COUNTY,
    FAR,
    HOME,
    NEIGHBOUR,
    OPERATOR,
    TOWNSHIP,
    VILLAGE,
    Cast,
    Enter,
)
from .doing import hold, hold_talk, raise_matter, suggestions_of, taken_up


def queries(client: Client, url: str, **query: str) -> int:
    """How many a page takes when its visitor has been there before."""
    client.get(url, query)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url, query).status_code == 200
    return len(captured)


def few(cast: Cast) -> None:
    raise_matter(cast, "under_way", household=True)
    raise_matter(cast, "done")
    hold_talk(cast, taken_up(), taken_up())


def many(cast: Cast) -> None:
    for _n in range(12):
        raise_matter(cast, "under_way", household=True)
        raise_matter(cast, "under_way", "specialist")
        raise_matter(cast, "done")
        raise_matter(cast, "closed")
        hold_talk(cast, *[taken_up() for _m in range(6)])


PAGES = [
    ("secretary", "/home/", 4),
    ("centre_household", "/home/", 5),
    ("village_staff", "/home/", 13),
    ("city_staff", "/home/", 7),
    ("secretary", "/matters/", 5),
    ("city_staff", "/matters/", 6),
    ("secretary", "/talks/", 6),
    ("secretary", f"/talks/at/{HOME}/new/?another=1", 7),
    ("nobody", f"/places/{HOME}/", 2),
    ("nobody", f"/places/{VILLAGE}/", 2),
    ("nobody", "/places/", 1),
    ("city_staff", f"/insight/{CITY}/", 9),
    ("village_staff", f"/insight/{VILLAGE}/", 8),
    ("auditor", "/journal/", 7),
    ("secretary", "/api/v1/matters", 3),
]  # fmt: skip


def hold_with_more(
    pages: list[tuple[Client, str, int]], few: Callable[[], None], many: Callable[[], None]
) -> None:
    """Each page takes no more queries with many rows than with few, nor passes its ceiling."""
    few()
    bring_up_to_date()
    with_few = [queries(client, url) for client, url, _ceiling in pages]
    many()
    bring_up_to_date()
    wrong = []
    for (client, url, ceiling), before in zip(pages, with_few, strict=True):
        if (after := queries(client, url)) > min(before, ceiling):
            wrong.append(f"{url}: {before} with few, {after} with many, {ceiling} at most")
    assert not wrong, "\n".join(wrong)


def test_more_rows_take_no_more_queries(cast: Cast, enter: Enter) -> None:
    pages = [(enter(part), url, ceiling) for part, url, ceiling in PAGES]
    hold_with_more(pages, lambda: few(cast), lambda: many(cast))


def few_roots(cast: Cast) -> None:
    put_down_roots(cast)
    assemblies.convene(cast)
    assemblies.held(cast)
    duties.offered(cast)
    one = household(10)
    nominated(one, one.head_name)
    set_needs(actor=cast.actor("secretary"), household=one, kinds=["illness"], agreed=True)


def many_roots(cast: Cast) -> None:
    """More households, centre households, organisations, councils and assemblies."""
    more = settle(cast, 60)
    centres = serving(cast, *more[:6])
    draw(cast, [(one, centres[n % 6]) for n, one in enumerate(more[6:])])
    for one in more[6:12]:
        nominated(one, one.head_name)
    branches.founded(cast, hamlet=FAR, full=9)
    councils.form(cast, NEIGHBOUR)
    councils.form(cast, FAR)
    for _n in range(12):
        assemblies.convene(cast)
        assemblies.held(cast)
    for _n in range(6):
        duties.more_on(cast)
    for one in more[12:21]:
        set_needs(actor=cast.actor("secretary"), household=one, kinds=["illness"], agreed=True)


ROOTS = [
    ("township_staff", "/duties/", 9),
    ("secretary", "rota", 20),
    ("member", "/my/turns/", 8),
    ("member", "/home/", 12),
    ("secretary", "/households/", 7),
    ("township_staff", "/households/", 7),
    ("township_staff", "/households/?standing=needs", 12),
    ("township_staff", f"/households/doubles/?place={TOWNSHIP}", 5),
    ("secretary", f"/households/at/{HOME}/slips/", 5),
    ("county_staff", "/organisations/", 5),
    ("township_staff", "/organisations/", 6),
    ("county_staff", "/centre-households/", 6),
    ("secretary", "/centre-households/?group=", 6),
    ("secretary", f"/centre-households/at/{HOME}/", 6),
    ("township_staff", "/centre-households/appoint/", 3),
    ("secretary", f"/coverage/{HOME}/", 7),
    ("village_staff", f"/coverage/township/{VILLAGE}/", 11),
    ("county_staff", "/councils/", 7),
    ("county_staff", "/assemblies/", 6),
    ("secretary", f"/organisation/{HOME}/", 6),
    ("county_staff", f"/organisation/{COUNTY}/", 6),
    ("city_staff", f"/insight/{CITY}/", 9),
    ("nobody", f"/places/{HOME}/", 2),
    ("nobody", "own", 14),
    ("nobody", "card", 1),
]


def test_more_in_the_registers_takes_no_more_queries(cast: Cast, enter: Enter) -> None:
    few_roots(cast)
    link = with_code(2)
    urls = {"own": f"/my/household/{link.household_id}/", "card": f"/c/{_card()}/"}
    urls["rota"] = f"/duties/{Rota.objects.get(hamlet=HOME).pk}/"
    pages = [
        (hold(enter(part), link.code), urls.get(url, url), ceiling) for part, url, ceiling in ROOTS
    ]
    hold_with_more(pages, lambda: None, lambda: many_roots(cast))


def _card() -> str:
    return CentreHousehold.objects.serving().order_by("pk")[0].card


def grown(cast: Cast, matter: Any) -> None:
    """One matter with a long life and many voices."""
    from genxu.institutions.matters import actions

    secretary = cast.actor("secretary")
    for n in range(12):
        (one,) = suggestions_of(hold_talk(cast, taken_up()))
        actions.join_matter(actor=secretary, matter=matter, suggestion=one)
        matter = actions.note_progress(actor=secretary, matter=matter, words=f"第{n}天")


def _first(matter: Matter) -> Suggestion:
    return matter.suggestions.order_by("pk")[0]


THINGS: list[tuple[str, Callable[[Any], str], str, int]] = [
    ("matter", lambda matter: f"/matters/{matter.pk}/", "secretary", 14),
    ("receipt", lambda matter: f"/my/receipt/{_first(matter).pk}/", "nobody", 5),
    ("step", lambda matter: f"/matters/{matter.pk}/finish/", "secretary", 8),
]


COUNTED = {one.__name__: one for one in rooms("tests.examples") if hasattr(one, "COUNTED")}
"""The apps that say which of their pages are counted, and how there is more on them."""


@pytest.mark.parametrize("app", COUNTED, ids=lambda name: name.split(".")[-3])
def test_an_app_with_more_rows_takes_no_more_queries(cast: Cast, enter: Enter, app: str) -> None:
    one = COUNTED[app]
    pages = [(enter(part), url, ceiling) for part, url, ceiling in one.COUNTED]
    hold_with_more(pages, lambda: one.more(cast, 3), lambda: one.more(cast, 20))


def quarrelled(cast: Cast, times: int) -> None:
    """So many more disputes of the first household; its first one is talked over as often."""
    for _n in range(times):
        disputes.asked(cast, ["holds", "broken"])
        disputes.met(cast, disputes.Dispute.objects.order_by("pk")[0])


def test_a_dispute_and_its_sides_take_no_more_queries(cast: Cast, enter: Enter) -> None:
    first = disputes.begun(cast)
    resident = hold(Client(), with_code(1).code)
    own = f"/my/household/{cast.households()[0].pk}/"
    pages = [(enter("member"), f"/disputes/{first.pk}/", 16), (resident, own, 24)]
    hold_with_more(pages, lambda: quarrelled(cast, 3), lambda: quarrelled(cast, 12))


def test_a_campaign_with_more_in_it_takes_no_more_queries(cast: Cast, enter: Enter) -> None:
    county, secretary = enter("county_staff"), enter("secretary")
    of_all, of_matters = campaigns.opened(cast), campaigns.of_matters(cast, name="灯")
    samples = campaigns.sample(cast, name="再一项")
    looker = enter("next_township_staff")
    part, lamps = campaigns.part(of_all), campaigns.part(of_matters)
    pages = [
        (county, f"/campaigns/{of_all.pk}/", 13),
        (county, f"/campaigns/{of_matters.pk}/", 11),
        (secretary, f"/campaigns/parts/{part.pk}/", 16),
        (secretary, f"/campaigns/parts/{part.pk}/answer-households/", 9),
        (secretary, f"/campaigns/parts/{lamps.pk}/", 15),
        (looker, f"/campaigns/samples/{samples.pk}/", 10),
    ]  # fmt: skip

    def more(count: int) -> None:
        settle(cast, count)
        for _n in range(count):
            raise_matter(cast, "under_way", "common")
        campaigns.opened(cast, name=f"第{count}项")

    hold_with_more(pages, lambda: more(2), lambda: more(8))


@pytest.mark.parametrize(("name", "url_of", "part", "ceiling"), THINGS, ids=lambda v: str(v)[:10])
def test_a_longer_life_takes_no_more_queries(
    cast: Cast, enter: Enter, name: str, url_of: Callable[[Any], str], part: str, ceiling: int
) -> None:
    matter = raise_matter(cast, "under_way")
    client = hold(enter(part), _first(matter).code)
    before = queries(client, url_of(matter))
    grown(cast, matter)
    after = queries(client, url_of(matter))
    assert after <= before
    assert after <= ceiling


@pytest.mark.parametrize("page", ["", "minutes/", "receipts/"])
def test_a_talk_with_more_suggestions_takes_no_more_queries(
    cast: Cast, enter: Enter, page: str
) -> None:
    client = enter("secretary")
    small = hold_talk(cast, taken_up())
    large = hold_talk(cast, *[taken_up(f"第{n}件") for n in range(20)])
    counts = [queries(client, f"/talks/{talk.pk}/{page}") for talk in (small, large)]
    assert counts[1] <= counts[0] + 1  # the later talk opens with what became of the first
    assert counts[1] <= 14  # four of them note in the journal that names were read


def test_more_places_below_take_no_more_queries(cast: Cast, enter: Enter) -> None:
    client = enter("city_staff")
    before = queries(client, f"/insight/{VILLAGE}/")
    rows = [Row(f"{VILLAGE}{n:03d}", f"湾{n}", Level.HAMLET, VILLAGE) for n in range(3, 60)]
    import_regions(actor=OPERATOR, rows=rows, count=len(rows))
    assert Region.objects.filter(parent=VILLAGE).count() == 59
    assert queries(client, f"/insight/{VILLAGE}/") == before


def test_a_page_further_on_takes_as_many(cast: Cast, enter: Enter) -> None:
    for _n in range(60):
        raise_matter(cast, "registered")
    client = enter("secretary")
    first = queries(client, "/matters/", page="1")
    assert queries(client, "/matters/", page="3") <= first


def test_recording_a_talk_takes_as_many_for_twelve_suggestions_as_for_three(cast: Cast) -> None:
    def count(n: int) -> int:
        with CaptureQueriesContext(connection) as captured:
            hold_talk(cast, *[taken_up(f"第{m}件", tier="common") for m in range(n)])
        return len(captured)

    count(1)
    assert count(12) <= count(3)
    assert count(3) <= 20


def test_a_public_page_writes_nothing(cast: Cast, client: Client) -> None:
    raise_matter(cast, "done")
    before = JournalEntry.objects.count()
    for url in ("/", "/places/", f"/places/{HOME}/", "/healthz", "/sign-in/"):
        with CaptureQueriesContext(connection) as captured:
            client.get(url)
        assert not [q for q in captured if q["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]
    assert JournalEntry.objects.count() == before


def test_the_public_pages_leave_no_cookie(cast: Cast, client: Client) -> None:
    for url in ("/places/", f"/places/{HOME}/", "/healthz"):
        client.get(url)
    assert "sessionid" not in client.cookies


def few_outings(cast: Cast) -> None:
    volunteers.vouched(cast)
    volunteers.visit(cast)


def many_outings(cast: Cast) -> None:
    """More outings, more who come, more hours."""
    one = Volunteer.objects.order_by("pk")[0]
    for n in range(8):
        of = volunteers.outing(cast)
        other = volunteers.volunteer(cast, name=f"罗测{n}", phone=f"1370000000{n}", shown=True)
        for each in (one, other):
            volunteers.join(each, of)
        hours = volunteers.write(other, of, starts_at=time(6), ends_at=time(7))
        if n % 2:
            volunteers.vouch(hours, one)
        volunteers.asked(cast, of)


VOLUNTEERING = [
    ("secretary", "/volunteers/", 9),
    ("secretary", "/volunteer-hours/", 8),
    ("county_staff", "/outings/", 9),
    ("county_staff", "/volunteer-teams/", 8),
    ("secretary", "/home/", 18),
    ("nobody", f"/places/{HOME}/", 16),
    ("nobody", f"/places/{HOME}/help/", 4),
    ("nobody", f"/places/{HOME}/outings.ics", 2),
    ("secretary", "outing", 18),
    ("secretary", "volunteer", 12),
    ("nobody", "own", 12),
]


def test_more_volunteering_takes_no_more_queries(cast: Cast, enter: Enter) -> None:
    few_outings(cast)
    one = Volunteer.objects.order_by("pk")[0]
    urls = {"own": f"/my/hours/{one.pk}/", "volunteer": f"/volunteers/{one.pk}/",
            "outing": f"/outings/{one.sign_ups.get().outing_id}/"}  # fmt: skip
    pages = [
        (hold(enter(part), one.code) if url == "own" else enter(part), urls.get(url, url), most)
        for part, url, most in VOLUNTEERING
    ]
    hold_with_more(pages, lambda: None, lambda: many_outings(cast))
