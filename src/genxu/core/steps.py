"""A page that takes one step: its form, and on POST its action.

An app names its steps in one table; one class opens, refuses and takes them.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, ClassVar, Generic, TypeVar, cast

from django.contrib import messages
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from .access import Actor, Permission
from .actions import Action
from .errors import Conflict, Invalid
from .forms import ActionForm, WordsField, posted, words_field
from .pages import ActorRequest, View, page
from .promises import StrOrPromise

R = TypeVar("R", bound=Model)


@dataclass(frozen=True)
class WayBack:
    """How a step just taken is taken back: the address to send it to, the version of its row
    before, and the one that it has now."""

    address: str
    since: int
    version: int

    @property
    def tag(self) -> str:
        """As it goes with a message."""
        return f"{self.address} {self.since} {self.version}"

    @classmethod
    def of_tag(cls, tag: str) -> "WayBack | None":
        parts = tag.split(" ")
        return cls(parts[0], int(parts[1]), int(parts[2])) if len(parts) == 3 else None


def say_taken(request: HttpRequest, said: StrOrPromise) -> None:
    """What is said once a step is taken; with it the way back is offered, if there is one."""
    way: WayBack | None = getattr(request, "way_back", None)
    messages.success(request, str(said), extra_tags=way.tag if way else "")


class StepForm(ActionForm, Generic[R]):
    """The form of a step on ``row``; ``start_values`` are in it at first. Without fields: a yes.
    Its words may be as long as the row's ``WORDS_LIMIT``, where no other limit is given."""

    row: R

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor = actor
        for name, value in self.start_values().items():
            self.initial.setdefault(name, value)
        for field in self.fields.values():
            if isinstance(field, WordsField) and field.max_length is None:
                field.limit_to(cast("Any", self.row).WORDS_LIMIT)

    def start_values(self) -> dict[str, Any]:
        return {}


class WordsForm(StepForm[R]):
    """A step with a word about it, if one likes."""

    words = words_field(_("A word about it"), required=False)


class ReasonForm(StepForm[R]):
    """A step that is not taken without its reason."""

    words = words_field(_("The reason"))


@dataclass(frozen=True)
class StepPage(Generic[R]):
    """One step as a page.

    ``explained`` tells what it will do, ``said`` what is said afterwards; ``label`` names it where
    the table of states has no such row. It is offered when its row of the table fits (``step``, if
    that has another name) and ``check``, which the action asks too, raises no ``Conflict``.
    ``primary``: it may be what is expected next. ``dangerous``: it cannot be taken back.
    ``path`` is the end of its address, where it is not the name; ``thing`` the name of the pages
    that it is one of.
    """

    name: str
    action: Action[Any, Any]
    form: type[StepForm[R]]
    explained: StrOrPromise = ""
    label: StrOrPromise | None = None
    said: StrOrPromise = ""
    check: Callable[..., object] = lambda _row, **_parts: None
    step: str = ""
    primary: bool = True
    dangerous: bool = False
    path: str = ""
    thing: str = ""

    @property
    def url_name(self) -> str:
        return f"{self.thing}_{self.name}"

    @property
    def permission(self) -> Permission:
        return self.action.permission

    @property
    def target(self) -> str:
        """What permission and action call the row."""
        return self.permission.targets[0]


