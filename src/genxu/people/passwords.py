"""Which passwords are too easily guessed; the same for whoever sets one, by whatever way."""

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from genxu.core.errors import Invalid

from .models import Account

SENTENCES = {
    "password_too_short": _("A password needs at least %(min_length)s characters."),
    "password_too_common": _("This password is one of the first that anybody tries."),
    "password_entirely_numeric": _("A password of digits alone is guessed too easily."),
    "password_too_similar": _("The password is too much like the name or the phone number."),
}


def take_password(account: Account, password: str | None) -> None:
    """Give the account this password, if it is a good one; None lets no password fit."""
    if password is not None:
        try:
            validate_password(password, account)
        except ValidationError as error:
            raise Invalid({"password": " ".join(map(_sentence, error.error_list))}) from error
    account.set_password(password)


def _sentence(error: ValidationError) -> str:
    text = SENTENCES.get(error.code or "")
    return str(text % (error.params or {})) if text else " ".join(error.messages)
