"""What is done on a resident's behalf: which items, by which stewards, for whom, each errand.

No password, no amount, no number of an identity card, no presence of a steward is kept: there is
no field for them, and what is typed freely is looked at (``guarding``).
"""

from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from genxu.core import clock
from genxu.core.access import Actor, within
from genxu.core.calendar import months_later
from genxu.core.names import NameField
from genxu.people.answers import REOPENING, Answer
from genxu.people.history import Living, TakenStep
from genxu.people.models import Account, Household
from genxu.people.roles import ACTING, KEEPERS, STAFF, Role
from genxu.regions.codes import ancestors_of
from genxu.regions.models import Region
from genxu.regions.placed import InHamlet, Placed, PlacedQuerySet

from .workflow import AGREED, RUNNING, STEPS, TOLD, State

NAME_LIMIT, LINE_LIMIT, WHOM_LIMIT, RECEIPT_LIMIT = 40, 120, 8, 40
DUE_FROM, VALID_FOR = 10, 12
"""Months after which a certification is due, and after which it has lapsed."""


class Channel(models.TextChoices):
    """The official ways; a steward has none of his own."""

    EHUIBAN = "ehuiban", _("E Hui Ban (app)")
    CHUSHUITONG = "chushuitong", _("Chu Shui Tong (app)")
    LAOLAI = "laolai", _("Lao Lai (app)")
    COUNTER = "counter", _("At the counter")


class ItemQuerySet(PlacedQuerySet["Item"]):
    def visible_to(self, actor: Actor) -> Self:
        """Those of the places in one's charge, and those that hold there from above."""
        above = {up for code in actor.places(self.model.seen_by) for up in ancestors_of(code)}
        return self.filter(within(actor, "place", self.model.seen_by) | Q(place__in=above))

    def standing_on(self, day: date) -> Self:
        return self.filter(Q(ended_on=None) | Q(ended_on__gt=day), since__lte=day)

    def offered_in(self, hamlet: str) -> Self:
        """Those that people of a hamlet may ask for now."""
        places = [hamlet, *ancestors_of(hamlet)]
        return self.standing_on(clock.today()).filter(place__in=places).order_by("pk")


class Item(Placed):
    """Something that can be done for a resident (代办事项), in a county or a township; ended, never
    deleted. ``certifies``: that a pension is still due (养老资格认证), once in twelve months.
    ``is_example``: nobody has confirmed it yet (示例)."""

    place_field = "place"
    seen_by = ACTING
    missing = _("There is no such item, or it does not hold in your places.")
    shown_with = ("place",)

    place = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=NAME_LIMIT)
    bring = models.CharField(max_length=LINE_LIMIT)
    channel = models.CharField(max_length=12, choices=Channel.choices)
    takes = models.CharField(max_length=NAME_LIMIT, blank=True)
    certifies = models.BooleanField(default=False)
    is_example = models.BooleanField(default=False)
    since = models.DateField()
    ended_on = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = ItemQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["place", "name"], condition=Q(ended_on=None), name="item_once"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Institution(Placed):
    """A unit that sends members down (下沉单位), in a county."""

    place_field = "place"

    place = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=NAME_LIMIT)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["place", "name"], name="institution_once")]

    def __str__(self) -> str:
        return self.name


class PostingQuerySet(PlacedQuerySet["Posting"]):
    def serving(self) -> Self:
        return self.filter(until=None)

    def serving_on(self, day: date) -> Self:
        return self.filter(Q(until=None) | Q(until__gt=day), since__lte=day)

    def of_account(self, account: int | None) -> Self:
        """Where this account serves as steward; nowhere for nobody."""
        return self.serving().filter(account=account, account__isnull=False)


class Posting(InHamlet):
    """A steward (红色管家) of a hamlet: a member whom a unit has posted there, from–until. Nothing
    of his presence is kept; phone and sign-in are those of the account."""

    seen_by = (Role.SECRETARY, *STAFF, Role.STEWARD)
    missing = _("There is no such steward, or he is not in your charge.")
    shown_with = ("hamlet__parent", "institution", "account")

    institution = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="postings")
    name = NameField(max_length=NAME_LIMIT)
    account = models.ForeignKey(
        Account, on_delete=models.SET_NULL, null=True, related_name="stewardships"
    )
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = PostingQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["hamlet", "until"], name="posting_place")]

    def __str__(self) -> str:
        return self.name or str(_("Name erased"))

    @property
    def phone(self) -> str:
        return (self.account.phone or "") if self.account else ""


class LinkQuerySet(PlacedQuerySet["Link"]):
    def now(self) -> Self:
        return self.filter(until=None)


class Link(InHamlet):
    """That a steward does errands for a household, with its yes: to whom it said so, on which day.
    ``refused``: it ended because the household said no."""

    seen_by = KEEPERS
    missing = _("This household has no steward, or it is not in your charge.")

    posting = models.ForeignKey(Posting, on_delete=models.PROTECT, related_name="links")
    household = models.ForeignKey(Household, on_delete=models.CASCADE, related_name="+")
    heard_by = NameField(max_length=NAME_LIMIT, blank=True)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    refused = models.BooleanField(default=False)

    objects = LinkQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["household"], condition=Q(until=None), name="one_steward_a_household"
            ),
        ]
        indexes = [models.Index(fields=["hamlet", "until"], name="link_place")]

    def __str__(self) -> str:
        return f"{self.household_id} {self.posting_id}"


