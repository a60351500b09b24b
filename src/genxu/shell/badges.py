"""Words with a colour: the state of a thing, its kind."""

from functools import lru_cache
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString


def badge(tone: str, text: Any) -> SafeString:
    """A state in a word; ``tone`` is one of the classes of ``.badge-state``."""
    return label(f"badge-state {tone}", text)


def label(classes: str, text: Any) -> SafeString:
    """A word in the look of these classes."""
    return _made(classes, str(text))


@lru_cache(maxsize=256)
def _made(classes: str, text: str) -> SafeString:
    return format_html('<span class="{}">{}</span>', classes, text)
