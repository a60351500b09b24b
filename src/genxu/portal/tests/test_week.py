"""One list for whoever is at work in a hamlet: what the seven days from today ask of her."""

from datetime import timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext

from genxu.core import clock
from genxu.core.coming import Coming, coming_for
from genxu.core.declared import declared
from genxu.institutions.announcements.tests.factories import announced
from genxu.organisation.assemblies.tests.factories import convene, in_days
from genxu.people.roles import IN_HAMLET
from genxu.team.campaigns.tests import factories as campaigns
from genxu.team.disputes.tests import factories as disputes
from genxu.team.duties.tests import factories as duties
from genxu.team.members.tests import factories as members
from genxu.team.services.tests import factories as services
from genxu.team.volunteers.models import Volunteer
from genxu.team.volunteers.tests import factories as volunteers
from tests.cast import NOW, PARTS, Cast, Enter
from tests.doing import page_text, raise_matter


def week(cast: Cast, part: str) -> list[Coming]:
    today = clock.today()
    return coming_for(cast.actor(part), today, today + timedelta(days=6))


def fill(cast: Cast) -> None:
    """A turn, a promise, an outing, an errand, a talk, a meeting, a matter."""
    duties.due(cast)
    members.promised(cast, due_on=clock.today() + timedelta(days=2))
    one = volunteers.volunteer(cast, member=members.on_roll(cast))
    volunteers.join(one, volunteers.outing(cast, volunteers.some_day()))
    services.agreed(cast, services.asked(cast))
    announced(cast)
    convene(cast, meets_at=in_days(5))
    raise_matter(cast, "assigned", assignee="centre_household")


def test_everything_that_is_hers_stands_on_its_day(cast: Cast, enter: Enter) -> None:
    fill(cast)
    found = week(cast, "member")
    today = clock.today()
    assert [one.on for one in found] == sorted(one.on for one in found)
    assert {one.on for one in found} == {today + timedelta(days=n) for n in (0, 2, 3, 5)}
    texts = " ".join(str(one.told) for one in found)
    for words in ("把村口的沟清出来", "这周去看看老人", "过冬的水渠"):
        assert words in texts
    page = enter("member").get("/my/week/")
    for one in found:
        assert str(one.told) in page_text(page)
        assert enter("member").get(one.url).status_code == 200


def test_what_is_anothers_does_not_stand_there(cast: Cast) -> None:
    fill(cast)
    promised, errands = "把村口的沟清出来", week(cast, "steward")
    assert promised not in " ".join(str(one.told) for one in week(cast, "secretary"))
    assert any("/services/day/" in one.url for one in errands)
    assert not any("/services/day/" in one.url for one in week(cast, "member"))
    assert not week(cast, "far_secretary")
    with clock.at(NOW + timedelta(days=6)):  # seven working days are more than a week
        assert any("/matters/" in one.url for one in week(cast, "centre_household"))


def test_a_door_of_a_steward_bears_no_name(cast: Cast) -> None:
    services.agreed(cast, services.asked(cast))
    told = " ".join(f"{one.told}{one.note}" for one in week(cast, "steward"))
    assert told
    assert not any(home.head_name in told for home in cast.households())


def test_what_its_day_has_passed_is_still_open(cast: Cast, enter: Enter) -> None:
    promise = members.promised(cast, due_on=clock.today() + timedelta(days=2))
    with clock.at(NOW + timedelta(days=9)):
        (late,) = (one for one in week(cast, "member") if one.url.endswith(f"/{promise.pk}/"))
        assert late.on < clock.today()
        assert "late-title" in page_text(enter("member").get("/my/week/"))


def test_an_agreement_and_a_campaign_have_their_day(cast: Cast, enter: Enter) -> None:
    dispute = disputes.agreed(cast, disputes.begun(cast))
    campaigns.opened(cast, until=clock.today() + timedelta(days=31))
    assert not week(cast, "secretary")
    with clock.at(NOW + timedelta(days=27)):
        (asked,), (ends,) = week(cast, "member"), week(cast, "secretary")
        assert asked.url == f"/disputes/{dispute.pk}/"
        assert asked.on == clock.today() + timedelta(days=3)
        assert enter("member").get(asked.url).status_code == 200
        assert enter("secretary").get(ends.url).status_code == 200
        assert not week(cast, "centre_household")


def test_a_week_of_nothing_is_said(cast: Cast, enter: Enter) -> None:
    assert "panel empty" in page_text(enter("member").get("/my/week/"))


def test_who_works_in_no_hamlet_has_none(cast: Cast, enter: Enter) -> None:
    for part in (part for part, (_name, role, _place) in PARTS.items() if role):
        role = PARTS[part][1]
        status = enter(part).get("/my/week/").status_code
        assert status == (200 if role in IN_HAMLET else 403), part


def test_more_to_do_takes_no_more_queries(cast: Cast) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as captured:
            week(cast, "member")
        return len(captured)

    fill(cast)
    few = asked()
    one = Volunteer.objects.get(member__name=cast.member.name)
    for n in range(4):
        volunteers.join(one, volunteers.outing(cast, volunteers.some_day(what=f"第{n}回")))
    for n in range(3, 6):
        members.promised(cast, text=f"第{n}件", due_on=clock.today() + timedelta(days=n))
    assert asked() == few
    assert few <= 2 * len(list(declared("week", "coming")))
