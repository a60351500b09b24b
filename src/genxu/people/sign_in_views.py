"""Signing in: by password, as allauth does it, and by a code that comes as a text message."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from allauth.account.views import LoginView
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.core.exceptions import NON_FIELD_ERRORS
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from genxu.core.errors import TooMany
from genxu.core.forms import PlainForm, posted
from genxu.core.pages import ActorRequest, page, safe_next
from genxu.core.ratelimit import take
from genxu.core.rules import open_public

from . import sign_in_codes as codes
from .adapter import TOO_MANY
from .known import remember
from .models import Account
from .sessions import begin
from .sign_in_forms import AskForm, CodeForm
from .sign_in_limits import of_asking

TOKEN = "sign_in_code"  # noqa: S105
"""Where the session keeps the token of the code that is waited for: nothing else of it."""
CodeView = Callable[[ActorRequest], HttpResponse]


class SignIn(LoginView):  # type: ignore[misc]
    """Number and password; after too many wrong ones the page says how long to wait."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        by_code = with_next(self.request, "sign_in_by_code") if settings.SIGN_IN_BY_CODE else ""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"code_url": by_code}

    def form_invalid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_invalid(form)
        if form.has_error(NON_FIELD_ERRORS, TOO_MANY):
            response.status_code = TooMany.status
        return response


def with_next(request: HttpRequest, name: str) -> str:
    """The address of a page of signing in, which leads on to where one wanted to go."""
    target = safe_next(request, "")
    return reverse(name) + (f"?{urlencode({'next': target})}" if target else "")


def code_page(view: CodeView) -> Callable[..., HttpResponseBase]:
    """A page that is there if codes can be sent, for those who have not signed in yet."""

    @page(open_public, "GET", "POST")
    @wraps(view)
    def inner(request: ActorRequest) -> HttpResponse:
        if not settings.SIGN_IN_BY_CODE:
            raise Http404
        if request.actor.signed_in:
            return redirect(safe_next(request, reverse("home")))
        return view(request)

    return inner


@code_page
def ask_for_code(request: ActorRequest) -> HttpResponse:
    """Which number a code shall go to."""
    form = AskForm(posted(request))
    if not form.is_valid():
        return _show(request, "ask_for_code", form, form.status)
    if seconds := _send_to(request, form.cleaned_data["phone"]):
        form.add_error("phone", _please_wait(seconds))
        return _show(request, "ask_for_code", form, TooMany.status)
    return redirect(with_next(request, "confirm_code"))


@code_page
def confirm_code(request: ActorRequest) -> HttpResponse:
    """The code typed in; without one that is waited for, back to asking for it."""
    token = request.session.get(TOKEN, "")
    phone = codes.number_behind(token) if token else ""
    if not phone:
        return redirect(with_next(request, "sign_in_by_code"))
    if request.POST.get("action") == "resend":
        return _send_again(request, phone)
    form, account = CodeForm(posted(request)), None
    if form.is_valid():
        with form.taking_refusals():
            account = codes.account_by(request, token, form.cleaned_data["code"])
    if account:
        return _let_in(request, account)
    return _show(request, "confirm_code", form, form.status, ending=phone[-4:])


def _send_again(request: ActorRequest, phone: str) -> HttpResponse:
    """Another code instead of the one before."""
    if seconds := _send_to(request, phone):
        raise TooMany(_please_wait(seconds))
    messages.success(request, _("The code before is no longer good. Please wait for the new one."))
    return redirect(with_next(request, "confirm_code"))


def _send_to(request: ActorRequest, phone: str) -> int:
    """Put a code on its way, or say how many seconds to wait before the next one."""
    if seconds := take(*of_asking(request, phone)):
        return seconds
    codes.void(request.session.get(TOKEN, ""))
    request.session[TOKEN] = codes.put_on_its_way(phone)
    return 0


def _please_wait(seconds: int) -> str:
    text = _("Please wait %(minutes)s min before you ask for another code.")
    return text % {"minutes": -(-seconds // 60)}


def _let_in(request: ActorRequest, account: Account) -> HttpResponse:
    del request.session[TOKEN]
    login(request, account, backend=settings.AUTHENTICATION_BACKENDS[0])
    begin(request.session, account)
    response = redirect(safe_next(request, reverse("home")))
    remember(request, response, str(account.phone))
    return response


def _show(
    request: ActorRequest, name: str, form: PlainForm, status: int, **more: str
) -> HttpResponse:
    context = {"form": form, "next": safe_next(request, ""), **more}
    context["login_url"] = with_next(request, "account_login")
    return render(request, f"account/{name}.html", context, status=status)
