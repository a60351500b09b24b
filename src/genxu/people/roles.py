"""The roles that a grant can name, each with the level at which it works."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from genxu.core.rules import AUDITOR
from genxu.regions.codes import Level


class Role(models.TextChoices):
    SECRETARY = "secretary", _("Branch secretary")
    CENTRE_HOUSEHOLD = "centre_household", _("Centre household")
    MEMBER = "member", _("Party member")
    STEWARD = "steward", _("Steward")
    VILLAGE_STAFF = "village_staff", _("Village staff")
    TOWNSHIP_STAFF = "township_staff", _("Township staff")
    COUNTY_STAFF = "county_staff", _("County staff")
    CITY_STAFF = "city_staff", _("City staff")
    BOOKKEEPER = "bookkeeper", _("Bookkeeper")
    SUPERVISOR = "supervisor", _("Supervisor of the accounts")
    AUDITOR = AUDITOR, _("Auditor")


LEVEL_OF_ROLE = {
    Role.CENTRE_HOUSEHOLD: Level.HAMLET,
    Role.SECRETARY: Level.HAMLET,
    Role.MEMBER: Level.HAMLET,
    Role.STEWARD: Level.HAMLET,
    Role.VILLAGE_STAFF: Level.VILLAGE,
    Role.TOWNSHIP_STAFF: Level.TOWNSHIP,
    Role.COUNTY_STAFF: Level.COUNTY,
    Role.CITY_STAFF: Level.PREFECTURE,
    Role.BOOKKEEPER: Level.VILLAGE,
    Role.SUPERVISOR: Level.VILLAGE,
}
STAFF = (Role.VILLAGE_STAFF, Role.TOWNSHIP_STAFF, Role.COUNTY_STAFF, Role.CITY_STAFF)
HAMLET_ROLES = (Role.SECRETARY, Role.CENTRE_HOUSEHOLD)
IN_HAMLET = (*HAMLET_ROLES, Role.MEMBER, Role.STEWARD)
"""Those who are at work in a hamlet itself."""
HANDLERS = (Role.SECRETARY, Role.VILLAGE_STAFF, Role.TOWNSHIP_STAFF, Role.COUNTY_STAFF)
EVERY_ROLE = tuple(Role)
ACTING = tuple(role for role in Role if role != Role.AUDITOR)
"""Those who write; an auditor only reads."""
EVERYONE_BUT_AUDITORS = (*HAMLET_ROLES, *STAFF)
KEEPERS = (Role.SECRETARY, Role.VILLAGE_STAFF, Role.TOWNSHIP_STAFF)
"""Those who keep the registers of their hamlets: nobody further up reads residents' names."""

RUNG = (Role.SECRETARY, Role.VILLAGE_STAFF, Role.STEWARD)
"""Those whom people of a hamlet ring."""

READERS_OF_BOOKS = (
    Role.SECRETARY, *STAFF, Role.BOOKKEEPER, Role.SUPERVISOR, Role.AUDITOR
)  # fmt: skip
"""Those who read the books of a hamlet or village line by line: where common money goes is no
secret, and whoever audits has to see it (财农〔2021〕121号 第三十五、三十六条)."""
