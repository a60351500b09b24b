"""What templates say of figures: shares, and bars of the months."""

from datetime import date
from typing import Any

from django import template
from django.utils.formats import date_format

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
def trend_bars(months: list[Any]) -> list[dict[str, Any]]:
    """Bars of a drawing 360 wide whose base lies at 118; each quarter is labelled."""
    slot = 360 / max(len(months), 1)
    top = max((month.change for month in months), default=0)
    bars = []
    for n, month in enumerate(months):
        height = round(92 * month.height / 100, 1)
        last = n == len(months) - 1
        labelled = month.month.month % 3 == 1
        bars.append({
            "name": date_format(month.month, "YEAR_MONTH_FORMAT"),
            "value": str(month.change),
            "x": f"{n * slot + slot * 0.16:.1f}",
            "y": f"{118 - height:.1f}",
            "width": f"{slot * 0.68:.1f}",
            "height": f"{height:.1f}",
            "middle": f"{(n + 0.5) * slot:.1f}",
            "now": last,
            "told": month.change > 0 and (last or month.change == top),
            "label": _month_label(month.month) if labelled else "",
        })  # fmt: skip
    return bars


def _month_label(month: date) -> str:
    return str(month.year) if month.month == 1 else date_format(month, "M")
