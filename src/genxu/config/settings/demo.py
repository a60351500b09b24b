"""Demonstration: an invented world on one's own machine, entered without a password.

It answers to the names of the machine itself only, and to nothing that came through a proxy, so
that a demonstration cannot be put on the internet by forgetting a setting.
"""

from .base import *  # noqa: F403

DEMONSTRATION = True
INSTALLED_APPS = [*INSTALLED_APPS, "genxu.demo"]
MIDDLEWARE = ["genxu.core.middleware.AtHomeOnly", *MIDDLEWARE]
ROOT_URLCONF = "genxu.config.demo_urls"
SECRET_KEY = "demonstration-only-this-world-holds-no-secrets"  # noqa: S105
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
PASSWORD_HASHERS = ["genxu.demo.hashers.QuickHasher"]
