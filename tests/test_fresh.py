"""What is kept is never stale and says nothing to others: each kept page, after whatever was
written, looks as it does when it is made anew."""

import re
from collections.abc import Callable
from datetime import timedelta
from random import Random
from typing import Any

from django.contrib.messages.constants import SUCCESS
from django.contrib.messages.storage.base import Message
from django.contrib.messages.storage.cookie import CookieStorage
from django.core.cache import caches
from django.core.exceptions import ObjectDoesNotExist
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from genxu.core import clock
from genxu.core.errors import Refusal
from genxu.core.journal import note_read
from genxu.hamlets import actions as hamlets
from genxu.insight.counting import bring_up_to_date
from genxu.institutions.announcements import actions as announcing
from genxu.institutions.announcements.models import Announcement
from genxu.institutions.announcements.tests import factories as announcements
from genxu.institutions.matters import actions as matters
from genxu.institutions.matters.models import Matter, Suggestion
from genxu.institutions.matters.rules import read_matter
from genxu.organisation.assemblies.tests import factories as assemblies
from genxu.organisation.branches import member_actions, term_actions
from genxu.organisation.branches.models import Organisation
from genxu.organisation.branches.tests import factories as branches
from genxu.organisation.centre_households import actions as centres
from genxu.organisation.centre_households.coverage_actions import assign_households
from genxu.organisation.centre_households.models import CentreHousehold
from genxu.organisation.centre_households.tests.factories import appointed, holder
from genxu.organisation.councils import actions as councils
from genxu.organisation.councils.models import Council
from genxu.organisation.councils.seats import SeatFacts
from genxu.organisation.councils.tests import factories as council_factories
from genxu.people import household_actions
from genxu.people.actions import give_number, revoke_role, show_office_phone
from genxu.people.models import Grant, Household
from genxu.people.own_access import holder_of
from genxu.people.roles import Role
from genxu.people.tests.factories import enter_rows, row
from genxu.places.bookings import actions as booking_actions
from genxu.places.bookings.models import Booking
from genxu.places.bookings.tests import factories as bookings
from genxu.places.collectives.tests import factories as collectives
from genxu.places.disclosures.tests import factories as disclosures
from genxu.places.distributions.tests import factories as distributions
from genxu.places.venues import actions as venue_actions
from genxu.places.venues.models import Venue
from genxu.places.venues.tests import factories as venues
from genxu.regions.actions import Row, add_hamlet, import_regions, recode_region
from genxu.regions.codes import Level
from genxu.regions.models import Region
from genxu.team.campaigns.tests import factories as campaigns
from genxu.team.disputes.choosing import WhoRow
from genxu.team.disputes.tests import factories as disputes
from genxu.team.duties import person_actions
from genxu.team.duties.models import Rota, Turn
from genxu.team.duties.plans import Asked
from genxu.team.duties.tests import factories as duties
from genxu.team.services.tests import factories as services
from genxu.team.volunteers import team_actions
from genxu.team.volunteers.tests import factories as volunteers

from .cast import HOME, NEIGHBOUR, NOW, OPERATOR, VILLAGE, Cast, Enter
from .doing import hold, hold_talk, page_text, raise_matter, taken_up, verdict

TOKEN_SENT = re.compile(r'csrfmiddlewaretoken" value="(\w{64})"')
TOKEN = re.compile(r'(csrfmiddlewaretoken" value="|X-CSRFToken": ")\w{64}')
Step = Callable[[Cast, Random], Any]
NEW_CODE = "421221104202077"


def seen(client: Client, path: str) -> tuple[int, str]:
    """A page as it is shown, without what differs at each opening."""
    answer = client.get(path)
    return answer.status_code, TOKEN.sub("", page_text(answer))


def pages(cast: Cast, enter: Enter) -> list[tuple[Client, str]]:
    """The pages that are kept or have a kept part, opened by those to whom they show another."""
    visitor, secretary, village = Client(), enter("secretary"), enter("village_staff")
    found = [(visitor, f"/places/{code}/") for code in (HOME, NEIGHBOUR, NEW_CODE, VILLAGE)]
    found += [(one, "/home/") for one in (secretary, enter("centre_household"), enter("steward"))]
    found += [(secretary, f"/places/{HOME}/")]
    found += [(one, f"/organisation/{HOME}/") for one in (secretary, village, enter("city_staff"))]
    found.append((village, f"/organisation/{NEIGHBOUR}/"))
    one = Suggestion.objects.latest("pk")
    return [*found, (hold(Client(), one.code), f"/my/receipt/{one.pk}/")]


