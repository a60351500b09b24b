"""The codes on slips: drawn so that nobody guesses them, kept so that the tables do not tell them.

A row keeps its code twice: as a mark, by which it is found, and sealed, so that the slip can be
printed again. Both need a key that the database does not hold (``keys``).
"""

import secrets
from collections.abc import Iterable, Mapping
from typing import TypedDict

from django.db import models
from django.utils.translation import gettext_lazy as _

from . import clock, keys
from .errors import Conflict, Invalid

PURPOSE = "codes"
CODE_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
CODE_LENGTH = 10
CODE_FIELDS = ("code_mark", "code_sealed")


class Why(models.TextChoices):
    """For what a member of staff shows a code."""

    HAND_OUT = "hand_out", _("To hand it out")
    AGAIN = "again", _("Printed again (torn, lost on the way)")
    READ_OUT = "read_out", _("To read it to her on the phone or at the door")


PRINTING = (Why.HAND_OUT, Why.AGAIN)
"""The reasons for which it goes on paper; for any other, a person has read it."""


class CodeValues(TypedDict):
    """What a row holds of its code."""

    code_mark: str
    code_sealed: str


def new_code() -> str:
    """A code that cannot be guessed: 31^10 possibilities, no letters that look alike."""
    return "".join(secrets.choice(CODE_LETTERS) for _n in range(CODE_LENGTH))


def clean_code(typed: str) -> str:
    """As it stands on the slip: spaces, dashes and small letters are forgiven."""
    return typed.upper().replace("-", "").replace(" ", "")


def grouped(code: str) -> str:
    """As it is printed and read out: in two groups."""
    return f"{code[:5]}-{code[5:]}"


def code_values(code: str = "") -> CodeValues:
    """The fields of a row for this code, or for a new one: ``Suggestion(..., **code_values())``."""
    code = code or new_code()
    return {"code_mark": keys.mark(PURPOSE, code), "code_sealed": keys.seal(PURPOSE, code)}


def replaced_code() -> dict[str, object]:
    """The fields of a row whose code was lost: a new one that nobody has printed or seen."""
    return {**code_values(), "printed_at": None, "code_shown_at": None}


def code_marks(codes: Iterable[str]) -> list[str]:
    """By what the rows of these codes are looked up: each code under each key in force."""
    return [mark for code in codes for mark in keys.marks(PURPOSE, code)]


def has_code(typed: str) -> models.Q:
    """The row whose code was typed, as a condition; nothing for what cannot be a code."""
    code = clean_code(typed)
    if len(code) != CODE_LENGTH or not (code.isascii() and code.isalnum()):
        return models.Q(pk__in=[])
    return models.Q(code_mark__in=code_marks([code]))


class Coded(models.Model):
    """Something that a code on a slip of paper opens.

    ``code_shown_at``: when staff last read the code in clear, other than on a slip to be printed.
    From then on what the code does is marked so, until a new one replaces it.
    """

    code_mark = models.CharField(max_length=64, unique=True)
    code_sealed = models.CharField(max_length=160)
    printed_at = models.DateTimeField(null=True, blank=True)
    code_shown_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def code(self) -> str:
        """The code in clear: for its slip, and for whoever holds it."""
        try:
            return keys.unseal(PURPOSE, self.code_sealed)
        except keys.Unreadable as error:
            text = _("The key that opens this code is no longer on this server. Make a new slip.")
            raise Conflict(text) from error

    @property
    def code_grouped(self) -> str:
        return grouped(self.code)

    @property
    def code_was_shown(self) -> bool:
        return self.code_shown_at is not None


def replace_code(row: Coded) -> None:
    """The old code of a row opens nothing from now on; part of an action."""
    _set(row, replaced_code())


def note_shown(row: Coded, why: str) -> None:
    """The code of a row is shown to a member of staff, who says why; part of an action."""
    if why not in Why:
        raise Invalid({"why": _("Please say what it is for.")})
    _set(row, {"printed_at" if why in PRINTING else "code_shown_at": clock.now()})


def check_printing(why: str) -> None:
    """Many slips at once are only printed, not read out."""
    if why not in PRINTING:
        raise Invalid({"why": _("Please say what it is for.")})


def _set(row: Coded, values: Mapping[str, object]) -> None:
    for name, value in values.items():
        setattr(row, name, value)
    row.save(update_fields=list(values))
