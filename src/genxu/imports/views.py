"""The pages of spreadsheets: out in the background; in, from the upload to the end."""

import tempfile
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import FileResponse, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from genxu.core import journal
from genxu.core.access import Actor
from genxu.core.errors import Conflict, Invalid, Missing
from genxu.core.lists import ListPage, NarrowingForm
from genxu.core.pages import ActorRequest, page, posted_id, query_without_page, slice_of
from genxu.core.sheets.reading import look
from genxu.core.sheets.writing import XLSX
from genxu.regions.models import Region

from . import actions, forms, queries, rules
from .export_actions import ask_export as put_export
from .files import on_disk
from .matching import as_kept, best_match, columns_of, look_of, tables
from .models import Import
from .template_sheet import write_template

State = Import.State
PROBLEMS = 50


@page(rules.ask_export, "POST")
def ask_export(request: ActorRequest) -> HttpResponse:
    """Have a long list written in the background; then its job is shown."""
    code = request.actor.places(rules.ask_export.roles)[0]
    place = Region.objects.filter(code=code).first()
    if place is None:
        raise Missing(_("There is no such place, or it is not in your charge."))
    job = put_export(actor=request.actor, place=place, path=request.POST.get("path", ""))
    return redirect("job", job.pk)


class ImportList(ListPage[NarrowingForm, Import]):
    """One's own files, the newest first, and the empty tables to fill in."""

    permission = rules.see_imports
    form = NarrowingForm
    template = "imports/list.html"
    title = gettext_lazy("Spreadsheets")
    address = "imports"

    def rows(self, actor: Actor) -> QuerySet[Import]:
        return queries.import_list(actor)

    def context(self, form: NarrowingForm, fragment: bool) -> dict[str, Any]:
        return {"kinds": queries.kinds_for(form.actor)}


imports = ImportList()


@page(rules.import_sheet, "GET", "POST")
def bring_sheet(request: ActorRequest) -> HttpResponse:
    """The upload: which register, which place, which file."""
    actor = request.actor
    if request.method != "POST":
        asked = request.GET.dict()
        form = forms.BringForm(actor, asked.get("place", ""), initial=forms.start_values(asked))
        return _bring_page(request, form)
    if request.FILES:
        made = actions.bring_sheet.made_before(actor, posted_id(request))
        if made:
            return redirect("import", made.pk)
    form = forms.BringForm(actor, request.POST.get("place", ""), request.POST, request.FILES)
    if form.is_valid() and (made := _bring(request, form)):
        return redirect("import", made.pk)
    return _bring_page(request, form)


def _bring(request: ActorRequest, form: forms.BringForm) -> Import | None:
    """Look at the file, then keep it; what cannot be read is never kept."""
    place, file = form.chosen_place, form.cleaned_data["file"]
    with form.taking_refusals():
        kind = actions.kind_named(form.cleaned_data["kind"])
        kind.permission.require(request.actor, place=place)
        with on_disk(file) as path:
            seen = look(path)
        return form.take(
            actions.bring_sheet,
            actor=request.actor,
            place=place,
            kind=kind.name,
            file=file,
            look=as_kept(seen),
            found=best_match(seen, tables(kind, place.code)),
        )
    return None


def _bring_page(request: ActorRequest, form: forms.BringForm) -> HttpResponse:
    context = {"form": form, "kinds": queries.kinds_for(request.actor)}
    return render(request, "imports/bring.html", context, status=form.status)


@page(rules.see_imports)
def template_file(request: ActorRequest, kind: str) -> HttpResponseBase:
    """The empty spreadsheet of a kind."""
    about = actions.kind_named(kind)
    file = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it
    write_template(file, about)
    file.seek(0)
    name = _("%(register)s, to be filled in") % {"register": about.label}
    return FileResponse(file, as_attachment=True, filename=f"{name}.xlsx", content_type=XLSX)


