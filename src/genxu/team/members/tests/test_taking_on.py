"""Posts are taken on, promises are given: by a member himself, or noted down for him."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from genxu.core import clock
from genxu.core.errors import Conflict, Denied, Invalid
from genxu.organisation.branches import member_actions
from genxu.organisation.branches.models import Member
from genxu.organisation.branches.tests.factories import fresh, township
from genxu.people.household_actions import erase_household
from genxu.team.members import actions
from genxu.team.members.models import Door, Post
from tests.cast import NEIGHBOUR, Cast, Enter, later
from tests.doing import form_errors, page_text, raise_matter

from .factories import on_roll, plain, posted, promised


def own_of(other: Member) -> Member:
    """The cast's member, of the same branch."""
    return other.organisation.members.get(name="罗测松")


def test_his_own_word_is_told_apart_from_what_was_noted_for_him(cast: Cast) -> None:
    other = plain(cast)
    assert posted(cast, own_of(other)).noted_by is None
    noted = posted(cast, other, part="secretary")
    assert noted.noted_by == cast.secretary


def test_the_area_of_a_post_is_households_of_his_hamlet(cast: Cast, enter: Enter) -> None:
    member, homes = on_roll(cast), cast.households()
    sent = {"kind": "care", "about": "", "doors": [homes[0].pk, homes[1].pk]}
    answer = enter("secretary").post(reverse("member_post", args=[member.pk]), sent)
    assert answer["Location"] == reverse("member", args=[member.pk])
    post = Post.objects.get()
    assert {door.household for door in post.doors.all()} == {homes[0], homes[1]}
    page = page_text(enter("member").get(reverse("member", args=[member.pk])))
    assert "2 户" in page
    assert homes[0].head_name not in page  # he keeps no register
    with pytest.raises(Invalid) as refused:
        posted(cast, member, part="secretary", kind="peace", doors=cast.households(NEIGHBOUR))
    assert "doors" in refused.value.fields


def test_a_member_alone_is_not_offered_the_register(cast: Cast, enter: Enter) -> None:
    member = on_roll(cast)
    page = page_text(enter("member").get(reverse("member_post", args=[member.pk])))
    assert "罗测一" not in page


@pytest.mark.parametrize(
    ("field", "changes"),
    [("kind", {"kind": "king"}), ("about", {"kind": "other", "about": " "}),
     ("about", {"about": "照看罗测一"})],
)  # fmt: skip
def test_a_post_that_makes_no_sense_is_refused_at_its_field(
    cast: Cast, field: str, changes: dict[str, Any]
) -> None:
    with pytest.raises(Invalid) as refused:
        posted(cast, **changes)
    assert field in refused.value.fields


def test_the_same_post_twice_and_a_sixth_are_refused(cast: Cast) -> None:
    member = on_roll(cast)
    posted(cast, member)
    with pytest.raises(Conflict):
        posted(cast, member)
    for n in range(4):
        posted(cast, member, about=f"第{n}条巷子")
    with pytest.raises(Conflict):
        posted(cast, member, about="再来一条")


def test_given_up_it_is_his_no_more_without_a_reason(cast: Cast) -> None:
    post = posted(cast)
    given_up = actions.give_up_post(actor=cast.actor("member"), post=post)
    assert given_up.state == "given_up"
    posted(cast, post.member)  # and he may take it on again


@pytest.mark.parametrize(
    ("field", "changes"),
    [("text", {"text": ""}), ("due_on", {"due_on": clock.today() - timedelta(days=4000)}),
     ("due_on", {"due_on": clock.today() + timedelta(days=4000)}),
     ("text", {"text": "帮罗测二挑水"})],
)  # fmt: skip
def test_a_promise_that_makes_no_sense_is_refused_at_its_field(
    cast: Cast, field: str, changes: dict[str, Any]
) -> None:
    with pytest.raises(Invalid) as refused:
        promised(cast, **changes)
    assert field in refused.value.fields


def test_a_promise_is_kept_by_records_that_are_there_anyway(cast: Cast, enter: Enter) -> None:
    member = on_roll(cast)
    promise = promised(cast, member)
    key = f"matters.{raise_matter(cast, 'closed', assignee='member').pk}"
    client, address = enter("member"), reverse("promise_keep", args=[promise.pk])
    sent = {"records": [key], "words": "", "version": promise.version}
    assert client.post(address, sent).status_code == 302
    promise.refresh_from_db()
    assert (promise.state, promise.records[0][0]) == ("kept", key)
    page = page_text(client.get(reverse("promise", args=[promise.pk])))
    assert reverse("matter", args=[key.split(".")[1]]) in page


def test_without_a_record_it_is_kept_in_a_sentence(cast: Cast, enter: Enter) -> None:
    promise = promised(cast)
    client, address = enter("member"), reverse("promise_keep", args=[promise.pk])
    answer = client.post(address, {"words": " ", "version": promise.version})
    assert "words" in form_errors(answer)
    with pytest.raises(Invalid):
        actions.keep_promise(actor=cast.actor("member"), promise=promise, records=["matters.0"])


def test_not_kept_wants_its_reason_and_can_be_kept_later(cast: Cast) -> None:
    promise, actor = promised(cast), cast.actor("member")
    with pytest.raises(Invalid):
        actions.miss_promise(actor=actor, promise=promise, words="")
    missed = actions.miss_promise(actor=actor, promise=promise, words="连着下雨")
    assert actions.keep_promise(actor=actor, promise=missed, words="补上了").state == "kept"


def test_the_day_that_has_come_stands_at_his_home(cast: Cast, enter: Enter) -> None:
    promised(cast)
    with later(days=20):
        assert "承诺" in page_text(enter("member").get(reverse("home")))


def test_another_member_touches_nothing_of_his(cast: Cast) -> None:
    other = plain(cast)
    for take in (posted, promised):
        with pytest.raises(Denied):
            take(cast, other, part="member")  # type: ignore[operator]
    promise = promised(cast, other, part="secretary")
    with pytest.raises(Denied):
        actions.keep_promise(actor=cast.actor("member"), promise=promise, words="代他说")


def test_who_left_the_roll_takes_nothing_on(cast: Cast) -> None:
    member = plain(cast)
    member_actions.remove_member(
        actor=township(cast), organisation=fresh(member.organisation), member=member
    )
    member.refresh_from_db()
    with pytest.raises(Conflict):
        posted(cast, member, part="secretary")


def test_what_is_erased_leaves_the_area(cast: Cast) -> None:
    home = cast.households()[3]
    posted(cast, part="secretary", doors=[home])
    assert Door.objects.count() == 1
    erase_household(actor=cast.actor("secretary"), household=home)
    assert not Door.objects.exists()
