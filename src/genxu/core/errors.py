"""The refusals of the program: each has an HTTP status and a sentence for the person."""

from collections.abc import Mapping
from typing import ClassVar

from .promises import StrOrPromise


class Refusal(Exception):
    """Something was refused; ``message`` says why in plain words."""

    status: ClassVar[int] = 400

    def __init__(self, message: StrOrPromise) -> None:
        super().__init__(message)
        self.message = message


class Denied(Refusal):
    """The actor has not the power."""

    status = 403


class RuledOut(Denied):
    """The actor has the power, but a rule stands against it: the reason says which."""


class Missing(Refusal):
    """There is no such thing, or it is not for this actor to know."""

    status = 404


class FormOnly(Refusal):
    """An address that only takes what a form sends was opened by hand, by a reload or a link."""

    status = 405


class Conflict(Refusal):
    """Somebody else changed it in between, or the state no longer allows the step."""

    status = 409


class SavedAlready(Conflict):
    """The same submission was saved before, with something else in it."""


class Stale(Refusal):
    """A form whose page stood open too long, or that came from elsewhere: nobody's power is in
    question."""

    status = 403


class TooMany(Refusal):
    """Too many tries in a short time."""

    status = 429


class Invalid(Refusal):
    """What was given is wrong: field name → sentence. Nothing was written."""

    status = 422

    def __init__(self, fields: Mapping[str, StrOrPromise]) -> None:
        super().__init__(next(iter(fields.values())))
        self.fields = dict(fields)
