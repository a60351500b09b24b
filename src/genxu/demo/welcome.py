"""What the terminal says when the demonstration starts."""

from genxu.people.models import Grant
from genxu.regions.codes import ancestors_of

from .context import sample_link, sample_receipt
from .people import PASSWORD

SHOWN = "421223106211001"
"""卢家大屋: the hamlet whose people the terminal names, and those above it."""


def how_to_come_in(port: int) -> str:
    """The address, and one of the cast for each role."""
    lines = [
        "",
        f"Genxu is at http://127.0.0.1:{port}",
        "The sign-in page lists the whole cast to enter as. Or sign in by phone number,",
        f"password {PASSWORD}:",
        "",
    ]
    places = [*ancestors_of(SHOWN), SHOWN]
    chosen = Grant.objects.filter(place__in=places).select_related("account", "place")
    for grant in sorted(chosen, key=lambda grant: -len(grant.place_id)):
        lines.append(f"  {grant.account.phone}  {grant.get_role_display()}  {grant.place}")
    lines += [
        "",
        f"  a resident, by receipt   http://127.0.0.1:{port}/r/#{sample_receipt()}",
        f"  a household, by its slip http://127.0.0.1:{port}/h/#{sample_link()}",
        f"  anyone, without log-in   http://127.0.0.1:{port}/places/",
    ]
    return "\n".join([*lines, ""])
