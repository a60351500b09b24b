"""Which page takes which step: of an item, a steward, a certification, an errand."""

from typing import Any

from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from genxu.core.pages import ActorRequest
from genxu.core.steps import StepForm, StepPage, StepPages
from genxu.people.living_steps import LivingSteps
from genxu.people.raising import standing_of
from genxu.people.roles import KEEPERS

from . import actions, asking, catalogue_actions, certification_actions, forms, rules
from . import posting_actions as posting
from .models import Certification, Errand, Item, Posting
from .workflow import RUNNING


class ItemSteps(StepPages[Item]):
    """An item: what to bring, which way, how long."""

    name, listed, model = "item", "items", Item
    sees = rules.see_items
    shown = "services/item.html"


ITEMS = ItemSteps(
    StepPage("change", catalogue_actions.change_item, forms.ChangeItemForm, label=_("Change"),
             said=_("Saved."), check=catalogue_actions.check_stands, primary=False),
    StepPage("end", catalogue_actions.end_item, StepForm, label=_("End it"), dangerous=True,
             explained=_("Nobody can ask for it any more; what was asked for goes on."),
             said=_("Ended."), check=catalogue_actions.check_stands, primary=False),
)  # fmt: skip


class PostingSteps(StepPages[Posting]):
    """A steward: from which unit, whose errands, since when."""

    name, listed, model = "posting", "stewards", Posting
    sees = rules.see_stewards
    shown = "services/posting.html"

    def facts(self, request: ActorRequest, row: Posting) -> dict[str, Any]:
        """The households are named to those who keep their register."""
        keeps = request.actor.holds(KEEPERS, row.hamlet_id)
        links = row.links.now().select_related("household").order_by("household__number")
        done = row.errands.aggregate(
            n=Count("pk", filter=Q(done_on__isnull=False)), open=Count("pk", filter=_RUNNING)
        )
        return {
            "keeps": keeps,
            "links": list(links) if keeps else [],
            "linked": row.links.now().count(),
            "done": done["n"],
            "running": done["open"],
        }

    def context(
        self, request: ActorRequest, step: StepPage[Posting], row: Posting
    ) -> dict[str, Any]:
        return {"units": forms.units_at(row.hamlet)} if step.name == "change" else {}


_RUNNING = Q(state__in=RUNNING)
POSTINGS = PostingSteps(
    StepPage("link", posting.link_households, forms.LinkForm, label=_("Link households"),
             explained=_("Only households that said yes to this steward."), said=_("Linked."),
             check=posting.check_serves, primary=False),
    StepPage("change", posting.change_posting, forms.ChangePostingForm, label=_("Correct"),
             said=_("Saved."), check=posting.check_serves, primary=False),
    StepPage("end", posting.end_posting, StepForm, label=_("The posting ends"), dangerous=True,
             explained=_("Its links end today, and what was not done yet lapses. The households "
                         "need another steward."), said=_("Ended."),
             check=posting.check_serves, primary=False),
)  # fmt: skip


class CertificationSteps(StepPages[Certification]):
    """Whose pension is certified, and until when."""

    name, listed, model = "certification", "certifications", Certification
    sees = rules.see_certifications
    shown = "services/certification.html"

    def facts(self, request: ActorRequest, row: Certification) -> dict[str, Any]:
        return {"keeps": request.actor.holds(KEEPERS, row.hamlet_id)}


CERTIFICATIONS = CertificationSteps(
    StepPage("change", certification_actions.change_certification, forms.ChangeCertificationForm,
             label=_("Correct"), said=_("Saved."), check=certification_actions.check_stands,
             primary=False),
    StepPage("end", certification_actions.end_certification, StepForm,
             label=_("Needed no more"), explained=_("Nobody is reminded of it any more."),
             said=_("Ended."), check=certification_actions.check_stands, primary=False),
)  # fmt: skip


class ErrandSteps(LivingSteps[Errand]):
    """An errand. Phone and door stand there for its steward while it runs."""

    name, listed, model = "errand", "errands", Errand
    sees = rules.see_errands
    shown = "services/errand.html"

    def facts(self, request: ActorRequest, row: Errand) -> dict[str, Any]:
        keeps = request.actor.holds(KEEPERS, row.hamlet_id)
        matter = standing_of([row.matter]).get(row.matter or 0)
        return {
            "keeps": keeps,
            "knows_who": keeps,
            "shows_door": keeps or row.runs,
            "company": row.runs and asking.needs_company(row),
            "matter": matter,
        }

    def context(self, request: ActorRequest, step: StepPage[Errand], row: Errand) -> dict[str, Any]:
        return {"errand": row}


ERRANDS = ErrandSteps(
    StepPage("authorise", actions.authorise_errand, forms.AuthoriseForm,
             _("This item, this once. By word of mouth somebody else than the steward hears it."),
             said=_("Noted. It stands for 30 days."), check=asking.check_runs),
    StepPage("finish", actions.finish_errand, forms.FinishForm,
             _("Through the official channel; she is asked afterwards."),
             said=_("Thank you. She is asked now."), check=asking.check_agreed),
    StepPage("start", actions.start_errand, forms.CompanyForm,
             said=_("Noted."), check=asking.check_agreed, primary=False),
    StepPage("give_up", actions.give_up_errand, forms.GiveUpForm,
             _("It becomes a matter, a tier up, with what was tried."),
             said=_("It was passed on as a matter."), check=asking.check_agreed, primary=False),
    StepPage("note_word", actions.note_word, forms.WordForm,
             _("It stands after seven days, if she says nothing else herself."),
             said=_("Noted.")),
    StepPage("correct", actions.correct_errand, forms.ReceiptForm, said=_("Corrected."),
             primary=False),
    StepPage("withdraw", actions.withdraw_errand, StepForm,
             _("From then on nothing may be done."), said=_("Withdrawn."), primary=False),
)  # fmt: skip