def household(number: int) -> Household:
    """The one behind this door at home, if it still is there."""
    return Household.objects.get(hamlet=HOME, number=number)


def any_of(rows: Any, chance: Random) -> Any:
    return chance.choice(list(rows.order_by("pk")))


def seated(cast: Cast, chance: Random) -> Any:
    council = Council.objects.standing().get(hamlet=HOME)
    seat = any_of(council.seats.taken(), chance)
    return councils.change_seat(
        actor=cast.actor("secretary"), council=council, seat=seat,
        facts=SeatFacts(f"罗测{chance.choice('金木水火土')}", seat.duty, list(seat.groups),
                        leads=seat.leads, shown=chance.random() < 0.5),
    )  # fmt: skip


def named_on_duty(cast: Cast, chance: Random) -> Any:
    rota = Rota.objects.published().filter(hamlet=HOME)[0]
    one = rota.people.present().order_by("shown", "pk")[0]
    return person_actions.ask_person(
        actor=cast.actor("secretary"), rota=rota, person=one, asked=Asked(shown=not one.shown)
    )


def joint_branch(cast: Cast, chance: Random) -> Any:
    return branches.found(cast, branches.bring_to(cast, branches.joint(cast), "approved"))


def of_branch(act: Callable[[Organisation], Any]) -> Step:
    def step(cast: Cast, chance: Random) -> Any:
        return act(Organisation.objects.standing().get())

    return step


def head_renamed(cast: Cast, chance: Random) -> Any:
    organisation = Organisation.objects.standing().get()
    member = organisation.members.present().get(duty="secretary")
    return member_actions.correct_member(
        actor=cast.actor("township_staff"), organisation=organisation, member=member,
        name="罗测新", phone=member.phone, kind=member.kind, background="",
    )  # fmt: skip


def looked_after(cast: Cast, chance: Random) -> Any:
    one = CentreHousehold.objects.serving().filter(hamlet=HOME)[0]
    pairs = [(house.pk, one.pk) for house in cast.households()[: chance.randint(1, 4)]]
    return assign_households(actor=cast.actor("secretary"), hamlet=cast.home, pairs=pairs)


def consent(cast: Cast, chance: Random) -> Any:
    one = CentreHousehold.objects.serving().filter(hamlet=HOME)[0]
    return centres.set_consent(
        actor=holder(one.household), centre_household=one, shown=not one.shown, phone_shown=False
    )


def stepped(cast: Cast, chance: Random) -> Any:
    matter = Matter.objects.filter(hamlet=HOME, state="registered").order_by("pk")[0]
    secretary = cast.actor("secretary")
    matter = matters.triage_matter(
        actor=secretary, matter=matter, tier=chance.choice(["common", "personal"])
    )
    return matters.assign_matter(
        actor=secretary, matter=matter, assignee=None, assignee_name="理事会"
    )


def renamed(code: str, name: str, level: Level) -> Step:
    rows = [Row(code, name, level, Region(code=code).code[:-3])]
    return lambda cast, chance: import_regions(actor=OPERATOR, rows=rows, count=1)


def recoded(cast: Cast, chance: Random) -> Any:
    return recode_region(actor=OPERATOR, old=NEIGHBOUR, new=NEW_CODE)


def role_taken(part: str, role: Role, code: str) -> Step:
    return lambda cast, chance: revoke_role(
        actor=OPERATOR, account=cast.accounts[part], role=role, place=cast.hamlet(code)
    )


def coming() -> Announcement:
    return Announcement.objects.coming().get(hamlet=HOME)


def talk_changed(cast: Cast, chance: Random) -> Any:
    given = announcements.facts(topic="改了的话题", held_on=clock.today() + timedelta(days=5))
    return announcing.change_announcement(
        actor=cast.actor("secretary"), announcement=coming(), words="那天有酒席", **given
    )


def talk_held_that_was_announced(cast: Cast, chance: Random) -> Any:
    announcements.announced(cast, held_on=clock.today())
    return hold_talk(cast, topic="说定的那场", held_on=clock.today())


def number_shown(part: str) -> Step:
    def step(cast: Cast, chance: Random) -> Any:
        grant = cast.accounts[part].grants.get()
        return show_office_phone(actor=cast.actor(part), grant=grant, shown=not grant.shown_phone)

    return step


