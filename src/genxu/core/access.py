"""Who may do what: actors, grants, permissions and decisions.

A grant is (account, role, place code); a role's powers are read from the ``rules`` of each app
and hold in the subtree of that place. Nothing is allowed unless a permission says so.
"""

import inspect
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Protocol

from django.db.models import F, Func, Q
from django.db.models.lookups import GreaterThanOrEqual, LessThan

from .errors import Denied, RuledOut
from .promises import StrOrPromise


class Kind(StrEnum):
    """What sort of actor stands behind a request or a task."""

    ACCOUNT = "account"
    SYSTEM = "system"
    RECEIPT = "receipt"
    HOUSEHOLD = "household"
    NOBODY = "nobody"


SYSTEM_ROLE = "system"
RECEIPT_ROLE = "receipt"
HOUSEHOLD_ROLE = "household"
SHOWN = ":shown"
"""Ends the name of an actor whose code staff had read."""


@dataclass(frozen=True, slots=True)
class Grant:
    """A role held at a place and in all below it; the empty place code is everywhere."""

    role: str
    place: str

    @property
    def office(self) -> str:
        """How it is written down: role@place."""
        return f"{self.role}@{self.place}"


@dataclass(frozen=True, slots=True)
class Actor:
    """The one who reads or acts: an account, the system, whoever holds a receipt or a
    household's link, or nobody."""

    kind: Kind
    key: str = ""
    name: str = ""
    grants: tuple[Grant, ...] = ()
    code_was_shown: bool = False
    """Whether staff had read the code that is this actor's power: what it does is marked so."""
    behind: "Actor | None" = None
    """Who is signed in behind a code: a code's power never hides that. Such a one looks only."""

    @property
    def signed_in(self) -> bool:
        return self.kind is Kind.ACCOUNT

    @property
    def label(self) -> str:
        """How the journal names this actor: no personal name, so that erasure stays possible.
        Who is signed in behind a code is named herself."""
        return self.behind.label if self.behind else self.by_code

    @property
    def by_code(self) -> str:
        """The same without whoever is signed in behind it."""
        return f"{self.kind}:{self.key}{SHOWN if self.code_was_shown else ''}"

    def is_named(self, label: str) -> bool:
        """Whether the journal means this one: its code may have been shown in between."""
        return label.removesuffix(SHOWN) == self.label.removesuffix(SHOWN)

    @property
    def account_id(self) -> int | None:
        return int(self.key) if self.kind is Kind.ACCOUNT else None

    def plays(self, roles: Collection[str]) -> bool:
        return any(grant.role in roles for grant in self.grants)

    def holds(self, roles: Collection[str], place: str) -> bool:
        """Whether one of the roles is held at this place or above it."""
        return any(g.role in roles and place.startswith(g.place) for g in self.grants)

    def holds_at(self, roles: Collection[str], place: str) -> bool:
        """Whether one of the roles is held at exactly this place."""
        return any(g.role in roles and place == g.place for g in self.grants)

    def office_at(self, place: str, roles: Collection[str] | None = None) -> str:
        """The office by which the actor comes to a thing at this place: role@place, the nearest
        one of these roles (or of all); empty without one. It names no person. The empty place is
        any: what somebody serves as who has come from elsewhere."""
        held = [
            g
            for g in self.grants
            if (roles is None or g.role in roles) and (not place or place.startswith(g.place))
        ]
        nearest = max(held, key=lambda grant: len(grant.place), default=None)
        return nearest.office if nearest else ""

    @property
    def offices(self) -> list[str]:
        """The offices held; nobody's but an account's."""
        return [grant.office for grant in self.grants] if self.signed_in else []

    def places(self, roles: Collection[str] | None = None) -> tuple[str, ...]:
        """The places granted, the widest only: a place below another one is left out."""
        codes = sorted({g.place for g in self.grants if roles is None or g.role in roles})
        widest: list[str] = []
        for code in codes:
            if not widest or not code.startswith(widest[-1]):
                widest.append(code)
        return tuple(widest)


NOBODY = Actor(Kind.NOBODY)


def system(name: str) -> Actor:
    """The program itself, under a name: the clock, the command line, the demonstration."""
    return Actor(Kind.SYSTEM, name, name, (Grant(SYSTEM_ROLE, ""),))


def after(code: str) -> str:
    """The first code behind the subtree of ``code``: after("421221") is "421222". The nines at its
    end go before one is added: behind "421221104999" comes "421221105", a place that is shorter and
    would lie before "421221105000". Empty if nothing comes behind."""
    head = code.rstrip("9")
    return f"{head[:-1]}{int(head[-1]) + 1}" if head else ""