class CertificationQuerySet(PlacedQuerySet["Certification"]):
    def visible_to(self, actor: Actor) -> Self:
        """To the register's keepers; to a steward those of the households linked to him."""
        own = Link.objects.now().filter(posting__in=Posting.objects.of_account(actor.account_id))
        linked = within(actor, "hamlet", [Role.STEWARD]) & Q(household__in=own.values("household"))
        return self.filter(within(actor, "hamlet", KEEPERS) | linked)

    def current(self) -> Self:
        """Of those who live here."""
        return self.filter(ended_on=None, household__left_on=None, household__merged_into=None)

    def due(self) -> Self:
        """From the tenth month on."""
        return self.current().filter(month__lte=_month_before(DUE_FROM))

    def lapsed(self) -> Self:
        return self.current().filter(month__lt=_month_before(VALID_FOR))


class Certification(InHamlet):
    """Whose pension is confirmed once in twelve months (养老资格认证): a word for who it is (婆婆),
    no name, and the month of the last one."""

    seen_by = (*KEEPERS, Role.STEWARD)
    missing = _("There is no such certification, or it is not in your charge.")
    shown_with = ("hamlet__parent", "household")

    household = models.ForeignKey(Household, on_delete=models.CASCADE, related_name="+")
    whom = models.CharField(max_length=WHOM_LIMIT)
    month = models.DateField()
    ended_on = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = CertificationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["household", "whom"], condition=Q(ended_on=None), name="certified_once"
            ),
        ]
        indexes = [models.Index(fields=["hamlet", "month"], name="certification_place")]

    def __str__(self) -> str:
        return self.whom

    @property
    def last_month(self) -> date:
        """The last one in which it still holds."""
        return months_later(self.month, VALID_FOR)

    @property
    def is_due(self) -> bool:
        return self.month <= _month_before(DUE_FROM)

    @property
    def is_lapsed(self) -> bool:
        return self.month < _month_before(VALID_FOR)


def _month_before(months: int) -> date:
    """The first day of the month so many months ago."""
    return months_later(clock.today().replace(day=1), -months)


class ErrandQuerySet(PlacedQuerySet["Errand"]):
    def visible_to(self, actor: Actor) -> Self:
        """To the register's keepers; to a steward his own, wherever he holds that office."""
        own = Q(posting__in=Posting.objects.of_account(actor.account_id))
        return self.filter(
            within(actor, "hamlet", KEEPERS) | within(actor, "hamlet", [Role.STEWARD]) & own
        )

    def running(self) -> Self:
        return self.filter(state__in=RUNNING)


class Errand(Living):
    """One thing done for a household by its steward, with its yes to this very one, once.

    ``whom`` is a word as 婆婆; ``heard_by`` who heard or was given the yes (empty: her own tap),
    which is void after ``lapses_on``; ``beside`` who goes along. Her word afterwards: ``answer``,
    ``word_by`` who heard it (empty: her own). ``matter`` is what became of what failed.
    """

    class How(models.TextChoices):
        OWN = "own", _("On her own page")
        VOICE = "voice", _("By word of mouth")
        SLIP = "slip", _("On a slip")
        THUMB = "thumb", _("With her thumb")

    STEPS, TOLD = STEPS, TOLD
    BADGES: ClassVar[dict[str, str]] = {
        "authorised": "is-working", "under_way": "is-working", "closed": "is-closed",
        "raised": "is-returned", "withdrawn": "is-unconfirmed", "lapsed": "is-unconfirmed",
    }  # fmt: skip
    WORDS_LIMIT: ClassVar[int] = 200
    seen_by = (*KEEPERS, Role.STEWARD)
    missing = _("There is no such errand, or it is not in your charge.")
    shown_with = ("hamlet__parent", "household", "item", "posting__account", "certification")

    household = models.ForeignKey(Household, on_delete=models.CASCADE, related_name="+")
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="errands")
    posting = models.ForeignKey(Posting, on_delete=models.PROTECT, related_name="errands")
    certification = models.ForeignKey(
        Certification, on_delete=models.SET_NULL, null=True, related_name="errands"
    )
    whom = models.CharField(max_length=WHOM_LIMIT, blank=True)
    asked_on = models.DateField()
    authorised_on = models.DateField(null=True)
    authorised_how = models.CharField(max_length=6, choices=How.choices, blank=True)
    heard_by = NameField(max_length=NAME_LIMIT, blank=True)
    lapses_on = models.DateField()
    beside = NameField(max_length=NAME_LIMIT, blank=True)
    done_on = models.DateField(null=True)
    receipt = models.CharField(max_length=RECEIPT_LIMIT, blank=True)
    answer = models.CharField(max_length=18, choices=Answer.choices, blank=True)
    answered_at = models.DateTimeField(null=True)
    word_by = NameField(max_length=NAME_LIMIT, blank=True)
    matter = models.PositiveIntegerField(null=True)
    state = models.CharField(max_length=12, choices=State.choices, default=State.ASKED)

    objects = ErrandQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["hamlet", "asked_on"], name="errand_place"),
            models.Index(fields=["posting", "state"], name="errand_steward"),
            models.Index(
                fields=["state", "lapses_on"],
                condition=Q(state__in=[*RUNNING, State.DONE]),
                name="errand_open",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item} · {self.whom}" if self.whom else str(self.item)

    @property
    def agreed_now(self) -> bool:
        """Whether her yes stands today."""
        return self.state in AGREED and clock.today() <= self.lapses_on

    @property
    def runs(self) -> bool:
        return self.state in RUNNING

    @property
    def waits_for_household(self) -> bool:
        """Whether it runs, or her own word is still to come."""
        return self.runs or (self.state == State.DONE and not self.is_own_word)

    @property
    def is_own_word(self) -> bool:
        return bool(self.answer) and not self.word_by

    @property
    def is_bad(self) -> bool:
        return self.answer in REOPENING


class ErrandStep(TakenStep):
    """What happened with an errand; ``replaced`` is what stood before."""

    errand = models.ForeignKey(Errand, on_delete=models.CASCADE, related_name="steps")
