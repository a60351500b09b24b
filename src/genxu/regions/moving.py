"""Rows that move to another place: parts of the actions that recode and merge places."""

from collections.abc import Mapping

from django.apps import apps
from django.db import models
from django.db.models import F, Value
from django.db.models.functions import Concat, Substr

from genxu.core import clock
from genxu.core.access import under

from .models import FormerCode, Region


def place_fields() -> "list[models.ForeignKey[Region, Region]]":
    """Every foreign key to a place, of every app, but the tree's own."""
    return [
        field
        for model in apps.get_models()
        for field in model._meta.local_fields
        if isinstance(field, models.ForeignKey)
        and field.related_model is Region
        and model is not Region
    ]


def move_rows(old: str, new: str) -> None:
    """Every row at a place or below it lies under the other code now, former codes among them."""
    for field in place_fields():
        rows = field.model._base_manager.filter(under(old, field.name))
        rows.update(**{field.name: Concat(Value(new), Substr(F(field.attname), len(old) + 1))})


def keep_codes(moved: Mapping[str, str]) -> None:
    """Papers and links with an old code mean the place that has the new one."""
    FormerCode.objects.bulk_create(
        FormerCode(code=old, region_id=new, changed_on=clock.today()) for old, new in moved.items()
    )
