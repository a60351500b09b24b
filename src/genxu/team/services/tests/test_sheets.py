"""Stewards and links as rows of spreadsheets."""

from typing import Any

import pytest

from genxu.core.errors import Invalid
from genxu.core.sheets.outcomes import Fate
from genxu.core.tests.following import follow
from genxu.people.models import Grant
from genxu.people.roles import Role
from genxu.regions.batches import hamlets_of
from genxu.team.services.link_intake import LinkIntake, LinkRow, record_links
from genxu.team.services.models import Institution, Link, Posting
from genxu.team.services.posting_intake import PostingIntake, PostingRow, record_postings
from tests.cast import HOME, OPERATOR, Cast

from . import factories

PHONE = "13700000077"


def steward(**changes: Any) -> PostingRow:
    values = {"hamlet": HOME, "name": "新测来", "phone": PHONE, "institution": "县财政局"}
    return PostingRow(**values | changes)


def link(number: int = 1, **changes: Any) -> LinkRow:
    values = {"hamlet": HOME, "household_number": number, "phone": PHONE, "heard_by": "罗测春",
              "heard_on": factories.NOW_DAY}  # fmt: skip
    return LinkRow(**values | changes)


def enter(action: Any, cast: Cast, *rows: Any) -> Any:
    return action(
        actor=OPERATOR, place=cast.home, rows=rows, count=len(rows), hamlets=hamlets_of(rows)
    )


def fates(intake: Any, *rows: Any) -> list[str]:
    return [one.fate for one in intake.plan(rows)]


def test_a_row_is_a_steward_with_account_and_role(cast: Cast) -> None:
    enter(record_postings, cast, steward())
    one = Posting.objects.get(name="新测来")
    assert Grant.objects.filter(account=one.account, role=Role.STEWARD, place=HOME).exists()
    assert fates(PostingIntake, steward(), steward(institution="县医保局"), steward(name="别测人"))[
        :1
    ] == [Fate.SAME]
    enter(record_postings, cast, steward(institution="县医保局"))
    one.refresh_from_db()
    assert (one.institution.name, one.version) == ("县医保局", 2)
    assert Institution.objects.count() == 2


def test_a_number_of_another_person_is_refused(cast: Cast) -> None:
    with pytest.raises(Invalid) as refused:
        enter(record_postings, cast, steward(phone=cast.secretary.phone))
    assert "phone" in refused.value.fields


@pytest.mark.parametrize("changes", [{"phone": "123"}, {"name": ""}, {"institution": " "}])
def test_what_is_missing_is_told(cast: Cast, changes: dict[str, str]) -> None:
    (outcome,) = PostingIntake.plan([steward(**changes)])
    assert outcome.fate == Fate.WRONG
    assert set(outcome.problems) == set(changes)


def test_a_row_links_a_household_that_said_yes(cast: Cast) -> None:
    enter(record_postings, cast, steward(since=factories.SINCE))
    enter(record_links, cast, link(1), link(2))
    assert Link.objects.now().count() == 2
    assert fates(LinkIntake, link(1), link(3), link(99), link(4, phone="13700000000")) == [
        Fate.SAME, Fate.NEW, Fate.WRONG, Fate.WRONG,
    ]  # fmt: skip


def test_a_row_takes_nobody_away_from_another_steward(cast: Cast) -> None:
    factories.linked(cast, cast.households()[0])
    enter(record_postings, cast, steward(since=factories.SINCE))
    with pytest.raises(Invalid) as refused:
        enter(record_links, cast, link(1))
    assert "household_number" in refused.value.fields


@pytest.mark.django_db(transaction=True)
def test_two_sheets_at_once_make_one_steward(cast: Cast) -> None:
    rows = [steward()]
    follow(lambda: enter(record_postings, cast, *rows), lambda: enter(record_postings, cast, *rows))
    assert Posting.objects.filter(name="新测来").count() == 1
