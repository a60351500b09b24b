"""Households as they are picked from a list by their labels."""

from functools import cached_property
from typing import TypeVar

from genxu.core.names import bare

T = TypeVar("T")


class ByLabel(dict[str, T]):
    """What is offered, by its label: “罗测一（第 1 户）”."""

    def meant(self, text: str) -> T | None:
        """What is picked by this text: whoever types it herself may have other brackets and
        blanks on her phone than the list has."""
        return self._bare.get(bare(text.strip()))

    @cached_property
    def _bare(self) -> dict[str, T]:
        return {bare(label): one for label, one in self.items()}
