"""A roll that is filed, offices, certificates, what a household reads and says, what is erased."""

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from genxu.core import clock
from genxu.core.errors import Conflict, Denied
from genxu.institutions.matters.models import Matter
from genxu.jobs import running
from genxu.organisation.assemblies.proposing import proposals
from genxu.people.household_actions import erase_household, merge_households
from genxu.people.models import HouseholdLink
from genxu.people.resettlement import Merging, all_told
from genxu.people.tests.factories import with_code
from genxu.places.collectives.actions import Elected, elect_officers, end_collective
from genxu.places.collectives.certificate_actions import ask_for_certificates, issue_certificates
from genxu.places.collectives.customs import hints
from genxu.places.collectives.filing_actions import confirm_filing, file_roll, return_filing
from genxu.places.collectives.models import Certificate, Membership
from genxu.places.collectives.queries import changed_since, counted_at, officers_of, register_on
from genxu.places.collectives.roll_actions import withdraw_membership
from tests.cast import NEIGHBOUR, VILLAGE, Cast, Enter
from tests.doing import hold

from . import examples
from . import factories as made

TODAY = date(2026, 5, 13)


def test_the_township_confirms_the_roll_and_sees_what_changed_since(cast: Cast) -> None:
    collective = made.settled(cast)
    filing = file_roll(actor=cast.actor("bookkeeper"), collective=collective)
    assert (filing.members, filing.households) == (4, 2)
    with pytest.raises(Conflict):
        file_roll(actor=cast.actor("bookkeeper"), collective=collective)
    with pytest.raises(Denied):
        confirm_filing(actor=cast.actor("bookkeeper"), filing=filing)
    confirm_filing(actor=cast.actor("township_staff"), filing=filing)
    with clock.at(clock.now().replace(hour=20)):
        made.enter(cast, collective, name="罗测宝", birth_year=2026, since=TODAY, gained="birth")
        since = changed_since(collective)
    assert (since.entered, since.left, since.other) == (1, 0, 0)
    again = file_roll(actor=cast.actor("bookkeeper"), collective=collective)
    assert again.members == 5
    assert return_filing(actor=cast.actor("township_staff"), filing=again, words="名字不对").steps


def test_nobody_supervises_the_board_who_sits_on_it_or_keeps_the_books(cast: Cast) -> None:
    collective = made.settled(cast)
    for name in ("罗测一", "陈测账"):
        with made.refused("officers-1-name"):
            elect_officers(actor=cast.actor("secretary"), collective=collective, since=TODAY,
                           elected=[Elected("罗测一", "chair"), Elected(name, "head")])  # fmt: skip
    made.elected(cast, collective)
    assert officers_of(collective)[0].name == "罗测一"
    told = hints(officers_of(collective), TODAY)
    assert len(told) == 1
    assert "罗测仁" in told[0]
    assert len(hints(officers_of(collective), date(2029, 3, 1))) == 2


def test_a_certificate_says_what_it_said_and_that_it_has_changed(cast: Cast, enter: Enter) -> None:
    one = examples.certified(cast)
    address = reverse("share_certificate", args=[one.card])
    page = enter("nobody").get(address).content.decode()
    assert "罗测一" not in page
    assert "notice-good" in page
    made.give(cast, one.collective, kind="rent", area=None, quantity=100, day=TODAY)
    assert "notice-warn" in enter("nobody").get(address).content.decode()
    again = {"actor": cast.actor("bookkeeper"), "collective": one.collective,
             "households": [one.household_id]}  # fmt: skip
    for _n in range(2):
        issue_certificates(**again)
    assert [each.serial for each in Certificate.objects.order_by("serial")] == [1, 2]
    assert enter("nobody").get(reverse("share_certificate", args=["ABCDEFGHJK"])).status_code == 404


def test_all_certificates_are_printed_as_a_job(cast: Cast) -> None:
    collective = made.quantified(cast)
    job = ask_for_certificates(actor=cast.actor("bookkeeper"), collective=collective,
                               site="https://example.org", for_the_worker=False)  # fmt: skip
    running.run(job.pk)
    job.refresh_from_db()
    assert (job.state, job.done, job.files.count()) == ("done", 2, 1), job.trouble
    with job.files.get().file.open() as made_file:
        assert made_file.read(5) == b"%PDF-"


