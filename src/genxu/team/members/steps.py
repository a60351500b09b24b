"""Which page takes which step: of a member, a post, a promise, an objection."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from genxu.core.access import Actor
from genxu.core.pages import ActorRequest
from genxu.core.steps import StepPage, StepPages, say_taken
from genxu.organisation.branches.models import Member
from genxu.organisation.branches.reading import note_members_read
from genxu.people.living_steps import LivingSteps

from . import actions, forms, queries, rules
from .models import Objection, Post, Promise


class MemberSteps(StepPages[Member]):
    """What is done with a member; his own page."""

    name, listed, model = "member", "members", Member
    sees, shown = rules.see_member, "members/member.html"

    def load(self, actor: Actor, pk: int) -> Member:
        return queries.member_for(actor, pk)

    def facts(self, request: ActorRequest, row: Member) -> dict[str, Any]:
        own = rules.is_own(request.actor, row)
        if not own:
            note_members_read(request.actor, row.organisation)
        ledger, profile = queries.ledger_of(row, own=own), queries.profile_of(row)
        steps = {step.name: step for step in self.open(request.actor, row)}
        return {
            "own": own,
            "profile": profile,
            "posts": queries.posts_of(row),
            "promises": queries.promises_of(row),
            "ledger": ledger,
            "first": steps["read"] if own and ledger.unread else None,
            "act": steps,
            "steps": [],
        }

    def done(
        self, request: ActorRequest, step: StepPage[Member], row: Member, after: Any
    ) -> HttpResponse:
        say_taken(request, step.said)
        return redirect("member", row.pk)


def check_is_hidden(member: Member) -> None:
    """Offered while his membership is not shown."""
    actions.check_shown(member, shown=False)


def check_is_shown(member: Member) -> None:
    """Offered while his membership is shown."""
    actions.check_shown(member, shown=True)


MEMBER = MemberSteps(
    StepPage("post", actions.take_post, forms.PostForm,
             _("A post is taken on, not imposed."), label=_("Take a post on"),
             said=_("Taken on."), path="posts/new"),
    StepPage("promise", actions.give_promise, forms.PromiseForm,
             _("One thing, and a day. Records that are there anyway will show it."),
             label=_("Give a promise"), said=_("Given."), path="promises/new"),
    StepPage("show", actions.show_membership, forms.ShowForm,
             _("Plate and card show name, posts and promises to whoever scans them, for as long "
               "as he likes."), label=_("Let it be seen"), said=_("It can be seen now."),
             check=check_is_hidden),
    StepPage("hide", actions.show_membership, forms.HideForm,
             _("Plate and card say nothing more of him."), label=_("No longer show it"),
             said=_("It is seen no more."), check=check_is_shown),
    StepPage("read", actions.read_deeds, forms.ReadForm,
             _("Others see a line only after he has read it."), label=_("I have read them"),
             said=_("Noted: these lines have been read.")),
    StepPage("object", actions.object_to_deed, forms.ObjectForm,
             _("Somebody who is not concerned answers: the line goes, or is explained."),
             label=_("A line is not right"), said=_("Noted. You will read the answer here.")),
)  # fmt: skip


class OfMember:
    """What belongs to a member leads back to him."""

    listed = "members"

    def done(self, request: ActorRequest, step: Any, row: Any, after: Any) -> HttpResponse:
        say_taken(request, step.said)
        return redirect("member", row.member_id)


class PostSteps(OfMember, LivingSteps[Post]):
    name, model, sees = "post", Post, rules.change_post


class PromiseSteps(OfMember, LivingSteps[Promise]):
    name, model, sees = "promise", Promise, rules.change_promise
    shown = "members/promise.html"


class ObjectionSteps(OfMember, LivingSteps[Objection]):
    name, model, sees = "objection", Objection, rules.see_objection
    shown = "members/objection.html"


POSTS = PostSteps(
    StepPage("give_up", actions.give_up_post, forms.GiveUpForm,
             _("No reason is asked for."), said=_("Given up."), primary=False),
)  # fmt: skip
PROMISES = PromiseSteps(
    StepPage("keep", actions.keep_promise, forms.KeepForm, said=_("Kept. Thank you.")),
    StepPage("not_keep", actions.miss_promise, forms.MissForm,
             _("It happens. It can still be kept later."), said=_("Noted."), primary=False),
    StepPage("withdraw", actions.withdraw_promise, forms.WithdrawPromiseForm,
             said=_("Withdrawn."), primary=False),
)  # fmt: skip
OBJECTIONS = ObjectionSteps(
    StepPage("uphold", actions.uphold_objection, forms.UpholdForm,
             _("It is told of him no more; the record itself is put right where it stands."),
             said=_("Struck out.")),
    StepPage("answer", actions.answer_objection, forms.AnswerForm, said=_("Answered.")),
)  # fmt: skip
