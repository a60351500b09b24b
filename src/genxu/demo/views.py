"""Entering the demonstration as one of its cast."""

from django.conf import settings
from django.contrib.auth import login
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from genxu.core.errors import Missing
from genxu.core.pages import ActorRequest, page
from genxu.people.models import Account
from genxu.people.sessions import begin

from . import rules


@page(rules.enter_as_cast, "POST")
def enter(request: ActorRequest) -> HttpResponse:
    """Sign in as the account that was picked."""
    rules.enter_as_cast.require(request.actor)
    key = request.POST.get("account", "")
    account = (
        Account.objects.filter(pk=key, is_active=True).first()
        if key.isdecimal() and len(key) < 18
        else None
    )
    if account is None:
        raise Missing(_("There is nobody of that name in the cast."))
    login(request, account, backend=settings.AUTHENTICATION_BACKENDS[0])
    begin(request.session, account)
    return redirect("home")