def number_changed(cast: Cast, chance: Random) -> Any:
    return give_number(actor=OPERATOR, account=cast.secretary, phone="13912345678")


SERVED: list[Step] = [
    lambda cast, chance: services.item(cast, "医保参保登记"),
    lambda cast, chance: services.asked(cast, household(1)),
    lambda cast, chance: disputes.begun(
        cast, maker="", sides=[WhoRow(None, "外测甲"), WhoRow(None, "外测乙")]
    ),
    lambda cast, chance: campaigns.sample(cast),
    lambda cast, chance: disclosures.moved(cast),
    lambda cast, chance: disclosures.shown(cast),
    lambda cast, chance: disclosures.shown(
        cast, disclosures.moved(cast, disclosures.village_book(cast))
    ),
    lambda cast, chance: collectives.quantified(cast),
    lambda cast, chance: collectives.settled(cast, VILLAGE),
    lambda cast, chance: distributions.published(cast),
    lambda cast, chance: venues.venue(cast),
    lambda cast, chance: bookings.booked(cast),
    lambda cast, chance: bookings.booked(
        cast, begins=19, ends=21, purpose="show", title="唱一台戏", is_public=True
    ),
    lambda cast, chance: booking_actions.withdraw_booking(
        actor=cast.actor("secretary"), booking=Booking.objects.latest("pk")
    ),
    lambda cast, chance: venue_actions.change_venue(
        actor=cast.actor("secretary"),
        venue=Venue.objects.latest("pk"),
        facts=venues.facts(name="新堂屋"),
    ),
]
"""What those who serve write; taken when all else of a round has been."""

STEPS: list[Step] = [
    lambda cast, chance: hold_talk(cast, taken_up("井盖松了"), topic="井"),
    lambda cast, chance: raise_matter(cast, chance.choice(["triaged", "done", "closed"])),
    lambda cast, chance: hold_talk(cast, taken_up("渠堵了"), hamlet=NEIGHBOUR),
    lambda cast, chance: verdict(raise_matter(cast, "done"), "dissatisfied"),
    stepped,
    lambda cast, chance: council_factories.form(cast),
    seated,
    seated,
    lambda cast, chance: council_factories.record(
        cast, council_factories.row("罗测新"), council_factories.row("罗测仁", duty="deputy")
    ),
    lambda cast, chance: appointed(cast, any_of(Household.objects.living_here().filter(
        hamlet=HOME), chance), name="罗测户"),
    consent,
    looked_after,
    joint_branch,
    head_renamed,
    of_branch(lambda one: term_actions.close_organisation(
        actor=OPERATOR, organisation=one, words="并了")),
    lambda cast, chance: enter_rows(row(None, "罗测新"), row(1, "罗测一", head_count=7)),
    lambda cast, chance: household_actions.move_away(
        actor=cast.actor("secretary"), household=household(4), on=clock.today()),
    lambda cast, chance: household_actions.erase_household(actor=OPERATOR, household=household(2)),
    lambda cast, chance: assemblies.counted(cast),
    lambda cast, chance: assemblies.convene(cast),
    lambda cast, chance: assemblies.corrected(cast),
    lambda cast, chance: add_hamlet(
        actor=OPERATOR, village=Region.objects.get(code=VILLAGE), name="新湾"),
    renamed(HOME, "罗家新洲", Level.HAMLET),
    lambda cast, chance: hamlets.rename_hamlet(
        actor=OPERATOR, hamlet=cast.home, name="罗家老洲", distinguished_by="西"),
    lambda cast, chance: hamlets.move_households(
        actor=OPERATOR, hamlet=cast.home, into=cast.hamlet(NEIGHBOUR),
        households=[household(3)]),
    renamed(VILLAGE, "港东新村", Level.VILLAGE),
    role_taken("neighbour_secretary", Role.SECRETARY, NEIGHBOUR),
    lambda cast, chance: raise_matter(
        cast, "assigned", "personal", assignee="other_centre_household"),
    lambda cast, chance: raise_matter(cast, "assigned", "personal", assignee="centre_household"),
    role_taken("other_centre_household", Role.CENTRE_HOUSEHOLD, HOME),
    lambda cast, chance: household_actions.ask_erasure(
        actor=holder_of(household(1)), household=household(1)),
    lambda cast, chance: assemblies.begun(cast),
    lambda cast, chance: volunteers.outing(cast),
    lambda cast, chance: volunteers.join(
        volunteers.volunteer(cast, shown=True), volunteers.outing(cast)),
    lambda cast, chance: volunteers.asked(cast, volunteers.outing(cast)),
    lambda cast, chance: team_actions.call_off_outing(
        actor=cast.actor("secretary"), outing=volunteers.outing(cast), words="落雨"),
    lambda cast, chance: announcements.announced(cast),
    talk_changed,
    lambda cast, chance: announcements.wish(cast),
    lambda cast, chance: announcements.wish(cast, "渠要清", household(1)),
    lambda cast, chance: announcing.call_talk_off(
        actor=cast.actor("secretary"), announcement=coming(), words="落雨"),
    talk_held_that_was_announced,
    number_shown("secretary"),
    number_shown("village_staff"),
    number_changed,
    recoded,
    lambda cast, chance: bring_up_to_date(),
]  # fmt: skip
"""What is written in the walk, in any order; what the order does not allow is refused."""
ON_DUTY: list[Step] = [
    lambda cast, chance: duties.published(cast, weekdays=tuple(range(7)), names=duties.ALL),
    named_on_duty,
    lambda cast, chance: duties.hand(cast, Turn.objects.to_come().order_by("day")[0]),
]
"""Written first and last, without chance: so the order of the others stays theirs."""


