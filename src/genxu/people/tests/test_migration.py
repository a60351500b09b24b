"""Households that were there before the registers had pages."""

from importlib import import_module

from django.apps import apps

from genxu.core import clock
from genxu.people.models import HeadCountChange, Household
from tests.cast import HOME, Cast

from .factories import living, population


def test_they_are_found_by_initials_and_counted(cast: Cast) -> None:
    HeadCountChange.objects.all().delete()
    Household.objects.update(initials="")
    import_module("genxu.people.migrations.0003_registers").fill_in(apps, None)
    assert Household.objects.get(hamlet=HOME, number=1).initials == "lcy"
    assert population() == living()
    assert set(HeadCountChange.objects.values_list("day", flat=True)) == {clock.today()}