class StepPages(Generic[R]):
    """The pages of all steps of one kind of thing; ``name`` is the address of its own page,
    ``listed`` that of its list; ``model`` has its states and steps, if it has a life of its own
    (``STEPS``); ``template`` extends ``step.html`` where a page shows more. ``sees`` is who may
    open its own page, if that stands here too: ``shown`` extends ``thing.html``.
    """

    name: ClassVar[str]
    listed: ClassVar[str] = ""
    model: ClassVar[Any]
    template: ClassVar[str] = "step.html"
    sees: ClassVar[Permission | None] = None
    shown: ClassVar[str] = "thing.html"

    def __init__(self, *pages: StepPage[R]) -> None:
        self.pages = {one.name: self._named(one) for one in pages}

    def _named(self, one: StepPage[R]) -> StepPage[R]:
        of_table = one.step or one.name
        label = self.model.STEPS[of_table].label if one.label is None else one.label
        return replace(one, thing=self.name, label=label)

    def load(self, actor: Actor, pk: int) -> R:
        """The row, if the actor sees it; ``Missing`` otherwise."""
        return cast("R", self.model.objects.one_for(actor, pk))

    def why_not(self, step: StepPage[R], row: R, **parts: Any) -> StrOrPromise:
        """Why the step does not fit now; empty if it does."""
        of_table = step.step or step.name
        try:
            if of_table in getattr(row, "STEPS", ()):
                cast("Any", row).check_step(of_table)
            step.check(row, **parts)
        except Conflict as error:
            return error.message
        return ""

    def open(self, actor: Actor, row: R) -> list[StepPage[R]]:
        """The steps that this actor may take now, in the order of the table."""
        return [
            step
            for step in self.pages.values()
            if not self.why_not(step, row) and step.permission(actor, **{step.target: row})
        ]

    def parts(self, row: R, **keys: Any) -> dict[str, Any]:
        """What the address names within the row: the action and its form are given it."""
        return {}

    def form(self, request: ActorRequest, step: StepPage[R], row: R, **more: Any) -> StepForm[R]:
        """The form of a step: as it was sent, or as it begins."""
        return step.form(posted(request), row=row, actor=request.actor, **more)

    def facts(self, request: ActorRequest, row: R) -> dict[str, Any]:
        """What its own page shows beside the steps that may be taken and its history."""
        return {}

    def thing(self, request: ActorRequest, pk: int) -> HttpResponse:
        """Its own page: what comes next stands there as a form, the other steps as links."""
        row = self.load(request.actor, pk)
        if self.sees and self.sees.targets:
            self.sees.require(request.actor, **{self.sees.targets[0]: row})
        steps = self.open(request.actor, row)
        first = steps[0] if steps and steps[0].primary else None
        context = {
            "row": row,
            "listed": self.listed,
            "steps": [step for step in steps if step is not first],
            "first": first,
            "history": row.history() if hasattr(row, "history") else [],
        }
        context |= self.facts(request, row)
        if first := context["first"]:
            context["form"] = self.form(request, first, row)
        return render(request, self.shown, context)

    def template_of(self, step: StepPage[R]) -> str:
        return self.template

    def context(self, request: ActorRequest, step: StepPage[R], row: R) -> dict[str, Any]:
        """What the page of a step shows beside its form."""
        return {}

    def done(self, request: ActorRequest, step: StepPage[R], row: R, after: Any) -> HttpResponse:
        """What comes when the step is taken: ``after`` is what its action returned."""
        say_taken(request, step.said)
        return redirect(self.name, after.pk)

    def way_back(self, actor: Actor, row: R, after: Any) -> WayBack | None:
        """How the step that made ``after`` of ``row`` is taken back, if it can be."""
        return None

    def show(
        self,
        request: ActorRequest,
        step: StepPage[R],
        row: R,
        form: StepForm[R],
        parts: dict[str, Any],
    ) -> HttpResponse:
        """The page of a step; after a conflict with the row as it is now."""
        if form.conflicting:
            row = self.load(request.actor, row.pk)
        context = {"step": step, "row": row, "form": form, "listed": self.listed}
        context |= parts | self.context(request, step, row)
        return render(request, self.template_of(step), context, status=form.status)

    def take(self, request: ActorRequest, step: StepPage[R], pk: int, **keys: Any) -> HttpResponse:
        """Open, refuse or take a step. The permission of one that is taken is asked by its action:
        so a form sent twice is told its first success even where the step no longer fits. Nothing
        is shown before it was asked."""
        row = self.load(request.actor, pk)
        parts = self.parts(row, **keys)
        form = self.form(request, step, row, **parts)
        if form.is_bound and form.is_valid():
            given = {step.target: row, **parts, **form.values()}
            after = form.take(step.action, actor=request.actor, **given)
            if after is not None:
                request.way_back = self.way_back(request.actor, row, after)
                return self.done(request, step, row, after)
        targets = {name: {step.target: row, **parts}[name] for name in step.permission.targets}
        step.permission.require(request.actor, **targets)
        if not form.is_bound and (why := self.why_not(step, row, **parts)):
            messages.warning(request, str(why))
            return redirect(self.name, pk)
        return self.show(request, step, row, form, parts)

    def view(self, step: StepPage[R]) -> View:
        """The view of one step."""

        @page(step.permission, "GET", "POST")
        def take_step(request: ActorRequest, pk: int, **keys: Any) -> HttpResponse:
            return self.take(request, step, pk, **keys)

        take_step.__name__ = step.url_name
        return take_step

    def urls(self, prefix: str) -> list[URLPattern]:
        """The addresses of all steps below that of the thing, such as ``matters/<key:pk>/``."""
        own = [path(prefix, page(self.sees)(self.thing), name=self.name)] if self.sees else []
        return own + [
            path(
                f"{prefix}{step.path or step.name.replace('_', '-')}/",
                self.view(step),
                name=step.url_name,
            )
            for step in self.pages.values()
        ]


def tap(request: HttpRequest, said: StrOrPromise, take: Callable[[], Any]) -> bool:
    """One tap on a page: done, or told kindly why not; the page says it next."""
    try:
        take()
    except (Conflict, Invalid) as error:
        messages.warning(request, str(error.message))
        return False
    messages.success(request, str(said))
    return True
