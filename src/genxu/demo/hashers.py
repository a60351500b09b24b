"""Passwords of the demonstration: known to everybody, so they need no slow hashing."""

from django.contrib.auth.hashers import PBKDF2PasswordHasher


class QuickHasher(PBKDF2PasswordHasher):
    iterations = 1000
