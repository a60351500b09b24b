"""The one way in which anything is written.

``@action(permission)`` turns a keyword-only function ``verb_noun(*, actor, …)`` into an action.
Each run opens a transaction, locks what the action changes, asks the permission, calls the body
and writes the journal with what follows from it. There is no flag to skip a part.
"""

import inspect
import re
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any, Generic, ParamSpec, TypeVar, cast
from uuid import UUID

from django.apps import apps
from django.core.files import File
from django.db import IntegrityError, transaction
from django.db.models import CharField, Model, QuerySet
from django.utils.translation import gettext_lazy as _

from . import journal
from .access import Actor, Permission, Placed
from .errors import Conflict, Denied, Missing, Refusal, SavedAlready
from .models import JournalEntry
from .prepared import prepared_rows
from .storage import kept_only_if_committed
from .unsent import note_stopped, stop_if_only_shown

CHANGED_MEANWHILE = _("Somebody else has just changed this. Look at it once more.")
_USED = _("This form was already used for something else. Please start anew.")
_SAVED_ALREADY = _(
    "This was saved before already; what was changed since is not. "
    "Look at what is there, and send the rest anew."
)
P = ParamSpec("P")
ACTIONS: "dict[str, Action[Any, Any]]" = {}
"""Every action by the name under which the journal knows it."""
R = TypeVar("R", bound=Model)


@cache
def _locked(model: type[Model]) -> Callable[..., list[Any]]:
    """What reads a row of this model under a lock, by its key."""
    rows = model._default_manager.select_for_update(of=("self",), no_key=True)

    def by_code(key: str) -> QuerySet[Any]:
        return rows.filter(pk=key)

    def by_number(key: int) -> QuerySet[Any]:
        return rows.filter(pk=key)

    return prepared_rows(by_code if isinstance(model._meta.pk, CharField) else by_number)


