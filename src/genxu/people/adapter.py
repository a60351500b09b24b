"""How allauth, which does the signing-in, finds accounts by phone and brakes guessing."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django import forms
from django.contrib.auth import authenticate
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from genxu.core.ratelimit import give_back, take

from .known import remember
from .models import Account, mobile
from .rows import clean_phone
from .sessions import begin
from .sign_in_limits import of_password

NO_OFFICE = gettext_lazy("You hold no office at present, so nothing waits for you here.")
TOO_MANY = "too_many"
"""The code of the error of a form that was sent too often."""


class PhoneField(forms.CharField):
    """A Chinese mobile number; spaces, dashes, +86 and full-width digits are forgiven."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", gettext_lazy("Phone number"))
        kwargs.setdefault(
            "widget", forms.TextInput({"type": "tel", "inputmode": "tel", "autocomplete": "tel"})
        )
        kwargs.setdefault("validators", [mobile])
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> str:
        return clean_phone(str(value or ""))


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Phone numbers are the accounts' keys, set by the operator and therefore verified."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def phone_form_field(self, **kwargs: Any) -> PhoneField:
        return PhoneField(**kwargs)

    def get_phone(self, user: Any) -> tuple[str, bool] | None:
        return user.phone, True

    def set_phone(self, user: Any, phone: str, verified: bool) -> None:
        raise NotImplementedError("phone numbers are set by the action open_account")

    def set_phone_verified(self, user: Any, phone: str) -> None:
        """Nothing to note: a number is verified by having been granted a role."""

    def get_user_by_phone(self, phone: str) -> Account | None:
        return Account.objects.filter(phone=phone, is_active=True).first()

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Account | None:
        """The account whose number and password these are, while there was not too much guessing.

        Counted before it is checked, so that many at once are many; a right one is no guess.
        """
        tried = of_password(request, credentials["phone"])
        if seconds := take(*tried):
            raise please_wait(seconds)
        account = authenticate(request, **credentials)
        if not isinstance(account, Account):
            return None
        give_back(*tried)
        if not account.grants.exists():
            raise forms.ValidationError(NO_OFFICE)
        return account

    def post_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> HttpResponse:
        response: HttpResponse = super().post_login(request, user, **kwargs)
        remember(request, response, user.phone)
        begin(request.session, user)
        return response


def please_wait(seconds: int) -> forms.ValidationError:
    """How long to wait before the next try; it says nothing of whose number it is."""
    text = _("That was wrong too often. Please try again in %(minutes)s min.")
    return forms.ValidationError(text % {"minutes": -(-seconds // 60)}, TOO_MANY)
