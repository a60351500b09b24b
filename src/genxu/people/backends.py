"""Signing in as allauth does it; an account comes with its grants in one query."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.db.models import QuerySet

from genxu.core.prepared import prepared_rows

from .models import Account, Grant


@prepared_rows
def _grants_of(account: int) -> QuerySet[Grant]:
    return Grant.objects.filter(account=account).select_related("account")


class WithGrants(AuthenticationBackend):  # type: ignore[misc]
    """Every page asks for both the account and its grants."""

    def get_user(self, user_id: Any) -> Account | None:
        """The account, if it is open and holds a role: without one nobody is signed in."""
        grants = _grants_of(int(user_id))
        if not grants:
            return None
        account = grants[0].account
        account.known_grants = grants
        return account if self.user_can_authenticate(account) else None