def test_after_whatever_was_written_a_kept_page_is_as_one_made_anew(
    cast: Cast, enter: Enter
) -> None:
    chance = Random(7)
    raise_matter(cast, "under_way", household=True)
    shown = pages(cast, enter)
    for client, path in shown:
        seen(client, path)
    *steps, recoding, counting = STEPS
    waiting = [*ON_DUTY[:2], *chance.sample(steps, len(steps)), *ON_DUTY[2:], *SERVED, counting]
    for step in [*waiting * 3, recoding]:  # under another code no step finds its hamlet
        if step not in (*waiting, recoding) or not walked(step, cast, chance):
            continue
        if step in waiting:
            waiting.remove(step)
        now = [seen(client, path) for client, path in shown]
        caches["kept"].clear()
        for (client, path), found in zip(shown, now, strict=True):
            assert found == seen(client, path), (step, path)
    assert len(waiting) < 4


def test_after_a_merging_both_places_are_shown_as_they_are(cast: Cast, enter: Enter) -> None:
    raise_matter(cast, "under_way", household=True)
    raise_matter(cast, "under_way", hamlet=NEIGHBOUR)
    shown = pages(cast, enter)
    before = [seen(client, path) for client, path in shown]
    hamlets.merge_hamlets(actor=OPERATOR, hamlet=cast.hamlet(NEIGHBOUR), heir=cast.home)
    now = [seen(client, path) for client, path in shown]
    caches["kept"].clear()
    assert now == [seen(client, path) for client, path in shown]
    assert now != before
    assert seen(Client(), f"/places/{NEIGHBOUR}/")[0] == 301


def walked(step: Step, cast: Cast, chance: Random) -> bool:
    try:
        step(cast, chance)
    except (Refusal, ObjectDoesNotExist, IndexError):
        return False  # not yet, or not any more
    return True


def visit(client: Client, path: str = f"/places/{HOME}/", **headers: str) -> Any:
    return client.get(path, headers=headers)


