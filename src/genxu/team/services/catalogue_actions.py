"""The catalogue: items put in, changed, ended; never deleted."""

from typing import Any

from django.utils.translation import gettext as _

from genxu.core import clock
from genxu.core.access import Actor
from genxu.core.actions import action
from genxu.core.errors import Conflict, Invalid
from genxu.core.texts import optional, required
from genxu.regions.models import Region

from . import rules
from .models import LINE_LIMIT, NAME_LIMIT, Channel, Item


@action(rules.add_item, locks="hamlet")
def add_item(
    *,
    actor: Actor,
    hamlet: Region,
    name: str,
    bring: str,
    channel: str,
    takes: str = "",
    certifies: bool = False,
    is_example: bool = False,
) -> Item:
    """A new item of a county or a township."""
    facts = _checked(name, bring, channel, takes, certifies, is_example)
    _check_once(hamlet.code, facts["name"])
    return Item.objects.create(place=hamlet, since=clock.today(), **facts)


@action(rules.change_item, locks="item")
def change_item(
    *,
    actor: Actor,
    item: Item,
    name: str,
    bring: str,
    channel: str,
    takes: str = "",
    certifies: bool = False,
    is_example: bool = False,
) -> Item:
    """What was wrong or has changed; confirmed, it is an example no more."""
    check_stands(item)
    facts = _checked(name, bring, channel, takes, certifies, is_example)
    _check_once(item.place_id, facts["name"], item)
    for field, value in facts.items():
        setattr(item, field, value)
    return _saved(item)


@action(rules.change_item, locks="item")
def end_item(*, actor: Actor, item: Item) -> Item:
    """Nobody asks for it any more; what was asked for goes on."""
    check_stands(item)
    item.ended_on = clock.today()
    return _saved(item)


def check_stands(item: Item, **_parts: Any) -> None:
    """``Conflict`` once it has ended."""
    if item.ended_on:
        raise Conflict(_("This item has ended. Put it in anew."))


def _saved(item: Item) -> Item:
    item.version += 1
    item.save()
    return item


def _checked(
    name: str, bring: str, channel: str, takes: str, certifies: bool, is_example: bool
) -> dict[str, Any]:
    if channel not in Channel:
        raise Invalid({"channel": _("Please choose one of those offered.")})
    return {
        "name": required(name, NAME_LIMIT, "name"),
        "bring": required(bring, LINE_LIMIT, "bring"),
        "takes": optional(takes, NAME_LIMIT, "takes"),
        "channel": channel,
        "certifies": certifies,
        "is_example": is_example,
    }


def _check_once(place: str, name: str, own: Item | None = None) -> None:
    same = Item.objects.filter(place=place, name=name, ended_on=None)
    if same.exclude(pk=own.pk if own else 0).exists():
        raise Invalid({"name": _("This item is in the catalogue already.")})
