"""What was written down of a talk is put right: with a reason, both versions kept and shown, and
what is counted follows."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.base import ContentFile
from django.test import Client

from genxu.core import clock
from genxu.core.errors import Conflict, Invalid
from genxu.insight.counting import count_on
from genxu.institutions.matters import actions as matter_actions
from genxu.institutions.matters.models import Matter, Suggestion, Voice
from genxu.institutions.talks import mending_actions as mending
from genxu.institutions.talks import queries, rules
from genxu.institutions.talks.actions import Said
from genxu.institutions.talks.models import Talk
from tests.addresses import picture
from tests.cast import HOME, Cast, Enter, later
from tests.doing import (
    bring_to,
    fresh,
    gathering,
    hold,
    hold_talk,
    page_text,
    raise_matter,
    suggestions_of,
    taken_up,
    verdict,
    who_may,
)

from .examples import facts, form_of

YESTERDAY = timedelta(days=1)


def figure(name: str, day: Any = None) -> int:
    return count_on(HOME, day or clock.today())[f"institutions.{name}"]


def correct(cast: Cast, talk: Talk, words: str = "看错了", **changes: Any) -> Talk:
    return mending.correct_talk(
        actor=cast.actor("secretary"), talk=talk, gathering=gathering(**changes), words=words
    )


def withdraw(cast: Cast, talk: Talk, words: str = "记错了湾") -> Talk:
    return mending.withdraw_talk(actor=cast.actor("secretary"), talk=talk, words=words)


def correct_said(cast: Cast, talk: Talk, suggestion: Suggestion, **changes: Any) -> Talk:
    values: dict[str, Any] = {"text": suggestion.text, "reply": suggestion.reply,
                              "household": suggestion.household, "name": suggestion.raiser_name,
                              "words": "听错了"}  # fmt: skip
    return mending.correct_said(
        actor=cast.actor("secretary"), talk=talk, suggestion=suggestion, **values | changes
    )


def post(client: Client, talk: Talk, step: str, sent: dict[str, Any]) -> Any:
    return client.post(f"/talks/{talk.pk}/{step}/", form_of(talk, sent))


def test_its_secretary_puts_it_right_and_the_village_afterwards(cast: Cast) -> None:
    talk = hold_talk(cast, taken_up())
    assert who_may(cast, rules.mend_talk, talk=talk) == {"secretary", "village_staff"}
    assert who_may(cast, rules.correct_said, talk=talk) == {"secretary"}


# --- corrected -----------------------------------------------------------------------------------


def test_both_versions_of_a_corrected_talk_stand_on_its_page_and_in_its_minutes(
    cast: Cast, enter: Enter
) -> None:
    talk, client = hold_talk(cast, taken_up()), enter("secretary")
    answer = post(client, talk, "correct", facts(venue="祠堂门口", head_count=31))
    assert answer.status_code == 302
    talk.refresh_from_db()
    assert (talk.venue, talk.head_count, talk.version) == ("祠堂门口", 31, 2)
    for page in ("", "minutes/"):
        text = page_text(client.get(f"/talks/{talk.pk}/{page}"))
        for words in ("祠堂门口", "晒谷场", "31", "23", "看错了", cast.secretary.name):
            assert words in text, (page, words)


def test_a_correction_needs_its_reason_and_a_change(cast: Cast) -> None:
    talk = hold_talk(cast, taken_up())
    with pytest.raises(Invalid):
        correct(cast, talk, words="  ", venue="祠堂")
    with pytest.raises(Invalid):
        correct(cast, talk)
    assert not talk.steps.exists()


def test_on_another_day_all_that_is_counted_follows(cast: Cast) -> None:
    talk, day = hold_talk(cast, taken_up()), clock.today() - timedelta(days=3)
    correct(cast, talk, held_on=day)
    assert suggestions_of(talk)[0].said_on == day
    assert (figure("talks_held", day), figure("suggestions", day)) == (1, 1)
    assert figure("talks_held", day - YESTERDAY) == 0


def test_a_public_topic_is_not_corrected_into_a_name(cast: Cast) -> None:
    with pytest.raises(Invalid):
        correct(cast, hold_talk(cast), topic="罗测三家的事")


def test_what_stood_before_is_not_for_those_above_the_village(cast: Cast, enter: Enter) -> None:
    talk = correct(cast, hold_talk(cast, taken_up()), topic="修路")
    path = f"/talks/{talk.pk}/"
    assert "村湾道路" in page_text(enter("village_staff").get(path))
    assert "村湾道路" not in page_text(enter("county_staff").get(path))


def test_what_was_said_is_corrected_with_who_said_it_and_the_answer(
    cast: Cast, enter: Enter
) -> None:
    one, two, *_rest = cast.households()
    talk = hold_talk(cast, Said("几点有班车", "answered", "每天七点", household=one))
    (said,) = suggestions_of(talk)
    sent = {"text": "几点有末班车", "who": two.label, "reply": "晚上七点", "words": "听错了"}
    client = enter("secretary")
    assert post(client, talk, f"said/{said.pk}/correct", sent).status_code == 302
    said.refresh_from_db()
    assert (said.text, said.household, said.reply) == ("几点有末班车", two, "晚上七点")
    for page in ("", "minutes/"):
        text = page_text(client.get(f"/talks/{talk.pk}/{page}"))
        for words in ("几点有班车", one.label, "每天七点", "听错了"):
            assert words in text, (page, words)


def test_a_receipt_in_the_wrong_hands_opens_nothing_any_more(cast: Cast) -> None:
    talk = hold_talk(cast, taken_up(name="罗测九"))
    (said,) = suggestions_of(talk)
    Suggestion.objects.filter(pk=said.pk).update(printed_at=clock.now())
    said.refresh_from_db()
    correct_said(cast, talk, said, text="路灯坏了三盏")
    assert suggestions_of(talk)[0].code == said.code
    correct_said(cast, talk, said, name="罗测十")
    assert suggestions_of(talk)[0].code != said.code


# --- added ---------------------------------------------------------------------------------------


def test_what_was_forgotten_is_added_with_its_matter_and_its_receipt(
    cast: Cast, enter: Enter
) -> None:
    talk = hold_talk(cast, taken_up(), held_on=clock.today() - YESTERDAY)
    sent = {"text": "水渠也堵了", "response": "taken_up", "tier": "common"}
    assert post(enter("secretary"), talk, "add", sent).status_code == 302
    _first, added = suggestions_of(talk)
    assert (added.text, added.raised.position, added.said_on) == ("水渠也堵了", 2, talk.held_on)
    assert added.matters.get().state == "triaged"
    assert figure("suggestions") == 2


def test_what_is_added_with_a_name_in_its_public_title_is_told_at_its_field(
    cast: Cast, enter: Enter
) -> None:
    talk = hold_talk(cast)
    sent = {"text": "罗测三家的灯坏了", "response": "taken_up", "tier": "common"}
    answer = post(enter("secretary"), talk, "add", sent)
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"title"}


# --- joined --------------------------------------------------------------------------------------


def test_a_double_leads_to_the_one_that_stands_and_what_was_said_moves(
    cast: Cast, enter: Enter
) -> None:
    stands = hold_talk(cast, taken_up("路灯坏了"), held_on=clock.today() - YESTERDAY)
    photo = ContentFile(picture(), name="a.jpg")
    double = hold_talk(cast, taken_up("水渠堵了"), photos=(photo,))
    client = enter("secretary")
    answer = post(client, double, "join", {"other": stands.pk})
    assert answer["Location"] == f"/talks/{stands.pk}/"
    assert [one.text for one in suggestions_of(stands)] == ["路灯坏了", "水渠堵了"]
    assert {one.said_on for one in suggestions_of(stands)} == {stands.held_on}
    assert stands.photos.count() == 1
    assert f"/talks/{stands.pk}/" in page_text(client.get(f"/talks/{double.pk}/"))
    assert (figure("talks_held"), figure("suggestions"), figure("matters")) == (1, 2, 2)
    assert [one.step for one in stands.history()] == ["take_in"]


def test_only_another_standing_talk_of_the_hamlet_takes_a_double_in(cast: Cast) -> None:
    talk, far = hold_talk(cast), hold_talk(cast, hamlet="421223106211001")
    gone = withdraw(cast, hold_talk(cast))
    for other in (talk, far, gone):
        with pytest.raises(Invalid):
            mending.join_talks(actor=cast.actor("secretary"), talk=talk, other=other)


# --- withdrawn -----------------------------------------------------------------------------------


def test_a_talk_written_down_by_mistake_is_counted_nowhere_and_shown_to_those_in_charge(
    cast: Cast, enter: Enter, client: Client
) -> None:
    talk = hold_talk(cast, taken_up("路灯坏了", tier="common"), taken_up("低保", tier="personal"))
    kept = hold_talk(cast, topic="防溺水")
    answer = post(enter("secretary"), talk, "withdraw", {"words": "记错了湾"})
    assert answer.status_code == 302
    names = ("suggestions", "matters", "matters_open")
    assert [figure(name) for name in names] == [0, 0, 0]
    assert figure("talks_held") == 1
    assert {m.state for m in Matter.objects.all()} == {"withdrawn"}
    assert "村湾道路" not in page_text(client.get(f"/places/{HOME}/"))
    listed = enter("village_staff").get("/talks/").context["page"].object_list
    assert [one.pk for one in listed] == [kept.pk]
    listed = enter("village_staff").get("/talks/", {"group": "gone"}).context["page"].object_list
    assert [one.pk for one in listed] == [talk.pk]
    assert queries.last_talk(cast.home) == kept


def test_who_raised_it_reads_why_on_her_receipt(cast: Cast, client: Client) -> None:
    talk = hold_talk(cast, taken_up())
    (said,) = suggestions_of(talk)
    withdraw(cast, talk, "记成了别的湾")
    page = hold(client, said.code).get(f"/my/receipt/{said.pk}/")
    assert "记成了别的湾" in page_text(page)


def test_what_somebody_has_begun_stands_against_it_and_is_named(cast: Cast, enter: Enter) -> None:
    matter = raise_matter(cast, "under_way")
    talk = Talk.objects.get()
    with pytest.raises(Conflict, match=str(matter.pk)):
        withdraw(cast, talk)
    answer = enter("secretary").get(f"/talks/{talk.pk}/withdraw/", follow=True)
    assert str(matter.pk) in "".join(str(one) for one in answer.context["messages"])
    talk.refresh_from_db()
    assert talk.stands


def test_of_a_matter_of_several_only_the_voice_goes(cast: Cast) -> None:
    matter = raise_matter(cast, "under_way")
    talk = hold_talk(cast, taken_up("我家门口也没灯", joins=matter))
    withdraw(cast, talk)
    assert fresh(matter).state == "under_way"
    assert Voice.objects.filter(matter=matter).count() == 1
    assert verdict(bring_on(cast, matter), "satisfied").state == "closed"


def bring_on(cast: Cast, matter: Matter) -> Matter:
    return matter_actions.finish_matter(
        actor=cast.actor("secretary"), matter=fresh(matter), words="换了两盏灯"
    )


def test_who_has_judged_there_is_not_unsaid(cast: Cast) -> None:
    matter = raise_matter(cast, "under_way")
    talk = hold_talk(cast, taken_up("我家门口也没灯", joins=matter))
    verdict(bring_on(cast, matter), "satisfied", suggestions_of(talk)[0])
    with pytest.raises(Conflict):
        withdraw(cast, talk)


def test_nothing_more_is_put_right_of_what_does_not_stand(cast: Cast) -> None:
    talk = withdraw(cast, hold_talk(cast, taken_up()))
    with pytest.raises(Conflict):
        correct(cast, talk, venue="祠堂")
    with pytest.raises(Conflict):
        withdraw(cast, talk)


def test_its_receipts_are_not_printed_any_more(cast: Cast, enter: Enter) -> None:
    talk = withdraw(cast, hold_talk(cast, taken_up()))
    answer = enter("secretary").post(f"/talks/{talk.pk}/receipts/", {"why": "hand_out"})
    assert answer.status_code == 409


def test_two_who_correct_at_once_do_not_overwrite_each_other(cast: Cast, enter: Enter) -> None:
    talk = hold_talk(cast, taken_up())
    first = post(enter("secretary"), talk, "correct", facts(venue="祠堂"))
    second = post(enter("village_staff"), talk, "correct", facts(venue="樟树下"))
    assert (first.status_code, second.status_code) == (302, 409)


# --- taken back ----------------------------------------------------------------------------------


def test_a_correction_taken_back_puts_all_that_followed_back(cast: Cast, enter: Enter) -> None:
    day = clock.today() - timedelta(days=3)
    talk, client = hold_talk(cast, taken_up()), enter("secretary")
    post(client, talk, "correct", facts(held_on=day))
    talk.refresh_from_db()
    sent = {"since": talk.version - 1, "version": talk.version, "client_id": str(uuid4())}
    assert client.post(f"/talks/{talk.pk}/take-back/", sent).status_code == 302
    talk.refresh_from_db()
    assert talk.held_on == suggestions_of(talk)[0].said_on == clock.today()
    assert [one.step for one in talk.history()] == ["correct", "take_back"]


def test_words_corrected_and_taken_back_are_the_first_again(cast: Cast) -> None:
    talk = hold_talk(cast, taken_up("路灯坏了", name="罗测九"))
    (said,) = suggestions_of(talk)
    talk = correct_said(cast, talk, said, text="路灯亮了", name="罗测十")
    talk.take_back(cast.actor("secretary"), talk.version - 1)
    again = suggestions_of(talk)[0]
    assert (again.text, again.raiser_name, again.raised_by) == ("路灯坏了", "罗测九", "resident")


def test_to_withdraw_reaches_beyond_the_row_and_is_not_taken_back(cast: Cast) -> None:
    talk = withdraw(cast, hold_talk(cast, taken_up()))
    with pytest.raises(Conflict):
        talk.take_back(cast.actor("secretary"), talk.version - 1)


def test_a_personal_matter_that_went_to_its_helper_by_itself_goes_too(cast: Cast) -> None:
    matter = bring_to(cast, raise_matter(cast, "registered"), "triaged", "personal")
    assert matter.state in ("triaged", "assigned")
    with later(hours=1):
        withdraw(cast, Talk.objects.get())
    assert fresh(matter).state == "withdrawn"
