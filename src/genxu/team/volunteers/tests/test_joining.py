"""Who comes along: of his own will, and taken back it leaves no trace."""

from datetime import time, timedelta

import pytest

from genxu.core import clock
from genxu.core.access import NOBODY
from genxu.core.errors import Conflict, Denied, Invalid
from genxu.organisation.branches.tests import factories as branches
from genxu.people.household_actions import erase_household, move_away
from genxu.people.own_access import holder_of as holder_of_household
from genxu.team.volunteers import actions, rules, team_actions
from genxu.team.volunteers.facts import Who
from genxu.team.volunteers.models import SignUp, Visit, Volunteer
from genxu.team.volunteers.own_access import holder_of
from tests.cast import OPERATOR, Cast, later
from tests.doing import who_may

from .factories import asked, facts, join, lives_alone, outing, some_day, team, visit, volunteer


def test_secretary_and_village_form_teams(cast: Cast) -> None:
    may = who_may(cast, rules.form_team, hamlet=cast.home)
    assert may == {"secretary", "village_staff"}


def test_two_teams_of_one_name_are_refused(cast: Cast) -> None:
    team(cast)
    given = {"actor": cast.actor("secretary"), "hamlet": cast.home, "formed_on": clock.today()}
    with pytest.raises(Invalid) as refused:
        team_actions.form_team(**given, name="洲上志愿队", leader_name="罗测柏")
    assert set(refused.value.fields) == {"name"}
    assert team_actions.form_team(**given, name="渡口志愿队", leader_name="罗测柏").pk


def test_the_member_who_leads_the_team_leads_its_outings_and_no_other(cast: Cast) -> None:
    member = branches.admit(cast, branches.drafted(cast), "罗测松")
    member.account = cast.member
    member.save()
    one = team(cast)
    given = {"team": one, "name": one.name}
    team_actions.change_team(actor=cast.actor("secretary"), leader=member, **given)
    one.refresh_from_db()
    leader = cast.actor("member")
    of = team_actions.announce_outing(actor=leader, team=one, facts=facts())
    assert rules.change_outing(leader, outing=of)
    other = team(cast, "渡口志愿队")
    with pytest.raises(Denied):
        team_actions.announce_outing(actor=leader, team=other, facts=facts())
    member.left_on = clock.today()
    member.save()
    with pytest.raises(Denied):
        team_actions.announce_outing(actor=leader, team=one, facts=facts())


