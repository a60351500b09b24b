"""Study is owed by those who organise it; a quiet word is the secretary's alone."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from genxu.core import clock
from genxu.core.errors import Conflict, Invalid
from genxu.team.meetings import actions, queries
from genxu.team.meetings.models import hours_of
from tests.cast import HOME, TOWNSHIP, Cast, Enter, later
from tests.doing import page_text

from .factories import branch, everybody, noted, trained


def test_hours_are_those_of_the_branch_and_of_its_township_this_year(cast: Cast) -> None:
    one = branch(cast)
    noted(cast, one, hours=Decimal("2.5"))
    noted(cast, one, kind="training", hours=Decimal(4))
    noted(cast, one, kind="lecture", hours=Decimal(9), held_on=clock.today() - timedelta(days=300))
    wrong = noted(cast, one, kind="life", hours=Decimal(7))
    actions.withdraw_meeting(actor=cast.actor("secretary"), meeting=wrong, words="记错了")
    trained(cast, hours="8")
    taken = trained(cast, topic="又一期")
    actions.withdraw_training(actor=cast.actor("township_staff"), training=taken)
    (row,) = queries.study_list(cast.actor("township_staff"))
    assert hours_of(row.halves) == Decimal("14.5")


def test_the_township_reads_what_it_owes_and_no_member_s_name(cast: Cast, enter: Enter) -> None:
    one = branch(cast)
    noted(cast, one, everybody(one), hours=Decimal(12))
    text = page_text(enter("county_staff").get(reverse("study")))
    assert "12 / 32" in text
    assert not any(member.name in text for member in one.members.all())


def test_training_is_noted_once_and_by_the_township_alone(cast: Cast, enter: Enter) -> None:
    client, address = enter("township_staff"), reverse("offer_training", args=[TOWNSHIP])
    sent = {"topic": "党校轮训", "held_on": clock.today().isoformat(), "hours": "6"}
    assert client.post(address, sent).status_code == 302
    assert client.post(address, sent).status_code == 409
    with pytest.raises(Invalid):
        trained(cast, hours="0")
    training = queries.trainings_of(cast.actor("township_staff"), TOWNSHIP)[0]
    assert "党校轮训" in page_text(client.get(reverse("study")))
    assert client.post(reverse("withdraw_training", args=[training.pk])).status_code == 302
    with pytest.raises(Conflict):
        actions.withdraw_training(actor=cast.actor("township_staff"), training=training)
    assert "党校轮训" not in page_text(client.get(reverse("study")))


def test_training_is_read_where_it_was_offered_and_below(cast: Cast, enter: Enter) -> None:
    one = trained(cast)
    for part in ("secretary", "village_staff", "township_staff", "county_staff"):
        assert queries.trainings_of(cast.actor(part), TOWNSHIP) == [one], part
    for part in ("far_secretary", "next_township_staff", "centre_household", "member"):
        assert queries.trainings_of(cast.actor(part), TOWNSHIP) == [], part
    address = reverse("withdraw_training", args=[one.pk])
    assert enter("secretary").post(address).status_code == 403
    assert enter("next_township_staff").post(address).status_code == 404


def test_a_quiet_word_is_due_after_six_months_though_the_branch_met(
    cast: Cast, enter: Enter
) -> None:
    one = branch(cast)
    first, second, *others = list(one.members.present().order_by("pk"))
    with later(days=200):
        client = enter("secretary")
        address = reverse("quiet_members")
        assert first.name not in page_text(client.get(address))  # nothing was held: no gap of his
        reached = {second.pk: "at_home", **dict.fromkeys((m.pk for m in others), "came")}
        noted(cast, one, reached)
        text = page_text(client.get(address))
        assert first.name in text
        assert second.name not in text
        assert "半年" in page_text(client.get(reverse("home")))
        assert client.get(reverse("meetings"), {"place": HOME}).status_code == 200
        for part in ("village_staff", "township_staff", "member"):
            assert enter(part).get(address).status_code == 403


@given(st.integers(0, 48))
def test_hours_of_study_are_kept_exactly(half_hours: int) -> None:
    assert actions.clean_halves(hours_of(half_hours)) == half_hours