class Unindexed(Func):
    """A column that SQLite shall not look up by its index.

    A wide place holds a large share of all rows. SQLite would still take the index on the place
    and then sort them all; told not to, it reads in the order of the list and stops after a page
    (31,000 matters: 34 ms against 0.1 ms). PostgreSQL decides by its statistics.
    """

    arity = 1
    template = "%(expressions)s"

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self.as_sql(compiler, connection, template="+%(expressions)s", **context)


WIDE = 6
"""Places with a code of this length or shorter hold a large share of all rows."""


def under(code: str, field: str) -> Q:
    """The rows whose place lies in the subtree of ``code``: one range scan on ``field``."""
    if not code:
        return Q()
    end = after(code)
    if len(code) > WIDE:
        return Q(**{f"{field}__gte": code, **({f"{field}__lt": end} if end else {})})
    column = Unindexed(F(field))
    behind = Q(LessThan(column, end)) if end else Q()
    return Q(GreaterThanOrEqual(column, code)) & behind


def within(actor: Actor, field: str, roles: Collection[str] | None = None) -> Q:
    """The rows whose place lies under any grant of the actor; none without a grant."""
    condition = Q(pk__in=[])
    for code in actor.places(roles):
        condition = Q() if not code else condition | under(code, field)
        if not code:
            break
    return condition


@dataclass(frozen=True, slots=True)
class Decision:
    """Allowed, or denied with the reason that the person will read."""

    allowed: bool
    reason: StrOrPromise = ""

    def __bool__(self) -> bool:
        return self.allowed


ALLOWED = Decision(True)


def looks_only(behind: Actor) -> str:
    """Why whoever is signed in does nothing with the code of a household or a receipt."""
    from django.utils.translation import gettext as _

    text = _(
        "You are signed in as %(name)s; this is the household's own page. "
        "Sign out first, or hand over the phone."
    )
    return text % {"name": behind.name}


def denied(reason: StrOrPromise) -> Decision:
    return Decision(False, reason)


class Placed(Protocol):
    """Anything that lies at a place."""

    @property
    def place_code(self) -> str: ...


Rule = Callable[..., Decision]


class Permission:
    """A named permission: the roles that carry it, and a rule on the thing it is asked for."""

    def __init__(
        self, rule: Rule, label: StrOrPromise, roles: Iterable[str], *, public: bool, reading: bool
    ):
        self.name = f"{rule.__module__.split('.')[-2]}.{rule.__name__}"
        self.label = label
        self.roles = frozenset(roles)
        self.public = public
        self.reading = reading
        self.rule = rule
        self.__doc__ = rule.__doc__
        self.targets = tuple(inspect.signature(rule).parameters)[1:]

    def __repr__(self) -> str:
        return f"<Permission {self.name}>"

    def __call__(self, actor: Actor, **targets: Any) -> Decision:
        """Ask for a decision; the first target must lie under a grant of a role that counts."""
        power = self._power(actor, targets)
        return self.rule(actor, **targets) if power else power

    def _power(self, actor: Actor, targets: Mapping[str, Any]) -> Decision:
        """Whether a role that counts is held there, whatever the rule says of the thing."""
        from django.utils.translation import gettext_lazy as _

        if actor.behind and not self.reading:
            return denied(looks_only(actor.behind))
        if not self.public:
            if not actor.plays(self.roles):
                return denied(_("Your role does not include this."))
            if self.targets and not actor.holds(self.roles, targets[self.targets[0]].place_code):
                return denied(_("This place is not in your charge."))
        return ALLOWED

    def require(self, actor: Actor, **targets: Any) -> None:
        """Raise ``Denied`` with the reason unless allowed; ``RuledOut`` if the power is there."""
        decision = self(actor, **targets)
        if not decision:
            raise (RuledOut if self._power(actor, targets) else Denied)(decision.reason)


PERMISSIONS: dict[str, Permission] = {}


def permission(
    label: StrOrPromise, *, roles: Iterable[str] = (), public: bool = False, reading: bool = False
) -> Callable[[Rule], Permission]:
    """Name a rule as a permission; ``reading`` marks those that only look."""

    def register(rule: Rule) -> Permission:
        made = Permission(rule, label, roles, public=public, reading=reading)
        if made.name in PERMISSIONS:
            raise ValueError(f"permission {made.name} is named twice")
        PERMISSIONS[made.name] = made
        return made

    return register
