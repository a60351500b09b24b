"""How one becomes a member of a collective and how one ceases to be, by the law.

农村集体经济组织法, adopted on 2024-06-28, in force since 2025-05-01: articles 11, 12, 15 to 18.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from genxu.core.promises import StrOrPromise


class Gained(models.TextChoices):
    """How somebody became a member (第十一、十二条)."""

    FOUNDING = "founding", _("When the collective was founded")
    BIRTH = "birth", _("By birth")
    MARRIAGE = "marriage", _("By marriage")
    ADOPTION = "adoption", _("By adoption")
    RELOCATION = "relocation", _("Resettled by a policy of the state")
    DECISION = "decision", _("By decision of the members' meeting")


class Lost(models.TextChoices):
    """How a membership ends (第十六、十七条)."""

    DEATH = "death", _("Has died")
    ANOTHER = "another", _("Is a member of another collective by now")
    OFFICIAL = "official", _("Has become a civil servant (not one on contract)")
    CITIZENSHIP = "citizenship", _("Has given up Chinese citizenship")
    OWN_WISH = "own_wish", _("Leaves by her own written wish")
    CHARTER = "charter", _("As the law or the charter says otherwise")


class Never(models.TextChoices):
    """What never ends a membership (第十八条): asked for all the same, and refused with it."""

    STUDY = "study", _("Studies elsewhere")
    SERVICE = "service", _("Serves in the army")
    WORK = "work", _("Works or trades elsewhere")
    MARRIAGE = "married", _("Has married")
    DIVORCE = "divorce", _("Is divorced")
    WIDOWHOOD = "widowhood", _("Is widowed")
    PRISON = "prison", _("Serves a sentence")


NEVER: StrOrPromise = _(
    "Nobody ceases to be a member for that: not by study, service, work or trade elsewhere, "
    "divorce, the death of a spouse or a sentence. Law on Rural Collective Economic "
    "Organisations, article 18."
)
BRIDE: StrOrPromise = _(
    "Whoever marries stays a member until she is one elsewhere. Law on Rural Collective Economic "
    "Organisations, article 18."
)
AFTER_MARRIAGE: StrOrPromise = _(
    "She drops out within a year of a marriage. Only if she is a member elsewhere does she cease "
    "to be one here (article 18); if she leaves of her own will, she has said so in writing "
    "(article 16). Tick below if it is so; the township is shown it."
)
NEEDS_MOTION = (Gained.DECISION, Lost.CHARTER)
"""For these the members' meeting has decided (第十二、二十六条)."""