@page(rules.see_imports)
def import_page(request: ActorRequest, pk: int) -> HttpResponse:
    """One file where it stands: columns, progress, what the check found, the end."""
    sheet = queries.visible_import(request.actor, pk)
    if "HX-Request" in request.headers and sheet.state not in (State.CHECKING, State.TAKING_IN):
        return HttpResponse(headers={"HX-Refresh": "true"})
    if sheet.state == State.MATCHING or (sheet.state == State.CHECKED and "again" in request.GET):
        journal.note_read(actor=request.actor, action=rules.see_imports.name, subject=sheet)
        return _match_page(request, sheet, forms.asked_match(sheet, request.GET.dict()))
    if sheet.state in (State.CHECKING, State.TAKING_IN):
        part = "HX-Request" in request.headers
        name = "imports/_progress.html" if part else "imports/progress.html"
        return render(request, name, _about(sheet) | {"job": sheet.job})
    return _result_page(request, sheet)


def _about(sheet: Import) -> dict[str, Any]:
    return {"sheet": sheet, "kind": queries.kind_of(sheet)}


def _match_page(
    request: ActorRequest, sheet: Import, match: Any, error: Invalid | None = None
) -> HttpResponse:
    kind, seen = queries.kind_of(sheet), look_of(sheet)
    context = _about(sheet) | {
        "match": match,
        "columns": columns_of(kind),
        "headers": queries.headers_of(sheet, match),
        "missing": queries.missing_columns(kind, match, sheet.place),
        "sheets": [one for one in seen.sheets if one.rows],
        "macros": seen.macros,
        "error": error.message if error else "",
    }
    return render(request, "imports/match.html", context, status=422 if error else 200)


def _result_page(request: ActorRequest, sheet: Import) -> HttpResponse:
    """What the check found or what became of the file, with the problems in pages."""
    column = request.GET.get("column", "")[:60]
    sort = request.GET.get("sort", "")
    rows = slice_of(request, queries.problems_of(sheet, column, sort), PROBLEMS)
    if rows.object_list:
        journal.note_read(actor=request.actor, action=rules.see_imports.name, subject=sheet)
    context = _about(sheet) | {
        "parts": queries.sum_of(sheet),
        "page": rows,
        "query": query_without_page(request),
        "columns": queries.problem_columns(sheet),
        "chosen": column,
        "sort": sort,
    }
    return render(request, "imports/result.html", context)


@page(rules.steer_import, "POST")
def match_sheet(request: ActorRequest, pk: int) -> HttpResponse:
    """Say which column is which, and have the rows checked."""
    sheet = queries.visible_import(request.actor, pk)
    if sheet.state not in (State.MATCHING, State.CHECKED):
        raise Conflict(_("It cannot be matched anew now."))
    match = forms.sent_match(sheet, request.POST.dict())
    try:
        actions.match_sheet(actor=request.actor, sheet=sheet, match=match)
    except Invalid as error:
        return _match_page(request, sheet, match, error)
    return redirect("import", pk)


@page(rules.steer_import, "POST")
def take_in_sheet(request: ActorRequest, pk: int) -> HttpResponse:
    """Take in the rows that are right."""
    sheet = queries.visible_import(request.actor, pk)
    actions.take_in_sheet(actor=request.actor, sheet=sheet)
    return redirect("import", pk)


@page(rules.steer_import, "POST")
def leave_sheet(request: ActorRequest, pk: int) -> HttpResponse:
    """Leave it aside."""
    sheet = queries.visible_import(request.actor, pk)
    actions.leave_sheet(actor=request.actor, sheet=sheet)
    messages.success(request, _("Left aside. The file is deleted."))
    return redirect("imports")


@page(rules.see_imports)
def marked_file(request: ActorRequest, pk: int) -> HttpResponseBase:
    """The file with its problems marked."""
    sheet = queries.visible_import(request.actor, pk)
    if not sheet.marked:
        raise Missing(_("There is no such file any more."))
    journal.note_read(actor=request.actor, action=rules.see_imports.name, subject=sheet)
    name = _("%(file)s, marked") % {"file": sheet.file_name.rpartition(".")[0] or sheet.file_name}
    return FileResponse(
        sheet.marked.open(), as_attachment=True, filename=f"{name}.xlsx", content_type=XLSX
    )
