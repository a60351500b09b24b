"""What lies at a place is seen by those in charge there, and by nobody where nothing was said."""

from typing import Any

import pytest
from django.apps import apps

from genxu.core.errors import Missing
from genxu.organisation.councils.models import Council
from genxu.organisation.councils.tests.factories import form
from genxu.people.models import Household, ToldApart
from genxu.regions.placed import Placed, PlacedQuerySet
from tests.cast import FAR, HOME, OPERATOR, VILLAGE, Cast

PLACED: list[Any] = [model for model in apps.get_models() if issubclass(model, Placed)]


def test_one_of_the_place_is_found_and_an_outsider_is_told_that_there_is_none(cast: Cast) -> None:
    council = form(cast, HOME)
    assert Council.objects.one_for(cast.actor("county_staff"), council.pk) == council
    for part, pk in (("far_secretary", council.pk), ("county_staff", council.pk + 1)):
        with pytest.raises(Missing) as refused:
            Council.objects.one_for(cast.actor(part), pk)
        assert refused.value.message == Council.missing


def test_a_place_holds_what_lies_below_it(cast: Cast) -> None:
    everywhere = set(Household.objects.under(""))
    assert set(Household.objects.under(VILLAGE)) | set(Household.objects.under(FAR)) == everywhere
    assert {one.place_code for one in Household.objects.under(HOME)} == {HOME}


def test_where_no_role_is_named_nobody_sees_a_row(cast: Cast) -> None:
    first, second = cast.households()[:2]
    apart = ToldApart.objects.create(hamlet=first.hamlet, first=first, second=second)
    rows: PlacedQuerySet[ToldApart] = PlacedQuerySet(ToldApart)
    assert list(rows) == [apart]
    assert list(rows.visible_to(cast.actor("secretary"))) == []
    assert list(rows.visible_to(OPERATOR)) == []


def _led_to(model: Any) -> Any:
    """Where its field leads, by way of another row too: ``book__place``."""
    for name in model.place_field.split("__"):
        model = model._meta.get_field(name).related_model
    return model


@pytest.mark.parametrize("model", PLACED, ids=lambda model: model.__name__)
def test_each_one_lies_at_a_place_and_what_is_shown_has_its_sentence(model: Any) -> None:
    assert _led_to(model).__name__ == "Region"
    shown = model.seen_by or "visible_to" in vars(type(model._default_manager.all()))
    assert not shown or str(model.missing)
