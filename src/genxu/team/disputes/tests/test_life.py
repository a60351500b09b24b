"""The life of a dispute: sides, peacemaker, agreement, what each side says a month later."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from genxu.core import clock
from genxu.core.errors import Conflict, Denied, Invalid
from genxu.institutions.matters.models import Matter
from genxu.people.deeds import Doer, deeds_of
from genxu.people.history_actions import take_back
from genxu.people.models import Account, Grant, Household
from genxu.team.disputes import actions
from genxu.team.disputes.choosing import WhoRow, peacemakers_at
from genxu.team.disputes.models import Dispute, Side, sides_of
from genxu.team.disputes.workflow import State
from genxu.team.members.tests import factories as members
from tests.cast import Cast, later, phone_of
from tests.doing import raise_matter

from . import factories
from .factories import agreed, agreed_long_ago, asked, begun, in_state, met, noted, said


def fresh(dispute: Dispute) -> Dispute:
    return Dispute.objects.get(pk=dispute.pk)


def test_all_say_it_holds_and_it_is_settled(cast: Cast) -> None:
    dispute = agreed_long_ago(cast)
    one, two = sides_of(dispute)
    assert noted(cast, dispute, one).state == State.AGREED
    assert said(fresh(dispute), two).state == State.SETTLED
    (deed,) = deeds_of(Doer(0, cast.member.pk), clock.today(), clock.today())
    assert (deed.key, deed.told) == (f"disputes.{dispute.pk}", "调解好了一起纠纷")


def test_one_no_and_it_is_talked_over_once_more_and_then_no_agreement(cast: Cast) -> None:
    dispute = asked(cast, ["broken"])
    assert (dispute.state, dispute.round, dispute.again_on) == (State.TALKED, 2, clock.today())
    dispute = agreed(cast, met(cast, dispute))
    with later(days=31):
        side = sides_of(dispute)[1]
        assert said(fresh(dispute), side, "broken").state == State.NO_AGREEMENT


def test_a_no_is_taken_up_at_once_and_a_yes_after_a_month(cast: Cast) -> None:
    dispute = agreed(cast, met(cast, begun(cast)))
    one, two = sides_of(dispute)
    with pytest.raises(Invalid):
        noted(cast, dispute, one, "holds")
    with pytest.raises(Invalid):
        said(dispute, one, "holds")
    assert said(fresh(dispute), two, "broken").state == State.TALKED


def test_her_own_word_stands_above_what_was_noted(cast: Cast) -> None:
    settled = asked(cast, ["holds", "holds"])
    assert said(settled, sides_of(settled)[0], "broken").state == State.TALKED


def test_a_no_that_was_never_hers_is_undone_by_her_own_word(cast: Cast) -> None:
    dispute = asked(cast, ["broken"])
    after = said(dispute, sides_of(dispute)[0], "holds")
    assert (after.state, after.round, after.again_on) == (State.AGREED, 1, None)
    assert sides_of(after)[0].is_own_word


def test_once_something_else_was_done_the_noted_no_has_had_its_effect(cast: Cast) -> None:
    dispute = met(cast, asked(cast, ["broken"]))
    with pytest.raises(Conflict):
        said(dispute, sides_of(dispute)[0], "holds")


def test_her_own_word_is_not_noted_over(cast: Cast) -> None:
    dispute = agreed_long_ago(cast)
    one, _two = sides_of(dispute)
    said(dispute, one)
    with pytest.raises(Invalid):
        noted(cast, fresh(dispute), one, "broken")
    with pytest.raises(Conflict):
        said(fresh(dispute), one, "broken")


def test_who_cannot_be_asked_is_said_so_and_is_heard_later(cast: Cast) -> None:
    dispute = asked(cast, ["holds", "unreached"])
    assert dispute.state == State.UNHEARD
    assert said(dispute, sides_of(dispute)[1]).state == State.SETTLED


def test_a_side_ends_it_any_time_and_it_is_reopened_once(cast: Cast) -> None:
    dispute = met(cast, begun(cast))
    holder = factories.holder_of(cast.households()[0])
    side = sides_of(dispute)[0]
    ended = actions.end_own_dispute(actor=holder, dispute=dispute, side=side)
    assert ended.state == State.NO_AGREEMENT
    again = actions.reopen_dispute(actor=cast.actor("member"), dispute=ended, words="又愿意谈")
    ended = actions.end_dispute(actor=cast.actor("member"), dispute=again)
    with pytest.raises(Conflict):
        actions.reopen_dispute(actor=cast.actor("member"), dispute=ended, words="再来")


def test_nobody_ends_for_a_side_that_is_another_s(cast: Cast) -> None:
    dispute = begun(cast)
    holder = factories.holder_of(cast.households()[2])
    for side in sides_of(dispute):
        with pytest.raises(Denied):
            actions.end_own_dispute(actor=holder, dispute=dispute, side=side)
    other = begun(cast, sides=[WhoRow(cast.households()[2]), WhoRow(cast.households()[3])])
    with pytest.raises(Denied):  # its own side, of another dispute
        actions.end_own_dispute(actor=holder, dispute=dispute, side=sides_of(other)[0])


# --- the sides, and who settles it ---------------------------------------------------------------


def test_sides_are_two_to_six_and_nobody_twice(cast: Cast) -> None:
    one, two, *_rest = cast.households()
    persons = [WhoRow(None, f"外测{n}") for n in "甲乙丙丁戊己庚"]
    wrong = [[WhoRow(one)], [WhoRow(one), WhoRow(one)], persons,
             [WhoRow(None, "外 测甲"), WhoRow(None, "外测甲")], [WhoRow(one), WhoRow(None, " ")],
             [WhoRow(one), WhoRow(Household.objects.exclude(hamlet=cast.home)[0])]]  # fmt: skip
    for sides in wrong:
        with pytest.raises(Invalid), transaction.atomic():
            begun(cast, sides=sides)
    dispute = begun(cast, sides=[WhoRow(one), WhoRow(two)])
    with pytest.raises(Invalid):
        actions.add_side(actor=cast.actor("member"), dispute=dispute, sides=[WhoRow(two)])
    with pytest.raises(IntegrityError), transaction.atomic():
        Side.objects.create(dispute=dispute, hamlet=cast.home, household=two)


def of_a_side(cast: Cast, part: str, how: str) -> Household:
    """A household whose number, or whose head's name, is that of somebody in office."""
    home = cast.households()[0]
    values = (
        {"phone": phone_of(part)} if how == "number" else {"head_name": cast.accounts[part].name}
    )
    Household.objects.filter(pk=home.pk).update(**values)
    return Household.objects.get(pk=home.pk)


