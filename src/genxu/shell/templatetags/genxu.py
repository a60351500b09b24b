"""What templates need everywhere: icons, dates as people say them, counts, QR codes."""

from datetime import date, datetime
from typing import Any
from uuid import uuid4

import segno
from django import template
from django.contrib.messages.storage.base import Message
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from genxu.core import clock
from genxu.core.access import PERMISSIONS
from genxu.core.actions import ACTIONS
from genxu.core.steps import WayBack

from ..icons import ICONS

register = template.Library()


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
    permission = ACTIONS[name].permission if name in ACTIONS else PERMISSIONS.get(name)
    return permission.label if permission else name


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


@register.filter
def thousands(value: int) -> str:
    """A count with its thousands set apart."""
    return f"{value:,}"
