"""What other apps may begin with: where people of a hamlet usually meet."""

from genxu.regions.models import Region

from .queries import last_talk


def venue(hamlet: Region) -> str:
    """Where the last talk was held."""
    last = last_talk(hamlet)
    return last.venue if last else ""
