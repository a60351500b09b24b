"""When a vote of each body counts: quorum, majority, notice. One entry a body, with its source."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class BodyName(models.TextChoices):
    VILLAGERS_MEETING = "villagers_meeting", _("Villagers' meeting")
    REPRESENTATIVES = "representatives", _("Villagers' representatives")
    GROUP_MEETING = "group_meeting", _("Villagers' group meeting")
    COLLECTIVE_MEMBERS = "collective_members", _("Collective members' meeting")
    COLLECTIVE_BOARD = "collective_board", _("Collective board")
    PARTY_MEMBERS = "party_members", _("Party members' meeting")


class Basis(models.TextChoices):
    """What is counted: adults or households where the law leaves the choice, else persons due."""

    ADULTS = "adults", _("Adults")
    HOUSEHOLDS = "households", _("Households")
    PERSONS = "persons", _("Those due to attend")
