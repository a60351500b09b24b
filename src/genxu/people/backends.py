"""Signing in as allauth does it; an account comes with its grants in one query."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend

from .models import Account, Grant


class WithGrants(AuthenticationBackend):  # type: ignore[misc]
    """Every page asks for both the account and its grants."""

    def get_user(self, user_id: Any) -> Account | None:
        """The account, if it is open and holds a role: without one nobody is signed in."""
        grants = list(Grant.objects.filter(account_id=user_id).select_related("account"))
        if not grants:
            return None
        account = grants[0].account
        account.known_grants = grants
        return account if self.user_can_authenticate(account) else None
