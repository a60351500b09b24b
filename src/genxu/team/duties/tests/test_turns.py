"""Turns are swapped, taken over, noted: by one tap, or as two have told the secretary."""

from datetime import timedelta

import pytest

from genxu.core import clock
from genxu.core.errors import Conflict, Denied, Invalid
from genxu.institutions.matters.models import Matter
from genxu.team.duties import actions, turn_actions
from genxu.team.duties.models import DutyDay, Found, Rota, Turn
from genxu.team.duties.plans import Note
from tests.cast import Cast, Enter, later
from tests.doing import page_text

from .factories import NAMES, due, enrol, noted, offered, person, published, secretary, turn_of
from .test_rota import sent


def test_a_member_offers_a_turn_and_another_takes_it(cast: Cast, enter: Enter) -> None:
    rota = published(cast)
    turn = turn_of(rota)
    browser = enter("member")
    browser.post(f"/duties/{rota.pk}/turns/{turn.pk}/offer/", sent())
    turn.refresh_from_db()
    assert turn.is_offered
    taker = person(rota, NAMES[1])
    turn_actions.take_turn(actor=secretary(cast), rota=rota, turn=turn, person=taker)
    turn.refresh_from_db()
    assert (turn.person, turn.how, turn.is_offered) == (taker, Turn.How.SWAPPED, False)


def test_the_second_reads_who_has_it(cast: Cast, enter: Enter) -> None:
    turn = offered(cast)
    rota, browser = Rota.objects.get(), enter("member")
    mine, other = person(rota, NAMES[0]), person(rota, NAMES[2])
    turn_actions.take_turn(actor=secretary(cast), rota=rota, turn=turn, person=other)
    address = f"/duties/{rota.pk}/turns/{turn.pk}/take/{mine.pk}/"
    assert NAMES[2] in page_text(browser.post(address, sent(), follow=True))
    turn.refresh_from_db()
    assert turn.person == other


def test_a_turn_is_not_offered_twice(cast: Cast) -> None:
    turn = offered(cast)
    with pytest.raises(Conflict):
        turn_actions.offer_turn(actor=secretary(cast), rota=turn.rota, turn=turn)


def test_nobody_gives_another_one_s_turn_away(cast: Cast) -> None:
    rota = published(cast)
    with pytest.raises(Denied):
        turn_actions.offer_turn(actor=cast.actor("member"), rota=rota, turn=turn_of(rota, NAMES[1]))
    with pytest.raises(Denied):
        turn_actions.offer_turn(
            actor=cast.actor("other_centre_household"), rota=rota, turn=turn_of(rota)
        )


def test_a_swap_of_a_day_past_is_refused(cast: Cast) -> None:
    rota = published(cast)
    turn = turn_of(rota)
    with later(days=50), pytest.raises(Conflict):
        turn_actions.offer_turn(actor=secretary(cast), rota=rota, turn=turn)


def test_two_names_told_to_the_secretary(cast: Cast, enter: Enter) -> None:
    rota = published(cast)
    turn, back = turn_of(rota), turn_of(rota, NAMES[1])
    enter("secretary").post(f"/duties/{rota.pk}/turns/{turn.pk}/hand/", sent(
        rota, person=str(back.person_id), back=str(back.pk),
    ))  # fmt: skip
    turn.refresh_from_db()
    back.refresh_from_db()
    assert (turn.person.name, back.person.name) == (NAMES[1], NAMES[0])
    told = page_text(enter("secretary").get(f"/duties/{rota.pk}/"))
    assert f"{NAMES[0]} → {NAMES[1]}" in told


def test_what_is_taken_in_exchange_must_be_hers(cast: Cast) -> None:
    rota = published(cast)
    with pytest.raises(Invalid):
        turn_actions.hand_turn(
            actor=secretary(cast), rota=rota, turn=turn_of(rota), person=person(rota, NAMES[1]),
            back=turn_of(rota, NAMES[2]),
        )  # fmt: skip


def test_a_swap_within_seven_days_warns_and_is_done(cast: Cast, enter: Enter) -> None:
    rota = published(cast)
    first, second = rota.turns.order_by("day")[:2]
    actions.move_day(
        actor=secretary(cast), rota=rota, day=second.day, to=second.day - timedelta(days=1)
    )
    rota.refresh_from_db()
    address = f"/duties/{rota.pk}/turns/{first.pk}/hand/"
    answer = enter("secretary").post(address, sent(rota, person=str(second.person_id)), follow=True)
    assert "七天" in page_text(answer)
    first.refresh_from_db()
    assert first.person_id == second.person_id


