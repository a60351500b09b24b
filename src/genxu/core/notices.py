"""What waits for somebody, in one line on the home page: each app has its ``notices.py``."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise
else:
    StrOrPromise = str


@dataclass(frozen=True, slots=True)
class Notice:
    """A sentence that leads somewhere; ``urgent`` stands first and in red."""

    text: StrOrPromise
    url: str
    urgent: bool = False
