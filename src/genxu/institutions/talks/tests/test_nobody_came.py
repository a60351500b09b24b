"""An honest zero is an answer: nobody came, in one tap, counted apart."""

import pytest

from genxu.core import clock
from genxu.core.errors import Invalid
from genxu.insight.counting import count_on
from genxu.institutions.talks import mending_actions
from genxu.institutions.talks.actions import record_talk
from genxu.institutions.talks.models import Talk
from tests.cast import HOME, Cast, Enter
from tests.doing import gathering, hold_talk, page_text, taken_up

from .test_record_talk import record, wrong_fields


def test_one_tap_says_it_and_nothing_else_need_be_typed(cast: Cast, enter: Enter) -> None:
    client = enter("secretary")
    answer = record(client, nobody="on", head_count="", topic="")
    assert answer.status_code == 302
    talk = Talk.objects.get()
    assert (talk.head_count, talk.nobody_came) == (0, True)
    for page in ("", "minutes/"):
        assert "没有人来" in page_text(client.get(f"/talks/{talk.pk}/{page}"))


def test_a_typed_zero_says_the_same(cast: Cast, enter: Enter) -> None:
    assert record(enter("secretary"), head_count="0").status_code == 302
    assert Talk.objects.get().nobody_came


def test_nobody_and_somebody_is_asked_again(cast: Cast, enter: Enter) -> None:
    answer = record(enter("secretary"), nobody="on", head_count="5")
    assert answer.status_code == 422
    assert wrong_fields(answer) == {"head_count"}


def test_it_is_counted_apart_and_listed_apart(cast: Cast, enter: Enter) -> None:
    held, empty = hold_talk(cast, taken_up()), hold_talk(cast, head_count=0)
    figures = count_on(HOME, clock.today())
    assert figures["institutions.talks_held"] == 1
    assert figures["institutions.talks_nobody_came"] == 1
    client = enter("secretary")

    def listed(group: str) -> list[int]:
        query = {"group": group} if group else {}
        return [one.pk for one in client.get("/talks/", query).context["page"].object_list]

    assert [listed(group) for group in ("", "held", "nobody")] == [[held.pk], [held.pk], [empty.pk]]


def test_where_nobody_came_nobody_spoke(cast: Cast) -> None:
    actor = cast.actor("secretary")
    none = gathering(head_count=0)
    with pytest.raises(Invalid):
        record_talk(actor=actor, hamlet=cast.home, gathering=none, said=[taken_up()])
    spoken, empty = hold_talk(cast, taken_up()), hold_talk(cast, head_count=0)
    with pytest.raises(Invalid):
        mending_actions.correct_talk(actor=actor, talk=spoken, gathering=none, words="看错了")
    with pytest.raises(Invalid):
        mending_actions.add_said(actor=actor, talk=empty, said=[taken_up()])


def test_what_was_said_is_enough(cast: Cast, enter: Enter) -> None:
    """Nobody has to make up a number, nor a topic, to write down what was said."""
    client = enter("secretary")
    said = {"text": "晒谷场的路灯坏了"}
    assert record(client, said, head_count="", topic="").status_code == 302
    talk = Talk.objects.get()
    assert (talk.head_count, talk.nobody_came) == (None, False)
    assert count_on(HOME, clock.today())["institutions.talks_held"] == 1
    assert [one.pk for one in client.get("/talks/").context["page"].object_list] == [talk.pk]
    for page in (f"/talks/{talk.pk}/", f"/talks/{talk.pk}/minutes/", f"/places/{HOME}/"):
        assert "没数人" in page_text(client.get(page)), page
        assert "None" not in page_text(client.get(page)), page
    actor, counted = cast.actor("secretary"), gathering(head_count=14)
    mending_actions.correct_talk(actor=actor, talk=talk, gathering=counted, words="数出来了")
    talk.refresh_from_db()
    assert talk.head_count == 14
    uncounted = gathering(head_count=None)
    with pytest.raises(Invalid):
        mending_actions.correct_talk(actor=actor, talk=talk, gathering=uncounted, words="没数过")


def test_an_evening_without_a_word_is_counted(cast: Cast, enter: Enter) -> None:
    answer = record(enter("secretary"), head_count="", topic="")
    assert answer.status_code == 422
    assert wrong_fields(answer) == {"head_count", "topic"}
    with pytest.raises(Invalid):
        record_talk(
            actor=cast.actor("secretary"),
            hamlet=cast.home,
            gathering=gathering(head_count=None),
            said=[],
        )
