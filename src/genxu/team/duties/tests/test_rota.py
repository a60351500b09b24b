"""A rota is prepared, dealt, made known: the page of a secretary."""

from datetime import timedelta
from uuid import uuid4

import pytest

from genxu.core import clock
from genxu.core.errors import Conflict, Invalid
from genxu.organisation.branches.tests import factories as branches
from genxu.team.duties import actions, person_actions
from genxu.team.duties.forms import usual_days
from genxu.team.duties.models import Rota
from genxu.team.duties.plans import Asked
from tests.cast import HOME, Cast, Enter, later
from tests.doing import page_text

from .factories import NAMES, deal, drafted, enrol, person, plan, published, secretary, turn_of


def sent(rota: Rota | None = None, **values: object) -> dict[str, object]:
    version = {"version": str(rota.version)} if rota else {}
    return {"client_id": str(uuid4()), **version, **values}


def test_a_secretary_prepares_deals_and_makes_known(cast: Cast, enter: Enter) -> None:
    branches.filled(cast, 4)
    browser, today = enter("secretary"), clock.today()
    answer = browser.post(f"/duties/at/{HOME}/new/", sent(
        kind="cleanup", weekdays=["5"], size="2", starts_on=str(today),
        ends_on=str(today + timedelta(days=60)),
    ))  # fmt: skip
    rota = Rota.objects.get()
    assert answer.headers["Location"] == f"/duties/{rota.pk}/"
    assert rota.people.count() == 4
    assert "罗测甲" in page_text(browser.get(f"/duties/{rota.pk}/"))
    browser.post(f"/duties/{rota.pk}/deal/", sent(rota))
    rota.refresh_from_db()
    assert rota.turns.count() == 2 * len(rota.days)
    browser.post(f"/duties/{rota.pk}/publish/", sent(rota))
    rota.refresh_from_db()
    assert rota.is_published
    assert "本周" in page_text(browser.get(f"/duties/{rota.pk}/"))


def test_a_rota_that_cannot_be_made_says_which_day(cast: Cast, enter: Enter) -> None:
    rota = drafted(cast)
    day = rota.days[2]
    for one in list(rota.people.all()):
        asked = Asked(away=((day, day),))
        person_actions.ask_person(actor=secretary(cast), rota=rota, person=one, asked=asked)
    rota.refresh_from_db()
    answer = enter("secretary").post(f"/duties/{rota.pk}/deal/", sent(rota))
    assert answer.status_code == 422
    assert f"{day.month}月{day.day}日" in page_text(answer)
    assert not rota.turns.exists()


def test_whoever_is_exempt_gets_no_turn(cast: Cast) -> None:
    rota = drafted(cast)
    enrol(cast, rota, "罗测老", exempt=True)
    deal(cast, Rota.objects.get())
    assert not rota.turns.filter(person__name="罗测老").exists()


def test_what_was_stays_when_it_is_dealt_again(cast: Cast) -> None:
    rota = published(cast)
    with later(days=20):
        was = list(rota.turns.filter(day__lte=clock.today()).values_list("pk", "person"))
        enrol(cast, Rota.objects.get(), "罗测新")
        deal(cast, Rota.objects.get())
        now = list(rota.turns.filter(day__lte=clock.today()).values_list("pk", "person"))
        assert was == now
        assert rota.turns.filter(person__name="罗测新").exists()


def test_dealt_again_without_a_change_nothing_is_written(cast: Cast) -> None:
    rota = published(cast)
    before = list(rota.turns.values_list("pk", flat=True))
    after = deal(cast, Rota.objects.get())
    assert list(rota.turns.values_list("pk", flat=True)) == before
    assert after.version == rota.version


def test_a_deal_that_was_worked_out_for_something_else_is_refused(cast: Cast) -> None:
    rota = drafted(cast)
    one = person(rota, NAMES[0])
    with pytest.raises(Conflict):
        actions.deal_rota(
            actor=secretary(cast), rota=rota, turns={day: [one.pk, one.pk] for day in rota.days}
        )


def test_it_is_not_made_known_while_somebody_is_lacking(cast: Cast) -> None:
    rota = drafted(cast)
    with pytest.raises(Conflict):
        actions.publish_rota(actor=secretary(cast), rota=rota)
    rota = deal(cast, rota)
    asked = Asked(exempt=True)
    one = person(rota, NAMES[0])
    person_actions.ask_person(actor=secretary(cast), rota=rota, person=one, asked=asked)
    with pytest.raises(Conflict):
        actions.publish_rota(actor=secretary(cast), rota=Rota.objects.get())


@pytest.mark.parametrize("wrong", [
    {"weekdays": ()}, {"size": 0}, {"size": 1, "pairs": True}, {"kind": "other"},
    {"ends_on": clock.today() - timedelta(days=900)}, {"ends_on": clock.today().replace(year=2099)},
])  # fmt: skip
def test_a_plan_that_makes_no_sense_is_told(cast: Cast, wrong: dict[str, object]) -> None:
    with pytest.raises(Invalid):
        actions.prepare_rota(actor=secretary(cast), hamlet=cast.home, plan=plan(**wrong))


def test_the_days_with_which_the_form_begins_are_a_year_at_most() -> None:
    for n in range(366):
        with later(days=n):
            assert not plan(**usual_days()).problems()


def test_two_who_prepare_the_same_rota_make_one(cast: Cast) -> None:
    drafted(cast)
    with pytest.raises(Conflict):
        drafted(cast)


def test_a_day_moves_with_its_turns(cast: Cast) -> None:
    rota = published(cast)
    turn = turn_of(rota)
    to = turn.day + timedelta(days=1)
    actions.move_day(actor=secretary(cast), rota=rota, day=turn.day, to=to)
    turn.refresh_from_db()
    rota.refresh_from_db()
    assert turn.day == to in rota.days
    actions.move_day(actor=secretary(cast), rota=rota, day=to, to=None)
    rota.refresh_from_db()
    assert to not in rota.days
    assert not rota.turns.filter(pk=turn.pk).exists()


def test_whoever_has_left_the_branch_is_dealt_no_turn(cast: Cast) -> None:
    branches.filled(cast, 4)
    rota = drafted(cast, names=())
    one = rota.people.select_related("member").order_by("-pk")[0]
    assert one.member
    one.member.left_on = clock.today()
    one.member.save()
    deal(cast, rota)
    assert not one.turns.exists()


def test_it_ends_and_what_was_stays(cast: Cast) -> None:
    rota = published(cast)
    with later(days=20):
        actions.end_rota(actor=secretary(cast), rota=rota)
        assert rota.turns.exists()
        assert not rota.turns.filter(day__gt=clock.today()).exists()


def test_the_wall_has_its_names(cast: Cast, enter: Enter) -> None:
    rota = published(cast)
    answer = enter("member").get(f"/duties/{rota.pk}/wall/")
    assert answer.getvalue().startswith(b"%PDF")
