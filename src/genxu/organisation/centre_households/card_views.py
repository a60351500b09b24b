"""The public card of a centre household, opened by the QR code of its door plate."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from genxu.core.codes import CODE_LENGTH
from genxu.core.errors import Missing
from genxu.core.pages import ActorRequest, page
from genxu.core.ratelimit import count_try
from genxu.core.rules import open_public

from .models import CentreHousehold, Duty

WRONG_CODES_A_MINUTE = 10
PLAINLY = {
    Duty.POLICY: _("A new policy: I explain what it means for you."),
    Duty.DISPUTES: _("A quarrel: I sit down with both sides."),
    Duty.CLEANLINESS: _("Rubbish, drains, the way outside: I keep an eye on them."),
    Duty.FACILITIES: _("A lamp is out, a railing is loose: I see that it is mended."),
    Duty.ERRANDS: _("An errand in town, a form to fill in: I help you with it."),
    Duty.CUSTOMS: _("A wedding or a funeral: I help to keep it simple and decent."),
}


@page(open_public)
def centre_card(request: ActorRequest, code: str) -> HttpResponse:
    """Name, hamlet and duties, if the person has agreed and serves; else a sentence without them
    (个人信息保护法 25)."""
    one = _by_code(request, code)
    duties = [
        {"label": Duty(duty).label, "plainly": PLAINLY[Duty(duty)]}
        for duty in one.duties
        if duty in Duty
    ]
    context = {"one": one if one.shown and one.is_serving else None, "duties": duties,
               "serves": one.is_serving, "hamlet": one.hamlet}  # fmt: skip
    response = render(request, "centre_households/card.html", context)
    response["X-Robots-Tag"] = "noindex"
    response["Referrer-Policy"] = "same-origin"
    return response


def _by_code(request: ActorRequest, code: str) -> CentreHousehold:
    """Wrong codes are counted and slowed down, as with receipts."""
    rows = CentreHousehold.objects.select_related("hamlet", "hamlet__parent")
    key = code.upper()
    found = rows.filter(card=key).first() if len(key) == CODE_LENGTH and key.isalnum() else None
    if found is None:
        count_try(request, "card", WRONG_CODES_A_MINUTE)
        raise Missing(_("There is no card with this code. Please scan the plate once more."))
    return found
