"""Which page takes which step: of a collective, of somebody on its roll, of a roll that was handed
in, of an entry of the register of shares."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from genxu.core import clock
from genxu.core.access import Actor
from genxu.core.cuts import First
from genxu.core.errors import Missing
from genxu.core.journal import note_read
from genxu.core.pages import ActorRequest
from genxu.core.steps import ReasonForm, StepForm, StepPage, StepPages, say_taken
from genxu.people.living_steps import LivingSteps
from genxu.people.models import Household

from . import actions, filing_actions, forms, queries, roll_actions, rules, share_actions
from .customs import hints
from .models import Collective, Filing, Membership, ShareChange
from .shares import due_to_follow, shown, total_on


class CollectiveSteps(StepPages[Collective]):
    """The page of a collective, and what is written of it."""

    name, listed, model = "collective", "collectives", Collective
    sees, shown = rules.see_collectives, "collectives/collective.html"
    template = "collectives/step.html"

    def parts(self, row: Collective, **keys: Any) -> dict[str, Any]:
        return {"household": household_of(row, keys["household_pk"])} if keys else {}

    def open(self, actor: Actor, row: Collective) -> list[StepPage[Collective]]:
        """Nothing is expected next; what is of one household stands on its own page."""
        if not row.is_standing:
            return []
        return [one for one in super().open(actor, row) if not one.path]

    def facts(self, request: ActorRequest, row: Collective) -> dict[str, Any]:
        today = clock.today()
        officers = queries.officers_of(row)
        charters = queries.charters_of(row)
        can = {one.name for one in self.open(request.actor, row)}
        return {
            "can": can,
            "charters": charters,
            "charter": charters[0],
            "officers": officers,
            "hints": hints(officers, today) if row.is_standing else [],
            "members": row.memberships.on_day(today).count(),
            "able": row.memberships.able_on(today).count(),
            "households": queries.households_of(row, today),
            "filings": queries.filings_of(row),
            "since": queries.changed_since(row),
            "kinds": queries.shares_by_kind(row, charters[0]),
            "total": total_on(row, today),
            "due": First.of(due_to_follow(row, today) if can else [], queries.SHOWN),
        }

    def template_of(self, step: StepPage[Collective]) -> str:
        return "collectives/elect.html" if step.name == "elect" else self.template

    def context(
        self, request: ActorRequest, step: StepPage[Collective], row: Collective
    ) -> dict[str, Any]:
        return {"place": row.place, "above": "", "told": row, "is_line": False}

    def done(
        self, request: ActorRequest, step: StepPage[Collective], row: Collective, after: Any
    ) -> HttpResponse:
        """On from what was made."""
        say_taken(request, step.said)
        if isinstance(after, ShareChange):
            return redirect("collective_holding", row.pk, after.household_id)
        if isinstance(after, Membership | Filing):
            return redirect(str(after._meta.model_name), after.pk)
        return redirect(self.name, row.pk)


def household_of(collective: Collective, pk: int) -> Household:
    """One of the place of the collective, or one that has or had something there."""
    found = Household.objects.select_related("hamlet").filter(pk=pk).first()
    known = found and (
        found.hamlet_id.startswith(collective.place_id)
        or collective.memberships.filter(household=found).exists()
        or collective.changes.filter(household=found).exists()
    )
    if found is None or not known:
        raise Missing(_("There is no such household in this collective."))
    return found


def _check_charter(row: Collective, **_parts: Any) -> None:
    actions.last_charter(row)


def _page(name: str, action: Any, form: Any, label: Any, said: Any, **more: Any) -> Any:
    return StepPage(name, action, form, label=label, said=said, primary=False, **more)


PAGES = CollectiveSteps(
    _page("enter", roll_actions.enter_member, forms.EnterForm, _("Enter a member"),
          _("Entered in the roll. Hand in the roll anew when the changes are complete."),
          explained=_("Whoever is born is a member; whoever marries here becomes one as a rule, "
                      "and keeps what she had until then (articles 12 and 18).")),
    _page("file", filing_actions.file_roll, StepForm, _("Hand in the roll"),
          _("Handed in. The township finds it at home."), check=filing_actions.check_none_waits,
          explained=_("The roll as it stands today goes to the township and the county "
                      "(article 12).")),
    _page("quantify", share_actions.quantify_members, forms.QuantifyForm,
          _("Quantify the member shares"), _("Every member has a share now."),
          explained=_("Every member of that day who has none yet gets what the charter says.")),
    _page("charter", actions.change_charter, forms.CharterForm, _("The charter was changed"),
          _("Saved. What held before stays to be read.")),
    _page("withdraw_charter", actions.withdraw_charter, StepForm, _("Withdraw the last charter"),
          _("Withdrawn. The one before it holds."), check=_check_charter,
          explained=_("It was entered by mistake; the one before it holds again.")),
    _page("elect", actions.elect_officers, forms.ElectionForm, _("Board and supervisors were "
          "elected"), _("Saved."),
          explained=_("Nobody on the board is a close relative of another; nobody supervises who "
                      "is on it, keeps the books, or is a close relative of one who does "
                      "(articles 29 and 34). Ask each of them.")),
    _page("end", actions.end_collective, forms.EndForm, _("The collective has ended"), _("Saved."),
          dangerous=True, check=actions.check_can_end,
          explained=_("Only its own members' meeting decides that. All of it stays to be read.")),
    _page("give", share_actions.give_shares, forms.GiveForm, _("Enter shares"), _("Entered."),
          path="households/<key:household_pk>/give"),
    _page("take", share_actions.take_shares, forms.TakeForm, _("Land or rent is taken out"),
          _("Entered."), path="households/<key:household_pk>/take"),
    _page("pass_on", share_actions.pass_on_shares, forms.PassOnForm, _("Pass shares on"),
          _("Entered."), path="households/<key:household_pk>/pass-on"),
)  # fmt: skip


def _context(row: Any) -> dict[str, Any]:
    """Where the page of a step stands: below the collective of its row."""
    return {"place": row.place, "above": row.collective, "told": row, "is_line": False}


class MembershipSteps(LivingSteps[Membership]):
    """Somebody on the roll."""

    name, listed, model = "membership", "collective_roll", Membership
    sees, shown = rules.see_collectives, "collectives/membership.html"
    template = "collectives/step.html"

    def open(self, actor: Actor, row: Membership) -> list[StepPage[Membership]]:
        """Nothing is written any more of a collective that has ended."""
        return [] if row.ended else super().open(actor, row)

    def facts(self, request: ActorRequest, row: Membership) -> dict[str, Any]:
        note_read(actor=request.actor, action=rules.see_collectives.name, subject=row)
        return {"knows_who": request.actor.holds(rules.KEEPERS, row.place_id)}

    def context(
        self, request: ActorRequest, step: StepPage[Membership], row: Membership
    ) -> dict[str, Any]:
        return _context(row)


MEMBERSHIPS = MembershipSteps(
    StepPage("leave", roll_actions.leave_roll, forms.LeaveForm, said=_("Noted."), primary=False,
             explained=_("A membership ends only as articles 16 and 17 say. Whoever leaves has no "
                         "claim to a part of what belongs to all.")),
    StepPage("move", roll_actions.move_membership, forms.MoveForm, said=_("Noted."), primary=False,
             explained=_("Shares in her name go with her.")),
    StepPage("correct", roll_actions.correct_membership, forms.CorrectForm, primary=False,
             said=_("Put right. What stood before is kept.")),
    StepPage("stay", roll_actions.stay_on_roll, ReasonForm, said=_("She stands on the roll."),
             primary=False),
    StepPage("withdraw", roll_actions.withdraw_membership, ReasonForm, said=_("Withdrawn."),
             check=roll_actions.check_without_shares, primary=False, dangerous=True,
             explained=_("It never was so. It stays to be read, and counts nowhere.")),
)  # fmt: skip


class FilingSteps(LivingSteps[Filing]):
    """A roll that was handed in."""

    name, listed, model = "filing", "collectives", Filing
    sees, shown = rules.see_collectives, "collectives/filing.html"
    template = "collectives/step.html"

    def facts(self, request: ActorRequest, row: Filing) -> dict[str, Any]:
        since = queries.changed_since(row.collective)
        changes = queries.changes_since(since.filing) if since.filing else []
        return {"since": since, "changes": changes, "knows_who": True}

    def context(self, request: ActorRequest, step: StepPage[Filing], row: Filing) -> dict[str, Any]:
        return _context(row)


FILINGS = FilingSteps(
    StepPage("confirm", filing_actions.confirm_filing, StepForm, said=_("Confirmed.")),
    StepPage("return", filing_actions.return_filing, ReasonForm, primary=False,
             said=_("Sent back. Whoever handed it in finds it at home.")),
    StepPage("withdraw", filing_actions.withdraw_filing, StepForm, said=_("Taken back."),
             primary=False),
)  # fmt: skip


def line_told(row: ShareChange) -> str:
    """Whose shares, how many, when and why."""
    sign = "+" if row.change > 0 else "−"
    parts = (row.household, f"{sign}{shown(abs(row.change))}", row.get_kind_display(),
             row.get_reason_display(), date_format(row.day, "DATE_FORMAT"))  # fmt: skip
    return " · ".join(map(str, parts))


class ChangeSteps(StepPages[ShareChange]):
    """An entry of the register that was wrong."""

    name, listed, model = "sharechange", "collective_shares", ShareChange
    template = "collectives/step.html"

    def context(
        self, request: ActorRequest, step: StepPage[ShareChange], row: ShareChange
    ) -> dict[str, Any]:
        return _context(row) | {"is_line": True, "told": line_told(row)}

    def done(
        self, request: ActorRequest, step: StepPage[ShareChange], row: ShareChange, after: Any
    ) -> HttpResponse:
        say_taken(request, step.said)
        return redirect("collective_holding", row.collective_id, row.household_id)


CHANGES = ChangeSteps(
    StepPage("withdraw", share_actions.withdraw_change, ReasonForm,
             label=_("Withdraw this entry"), said=_("Withdrawn. It stays to be read."),
             check=share_actions.check_stands),
)  # fmt: skip
