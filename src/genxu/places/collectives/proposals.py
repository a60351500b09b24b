"""What other apps may begin with: how many members are due at a members' meeting."""

from genxu.core import clock
from genxu.regions.models import Region

from .queries import collective_at


def due(hamlet: Region) -> dict[str, int]:
    """All who are of age (第二十六条), of the hamlet's own collective or that of its village."""
    collective = collective_at(hamlet.code)
    count = collective.memberships.able_on(clock.today()).count() if collective else 0
    return {"collective_members": count} if count else {}
