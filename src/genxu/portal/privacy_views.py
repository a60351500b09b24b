"""The privacy notice: what is kept of a household, what never, who reads it, what one may ask."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from genxu.core.pages import page
from genxu.core.rules import open_public
from genxu.imports.models import KEPT_DAYS


@page(open_public)
def privacy(request: HttpRequest) -> HttpResponse:
    """In plain words, open to everybody; the footer of every page leads here."""
    context = {
        "operator": settings.OPERATOR_NAME,
        "contact": settings.OPERATOR_CONTACT,
        "sheets_kept": KEPT_DAYS,
        "job_files_kept": settings.JOB_FILES_KEPT,
    }
    return render(request, "portal/privacy.html", context)