def test_whoever_has_the_page_is_not_sent_it_again(cast: Cast, client: Client) -> None:
    first = visit(client)
    again = visit(client, **{"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    assert first["Cache-Control"] == again["Cache-Control"] == "private, no-cache"
    for answer in (first, again):
        assert {"Cookie", "Accept-Language"} <= set(answer["Vary"].split(", "))
        assert "default-src 'self'" in answer["Content-Security-Policy"]
    hold_talk(cast, topic="井边的路")
    anew = visit(client, **{"If-None-Match": first["ETag"]})
    assert anew.status_code == 200
    assert "井边的路" in page_text(anew)


def test_a_second_look_asks_for_little(cast: Cast, client: Client) -> None:
    visit(client)
    with CaptureQueriesContext(connection) as captured:
        visit(client)
    assert len(captured) <= 4


def test_each_reader_has_a_token_of_her_own_and_it_is_taken(cast: Cast) -> None:
    readers = [Client(enforce_csrf_checks=True) for _n in range(2)]
    tokens = [TOKEN_SENT.findall(page_text(visit(reader))) for reader in readers]
    assert all(tokens)
    assert not set(tokens[0]) & set(tokens[1])
    for reader, own, other in ((readers[0], *tokens), (readers[1], *reversed(tokens))):
        sent = {"next": f"/places/{HOME}/"}
        refused = reader.post("/text-size/", {**sent, "csrfmiddlewaretoken": other[0]})
        assert refused.status_code == 403
        taken = reader.post("/text-size/", {**sent, "csrfmiddlewaretoken": own[0]})
        assert taken["Location"] == f"/places/{HOME}/"


def test_what_another_reader_has_does_not_pass_for_ones_own(cast: Cast) -> None:
    """The page in her browser would hold the token of somebody else."""
    first, second = visit(Client()), Client()
    visit(second)
    assert visit(second, **{"If-None-Match": first["ETag"]}).status_code == 200


def test_large_letters_and_the_language_have_a_page_of_their_own(cast: Cast) -> None:
    reader = Client()
    plain = page_text(visit(reader))
    reader.cookies["elder"] = "1"
    large = page_text(visit(reader))
    reader.cookies["django_language"] = "en"
    english = page_text(visit(reader))
    assert ['class="elder"' in page for page in (plain, large, english)] == [False, True, True]
    assert ['lang="en"' in page[:400] for page in (plain, large, english)] == [False, False, True]
    assert "Common matters" in english
    assert "Common matters" not in large


def test_whoever_has_signed_in_has_her_own_frame_and_nothing_stays_on_the_device(
    cast: Cast, enter: Enter
) -> None:
    visit(Client())
    answer = visit(enter("secretary"))
    assert cast.secretary.name in page_text(answer)
    assert answer["Cache-Control"] == "private, no-store"
    assert "ETag" not in answer
    assert cast.secretary.name not in page_text(visit(Client()))


def test_what_is_said_to_one_reader_is_said_to_nobody_else(cast: Cast) -> None:
    reader = Client()
    visit(reader)
    reader.cookies["messages"] = CookieStorage(RequestFactory().get("/"))._encode(
        [Message(SUCCESS, "只对你说")]
    )
    assert "只对你说" in page_text(visit(reader))
    assert "只对你说" not in page_text(visit(Client()))


def test_the_pages_of_a_list_are_told_apart(cast: Cast, client: Client) -> None:
    for n in range(11):
        raise_matter(cast, "triaged", text=f"第{n}件事")
    pages = [page_text(visit(client, f"/places/{HOME}/?page={n}")) for n in (1, 2)]
    assert ["第10件事" in page for page in pages] == [True, False]
    assert ["第0件事" in page for page in pages] == [False, True]
    for odd in ("?page=x", "?page=99999", "?colour=red"):
        assert "ETag" not in visit(client, f"/places/{HOME}/{odd}")


def test_a_reading_ages_no_page(cast: Cast, client: Client) -> None:
    matter = raise_matter(cast, "assigned", "personal", assignee="centre_household")
    first = visit(client)
    note_read(actor=cast.actor("secretary"), action=read_matter.name, subject=matter)
    assert visit(client, **{"If-None-Match": first["ETag"]}).status_code == 304


def test_at_home_too_a_meeting_comes_near_and_begins(cast: Cast, enter: Enter) -> None:
    one, client = assemblies.convene(cast, meets_at=NOW + timedelta(days=11)), enter("secretary")
    told = []
    for before in (timedelta(days=4), timedelta(days=3), timedelta(minutes=1), timedelta()):
        with clock.at(one.meets_at - before):
            told.append([notice.urgent for notice in client.get("/home/").context["notices"]])
    assert told == [[], [False], [False], [True]]


def test_a_role_that_is_taken_elsewhere_is_seen_at_home(cast: Cast, enter: Enter) -> None:
    """A joint branch gives and takes roles in all its hamlets, by an entry at its seat alone."""
    raise_matter(cast, "assigned", "personal", assignee="other_centre_household")
    client = enter("secretary")
    before = page_text(client.get("/home/"))
    Grant.objects.filter(account=cast.accounts["other_centre_household"]).delete()
    assert page_text(client.get("/home/")) != before


def test_a_meeting_is_no_longer_to_come_when_it_has_begun(cast: Cast, client: Client) -> None:
    one = assemblies.convene(cast, meets_at=NOW + timedelta(days=11))
    with clock.at(one.meets_at - timedelta(minutes=1)):
        before = page_text(visit(client))
    with clock.at(one.meets_at):
        assert page_text(visit(client)) != before