@pytest.mark.parametrize("how", ["number", "name"])
def test_a_peacemaker_who_is_of_a_side_is_refused(cast: Cast, how: str) -> None:
    of_a_side(cast, "member", how)
    with pytest.raises(Invalid):
        begun(cast)
    dispute = begun(cast, maker="centre_household")
    with pytest.raises(Invalid):
        actions.name_peacemaker(
            actor=cast.actor("secretary"), dispute=dispute, peacemaker=cast.member, words="点了头"
        )


@pytest.mark.parametrize("how", ["number", "name"])
def test_a_secretary_who_is_a_side_neither_reads_nor_settles(cast: Cast, how: str) -> None:
    of_a_side(cast, "secretary", how)
    secretary, member = cast.actor("secretary"), cast.actor("member")
    with pytest.raises(Conflict):
        begun(cast)
    dispute = begun(cast, "member", maker="")
    assert dispute.peacemaker == cast.member
    assert not Dispute.objects.visible_to(secretary).exists()
    assert Dispute.objects.visible_to(member).get() == dispute
    with pytest.raises(Denied):
        actions.end_dispute(actor=secretary, dispute=dispute)
    assert actions.end_dispute(actor=member, dispute=dispute).state == State.NO_AGREEMENT


def test_whoever_is_related_steps_aside_and_reads_no_more(cast: Cast) -> None:
    dispute = begun(cast)
    maker, words = cast.centre_household, "是罗测一的舅舅，两边都要换人"
    actions.name_peacemaker(
        actor=cast.actor("member"), dispute=dispute, peacemaker=maker, words=words
    )
    assert not Dispute.objects.visible_to(cast.actor("member")).exists()
    assert Dispute.objects.visible_to(cast.actor("centre_household")).exists()


