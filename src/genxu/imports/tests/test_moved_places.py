"""A spreadsheet under way that names a code of before is taken in where the place is today."""

import pytest

from genxu.hamlets.actions import merge_hamlets
from genxu.imports.actions import take_in_sheet
from genxu.imports.taking import take_in
from genxu.people.models import Household
from genxu.regions.actions import recode_region
from tests.cast import HOME, NEIGHBOUR, OPERATOR, TOWNSHIP, VILLAGE, Cast

from .factories import Silent, checked, taken_in, workbook

NEW = f"{VILLAGE}077"
ROWS = (("湾编码", "户主", "人数"), (NEIGHBOUR, "港测丙", 3), (HOME, "罗测七", 2))


def test_checked_with_a_code_of_before(cast: Cast) -> None:
    clerk = cast.actor("township_staff")
    recode_region(actor=OPERATOR, old=NEIGHBOUR, new=NEW)
    sheet = taken_in(clerk, TOWNSHIP, workbook(*ROWS))
    assert (sheet.taken, sheet.late) == (2, 0)
    assert Household.objects.filter(hamlet=NEW, head_name="港测丙").exists()


@pytest.mark.parametrize("merged", [True, False])
def test_the_place_moves_between_checking_and_taking_in(cast: Cast, merged: bool) -> None:
    clerk = cast.actor("township_staff")
    sheet = checked(clerk, TOWNSHIP, workbook(*ROWS))
    if merged:
        merge_hamlets(actor=clerk, hamlet=cast.hamlet(NEIGHBOUR), heir=cast.home)
    else:
        recode_region(actor=OPERATOR, old=NEIGHBOUR, new=NEW)
    sheet = take_in(take_in_sheet(actor=clerk, sheet=sheet, in_background=False), clerk, Silent())
    assert (sheet.taken, sheet.late) == (2, 0)
    place = HOME if merged else NEW
    assert Household.objects.filter(hamlet=place, head_name="港测丙").exists()
