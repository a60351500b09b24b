"""What the code on a receipt opens."""

from django.urls import reverse

from genxu.core.codes import has_code

from .models import Suggestion


def opens(typed: str) -> str:
    """The path of the receipt's page; empty if none has this code."""
    pk = Suggestion.objects.filter(has_code(typed)).values_list("pk", flat=True).first()
    return reverse("receipt", args=[pk]) if pk else ""
