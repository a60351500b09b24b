"""How allauth, which does the signing-in, finds accounts by phone and sends codes."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from genxu.core.ratelimit import client_address

from .models import Account, mobile
from .rows import clean_phone
from .sms import gateway


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

    def send_verification_code_sms(self, user: Any, phone: str, code: str, **kwargs: Any) -> None:
        text = _("Your code for Genxu is %(code)s. Tell it to nobody.") % {"code": code}
        gateway().send(phone, text)

    def get_client_ip(self, request: HttpRequest) -> str:
        return client_address(request)
