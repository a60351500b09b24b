"""Keys that the database does not hold: what is sealed with them says nothing to whoever reads the
tables, and a mark made with them cannot be made by whoever writes into them.

Each purpose has a key of its own, drawn from ``SECRET_KEY``. Keys in ``SECRET_KEY_FALLBACKS`` still
open what they had sealed and still recognise their marks, so that a secret can be changed.
"""

from base64 import urlsafe_b64encode
from functools import cache
from hashlib import sha256
from hmac import compare_digest
from hmac import digest as hmac_digest

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings


class Unreadable(Exception):
    """It was not sealed with a key that is known here."""


def mark(purpose: str, text: str) -> str:
    """The keyed fingerprint of a text (HMAC-SHA256, 64 hexadecimal digits)."""
    return hmac_digest(_key(settings.SECRET_KEY, purpose), text.encode(), "sha256").hex()


def marks(purpose: str, text: str) -> list[str]:
    """Its fingerprint under each key in force, the newest first: what a row is looked up by."""
    keys = (_key(secret, purpose) for secret in _secrets())
    return [hmac_digest(key, text.encode(), "sha256").hex() for key in keys]


def is_mark(purpose: str, text: str, given: str) -> bool:
    """Whether a fingerprint was made of this text with one of the keys in force."""
    return any(compare_digest(one, given) for one in marks(purpose, text))


def seal(purpose: str, text: str) -> str:
    """The text as only a holder of the key reads it (Fernet: AES-128-CBC, HMAC-SHA256)."""
    return _locks(purpose, _secrets()).encrypt(text.encode()).decode()


def unseal(purpose: str, sealed: str) -> str:
    """The text again; ``Unreadable`` if no key in force had sealed it, or it was altered."""
    try:
        return _locks(purpose, _secrets()).decrypt(sealed.encode()).decode()
    except InvalidToken as error:
        raise Unreadable from error


def _secrets() -> tuple[str, ...]:
    return (settings.SECRET_KEY, *map(str, settings.SECRET_KEY_FALLBACKS))


@cache
def _locks(purpose: str, secrets: tuple[str, ...]) -> MultiFernet:
    return MultiFernet(Fernet(urlsafe_b64encode(_key(one, f"{purpose} sealed"))) for one in secrets)


@cache
def _key(secret: str, purpose: str) -> bytes:
    return hmac_digest(sha256(secret.encode()).digest(), f"genxu {purpose}".encode(), "sha256")
