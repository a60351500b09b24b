"""Sending a sign-in code: waits for the gateway, so that no page does."""

import json
import logging
from datetime import timedelta

from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django_tasks import task

from genxu.core import clock, keys

from .models import Account, SignInCode
from .sms import gateway

log = logging.getLogger("genxu.sms")
PURPOSE = "sms"
QUEUE = "codes"
"""A queue of its own: a code that waits behind a long job is too old when it comes."""
PAUSES = (timedelta(seconds=5), timedelta(seconds=20))
"""How long to wait before each further try, when the gateway has failed."""


@task(queue_name=QUEUE)
def send_code(letter: str, failed: int = 0) -> None:
    """Send a code, if the number has an account that holds a role, and the code is still good.

    ``letter`` is sealed: what the queue keeps of a task says neither number nor code.
    """
    told = json.loads(keys.unseal(PURPOSE, letter))
    account = Account.objects.that_may_sign_in().filter(phone=told["phone"]).first()
    waiting = SignInCode.objects.filter(pk=told["row"], expires_at__gt=clock.now())
    if account is None or not waiting.update(account=account):
        return
    with translation.override(told["language"]):
        text = _("Your code for Genxu is %(code)s. Tell it to nobody.") % {"code": told["code"]}
    try:
        gateway().send(told["phone"], text)
    except Exception as error:  # it may name the number: only its kind is told
        log.warning("a sign-in code was not sent: %s", type(error.__cause__ or error).__name__)
        if failed < len(PAUSES):
            later = timezone.now() + PAUSES[failed]
            send_code.using(run_after=later).enqueue(letter, failed + 1)
