"""What the code on the receipt of a gift opens."""

from django.urls import reverse

from genxu.core.codes import has_code

from .models import Contribution


def opens(typed: str) -> str:
    """The path of its page; empty if no receipt of a fund has this code."""
    found = Contribution.objects.filter(has_code(typed)).values_list("pk", flat=True).first()
    return reverse("gift", args=[found]) if found else ""
