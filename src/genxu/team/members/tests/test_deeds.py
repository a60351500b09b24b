"""What the records tell of a member: he reads it first, and may say that it is not right."""

import pytest
from django.urls import reverse

from genxu.core.errors import Conflict, Denied, Invalid, Missing
from genxu.core.models import JournalEntry
from genxu.people.history_actions import take_back
from genxu.team.members import actions, queries
from tests.cast import HOME, Cast, Enter
from tests.doing import page_text, raise_matter

from .factories import objected, on_roll, plain, promised, shown, with_deed


def _page(enter: Enter, part: str, member: int) -> str:
    return page_text(enter(part).get(reverse("member", args=[member])))


def test_others_see_a_line_only_after_he_has_read_it(cast: Cast, enter: Enter) -> None:
    member, key = with_deed(cast)
    line = "晒谷场边的路灯坏了"
    assert line in _page(enter, "member", member.pk)
    before = _page(enter, "secretary", member.pk)
    assert line not in before
    assert "1 条" in before
    client = enter("member")
    client.post(reverse("member_read", args=[member.pk]), {"keys": key})
    assert line in _page(enter, "secretary", member.pk)
    late = raise_matter(cast, "closed", assignee="member", text="井盖松了")
    assert "井盖松了" not in _page(enter, "secretary", member.pk)
    assert late.pk


def test_to_look_is_not_to_have_read(cast: Cast, enter: Enter) -> None:
    member, _key = with_deed(cast)
    for _n in range(2):
        _page(enter, "member", member.pk)
    assert queries.ledger_of(member, own=True).unread == 1


def test_what_cannot_be_told_of_him_cannot_be_read(cast: Cast) -> None:
    member, key = with_deed(cast)
    profile = actions.read_deeds(
        actor=cast.actor("member"), member=member, keys=[key, "matters.0", "x"]
    )
    assert profile.seen == [key]


def test_of_a_personal_matter_no_word_is_told(cast: Cast) -> None:
    member = on_roll(cast)
    raise_matter(
        cast, "closed", tier="personal", assignee="member", text="婆媳吵架", household=True
    )
    (deed,) = queries.deeds_this_year(member)
    assert "婆媳" not in str(deed.told)


def test_an_objection_is_answered_by_somebody_else(cast: Cast, enter: Enter) -> None:
    objection = objected(cast)
    with pytest.raises(Denied):
        actions.answer_objection(actor=cast.actor("member"), objection=objection, words="我自己")
    assert "不对" in page_text(enter("secretary").get(reverse("home")))
    with pytest.raises(Invalid):
        actions.answer_objection(actor=cast.actor("secretary"), objection=objection, words=" ")
    actions.uphold_objection(actor=cast.actor("secretary"), objection=objection)
    member = objection.member
    actions.read_deeds(actor=cast.actor("member"), member=member, keys=[objection.key])
    assert objection.told not in _page(enter, "secretary", member.pk)
    assert objection.told in _page(enter, "member", member.pk)  # he still reads what became of it


def test_an_answer_can_be_taken_back_at_once(cast: Cast) -> None:
    objection, actor = objected(cast), cast.actor("secretary")
    version = objection.version
    done = actions.uphold_objection(actor=actor, objection=objection)
    assert take_back(actor=actor, row=done, since=version).state == "raised"


def test_one_objection_a_line_and_only_to_a_line(cast: Cast) -> None:
    objection = objected(cast)
    again = {"actor": cast.actor("member"), "member": objection.member, "why": "还是不对"}
    with pytest.raises(Conflict):
        actions.object_to_deed(key=objection.key, **again)
    with pytest.raises(Missing):
        actions.object_to_deed(key="matters.0", **again)


def test_a_kept_promise_is_a_line_and_no_proof_of_another(cast: Cast) -> None:
    member = on_roll(cast)
    actor = cast.actor("member")
    actions.keep_promise(actor=actor, promise=promised(cast, member), words="清好了")
    assert [one.key.split(".")[0] for one in queries.deeds_this_year(member)] == ["promises"]
    assert queries.deeds_for_promise(promised(cast, member, text="再清一次")) == []


def test_each_reading_of_a_member_by_others_is_logged(cast: Cast, enter: Enter) -> None:
    member = on_roll(cast)
    reading = JournalEntry.objects.filter(action="branches.see_members")
    before = reading.count()
    _page(enter, "member", member.pk)
    assert reading.count() == before
    _page(enter, "township_staff", member.pk)
    assert reading.count() == before + 1


def test_plate_and_card_show_him_for_as_long_as_he_likes(cast: Cast, enter: Enter) -> None:
    member = on_roll(cast)
    promised(cast, member)
    profile, nobody = shown(cast, member), enter("nobody")
    address = reverse("member_card", args=[profile.card])
    page = page_text(nobody.get(address))
    assert member.name in page
    assert "把村口的沟清出来" in page
    plates = enter("secretary").get(reverse("member_plates", args=[HOME]))
    assert plates.content.startswith(b"%PDF")
    actions.show_membership(actor=cast.actor("member"), member=member, shown=False)
    assert member.name not in page_text(nobody.get(address))
    assert enter("secretary").get(reverse("member_plates", args=[HOME])).status_code == 409


def test_a_card_that_nobody_has_says_so(cast: Cast, enter: Enter) -> None:
    assert enter("nobody").get(reverse("member_card", args=["0123456789"])).status_code == 404


def test_who_stands_on_no_roll_is_told(cast: Cast, enter: Enter) -> None:
    assert enter("member").get(reverse("my_membership")).status_code == 404
    other = plain(cast)
    assert enter("member").get(reverse("member", args=[other.pk])).status_code == 404


def test_the_list_names_posts_and_never_counts_deeds(cast: Cast, enter: Enter) -> None:
    with_deed(cast)
    client = enter("township_staff")
    page = client.get(reverse("members"), {"post": "none", "words": "罗测"})
    assert "罗测松" in page_text(page)
    assert client.get(reverse("export_members")).status_code == 200
