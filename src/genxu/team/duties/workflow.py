"""The life of a rota as one table: prepared, dealt, made known, ended; and of its turns."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from genxu.core.workflow import Step, step


class State(models.TextChoices):
    DRAFT = "draft", _("Being prepared")
    PUBLISHED = "published", _("Made known")
    ENDED = "ended", _("Ended")


DRAFT, OUT = State.DRAFT, State.PUBLISHED
STANDING = (DRAFT, OUT)
PREPARE = "prepare"
TOLD = {PREPARE: _("The rota was begun.")}

STEPS: dict[str, Step] = {
    "change": step(STANDING, None, _("Change the rota"), _("The rota was changed.")),
    "enrol": step(STANDING, None, _("Put somebody on it"), _("Somebody was put on it.")),
    "ask": step(STANDING, None, _("What this person says"), _("Somebody was asked again.")),
    "leave": step(STANDING, None, _("Take off the rota"), _("Somebody was taken off.")),
    "deal": step(STANDING, None, _("Deal the turns"), _("The turns were dealt.")),
    "publish": step(
        (DRAFT,), OUT, _("Make it known"), _("The rota was made known."), tone="is-done"
    ),
    "move": step(STANDING, None, _("Move a day"), _("A day was moved or called off.")),
    "offer": step((OUT,), None, _("I cannot come"), _("A turn was offered to the others.")),
    "withdraw": step((OUT,), None, _("I can come after all"), _("The offer was withdrawn.")),
    "take": step((OUT,), None, _("I take it"), _("The turn was taken.")),
    "hand": step((OUT,), None, _("Two have swapped"), _("Two have swapped.")),
    "stand_in": step((OUT,), None, _("Somebody stood in"), _("Somebody stood in.")),
    "end": step(STANDING, State.ENDED, _("End the rota"), _("The rota was ended.")),
}
