"""What templates say of figures: shares, and bars of the months."""

from collections.abc import Iterable, Sequence
from datetime import date
from html import escape
from typing import Any

from django import template
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

register = template.Library()


@register.filter
def counted(figures: dict[str, int], key: str) -> int:
    """One of a place's figures; their keys have dots, which a template cannot follow."""
    return figures.get(key, 0)


@register.filter
def share(value: int, total: int) -> int:
    """A whole percentage; nothing of nothing is 0."""
    return round(100 * value / total) if total else 0


@register.simple_tag
def figure_tiles(figures: Iterable[dict[str, Any]]) -> SafeString:
    """Each figure as a tile, a link where there is a list of what it counts."""
    return mark_safe("\n".join(map(_tile, figures)))  # noqa: S308 - escaped


def _tile(one: dict[str, Any]) -> str:
    among = f"<br><small>{escape(one['among'])}</small>" if one["among"] else ""
    told = (
        f'<span class="figure-value">{one["value"]:,}</span>'
        f'<span class="figure-term">{escape(one["term"])}{among}</span>'
    )
    if not one["link"]:
        return f'<div class="figure">{told}</div>'
    late = " is-overdue" if one["late"] else ""
    return f'<a class="figure{late}" href="{escape(one["link"])}">{told}</a>'


@register.simple_tag
def figure_cells(cells: Iterable[dict[str, Any]]) -> SafeString:
    """The figures of a place as the cells of its row; a dash where nothing is told."""
    found = []
    for one in cells:
        told = " late" if one["late"] else "" if one["value"] else " is-zero"
        label = escape(one["term"])
        value = "–" if one["value"] is None else f"{one['value']:,}"
        found.append(f'<td class="is-num{told}" data-label="{label}">{value}</td>')
    return mark_safe("".join(found))  # noqa: S308 - escaped


@register.simple_tag
def month_bars(months: Sequence[Any], title: str) -> SafeString:
    """Bars of the months in a drawing 360 wide whose base lies at 118, each quarter labelled; and
    the same as a table for those who listen. ``title`` is the id of the heading."""
    slot, top = 360 / max(len(months), 1), max((one.change for one in months), default=0)
    bars, rows = [], []
    for n, one in enumerate(months):
        name, last = date_format(one.month, "YEAR_MONTH_FORMAT"), n == len(months) - 1
        high, middle = round(92 * one.height / 100, 1), f"{(n + 0.5) * slot:.1f}"
        bars.append(
            f'<rect class="trend-bar{" is-now" if last else ""}" x="{n * slot + slot * 0.16:.1f}"'
            f' y="{118 - high:.1f}" width="{slot * 0.68:.1f}" height="{high:.1f}" rx="2">'
            f"<title>{name}: {one.change}</title></rect>"
        )
        if one.change > 0 and (last or one.change == top):
            place = f'x="{middle}" y="{118 - high:.1f}" dy="-5"'
            bars.append(f'<text class="trend-value" {place}>{one.change}</text>')
        if one.month.month % 3 == 1:
            label = _month_label(one.month)
            bars.append(f'<text class="trend-label" x="{middle}" y="136">{label}</text>')
        rows.append(f'<tr><th scope="row">{name}</th><td>{one.change}</td></tr>')
    return format_html(
        '<figure class="trend"><svg viewBox="0 0 360 142" role="img" aria-labelledby="{}">'
        '<line class="trend-base" x1="0" x2="360" y1="118.5" y2="118.5"/>{}</svg></figure>'
        '<table class="visually-hidden"><caption>{}</caption><thead><tr><th scope="col">{}</th>'
        '<th scope="col">{}</th></tr></thead><tbody>{}</tbody></table>',
        title, mark_safe("".join(bars)), _("Month by month"), _("Month"), _("Number"),  # noqa: S308
        mark_safe("".join(rows)),  # noqa: S308 - dates and numbers
    )  # fmt: skip


def _month_label(month: date) -> str:
    return str(month.year) if month.month == 1 else date_format(month, "M")