def test_a_swap_moves_when_the_turn_moves(cast: Cast) -> None:
    turn = offered(cast)
    to = turn.day + timedelta(days=1)
    rota = actions.move_day(actor=secretary(cast), rota=turn.rota, day=turn.day, to=to)
    turn.refresh_from_db()
    assert turn.day == to
    assert turn.is_offered
    turn_actions.take_turn(
        actor=cast.actor("member"), rota=rota, turn=turn, person=person(rota, NAMES[0])
    )


def test_dealing_again_leaves_what_was_agreed_on(cast: Cast) -> None:
    from .factories import deal

    rota = published(cast)
    turn = turn_of(rota)
    turn_actions.hand_turn(
        actor=secretary(cast), rota=rota, turn=turn, person=person(rota, NAMES[1])
    )
    enrol(cast, Rota.objects.get(), "罗测新")
    deal(cast, Rota.objects.get())
    turn.refresh_from_db()
    assert turn.person.name == NAMES[1]


def test_whoever_stood_in_says_so_afterwards(cast: Cast, enter: Enter) -> None:
    rota = published(cast)
    turn = turn_of(rota, NAMES[1])
    with later(days=(turn.day - clock.today()).days + 2):
        address = f"/duties/{rota.pk}/turns/{turn.pk}/stand-in/"
        assert enter("member").get(address).status_code == 200
        enter("member").post(address, sent(rota, person=str(person(rota, NAMES[0]).pk)))
    turn.refresh_from_db()
    assert (turn.person.name, turn.how) == (NAMES[0], Turn.How.TAKEN_OVER)
    assert turn.instead_of
    assert turn.instead_of.name == NAMES[1]


def test_nobody_says_that_another_one_stood_in(cast: Cast) -> None:
    turn = due(cast)
    with pytest.raises(Denied):
        turn_actions.stand_in(
            actor=cast.actor("member"), rota=turn.rota, turn=turn,
            person=person(turn.rota, NAMES[1]),
        )  # fmt: skip


def test_all_well_is_one_tap(cast: Cast, enter: Enter) -> None:
    turn = due(cast)
    enter("member").post(f"/duties/{turn.rota_id}/turns/{turn.pk}/clean/", sent())
    assert DutyDay.objects.get().found == Found.CLEAN


def test_what_was_found_becomes_a_matter(cast: Cast, enter: Enter) -> None:
    turn = due(cast)
    enter("member").post(f"/duties/{turn.rota_id}/turns/{turn.pk}/note/", sent(
        turn.rota, found="something", text="池塘边的垃圾桶满了",
    ))  # fmt: skip
    matter = Matter.objects.get()
    assert DutyDay.objects.get().matter == matter.pk
    page = page_text(enter("secretary").get(f"/duties/{turn.rota_id}/turns/{turn.pk}/"))
    assert f"/matters/{matter.pk}/" in page


def test_what_was_found_wants_its_words(cast: Cast) -> None:
    with pytest.raises(Invalid):
        noted(cast, Found.SOMETHING)


def test_nobody_came_is_an_answer(cast: Cast) -> None:
    assert noted(cast, Found.NOBODY).found == Found.NOBODY


def test_a_day_to_come_is_not_noted(cast: Cast) -> None:
    rota = published(cast)
    with pytest.raises(Conflict):
        turn_actions.note_day(
            actor=secretary(cast), rota=rota, turn=turn_of(rota), note=Note(Found.CLEAN)
        )


def test_a_note_is_corrected_and_both_are_shown(cast: Cast, enter: Enter) -> None:
    turn = due(cast, kind="cleanup")
    for count in (12, 14):
        turn_actions.note_day(
            actor=cast.actor("member"), rota=turn.rota, turn=turn, note=Note(Found.CLEAN, count)
        )
    found = DutyDay.objects.get()
    assert (found.head_count, found.before) == (14, [["clean", 12]])
    page = page_text(enter("member").get(f"/duties/{turn.rota_id}/turns/{turn.pk}/"))
    assert "14" in page
    assert "12" in page


def test_a_member_reads_her_own_turns(cast: Cast, enter: Enter) -> None:
    rota = published(cast)
    page = page_text(enter("member").get("/my/turns/"))
    own = f"/duties/{rota.pk}/turns/"
    assert page.count(own) == rota.turns.filter(person__name=NAMES[0]).count()


def test_somebody_of_the_rota_who_cannot_come_stands_at_home(cast: Cast, enter: Enter) -> None:
    turn = offered(cast)
    with later(days=max(0, (turn.day - clock.today()).days - 2)):
        page = page_text(enter("member").get("/home/"))
    assert NAMES[1] in page
