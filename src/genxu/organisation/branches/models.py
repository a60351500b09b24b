"""Party organisations, the hamlets they serve, their members and the steps of their life."""

from datetime import timedelta
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from genxu.core import clock
from genxu.core.access import Actor, under, within
from genxu.core.names import NameField
from genxu.people.history import Living, TakenStep
from genxu.people.models import Account
from genxu.people.roles import EVERYONE_BUT_AUDITORS, KEEPERS
from genxu.regions.codes import LENGTHS, Level
from genxu.regions.placed import InHamlet, PlacedQuerySet

from .workflow import ENDED, PREPARED, STANDING, STEPS, TOLD, State

REMIND_BEFORE = timedelta(days=90)
"""How long before the end of a term everybody concerned is reminded (custom)."""


class OrganisationQuerySet(PlacedQuerySet["Organisation"]):
    def visible_to(self, actor: Actor) -> Self:
        """Organisations of the hamlets in the actor's charge; their members are another matter.

        A joint branch lies within one township: a hamlet or a village may have its seat elsewhere.
        """
        roles = Organisation.seen_by
        seat = within(actor, "hamlet", roles)
        narrow = [code for code in actor.places(roles) if len(code) > LENGTHS[Level.TOWNSHIP]]
        if not narrow:
            return self.filter(seat)
        near = models.Q(pk__in=[])
        for code in narrow:
            near |= under(code, "hamlet")
        served = ServedHamlet.objects.filter(near, until=None)
        return self.filter(seat | models.Q(pk__in=served.values("organisation")))

    def standing(self) -> Self:
        return self.filter(state__in=STANDING)

    def term_due(self) -> Self:
        """Those whose term ends within the reminder, or has ended."""
        limit = clock.today() + REMIND_BEFORE
        return self.standing().filter(term_ends_on__lte=limit)


class Organisation(Living):
    """A branch (党支部), a joint branch (联合党支部) or a party group (党小组).

    ``hamlet`` is its seat; the hamlets it serves, its seat among them, are ``served``.
    """

    class Kind(models.TextChoices):
        BRANCH = "branch", _("Party branch")
        JOINT_BRANCH = "joint_branch", _("Joint Party branch")
        PARTY_GROUP = "party_group", _("Party group")

    STEPS, TOLD = STEPS, TOLD

    seen_by = EVERYONE_BUT_AUDITORS
    missing = _("There is no such Party organisation, or it is not in your charge.")
    shown_with = ("hamlet__parent__parent",)

    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    name = models.CharField(_("name"), max_length=60)
    state = models.CharField(_("state"), max_length=12, choices=State.choices)
    drafted_on = models.DateField()
    founded_on = models.DateField(_("founded on"), null=True, blank=True)
    term_ends_on = models.DateField(_("term ends on"), null=True, blank=True)
    extended = models.BooleanField(default=False)
    closed_on = models.DateField(_("dissolved on"), null=True, blank=True)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["hamlet", "state"], name="organisation_place"),
            models.Index(fields=["state", "term_ends_on"], name="organisation_term"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_standing(self) -> bool:
        return self.state in STANDING

    @property
    def is_draft(self) -> bool:
        return self.state in PREPARED

    @property
    def has_ended(self) -> bool:
        return self.state in ENDED

    @property
    def is_branch(self) -> bool:
        return self.kind != self.Kind.PARTY_GROUP

    @property
    def has_term(self) -> bool:
        """A branch elects for a term; a group does so only where its books say so."""
        return self.is_branch or self.term_ends_on is not None

    @property
    def is_term_over(self) -> bool:
        """届满: the day on which the term ends has passed."""
        return (
            self.is_standing and self.term_ends_on is not None and self.term_ends_on < clock.today()
        )

    @property
    def is_term_due_soon(self) -> bool:
        if not (self.is_standing and self.term_ends_on) or self.is_term_over:
            return False
        return self.term_ends_on <= clock.today() + REMIND_BEFORE

    @property
    def days_of_term(self) -> int:
        """How many days the term still runs; below zero, how long it has been over."""
        return (self.term_ends_on - clock.today()).days if self.term_ends_on else 0

    @property
    def days_over(self) -> int:
        return -self.days_of_term


class ServedHamlet(InHamlet):
    """That an organisation serves a hamlet: one at a time for a hamlet, several for a joint branch.

    A draft holds its hamlets too, so that two are not prepared for one; ``until`` frees them.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="served")
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["hamlet"],
                condition=models.Q(until=None),
                name="one_hamlet_one_organisation",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.hamlet_id}"


class MemberQuerySet(PlacedQuerySet["Member"]):
    def present(self) -> Self:
        return self.filter(left_on=None)


class Member(InHamlet):
    """A Party member in an organisation, with the duty held there.

    ``hamlet`` is where the member lives, one of those that are served; ``account`` is that of who
    leads, and of who ``signs_in`` with the number to see what concerns a member; it goes with both.
    """

    class Kind(models.TextChoices):
        FULL = "full", _("Full member")
        PROBATIONARY = "probationary", _("Probationary member")
        OBSERVED = "observed", _("Full member placed on probation within the Party")

    class Duty(models.TextChoices):
        SECRETARY = "secretary", _("Secretary")
        DEPUTY = "deputy", _("Deputy secretary")
        ORGANISATION = "organisation", _("Committee member for organisation")
        PUBLICITY = "publicity", _("Committee member for publicity")
        DISCIPLINE = "discipline", _("Committee member for discipline")
        COMMITTEE = "committee", _("Committee member")
        LEADER = "leader", _("Leader of the group")
        NONE = "", _("No duty")

    class Background(models.TextChoices):
        """乡土人才、致富能手、退伍军人、优秀返乡人员 (the article)."""

        LOCAL_TALENT = "local_talent", _("Local talent")
        ABLE_EARNER = "able_earner", _("Able earner")
        VETERAN = "veteran", _("Veteran")
        RETURNEE = "returnee", _("Returnee")
        OTHER = "other", _("Other")

    seen_by = KEEPERS
    """Members by name are for those who keep the organisation (个人信息保护法 28)."""
    missing = _("There is no such member, or it is not in your charge.")

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="members")
    name = NameField(_("full name"), max_length=40)
    phone = models.CharField(_("phone"), max_length=11, blank=True)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    duty = models.CharField(_("duty"), max_length=12, choices=Duty.choices, blank=True)
    background = models.CharField(
        _("background"), max_length=14, choices=Background.choices, blank=True
    )
    account = models.ForeignKey(
        Account, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    signs_in = models.BooleanField(_("signs in with this number"), default=False)
    joined_on = models.DateField()
    left_on = models.DateField(null=True, blank=True)

    objects = MemberQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["organisation", "left_on"], name="member_organisation")]
        constraints = [
            models.UniqueConstraint(
                fields=["hamlet", "name", "phone"],
                condition=models.Q(left_on=None),
                name="member_once",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_head(self) -> bool:
        """Whether this is the secretary, or the leader of a group."""
        return self.duty in (self.Duty.SECRETARY, self.Duty.LEADER)


class OrganisationStep(TakenStep):
    """One step in the life of an organisation."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="steps")

    @property
    def is_private(self) -> bool:
        """What was written may name members."""
        return True


class Election(InHamlet):
    """A meeting that elected the secretary or leader: how many may vote, came, voted for it."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="elections"
    )
    held_on = models.DateField()
    due = models.PositiveSmallIntegerField()
    present = models.PositiveSmallIntegerField()
    in_favour = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(in_favour__lte=models.F("present"))
                & models.Q(present__lte=models.F("due")),
                name="election_counts",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.held_on}"
