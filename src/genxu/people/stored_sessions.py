"""Sessions as Django keeps them in the database, looked up by a statement that is written once:
each page of whoever has signed in begins with it. ``SESSION_ENGINE`` names this module."""

from typing import Any

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.utils import timezone

from genxu.core.prepared import prepared_rows


@prepared_rows
def _with_key(key: str) -> QuerySet[Session]:
    return Session.objects.filter(session_key=key)


class SessionStore(db.SessionStore):
    def _get_session_from_db(self) -> Any:
        """The row, if its time is not over; else this session has no key any more."""
        for found in _with_key(self.session_key or ""):
            if found.expire_date > timezone.now():
                return found
        self._session_key = None
        return None
