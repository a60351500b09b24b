"""How a part of a public page is written before it is kept."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.template.loader import render_to_string

from genxu.regions.models import Region
from genxu.regions.queries import place_on_path

Written = tuple[tuple[str, str], datetime | None]
"""Title and content, and when it changes by itself."""


def written(template: str, code: str, make: Callable[[Region], dict[str, Any]]) -> Written:
    """The page of a place, or of what lies there and has a ``title`` of its own. The names above
    the place, and that it has this code, are known by the journal too."""
    *path, here = place_on_path(code)
    context = {"place": here, "path": path, **make(here)}
    title = str(context.get("title") or here)
    return (title, str(render_to_string(template, context))), context.get("until")
