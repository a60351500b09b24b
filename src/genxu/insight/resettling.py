"""What merging hamlets means to the figures that are kept ready."""

from genxu.people.resettlement import Merging

from .counting import hand_over


def before_merging(merging: Merging) -> None:
    """The heir's figures are those of both at once, and of every day before; what has changed
    besides is counted when the journal is read."""
    hand_over(merging.hamlet.code, merging.heir.code)
