"""The next talk: announced, changed with the reason, over by itself."""

from datetime import timedelta

import pytest
from django.test import Client

from genxu.core import clock
from genxu.core.errors import Conflict, Invalid
from genxu.institutions.announcements import actions, rules
from genxu.institutions.announcements.queries import next_talk
from tests.cast import HOME, Cast, Enter
from tests.doing import hold_talk, page_text, taken_up, who_may

from .factories import announced, facts


def public() -> str:
    return page_text(Client().get(f"/places/{HOME}/"))


def test_only_the_hamlets_secretary_announces(cast: Cast) -> None:
    assert who_may(cast, rules.announce_talk, hamlet=cast.home) == {"secretary"}


def test_everybody_reads_what_is_announced_and_it_stands_at_home(cast: Cast, enter: Enter) -> None:
    assert "过冬的水渠" not in public()
    announced(cast)
    for text in (public(), *(page_text(enter(one).get("/home/"))
                             for one in ("secretary", "centre_household"))):  # fmt: skip
        assert "过冬的水渠" in text
        assert "19:30" in text


def test_it_passes_by_itself_when_its_day_is_over(cast: Cast) -> None:
    one = announced(cast)
    assert "过冬的水渠" in public()
    with clock.at(clock.now() + timedelta(days=4)):
        assert next_talk(cast.home) is None
        assert "过冬的水渠" not in public()
        with pytest.raises(Conflict):
            actions.call_talk_off(actor=cast.actor("secretary"), announcement=one, words="落雨")


def test_it_passes_when_the_talk_of_its_day_is_recorded(cast: Cast) -> None:
    one = announced(cast, held_on=clock.today())
    hold_talk(cast, taken_up(), held_on=clock.today() - timedelta(days=1))
    assert next_talk(cast.home) == one
    hold_talk(cast, taken_up())
    assert next_talk(cast.home) is None
    one.refresh_from_db()
    assert one.state == "held"


def test_a_change_and_a_calling_off_bear_their_reason_for_everybody(cast: Cast) -> None:
    one, actor = announced(cast), cast.actor("secretary")
    with pytest.raises(Invalid):
        actions.change_announcement(
            actor=actor, announcement=one, **facts(venue="晒谷场"), words=" "
        )
    one = actions.change_announcement(
        actor=actor, announcement=one, **facts(venue="晒谷场"), words="树下有风"
    )
    assert "晒谷场" in public()
    assert "树下有风" in public()
    actions.call_talk_off(actor=actor, announcement=one, words="涨水了")
    assert next_talk(cast.home) is None
    assert "涨水了" in public()


def test_one_talk_is_announced_at_a_time(cast: Cast, enter: Enter) -> None:
    one = announced(cast)
    with pytest.raises(Conflict):
        announced(cast, topic="另一场")
    answer = enter("secretary").get(f"/announcements/at/{HOME}/new/")
    assert answer["Location"] == f"/announcements/{one.pk}/"


@pytest.mark.parametrize("field", ["topic", "venue"])
def test_what_is_announced_names_nobody(cast: Cast, field: str) -> None:
    with pytest.raises(Invalid) as refused:
        announced(cast, **{field: f"{cast.households()[0].head_name}家"})
    assert set(refused.value.fields) == {field}


def test_a_day_that_is_over_is_not_announced(cast: Cast) -> None:
    with pytest.raises(Invalid):
        announced(cast, held_on=clock.today() - timedelta(days=1))
