"""The kinds of jobs: each app names its own in ``tasks.py`` with ``@job``."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from genxu.core.access import Permission
from genxu.core.promises import StrOrPromise

if TYPE_CHECKING:
    from .models import Job
    from .running import Run

Work = Callable[["Run"], None]


@dataclass(frozen=True)
class Kind:
    """A kind of job: its name, what it is called on the page, who may ask for it, its work.

    ``shown`` is the template of what its page adds: it is given the ``job`` with its ``result``.
    ``leads_to`` says where that is looked at: whoever waited at the bar is led there when it is
    ready.
    It belongs to the office in which it was asked for, unless what it makes is for who asked alone.
    """

    name: str
    label: StrOrPromise
    permission: Permission
    work: Work
    shown: str = ""
    of_office: bool = True
    leads_to: "Callable[[Job], str] | None" = None

    @property
    def offices(self) -> frozenset[str]:
        """The roles as which it may be asked for and gone on with."""
        return self.permission.roles if self.of_office else frozenset()


KINDS: dict[str, Kind] = {}


def job(
    name: str,
    label: StrOrPromise,
    permission: Permission,
    *,
    shown: str = "",
    of_office: bool = True,
    leads_to: "Callable[[Job], str] | None" = None,
) -> Callable[[Work], Work]:
    """Name a function of a ``Run`` as a kind of job. It must be able to go on from its checkpoint:
    a run that was killed is started again with the same job."""

    def register(work: Work) -> Work:
        if name in KINDS:
            raise ValueError(f"the kind of job {name} is named twice")
        KINDS[name] = Kind(name, label, permission, work, shown, of_office, leads_to)
        return work

    return register
