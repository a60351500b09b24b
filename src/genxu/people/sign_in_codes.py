"""Codes by text message: made in the request, sent by a job, good once and for a few minutes.

The request does the same for every number and asks for no account: whether there is one, only the
job finds out. The database holds marks and what is sealed, the session an opaque token.
"""

import json
import secrets
from datetime import timedelta

from django.db import transaction
from django.db.models import F, QuerySet
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from genxu.core import clock, keys
from genxu.core.errors import Invalid
from genxu.core.ratelimit import give_back, take

from . import tasks
from .backends import WithGrants
from .models import Account, SignInCode
from .sign_in_limits import of_guessing

PURPOSE = "sign-in code"
VALID = timedelta(minutes=5)
DIGITS = 6
GUESSES = 5

WRONG = _("This code is not right. Please look at the message once more.")
GONE = _("This code is no longer good. Please ask for a new one.")
ENOUGH = _("That was wrong too often for one day. Please sign in with your password, or tomorrow.")


def put_on_its_way(phone: str) -> str:
    """Make a code for a number and hand it to the job; the token by which it is found again.

    Both lie in the same database: the job is there if, and only if, the code is.
    """
    token = secrets.token_urlsafe(24)
    code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"
    now = clock.now()
    with transaction.atomic():
        row = SignInCode.objects.create(
            token_mark=keys.mark(PURPOSE, token),
            code_mark=keys.mark(PURPOSE, f"{token} {code}"),
            phone_sealed=keys.seal(PURPOSE, phone),
            sent_at=now,
            expires_at=now + VALID,
        )
        letter = {"row": row.pk, "phone": phone, "code": code, "language": get_language()}
        tasks.send_code.enqueue(keys.seal(tasks.PURPOSE, json.dumps(letter)))
    return token


def number_behind(token: str) -> str:
    """The number that the code of this token was asked for; empty once it is no longer kept."""
    row = _rows(token).first()
    return keys.unseal(PURPOSE, row.phone_sealed) if row else ""


def void(token: str) -> None:
    """The code of this token is good no more, and is not sent if it has not been yet."""
    _rows(token).delete()


def account_by(request: HttpRequest, token: str, code: str) -> Account:
    """Whose code it is; ``Invalid`` if it is wrong, too old, or was guessed at too often.

    Not in a transaction: a wrong guess stays counted.
    """
    row = _rows(token).filter(expires_at__gt=clock.now(), guesses__lt=GUESSES).first()
    if row is None:
        raise Invalid({"code": GONE})
    today = of_guessing(request, keys.unseal(PURPOSE, row.phone_sealed))
    if take(today):
        void(token)
        raise Invalid({"code": ENOUGH})
    if not _rows(token).filter(guesses__lt=GUESSES).update(guesses=F("guesses") + 1):
        raise Invalid({"code": GONE})
    if not keys.is_mark(PURPOSE, f"{token} {code}", row.code_mark):
        raise Invalid({"code": WRONG if row.guesses + 1 < GUESSES else GONE})
    give_back(today)
    return _opened_by(token)


def _opened_by(token: str) -> Account:
    """The account behind a right code, which is used up; one that holds no role has none, nor one
    whose number is another by now. (It is told as any wrong code: nobody learns that the number
    had an account.)"""
    row = _rows(token).first()
    account = WithGrants().get_user(row.account_id) if row else None
    if row and account and account.phone != keys.unseal(PURPOSE, row.phone_sealed):
        account = None
    if account is None or not _rows(token).delete()[0]:
        raise Invalid({"code": WRONG})
    return account


def _rows(token: str) -> QuerySet[SignInCode]:
    return SignInCode.objects.filter(token_mark__in=keys.marks(PURPOSE, token))


def forget_codes() -> int:
    """Delete the codes that are too old; how many there were."""
    return SignInCode.objects.filter(expires_at__lt=clock.now()).delete()[0]
