"""What the code of a volunteer, and that of a certificate, opens."""

from django.urls import reverse

from genxu.core.codes import has_code

from .models import Certificate, Volunteer
from .own_access import own_path


def opens(typed: str) -> str:
    """The path of the page; empty if no volunteer and no certificate has this code."""
    if volunteer := Volunteer.objects.filter(has_code(typed)).first():
        return own_path(volunteer)
    paper = Certificate.objects.filter(has_code(typed)).first()
    return reverse("certificate", args=[paper.pk]) if paper else ""
