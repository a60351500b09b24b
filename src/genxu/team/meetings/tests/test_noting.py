"""A meeting is noted once, with whom it reached; put right with both versions kept."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse

from genxu.core import clock
from genxu.core.errors import Conflict, Denied, Invalid
from genxu.core.models import JournalEntry
from genxu.organisation.branches import member_actions
from genxu.organisation.branches.tests.factories import drafted, fresh, township
from genxu.people.history_actions import take_back
from genxu.team.meetings import actions
from genxu.team.meetings.models import Meeting
from tests.cast import HOME, NEIGHBOUR, Cast, Enter
from tests.doing import form_errors, page_text

from .examples import form_of
from .factories import branch, everybody, held, noted


def test_it_is_noted_once_with_whom_it_reached(cast: Cast, enter: Enter) -> None:
    one = branch(cast)
    first, second, third, *_rest = list(one.members.present().order_by("pk"))
    client = enter("secretary")
    sent = form_of(came=[first.pk, second.pk], at_home=[third.pk], hours="1.5")
    answer = client.post(reverse("note_meeting", args=[HOME]), sent)
    meeting = Meeting.objects.get()
    assert answer["Location"] == reverse("meeting", args=[meeting.pk])
    assert dict(meeting.attended.values_list("member", "how")) == {
        first.pk: "came", second.pk: "came", third.pk: "at_home",
    }  # fmt: skip
    text = page_text(client.get(answer["Location"]))
    assert first.name in text
    assert "1.5" in text
    assert JournalEntry.objects.filter(action="branches.see_members").exists()


def test_nobody_came_is_an_answer(cast: Cast, enter: Enter) -> None:
    meeting = noted(cast)
    assert not meeting.attended.exists()
    text = page_text(enter("village_staff").get(reverse("meeting", args=[meeting.pk])))
    assert "没有人来" in text


def test_a_second_one_of_the_day_is_asked_about(cast: Cast, enter: Enter) -> None:
    one = branch(cast)
    noted(cast, one, kind="lecture")
    client, address = enter("secretary"), reverse("note_meeting", args=[HOME])
    answer = client.post(address, form_of())
    assert answer.status_code == 422
    assert "another" in form_errors(answer)
    assert Meeting.objects.count() == 1
    assert client.post(address, form_of(another="on")).status_code == 302


WRONG: list[tuple[str, dict[str, Any]]] = [
    ("held_on", {"held_on": clock.today() + timedelta(days=4000)}),
    ("held_on", {"held_on": clock.today() - timedelta(days=4000)}),
    ("hours", {"hours": Decimal("1.3")}),
    ("hours", {"hours": Decimal(25)}),
    ("kind", {"kind": "picnic"}),
    ("topic", {"topic": " "}),
    ("came", {"attended": {0: "came"}}),
]


@pytest.mark.parametrize(("field", "changes"), WRONG)
def test_what_cannot_be_is_refused_at_its_field(
    cast: Cast, field: str, changes: dict[str, Any]
) -> None:
    one = branch(cast)
    with pytest.raises(Invalid) as refused:
        noted(cast, one, **changes)
    assert field in refused.value.fields


def test_a_member_of_another_branch_cannot_have_come(cast: Cast) -> None:
    one = branch(cast)
    stranger = member_actions.add_member(
        actor=township(cast), organisation=drafted(cast, hamlet=NEIGHBOUR),
        hamlet=cast.hamlet(NEIGHBOUR), name="港测外", kind="full",
    )  # fmt: skip
    with pytest.raises(Invalid):
        noted(cast, one, {stranger.pk: "came"})


def test_ticked_twice_is_told(cast: Cast, enter: Enter) -> None:
    one = branch(cast)
    pk = one.members.present().order_by("pk")[0].pk
    sent = form_of(came=[pk], at_home=[pk])
    answer = enter("secretary").post(reverse("note_meeting", args=[HOME]), sent)
    assert "at_home" in form_errors(answer)


def test_without_an_organisation_the_page_says_so(cast: Cast, enter: Enter) -> None:
    answer = enter("secretary").get(reverse("note_meeting", args=[HOME]))
    assert answer.status_code == 409
    assert "党组织" in page_text(answer)


def test_corrected_both_versions_stand_and_for_ten_seconds_it_is_taken_back(cast: Cast) -> None:
    one = branch(cast)
    meeting = noted(cast, one, everybody(one))
    stood = dict(meeting.attended.values_list("member", "how"))
    fewer = dict(list(stood.items())[:2])
    actor = cast.actor("secretary")
    changed = actions.correct_meeting(
        actor=actor, meeting=meeting, held=held(fewer, topic="清沟渠"), words="多勾了三个人"
    )
    step = changed.history()[-1]
    assert step.replaced["topic"] == "清沟渠、看老人"
    assert dict(step.replaced["attended"]) == stood
    back = take_back(actor=actor, row=changed, since=meeting.version)
    assert back.topic == "清沟渠、看老人"
    assert dict(back.attended.values_list("member", "how")) == stood


def test_to_correct_nothing_is_no_correction(cast: Cast) -> None:
    meeting = noted(cast)
    with pytest.raises(Invalid):
        actions.correct_meeting(
            actor=cast.actor("secretary"), meeting=meeting, held=held(), words="没什么"
        )


def test_withdrawn_it_stays_to_be_read_and_is_not_corrected(cast: Cast, enter: Enter) -> None:
    meeting = noted(cast)
    actor = cast.actor("secretary")
    actions.withdraw_meeting(actor=actor, meeting=meeting, words="记错了")
    assert "已撤回" in page_text(enter("secretary").get(reverse("meeting", args=[meeting.pk])))
    with pytest.raises(Conflict):
        actions.correct_meeting(actor=actor, meeting=meeting, held=held(topic="别的"), words="再改")


def test_who_left_before_cannot_be_ticked_and_who_was_ticked_stays(cast: Cast) -> None:
    one = branch(cast)
    meeting = noted(cast, one, everybody(one))
    gone = one.members.present().order_by("-pk")[0]
    member_actions.remove_member(actor=township(cast), organisation=fresh(one), member=gone)
    later = clock.today() + timedelta(days=1)
    with clock.at(clock.now() + timedelta(days=1)), pytest.raises(Invalid):
        noted(cast, fresh(one), {gone.pk: "came"}, held_on=later)
    kept = dict(meeting.attended.values_list("member", "how"))
    actions.correct_meeting(
        actor=cast.actor("secretary"), meeting=meeting, held=held(kept, topic="另一个题目"),
        words="题目写错了",
    )  # fmt: skip
    assert meeting.attended.filter(member=gone).exists()


def test_only_those_who_keep_the_organisation_note_it(cast: Cast) -> None:
    one = branch(cast)
    for part in ("centre_household", "county_staff", "member"):
        with pytest.raises(Denied):
            noted(cast, one, part=part)
