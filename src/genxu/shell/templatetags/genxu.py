"""What templates need everywhere: crumbs, forms, icons, dates as people say them, QR codes."""

import re
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import uuid4

import segno
from django import template
from django.contrib.messages.storage.base import Message
from django.db.models import Model
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from genxu.core import clock
from genxu.core.access import Actor
from genxu.core.lists import LISTS
from genxu.core.money import yuan
from genxu.core.names_of_journal import act_of
from genxu.core.sections import Shown
from genxu.core.steps import WayBack

from .. import fields
from ..icons import ICONS

register = template.Library()
register.simple_tag(fields.field)
register.simple_tag(fields.datalist)
register.filter("yuan", yuan)


class Crumb(NamedTuple):
    """A page above: what it is called, its address (empty: it cannot be opened)."""

    label: Any
    url: str


@register.filter
def named(page: Model | str, label: Any) -> Crumb:
    """A crumb of another name than its own: of a row, or of an address."""
    return Crumb(label, page if isinstance(page, str) else _page_of(page))


@register.inclusion_tag("parts/crumbs.html", takes_context=True)
def crumbs(context: Any, *way: Any) -> dict[str, Any]:
    """The way to a page. The last is the page itself; above it stand lists by the names of their
    addresses, places (the list before them, cut to the place), rows, and what is ``named``. What
    is empty is left out, and so is a list that is not for the reader:
    ``{% crumbs "matters" matter.hamlet matter step.label %}``.
    """
    *above, here = [one for one in way if one]
    links, before = [], ""
    for one in above:
        listed = one if isinstance(one, str) else before if _is_place(one) else ""
        if not listed or _may_open(context.get("actor"), listed):
            links.append(_crumb(one, before))
        before = one
    return {"links": links, "here": here}


def _is_place(one: Any) -> bool:
    """The key of a place is its code."""
    return isinstance(one, Model) and isinstance(one.pk, str)


def _may_open(actor: Actor | None, listed: str) -> bool:
    """Whether a role of the reader's includes the list; a page that knows no reader asks nobody."""
    reverse(listed)  # it loads the addresses, and with them the lists
    permission = LISTS[listed].permission
    return actor is None or permission.public or actor.plays(permission.roles)


@register.simple_tag(takes_context=True)
def sections(context: Any, shown: Iterable[Shown]) -> SafeString:
    """The parts of a page that floors below it show (``core/sections.py``)."""
    written = []
    for one in shown:
        with context.push(**one.facts):
            written.append(context.template.engine.get_template(one.template).render(context))
    return mark_safe("".join(written))  # noqa: S308 - made by templates


def _crumb(one: Any, before: Any) -> Crumb:
    if isinstance(one, Crumb):
        return one
    if isinstance(one, str):
        return Crumb(LISTS[one].title, reverse(one))
    if _is_place(one):
        return Crumb(one, f"{reverse(before)}?place={one.pk}")
    return Crumb(one, _page_of(one))


def _page_of(row: Model) -> str:
    """The page of a row bears the name of its class."""
    name = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", type(row).__name__).lower()
    return reverse(name, args=[row.pk])


@register.simple_block_tag(takes_context=True, end_name="endform")
def form(context: Any, content: SafeString, **given: Any) -> Any:
    """A form as ``parts/form.html`` draws it; its fields are those between the tags."""
    with context.push(fields=content, **given):
        return context.template.engine.get_template("parts/form.html").render(context)


@register.simple_tag
def new_submission() -> SafeString:
    """What a button without fields bears, so that two sendings are one."""
    return format_html('<input type="hidden" name="client_id" value="{}">', uuid4())


@register.simple_tag
def submission(row: Model) -> SafeString:
    """What an ``ActionForm`` on a row bears, for a list with a button at each row."""
    field = '<input type="hidden" name="client_id" value="{}">'
    field += '<input type="hidden" name="version" value="{}">'
    return format_html(field, uuid4(), row.version)  # type: ignore[attr-defined]


@register.simple_tag
def icon(name: str) -> SafeString:
    """A small line drawing, see ``genxu.shell.icons``."""
    return ICONS[name]


@register.simple_tag
def way_back(message: Message) -> dict[str, Any] | None:
    """How the step that a message tells of is taken back, if it can be; sent once (``once.ts``)."""
    way = WayBack.of_tag(message.extra_tags or "")
    return {**vars(way), "client_id": uuid4()} if way else None


@register.filter
def action_label(name: str) -> Any:
    """What an action, or a reading, of the journal is called: as its permission is."""
    return act_of(name)


@register.filter
def detail_value(value: Any) -> str:
    """A detail of the journal as it is read: yes or no; a list one after the other."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return ", ".join(str(one) for one in value) if isinstance(value, list) else str(value)


@register.filter
def day(value: date | datetime | None) -> str:
    """A day as one says it: today, yesterday, 5月24日, with the year if it is another one."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        value = timezone.localdate(value)
    today = clock.today()
    if value == today:
        return _("today")
    if (today - value).days == 1:
        return _("yesterday")
    if value.year == today.year:
        return date_format(value, "MONTH_DAY_FORMAT")
    return date_format(value, "DATE_FORMAT")


@register.filter
def qr(address: str) -> SafeString:
    """A QR code as inline SVG; a fixed mask makes it quick, no boost keeps it small."""
    code = segno.make(address, mask=2, boost_error=False, error="m")
    return mark_safe(code.svg_inline(border=2, omitsize=True, svgclass="qr", lineclass=None))  # noqa: S308


@register.simple_tag(takes_context=True)
def full_address(context: Any, path: str) -> str:
    """An address as it goes on paper."""
    return str(context["request"].build_absolute_uri(path))


@register.simple_tag(takes_context=True)
def slip_address(context: Any, path: str, code: str) -> str:
    """The address that a slip bears: the code behind ``#``, which no browser sends to a server."""
    return f"{full_address(context, path)}#{code}"


@register.filter
def thousands(value: int) -> str:
    """A count with its thousands set apart."""
    return f"{value:,}"
