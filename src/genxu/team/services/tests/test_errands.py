"""An errand from the asking to her word, and what is refused on the way."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from genxu.core import clock
from genxu.core.errors import Conflict, Denied, Invalid
from genxu.institutions.matters.models import Matter
from genxu.people.models import Grant
from genxu.people.own_access import holder_of
from genxu.people.tests.factories import with_code
from genxu.team.services import actions, posting_actions
from genxu.team.services.models import Certification, Errand
from genxu.team.services.passing import let_days_pass
from genxu.team.services.workflow import State
from tests.cast import Cast, Enter, later
from tests.doing import hold, page_text

from . import factories
from .factories import agreed, asked, certification, finished, in_state, said


def fresh(errand: Errand) -> Errand:
    return Errand.objects.select_related("hamlet").get(pk=errand.pk)


def test_from_the_asking_to_her_word(cast: Cast, enter: Enter, client: Any) -> None:
    """Asked for at the door, agreed to on her page, done, answered."""
    errand = asked(cast)
    household = cast.households()[0]
    hold(client, with_code(1).code)
    page = page_text(client.get(reverse("own_page", args=[household.pk])))
    assert "养老资格认证" in page
    assert cast.steward.name in page
    client.post(reverse("own_errand_yes", args=[household.pk, errand.pk]))
    assert fresh(errand).authorised_how == Errand.How.OWN
    steward = enter("steward")
    assert "罗测一" in page_text(steward.get(reverse("service_day")))
    finished(cast, fresh(errand))
    client.post(reverse("own_errand_word", args=[household.pk, errand.pk]), {"answer": "satisfied"})
    errand = fresh(errand)
    assert (errand.state, errand.answer, errand.word_by) == (State.CLOSED, "satisfied", "")


def test_nothing_is_done_without_her_yes(cast: Cast) -> None:
    errand = asked(cast)
    with pytest.raises(Conflict):
        finished(cast, errand)
    with pytest.raises(Conflict):
        actions.start_errand(actor=cast.actor("steward"), errand=errand)


@pytest.mark.parametrize("state", [State.ASKED, State.AUTHORISED, State.UNDER_WAY])
def test_withdrawn_it_ends(cast: Cast, state: str) -> None:
    errand = in_state(cast, state)
    actor = holder_of(cast.households()[0])
    errand = actions.withdraw_own_errand(actor=actor, errand=errand)
    for take in (finished, agreed):
        with pytest.raises(Conflict):
            take(cast, errand)


def test_one_yes_is_for_one_errand(cast: Cast) -> None:
    errand = in_state(cast, State.DONE)
    with pytest.raises(Conflict):
        finished(cast, errand)
    again = asked(cast)
    assert again.state == State.ASKED
    with pytest.raises(Conflict):
        asked(cast)  # it is under way already


def test_after_thirty_days_it_is_void(cast: Cast) -> None:
    errand = in_state(cast, State.AUTHORISED)
    with later(days=30):
        assert fresh(errand).agreed_now
    with later(days=31):
        with pytest.raises(Conflict):
            finished(cast, errand)
        assert let_days_pass() == 1
    assert fresh(errand).state == State.LAPSED


def test_a_voice_is_heard_by_somebody_else(cast: Cast) -> None:
    errand = asked(cast)
    with pytest.raises(Invalid) as refused:
        agreed(cast, errand, heard_how=Errand.How.VOICE)
    assert "heard_by" in refused.value.fields
    assert agreed(cast, errand, heard_how=Errand.How.VOICE, heard_by="罗测二").agreed_now


@pytest.mark.parametrize("days", [-1, 1])
def test_her_yes_is_of_a_day_that_can_be(cast: Cast, days: int) -> None:
    with pytest.raises(Invalid):
        agreed(cast, asked(cast), heard_on=clock.today() + timedelta(days=days))


def test_a_steward_of_another_household_is_refused(cast: Cast) -> None:
    factories.linked(cast)
    with pytest.raises(Invalid):
        actions.ask_errand(
            actor=cast.actor("steward"), hamlet=cast.home, household=cast.households()[3],
            item=factories.item(cast),
        )  # fmt: skip


def test_another_steward_does_not_do_it(cast: Cast) -> None:
    errand = in_state(cast, State.AUTHORISED)
    other = posting_actions.post_steward(
        actor=cast.actor("secretary"), hamlet=cast.home, name="新测来", phone="13700000077",
        institution="县财政局", since=factories.SINCE,
    )  # fmt: skip
    assert other.account is not None
    with pytest.raises(Denied):
        actions.finish_errand(
            actor=other.account.actor(), errand=errand, done_on=clock.today(), handed_over=True
        )


def test_what_fails_goes_a_tier_up(cast: Cast) -> None:
    errand = in_state(cast, State.RAISED)
    matter = Matter.objects.get(pk=errand.matter)
    assert (matter.tier, errand.state) == ("specialist", State.RAISED)
    assert "人脸" not in matter.title
    assert "人脸" in matter.suggestions.get().text


def test_a_bad_word_goes_to_the_secretary_and_he_comes_no_more_alone(cast: Cast) -> None:
    errand = said(in_state(cast, State.DONE), "dissatisfied", "跑了两趟")
    assert (errand.state, Matter.objects.get(pk=errand.matter).tier) == (State.RAISED, "")
    again = agreed(cast, asked(cast))
    with pytest.raises(Invalid) as refused:
        finished(cast, again)
    assert "beside" in refused.value.fields
    with pytest.raises(Invalid):
        finished(cast, again, beside=cast.steward.name)
    assert finished(cast, again, beside="罗测兰").beside == "罗测兰"


def test_a_noted_word_waits_for_her_own(cast: Cast) -> None:
    errand = in_state(cast, State.DONE)
    with pytest.raises(Invalid):
        actions.note_word(actor=cast.actor("secretary"), errand=errand, answer="satisfied",
                          heard_by=cast.steward.name)  # fmt: skip
    errand = actions.note_word(actor=cast.actor("secretary"), errand=errand, answer="satisfied")
    assert errand.state == State.DONE
    assert let_days_pass() == 0
    with later(days=7):
        assert let_days_pass() == 1
        closed = fresh(errand)
        assert closed.state == State.CLOSED
        own = said(closed, "very_dissatisfied")
    assert (own.state, own.word_by) == (State.RAISED, "")
    assert own.steps.last().replaced["answer"] == "satisfied"
    with pytest.raises(Conflict):
        said(own)


def test_a_corrected_receipt_shows_both(cast: Cast) -> None:
    errand = in_state(cast, State.DONE)
    errand = actions.correct_errand(
        actor=cast.actor("steward"), errand=errand, done_on=clock.today(), receipt="B2"
    )
    assert (errand.receipt, errand.steps.last().replaced["receipt"]) == ("B2", "鄂202605130001")


def test_a_receipt_or_the_paper_itself(cast: Cast) -> None:
    errand = in_state(cast, State.AUTHORISED)
    with pytest.raises(Invalid):
        finished(cast, errand, receipt="")
    assert finished(cast, errand, receipt="", handed_over=True).receipt == ""


def test_it_moves_the_certification_on(cast: Cast) -> None:
    row = certification(cast, months=11)
    assert list(Certification.objects.due()) == [row]
    finished(cast, agreed(cast, asked(cast)))
    row.refresh_from_db()
    assert row.month == clock.today().replace(day=1)
    assert not Certification.objects.due().exists()


def test_with_the_posting_ends_what_was_not_done(cast: Cast) -> None:
    errand = in_state(cast, State.UNDER_WAY)
    posting_actions.end_posting(actor=cast.actor("secretary"), posting=errand.posting)
    assert fresh(errand).state == State.LAPSED
    assert not Grant.objects.filter(account=cast.steward).exists()


def test_she_wants_no_steward(cast: Cast, client: Any) -> None:
    errand = in_state(cast, State.AUTHORISED)
    household = cast.households()[0]
    hold(client, with_code(1).code)
    client.post(reverse("own_steward_refuse", args=[household.pk]))
    assert fresh(errand).state == State.WITHDRAWN
    link = errand.posting.links.get(household=household)
    assert link.refused
    with pytest.raises(Conflict):
        posting_actions.refuse_steward(actor=holder_of(household), household=household)


def test_phone_and_door_are_seen_while_it_runs(cast: Cast, enter: Enter) -> None:
    errand = in_state(cast, State.AUTHORISED)
    steward, page = enter("steward"), reverse("errand", args=[errand.pk])
    assert "罗测一" in page_text(steward.get(page))
    errand = said(finished(cast, errand))
    for address in (page, reverse("errands"), reverse("service_day")):
        assert "罗测一" not in page_text(steward.get(address))
    assert "罗测一" in page_text(enter("secretary").get(page))


def test_what_is_due_is_put_on_the_list_by_one_tap(cast: Cast, enter: Enter) -> None:
    certification(cast)
    certification(cast, whom="公公")
    factories.item(cast)
    steward = enter("steward")
    home = cast.households()[0]
    assert "罗测一" not in page_text(steward.get(reverse("service_day")))
    steward.post(reverse("ask_due", args=[cast.home.code, home.pk]))
    page = page_text(steward.get(reverse("service_day")))
    assert "罗测一" in page
    assert Errand.objects.running().count() == 2