def test_a_household_reads_its_own_line_and_says_that_it_is_wrong(cast: Cast, enter: Enter) -> None:
    collective = made.quantified(cast)
    link: HouseholdLink = with_code(1)
    client = hold(enter("nobody"), link.code)
    own = client.get(f"/my/household/{link.household_id}/").content.decode()
    assert "罗测小" in own
    assert "罗测梅" not in own
    answer = client.post(reverse("own_doubt_line", args=[link.household_id, collective.pk]),
                         {"words": "小孩少算了一股"})  # fmt: skip
    assert answer.status_code == 302
    assert Matter.objects.filter(suggestions__household=link.household).exists()


def test_everybody_reads_how_many_and_nobody_who(cast: Cast) -> None:
    collective = made.quantified(cast)
    assert [one.members for one in counted_at(cast.home)] == [None]
    made.enter(cast, collective, name="罗测宝", birth_year=2026, since=TODAY, gained="birth")
    assert [(one.members, one.shares) for one in counted_at(cast.home)] == [(5, 900)]
    assert counted_at(cast.hamlet(NEIGHBOUR)) == []


def test_who_is_of_age_is_due_at_the_members_meeting(cast: Cast) -> None:
    made.settled(cast)
    assert proposals(cast.home)["collective_members", "persons"].due == 3


def test_an_erased_household_stays_on_the_roll_and_nowhere_else(cast: Cast) -> None:
    one = examples.certified(cast)
    home = one.household
    wrong = made.enter(cast, one.collective, home, name="罗测误", birth_year=1990)
    withdraw_membership(actor=cast.actor("bookkeeper"), membership=wrong, words="罗测误不是这湾的")
    erase_household(actor=cast.actor("secretary"), household=home)
    names = set(Membership.objects.filter(household=home).values_list("name", flat=True))
    assert names == {"罗测一", "罗测小", ""}
    assert "罗测误" not in "".join(step.words for step in wrong.steps.all())
    assert all(line[0] == "" for line in Certificate.objects.get(pk=one.pk).lines)


def test_a_hamlet_with_a_collective_is_not_merged_before_its_own_meeting(cast: Cast) -> None:
    collective = made.settled(cast)
    merging = Merging(cast.actor("township_staff"), cast.home, cast.hamlet(NEIGHBOUR))
    assert all_told("against_merging", merging)
    end_collective(actor=cast.actor("secretary"), collective=collective, ended_on=TODAY,
                   motion=made.decided(cast, "ending"))  # fmt: skip
    assert not all_told("against_merging", merging)
    with pytest.raises(Conflict):
        made.enter(cast, collective, name="罗测宝")


def test_there_is_one_collective_of_a_place_and_a_village_has_its_own(cast: Cast) -> None:
    made.found(cast)
    with pytest.raises(Conflict):
        made.found(cast)
    made.found(cast, VILLAGE)


def test_a_form_keeps_what_was_typed_where_it_is_refused(cast: Cast, enter: Enter) -> None:
    collective = made.settled(cast)
    sent: dict[str, Any] = {
        "household": "1",
        "name": "罗测一",
        "birth_year": "1999",
        "since": "2026-05-01",
        "gained": "birth",
        "version": collective.version,
    }
    answer = enter("bookkeeper").post(reverse("collective_enter", args=[collective.pk]), sent)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "field-error" in page
    assert 'value="1999"' in page


def test_doubles_of_a_household_become_one_on_the_roll(cast: Cast) -> None:
    collective = made.quantified(cast)
    first, second = cast.households()[:2]
    merge_households(actor=cast.actor("secretary"), double=second, keep=first)
    assert set(collective.memberships.values_list("household", flat=True)) == {first.pk}
    held = register_on(collective, TODAY)
    assert {one.household.pk for one in held} == {first.pk}
    assert sum(one.quantity for one in held) == 900


def test_one_person_is_not_merged_into_two(cast: Cast) -> None:
    collective = made.settled(cast)
    first, second = cast.households()[:2]
    made.enter(cast, collective, second, name="罗测一", birth_year=1962, apart=True)
    with pytest.raises(Conflict):
        merge_households(actor=cast.actor("secretary"), double=second, keep=first)