class Action(Generic[P, R]):
    """An action: call it, or call ``.once(client_id, …)`` so that a second sending does nothing."""

    def __init__(
        self,
        body: Callable[P, R],
        permission: Permission,
        locks: str | None,
        notes: tuple[str, ...],
        first: Callable[..., None] | None,
        also_ended: bool,
    ) -> None:
        self.body = body
        self.permission = permission
        self.locks = locks
        self.notes = notes
        self.first = first
        self.also_ended = also_ended
        self.name = f"{body.__module__.split('.')[-2]}.{body.__name__}"
        self.__doc__ = body.__doc__
        self.__name__ = body.__name__
        taken = inspect.signature(body).parameters
        missing = {"actor", *permission.targets, *notes, *([locks] if locks else [])} - set(taken)
        if missing:
            raise TypeError(f"action {self.name} does not take {sorted(missing)}")
        ACTIONS[self.name] = self
        if any(p.kind is not p.KEYWORD_ONLY for p in taken.values()):
            raise TypeError(f"action {self.name} must be keyword-only")
        if not hasattr(inspect.signature(body).return_annotation, "place_code"):
            raise TypeError(
                f"what action {self.name} gives has no place_code: nobody would count it"
            )

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> R:
        return self._run(None, None, dict(kwargs))

    def once(
        self,
        client_id: UUID | None,
        version: int | None = None,
        /,
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> R:
        """Run, unless the same submission already ran: then give what it made.

        ``version`` is what the person had before her eyes of the row that is locked; if somebody
        was quicker she is told (``Conflict``).
        """
        return self._run(client_id, version, dict(kwargs))

    def _run(self, client_id: UUID | None, version: int | None, kwargs: dict[str, Any]) -> R:
        actor: Actor = kwargs["actor"]
        try:
            with kept_only_if_committed(), transaction.atomic():
                self._lock(kwargs)
                targets = {name: kwargs[name] for name in self.permission.targets}
                self.permission.require(actor, **targets)
                self._check_ended(targets)
                self._compare(version, kwargs)
                stop_if_only_shown()
                result = cast("Callable[..., R]", self.body)(**kwargs)
                self._write_journal(actor, result, kwargs, client_id)
                return result
        except (IntegrityError, Refusal) as error:
            # A second sending is rare: it is looked for only when it has been stopped by the
            # uniqueness of its id, or refused because the first one changed the state.
            entry = self._sent_before(client_id)
            if entry is None:
                note_stopped(self.name, error)
                raise
            if not self._is_ours(entry, actor):
                if isinstance(error, Denied):
                    raise
                raise Conflict(_USED) from error
            if not journal.is_same_submission(entry, _sent(kwargs)):
                raise SavedAlready(_SAVED_ALREADY) from error
            return self._made(entry)

    def made_before(self, actor: Actor, client_id: UUID | None) -> R | None:
        """What this very submission made, if it ran; for what must not be done in vain."""
        entry = self._sent_before(client_id)
        return self._made(entry) if entry and self._is_ours(entry, actor) else None

    def _lock(self, kwargs: dict[str, Any]) -> None:
        """Read the row that will change again, locked, so that two writers follow each other.

        The lock leaves the key free: rows that refer to this one can still be written by others.
        """
        if self.first is not None:
            self.first(**kwargs)
        if self.locks is None:
            return
        row: Model = kwargs[self.locks]
        for fresh in _locked(type(row))(row.pk):
            kwargs[self.locks] = fresh
            return
        raise Missing(_("It is no longer there."))

    def _check_ended(self, targets: Mapping[str, Any]) -> None:
        """Nothing new is written at what has come to its end, as it says itself: ``ended``."""
        for target in targets.values():
            if not self.also_ended and (why := getattr(target, "ended", "")):
                raise Conflict(why)

    def _compare(self, version: int | None, kwargs: dict[str, Any]) -> None:
        """Whether the row is the one that the person had before her eyes; told only to whoever
        has the power."""
        if self.locks and version is not None and version != kwargs[self.locks].version:
            raise Conflict(CHANGED_MEANWHILE)

    def _write_journal(
        self, actor: Actor, result: R, kwargs: dict[str, Any], client_id: UUID | None
    ) -> None:
        entry = journal.write(
            actor=actor,
            action=self.name,
            place=cast("Placed", result).place_code,
            subject_type=result._meta.label_lower,
            subject_id=str(result.pk),
            detail={n: _plain(kwargs[n]) for n in self.notes if kwargs.get(n) is not None},
            client_id=client_id,
        )
        if client_id:
            journal.note_submission(entry, _sent(kwargs))

    def _sent_before(self, client_id: UUID | None) -> JournalEntry | None:
        return JournalEntry.objects.filter(client_id=client_id).first() if client_id else None

    def _is_ours(self, entry: JournalEntry, actor: Actor) -> bool:
        return entry.action == self.name and actor.is_named(entry.actor)

    def _made(self, entry: JournalEntry) -> R:
        model = apps.get_model(entry.subject_type)
        return cast("R", model._default_manager.get(pk=entry.subject_id))


def action(
    permission: Permission,
    *,
    locks: str | None = None,
    notes: tuple[str, ...] = (),
    first: Callable[..., None] | None = None,
    also_ended: bool = False,
) -> Callable[[Callable[P, R]], Action[P, R]]:
    """Make an action of a function.

    ``locks`` names the argument whose row is read again under a lock; ``first`` is given the
    arguments before that and locks what must be locked before it. ``also_ended``: it may be taken
    at a place that was closed. ``notes`` names the arguments
    that the journal keeps: rows, days, numbers, codes and choices, never free text and nothing
    sensitive (tests/test_journal_law.py).
    The function returns the row that it made or changed; that row has a ``place_code``.
    """

    def wrap(body: Callable[P, R]) -> Action[P, R]:
        return Action(body, permission, locks, notes, first, also_ended)

    return wrap


def _sent(kwargs: dict[str, Any]) -> str:
    """What was sent, in one writing, to tell a second sending from a corrected one.

    Files are told apart by their sizes.
    """
    return repr([_canonical(kwargs[name]) for name in sorted(kwargs) if name != "actor"])


def _canonical(value: Any) -> Any:
    if isinstance(value, Model):
        return value.pk
    if isinstance(value, File):
        return value.size
    if is_dataclass(value):
        return [_canonical(getattr(value, field.name)) for field in fields(value)]
    if isinstance(value, list | tuple):
        return [_canonical(one) for one in value]
    return str(value)


def _plain(value: Any) -> Any:
    """As the journal keeps it; a text that is no code has no place there."""
    if isinstance(value, Model):
        return str(value.pk)
    if isinstance(value, bool | int):
        return value
    if isinstance(value, Mapping):
        return {_plain(name): _plain(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    if not _CODE.fullmatch(text := str(value)):
        raise TypeError("the journal keeps ids, days, numbers and codes, not this text")
    return text


_CODE = re.compile(r"[A-Za-z0-9_.:-]{0,64}")
"""An id, a day, a place code, the name of a choice."""