def test_what_is_dangerous_is_insured_first(cast: Cast) -> None:
    with pytest.raises(Invalid) as refused:
        outing(cast, facts(dangerous=True))
    assert set(refused.value.fields) == {"insured"}
    assert outing(cast, facts(dangerous=True, insured=True)).pk


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"risk": " "}, "risk"), ({"what": "帮罗测一搬家"}, "what"), ({"venue": ""}, "venue"),
     ({"ends_at": time(7)}, "ends_at"), ({"wanted": 0}, "wanted"), ({"kind": "x"}, "kind")],
)  # fmt: skip
def test_what_everybody_reads_is_whole_and_names_nobody(
    cast: Cast, wrong: dict[str, object], field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        outing(cast, facts(**wrong))
    assert set(refused.value.fields) == {field}


def test_a_full_outing_names_the_next_one(cast: Cast) -> None:
    of = outing(cast, facts(wanted=1))
    join(volunteer(cast), of)
    second = volunteer(cast, 1)
    with pytest.raises(Conflict):
        join(second, of)
    day = clock.today() + timedelta(days=2)
    outing(cast, facts(what="扫晒谷场", begins_on=day, ends_on=day))
    with pytest.raises(Conflict) as refused:
        join(second, of)
    assert "扫晒谷场" in str(refused.value.message)


def test_who_notes_down_what_he_said_may_take_one_more_than_there_are_places(cast: Cast) -> None:
    of, second = outing(cast, facts(wanted=1)), volunteer(cast, 1)
    join(volunteer(cast), of)
    given = {"actor": cast.actor("secretary"), "volunteer": second, "outing": of}
    with pytest.raises(Invalid):
        actions.join_outing(**given)
    actions.join_outing(**given, said_so=True)
    assert (of.joined(), of.places_left) == (2, 0)


def test_taking_it_back_leaves_no_trace(cast: Cast) -> None:
    of = visit(cast)
    one = volunteer(cast)
    actions.take_visit(actor=holder_of(one), volunteer=one, visit=of)
    assert SignUp.objects.filter(volunteer=one).exists()
    actions.leave_outing(actor=holder_of(one), volunteer=one, outing=of.outing)
    of.refresh_from_db()
    assert not SignUp.objects.exists()
    assert of.taken_by is None


def test_nobody_acts_with_the_code_of_another(cast: Cast) -> None:
    one, other, of = volunteer(cast), volunteer(cast, 1), outing(cast)
    with pytest.raises(Denied):
        actions.join_outing(actor=holder_of(other), volunteer=one, outing=of)


def test_who_scanned_the_code_waits_for_a_yes(cast: Cast) -> None:
    of = outing(cast)
    one = asked(cast, of)
    assert (one.waits, of.sign_ups.get().waits) == (True, True)
    actions.answer_sign_up(actor=cast.actor("secretary"), outing=of, volunteer=one, yes=True)
    one.refresh_from_db()
    assert (one.is_serving, of.sign_ups.get().waits) == (True, False)


def test_a_no_leaves_no_trace(cast: Cast) -> None:
    of = outing(cast)
    given = {"actor": cast.actor("secretary"), "yes": False}
    actions.answer_sign_up(**given, outing=of, volunteer=asked(cast, of))
    actions.answer_volunteer(**given, volunteer=asked(cast))
    assert not Volunteer.objects.exists()


def test_who_scans_twice_is_one_person(cast: Cast) -> None:
    of = outing(cast)
    assert asked(cast, of).pk == asked(cast, of).pk
    assert of.joined() == 1


def test_two_of_one_name_are_told_apart_by_phone_or_household(cast: Cast) -> None:
    volunteer(cast, name="罗测同", phone="")
    with pytest.raises(Invalid):
        volunteer(cast, name="罗 测 同", phone="13900001111")
    volunteer(cast, name="罗测双", phone="13900001111")
    assert volunteer(cast, name="罗测双", phone="13900002222").pk
    with pytest.raises(Invalid):
        volunteer(cast, name="罗测双", phone="13900002222")


def test_below_18_somebody_of_the_family_agrees(cast: Cast) -> None:
    with pytest.raises(Invalid) as refused:
        volunteer(cast, minor=True)
    assert set(refused.value.fields) == {"guardian"}
    assert volunteer(cast, minor=True, guardian="罗测一").pk


def test_a_household_says_it_itself(cast: Cast) -> None:
    household = cast.households()[0]
    given = {"actor": holder_of_household(household), "who": Who("罗测妹", household=household)}
    assert actions.enlist_own(household=household, **given).is_serving
    with pytest.raises(Denied):
        actions.enlist_own(household=cast.households()[1], **given)


def test_whoever_serves_comes_along_with_one_tap_and_is_one_volunteer(cast: Cast) -> None:
    first, second = outing(cast), outing(cast, some_day())
    for of in (first, second, first):
        actions.come_along(actor=cast.actor("steward"), outing=of)
    assert Volunteer.objects.get().account == cast.steward
    assert SignUp.objects.count() == 2


def test_a_visit_is_taken_once(cast: Cast) -> None:
    of, one, other = visit(cast), volunteer(cast), volunteer(cast, 1)
    actions.take_visit(actor=holder_of(one), volunteer=one, visit=of)
    with pytest.raises(Conflict):
        actions.take_visit(actor=holder_of(other), volunteer=other, visit=of)
    actions.return_visit(actor=holder_of(one), volunteer=one, visit=of)
    assert actions.take_visit(actor=holder_of(other), volunteer=other, visit=of).taken_by == other


def test_only_those_who_live_alone_are_visited_on_an_outing_of_that_kind(cast: Cast) -> None:
    alone, of = lives_alone(cast), outing(cast, some_day())
    given = {"actor": cast.actor("secretary")}
    with pytest.raises(Invalid):
        team_actions.choose_visits(**given, outing=of, households=[cast.households()[1]])
    with pytest.raises(Conflict):
        team_actions.choose_visits(**given, outing=outing(cast), households=[alone])


def test_who_leaves_comes_along_to_nothing_more(cast: Cast) -> None:
    of, one = outing(cast), volunteer(cast)
    join(one, of)
    one = actions.leave_volunteering(actor=holder_of(one), volunteer=one)
    assert not SignUp.objects.exists()
    with pytest.raises(Conflict):
        join(one, of)


def test_nobody_came_is_an_answer(cast: Cast) -> None:
    of = team_actions.nobody_came(actor=cast.actor("secretary"), outing=outing(cast))
    assert (of.state, of.head_count) == ("closed", 0)


def test_what_is_still_to_come_was_not_held(cast: Cast) -> None:
    day = clock.today() + timedelta(days=1)
    of = outing(cast, facts(begins_on=day, ends_on=day))
    with pytest.raises(Conflict):
        team_actions.nobody_came(actor=cast.actor("secretary"), outing=of)
    with later(days=1):
        assert team_actions.nobody_came(actor=cast.actor("secretary"), outing=of).pk


def test_a_team_with_an_outing_to_come_does_not_end(cast: Cast) -> None:
    of = outing(cast)
    given = {"actor": cast.actor("secretary"), "ending": "人都出去了"}
    with pytest.raises(Conflict):
        team_actions.end_team(team=of.team, **given)
    team_actions.call_off_outing(actor=given["actor"], outing=of, words="落雨")
    assert team_actions.end_team(team=of.team, **given).ended_on == clock.today()


def test_nobody_is_sent_to_who_moved_away_and_erased_nothing_of_it_is_left(cast: Cast) -> None:
    of = visit(cast)
    secretary = cast.actor("secretary")
    move_away(actor=secretary, household=of.household, on=clock.today())
    of.refresh_from_db()
    assert of.ended_on == clock.today()
    one = volunteer(cast, household=cast.households()[3])
    erase_household(actor=OPERATOR, household=of.household)
    erase_household(actor=OPERATOR, household=cast.households()[3])
    one.refresh_from_db()
    assert not Visit.objects.exists()
    assert (one.name, one.phone, one.household) == ("", "", None)


def test_by_the_code_on_the_wall_a_number_is_needed(cast: Cast) -> None:
    with pytest.raises(Invalid) as refused:
        actions.ask_to_join(actor=NOBODY, hamlet=cast.home, who=Who("罗测新"), outing=None)
    assert set(refused.value.fields) == {"phone"}
