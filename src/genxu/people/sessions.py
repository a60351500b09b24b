"""When a session ends: with the last role, and for those who work in an office after rest.

Offices share their computers. Whoever works in a hamlet signs in on a phone of her own, and stays
signed in as long as ``SESSION_COOKIE_AGE`` says.
"""

from importlib import import_module

from django.conf import settings
from django.contrib.auth import SESSION_KEY, get_user
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest

from genxu.core import clock, unsent

from .known import is_mark_of
from .models import Account
from .roles import STAFF, Role

USED = "used"
"""Where a session notes when it was last used, in seconds."""
NOTED_EVERY = 600
IN_OFFICE = (*STAFF, Role.AUDITOR)


def account_behind(request: HttpRequest) -> Account | AnonymousUser:
    """Who has signed in, if the session still holds; what is left of one that does not goes."""
    session = request.session
    found = get_user(request)
    if isinstance(found, Account) and not _has_rested_too_long(session, found):
        return found
    if SESSION_KEY in session:
        session.flush()
    return AnonymousUser()


def _has_rested_too_long(session: SessionBase, account: Account) -> bool:
    """Also notes that it is used now: the second thing that a GET may write (docs/adr/0003)."""
    if not account.actor().plays(IN_OFFICE):
        return False
    now = int(clock.now().timestamp())
    last = session.get(USED, now - NOTED_EVERY)
    if now - last >= settings.STAFF_IDLE:
        return True
    if now - last >= NOTED_EVERY:
        note_use(session)
    return False


def note_use(session: SessionBase) -> None:
    """The session of somebody in an office is in use now: at sign-in, and every ten minutes."""
    session[USED] = int(clock.now().timestamp())
    session.set_expiry(settings.STAFF_IDLE)


def begin(session: SessionBase, account: Account) -> None:
    """Somebody has just signed in; what was typed in the session before is for its owner."""
    actor = account.actor()
    unsent.hand_over(session, actor, lambda mark: is_mark_of(mark, account.phone or ""))
    if actor.plays(IN_OFFICE):
        note_use(session)


def clear_sessions() -> None:
    """Delete the sessions that are over."""
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
