"""What the terminal says when the demonstration starts."""

from genxu.people.models import Grant

from .context import sample_receipt
from .people import PASSWORD


def how_to_come_in(port: int) -> str:
    """The address, and one of the cast for each role."""
    lines = [
        "",
        f"Genxu is at http://127.0.0.1:{port}",
        "The sign-in page lists the whole cast to enter as. Or sign in by phone number,",
        f"password {PASSWORD}:",
        "",
    ]
    seen: set[str] = set()
    for grant in Grant.objects.select_related("account", "place").order_by("-place", "pk"):
        if grant.role not in seen:
            seen.add(grant.role)
            lines.append(f"  {grant.account.phone}  {grant.get_role_display()}  {grant.place}")
    lines += [
        "",
        f"  a resident, by receipt   http://127.0.0.1:{port}/r/{sample_receipt()}/",
        f"  anyone, without log-in   http://127.0.0.1:{port}/places/",
    ]
    return "\n".join([*lines, ""])
