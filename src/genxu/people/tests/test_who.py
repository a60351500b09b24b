"""Who a household is: another one is asked about, never made by the way."""

from typing import Any

import pytest
from django.urls import reverse

from genxu.core import clock
from genxu.core.errors import Invalid
from genxu.core.sheets.outcomes import Fate
from genxu.institutions.matters.models import Suggestion
from genxu.people import household_actions, slip_actions
from genxu.people.household_intake import HouseholdIntake
from genxu.people.models import Household, HouseholdLink
from genxu.people.register import Who, is_another
from tests.cast import HOME, OPERATOR, Cast, Enter
from tests.doing import form_errors, hold_talk, page_text, taken_up

from .factories import enter_rows, household, living, merged, moved, population, row

PHONE, OTHER_PHONE = "13800000000", "13911111111"


def correct(cast: Cast, one: Household, **changes: Any) -> Household:
    values = {"head_name": one.head_name, "phone": one.phone, "head_count": one.head_count}
    return household_actions.correct_household(
        actor=cast.actor("secretary"), household=one, **values | changes
    )


@pytest.mark.parametrize(
    ("name", "phone", "is_known", "another"),
    [
        ("罗测一", OTHER_PHONE, False, False),
        ("罗测一", "", True, False),
        ("罗测新", PHONE, False, False),
        ("罗测新", PHONE, True, True),
        ("罗测新", OTHER_PHONE, False, True),
        ("罗测新", "", False, True),
    ],
)
def test_one_rule_says_who_is_another(name: str, phone: str, is_known: bool, another: bool) -> None:
    assert is_another(("罗测一", PHONE), (name, phone), is_known=is_known) is another


def test_without_any_phone_only_the_number_would_vouch() -> None:
    assert is_another(("罗测一", ""), ("罗测新", ""), is_known=False)


# --- the form -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "changes",
    [{"head_name": "罗测新", "phone": OTHER_PHONE}, {"head_name": "罗测二"},
     {"head_name": "罗 测　二"}],
)  # fmt: skip
def test_another_household_is_asked_about_and_nothing_is_written(
    cast: Cast, changes: dict[str, str]
) -> None:
    with pytest.raises(Invalid) as refused:
        correct(cast, household(), **changes)
    assert set(refused.value.fields) == {"who"}
    assert household().head_name == "罗测一"
    with pytest.raises(Invalid):
        correct(cast, household(), who="perhaps", **changes)


def test_a_slip_of_the_pen_with_the_same_phone_is_not_asked_about(cast: Cast) -> None:
    correct(cast, household(), phone=PHONE)
    assert correct(cast, household(), head_name="罗测壹").head_name == "罗测壹"


def test_the_same_household_keeps_its_code_and_all(cast: Cast) -> None:
    before = household()
    slip_actions.issue_links(actor=OPERATOR, hamlet=cast.home)
    after = correct(cast, before, head_name="罗测子", phone=PHONE, who=Who.SAME)
    assert (after.pk, after.head_name, after.initials) == (before.pk, "罗测子", "lcz")
    assert HouseholdLink.objects.filter(household=after).exists()


def test_another_household_begins_with_its_own(cast: Cast) -> None:
    """The old one keeps code, needs and what it raised; the people add up on every day."""
    old = household(2)
    slip_actions.issue_links(actor=OPERATOR, hamlet=cast.home)
    household_actions.set_needs(
        actor=cast.actor("secretary"), household=old, kinds=["illness"], agreed=True
    )
    hold_talk(cast, taken_up(household=old))
    code = HouseholdLink.objects.get(household=old).code
    new = correct(cast, household(2), head_name="罗测新", phone=PHONE, head_count=5,
                  who=Who.ANOTHER)  # fmt: skip
    old = Household.objects.get(pk=old.pk)
    assert (new.number, new.lives_here, new.pk == old.pk) == (2, True, False)
    assert (old.number, old.left_on, old.head_name) == (2, clock.today(), "罗测二")
    assert HouseholdLink.objects.get(household=old).code == code
    assert not HouseholdLink.objects.filter(household=new).exists()
    assert (old.needs.count(), new.needs.count()) == (1, 0)
    assert Suggestion.objects.get().household == old
    assert population() == living() == 1 + 5 + 3 + 4


def test_the_number_of_a_door_is_one_household_s_at_a_time(cast: Cast) -> None:
    """Who comes back to a door behind which somebody else lives has another number, and a row of a
    sheet means who lives there."""
    old = household(2)
    new = correct(cast, old, head_name="罗测新", phone=PHONE, who=Who.ANOTHER)
    back = household_actions.come_back(
        actor=cast.actor("secretary"), household=Household.objects.get(pk=old.pk)
    )
    assert (back.number, back.lives_here) == (5, True)
    assert HouseholdIntake.plan([row(2, "罗测新", head_count=2)])[0].fate is Fate.SAME
    enter_rows(row(2, "罗测新", head_count=6))
    new.refresh_from_db()
    assert new.head_count == 6
    assert population() == living()