def test_who_holds_no_office_settles_and_reads_nothing(cast: Cast) -> None:
    with pytest.raises(Invalid):
        begun(cast, maker="far_secretary")
    dispute = begun(cast)
    Grant.objects.filter(account=cast.member).delete()
    member = Account.objects.get(pk=cast.member.pk).actor()
    assert not Dispute.objects.visible_to(member).exists()
    assert Dispute.objects.without_peacemaker().get() == dispute


def test_who_has_the_post_is_offered_first(cast: Cast) -> None:
    assert next(iter(peacemakers_at(cast.home.code))) != cast.member.pk
    members.posted(cast, kind="peace")
    first = next(iter(peacemakers_at(cast.home.code).values()))
    assert (first.account, first.known_for_it) == (cast.member, True)


# --- days ----------------------------------------------------------------------------------------


def test_days_come_late_and_out_of_order_but_never_from_tomorrow(cast: Cast) -> None:
    today, day = clock.today(), timedelta(days=1)
    dispute = met(cast, begun(cast))
    met(cast, dispute, day=today - 20 * day)
    days = [one.day for one in dispute.meetings.order_by("day")]
    assert days == [today - 20 * day, today]
    for wrong in (today + day, factories.TOLD_ON - day):
        with pytest.raises(Invalid):
            met(cast, dispute, day=wrong)
        with pytest.raises(Invalid):
            agreed(cast, dispute, agreed_on=wrong)
    with pytest.raises(Invalid):
        begun(cast, told_on=today + day)
    with pytest.raises(Invalid):
        agreed(cast, dispute, until=today - day)
    assert agreed(cast, dispute, agreed_on=today - 40 * day).is_due


def test_each_side_says_yes_for_itself(cast: Cast) -> None:
    dispute = met(cast, begun(cast))
    one, two = sides_of(dispute)
    with pytest.raises(Invalid) as refused:
        agreed(cast, dispute, yes={one.pk: "signed"})
    assert list(refused.value.fields) == [f"yes_{two.pk}"]
    dispute = agreed(cast, fresh(dispute), yes={one.pk: "signed", two.pk: "word"})
    assert dispute.way == Dispute.Way.WORD
    taken = take_back(actor=cast.actor("member"), row=dispute, since=dispute.version - 1)
    assert (taken.state, {one.yes for one in sides_of(taken)}) == (State.TALKED, {""})
    assert agreed(cast, fresh(dispute), "thumb").way == Dispute.Way.WRITTEN


def test_what_was_signed_is_put_right_only_with_a_new_yes(cast: Cast) -> None:
    dispute = agreed(cast, met(cast, begun(cast)))
    after = actions.amend_agreement(actor=cast.actor("member"), dispute=dispute, words="写反了")
    assert (after.state, after.agreed_on) == (State.TALKED, None)
    assert {one.yes for one in sides_of(after)} == {""}


# --- a level up ----------------------------------------------------------------------------------


def test_it_becomes_a_matter_that_names_nobody_with_the_consent_of_all(cast: Cast) -> None:
    dispute, secretary = in_state(cast, State.NO_AGREEMENT), cast.actor("secretary")
    with pytest.raises(Invalid):
        actions.send_up(actor=secretary, dispute=dispute, agreed=False)
    after = actions.send_up(actor=secretary, dispute=dispute, agreed=True)
    matter = Matter.objects.get(pk=after.matter)
    assert matter.tier == "specialist"
    text = matter.suggestions.get().text
    assert not any(one.head_name in text for one in cast.households())
    with pytest.raises(Conflict):
        actions.send_up(actor=secretary, dispute=after, agreed=True)


def test_the_number_of_the_matter_is_one_of_the_hamlet(cast: Cast) -> None:
    matter = raise_matter(cast, "triaged")
    assert begun(cast, from_matter=matter.pk).from_matter == matter.pk
    far = raise_matter(cast, "triaged", hamlet="421223106211001")
    for wrong in (far.pk, 999_999):
        with pytest.raises(Invalid):
            begun(cast, from_matter=wrong)
