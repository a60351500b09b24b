"""Which page changes an announced talk."""

from django.utils.translation import gettext_lazy as _

from genxu.core.steps import StepPage
from genxu.people.living_steps import LivingSteps

from . import actions, forms, rules
from .models import Announcement


class AnnouncementSteps(LivingSteps[Announcement]):
    name = "announcement"
    listed = "talks"
    model = Announcement
    sees = rules.see_announcements
    shown = "announcements/announcement.html"


PAGES = AnnouncementSteps(
    StepPage("change", actions.change_announcement, forms.ChangeForm,
             _("Everybody reads the new one, and why."), said=_("Changed."), primary=False,
             check=actions.check_is_coming),
    StepPage("call_off", actions.call_talk_off, forms.CallOffForm,
             _("What people wanted to say waits for the next one."), said=_("Called off."),
             primary=False, check=actions.check_is_coming),
)  # fmt: skip
