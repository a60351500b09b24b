"""What other apps may begin with: how many of a hamlet's Party members may vote."""

from genxu.regions.models import Region

from .models import Member
from .roll import serving


def due(hamlet: Region) -> dict[str, int]:
    """The full members of the organisation that serves the hamlet, due at its members' meeting."""
    organisations = serving([hamlet.code]).values("organisation")
    members = Member.objects.present().filter(organisation__in=organisations)
    count = members.filter(kind=Member.Kind.FULL).count()
    return {"party_members": count} if count else {}