def test_a_double_whose_door_was_given_away_comes_back_with_another_number(cast: Cast) -> None:
    double = merged(cast, 1, 2)
    Household.objects.create(hamlet=cast.home, number=2, head_name="罗测新", head_count=1)
    after = household_actions.undo_merge(actor=cast.actor("secretary"), household=double)
    assert after.number == 5


def test_the_form_asks_with_a_radio_and_shows_what_becomes_of_it(cast: Cast, enter: Enter) -> None:
    client, one = enter("secretary"), household()
    address = reverse("household_correct", args=[one.pk])
    assert 'type="radio"' not in page_text(client.get(address))
    sent = {"head_name": "罗测新", "phone": PHONE, "head_count": "3", "version": one.version}
    asked = client.post(address, sent)
    assert asked.status_code == 422
    assert set(form_errors(asked)) == {"who"}
    text = page_text(asked)
    assert text.count('type="radio"') == 2
    assert [line.label for line in asked.context["becomes"]]
    done = client.post(address, sent | {"who": "another"}, follow=True)
    new = household(1)
    assert done.redirect_chain == [(reverse("household", args=[new.pk]), 302)]
    assert new.pk != one.pk
    assert one.label in page_text(done)


# --- the sheet ----------------------------------------------------------------------------------


def test_running_numbers_never_write_over_those_who_live_there(cast: Cast) -> None:
    """A column 1, 2, 3 of other people: each is refused by name, none is written."""
    before = list(Household.objects.order_by("pk").values())
    rows = [row(n, f"张测{n}", phone=f"1380000000{n}") for n in (1, 2, 3)]
    outcomes = HouseholdIntake.plan(rows)
    assert [one.fate for one in outcomes] == [Fate.WRONG] * 3
    for one, name in zip(outcomes, ("罗测一", "罗测二", "罗测三"), strict=True):
        assert set(one.problems) == {"head_name"}
        assert name in str(one.problems["head_name"])
    with pytest.raises(Invalid):
        enter_rows(*rows)
    assert list(Household.objects.order_by("pk").values()) == before


@pytest.mark.parametrize(
    ("one", "fate"),
    [
        (row(1, "罗测一", phone=OTHER_PHONE), Fate.CHANGED),
        (row(1, "罗测壹", phone=PHONE), Fate.CHANGED),
        (row(1, "罗测壹"), Fate.WRONG),
        (row(1, "罗测二", phone=PHONE), Fate.WRONG),
        (row(1, "罗·测・一"), Fate.WRONG),
        (row(1, "罗 测　一"), Fate.CHANGED),
    ],
)
def test_a_sheet_follows_the_rule_of_the_form(cast: Cast, one: Any, fate: Fate) -> None:
    correct(cast, household(), phone=PHONE)
    (outcome,) = HouseholdIntake.plan([one])
    assert outcome.fate is fate
    if fate is Fate.WRONG:
        with pytest.raises(Invalid):
            enter_rows(one)
        assert household().head_name == "罗测一"
    else:
        enter_rows(one)


def test_within_a_sheet_a_row_sees_what_the_rows_before_it_made(cast: Cast) -> None:
    """罗测一 becomes 罗测壹 in the first row: the name is free for nobody else's household."""
    correct(cast, household(1), phone=PHONE)
    correct(cast, household(2), phone=OTHER_PHONE)
    rows = [row(1, "罗测壹", phone=PHONE), row(2, "罗测壹", phone=OTHER_PHONE)]
    assert [one.fate for one in HouseholdIntake.plan(rows)] == [Fate.CHANGED, Fate.WRONG]


def test_a_new_household_under_a_taken_number_is_told_whose_it_is(cast: Cast, enter: Enter) -> None:
    sent = {"hamlet": HOME, "head_name": "张测", "head_count": "3", "phone": "", "number": "1"}
    answer = enter("secretary").post(reverse("new_household", args=[HOME]), sent)
    assert answer.status_code == 422
    assert "罗测一" in page_text(answer)


def test_who_moved_away_is_no_namesake(cast: Cast) -> None:
    """Only who lives there has a name that is somebody's."""
    correct(cast, household(1), phone=PHONE)
    moved(cast, 2)
    assert correct(cast, household(1), head_name="罗测二").head_name == "罗测二"
