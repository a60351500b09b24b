"""The catalogue that a county may begin with: two items named by the article, eleven examples."""

import tomllib
from pathlib import Path
from typing import Any

from genxu.core.access import Actor
from genxu.regions.models import Region

from .catalogue_actions import add_item
from .models import Item

TABLE = Path(__file__).parent / "data" / "items.toml"


def enter_catalogue(actor: Actor, place: Region) -> list[Item]:
    """Put the items in that are not there yet, one action each."""
    table: list[dict[str, Any]] = tomllib.loads(TABLE.read_text(encoding="utf-8"))["items"]
    there = set(Item.objects.filter(place=place, ended_on=None).values_list("name", flat=True))
    new = [one for one in table if one["name"] not in there]
    return [add_item(actor=actor, hamlet=place, **one) for one in new]
