"""Every address of the program, and the floor: a view that does nothing behind all middleware."""

from django.http import HttpResponse
from django.urls import include, path

from genxu.core.pages import ActorRequest, page
from genxu.core.rules import open_public

from .known import BARE


@page(open_public)
def bare(request: ActorRequest) -> HttpResponse:
    """What the server and the middleware cost without a page."""
    return HttpResponse("ok")


urlpatterns = [path(BARE.lstrip("/"), bare), path("", include("genxu.config.demo_urls"))]
