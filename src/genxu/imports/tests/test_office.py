"""An import under way belongs to the office."""

import pytest

from genxu.core.errors import Missing
from genxu.imports import actions
from genxu.imports.models import Import
from genxu.imports.queries import import_list, visible_import
from genxu.imports.taking import take_in
from genxu.people.actions import grant_role, open_account, revoke_role
from genxu.people.roles import Role
from tests.cast import OPERATOR, PASSWORD, TOWNSHIP, Cast

from .factories import HEADERS, Silent, checked, workbook

ROW = ("新街镇", "港东村", "罗家洲", "罗新一", 13800000001, 4)


def test_a_successor_goes_on_with_a_file_that_was_checked(cast: Cast) -> None:
    before, place = cast.township_staff, cast.hamlet(TOWNSHIP)
    sheet = checked(before.actor(), TOWNSHIP, workbook(HEADERS, ROW))
    revoke_role(actor=OPERATOR, account=before, role=Role.TOWNSHIP_STAFF, place=place)
    new = open_account(actor=OPERATOR, phone="13900009998", name="周测新", password=PASSWORD)
    grant_role(actor=OPERATOR, account=new, role=Role.TOWNSHIP_STAFF, place=place)
    actor = new.actor()
    assert list(import_list(actor)) == [sheet]
    sheet = actions.take_in_sheet(actor=actor, sheet=visible_import(actor, sheet.pk),
                                  in_background=False)  # fmt: skip
    take_in(sheet, actor, Silent())
    sheet.refresh_from_db()
    assert (sheet.state, sheet.taken) == (Import.State.DONE, 1)


def test_whoever_left_the_office_sees_its_files_no_more(cast: Cast) -> None:
    before, place = cast.township_staff, cast.hamlet(TOWNSHIP)
    sheet = checked(before.actor(), TOWNSHIP, workbook(HEADERS, ROW))
    revoke_role(actor=OPERATOR, account=before, role=Role.TOWNSHIP_STAFF, place=place)
    before = type(before).objects.get(pk=before.pk)
    with pytest.raises(Missing):
        visible_import(before.actor(), sheet.pk)


def test_the_next_township_sees_nothing_of_it(cast: Cast) -> None:
    sheet = checked(cast.actor("township_staff"), TOWNSHIP, workbook(HEADERS, ROW))
    with pytest.raises(Missing):
        visible_import(cast.actor("next_township_staff"), sheet.pk)
