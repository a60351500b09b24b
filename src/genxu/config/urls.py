"""Every address of the program. Each view bears its permission; ``tests`` hold that law."""

from allauth.account.views import logout
from django.urls import include, path
from django.views.i18n import set_language

from genxu.core.pages import mark
from genxu.core.rules import open_public
from genxu.people.sign_in_views import SignIn, ask_for_code, confirm_code

from .api import marked_urls

handler400 = "genxu.portal.views.bad_request"
handler404 = "genxu.portal.views.not_found"
handler500 = "genxu.portal.views.server_error"

urlpatterns = [
    path("", include("genxu.portal.urls")),
    path("", include("genxu.institutions.talks.urls")),
    path("", include("genxu.institutions.announcements.urls")),
    path("", include("genxu.institutions.matters.urls")),
    path("", include("genxu.places.disclosures.urls")),
    path("", include("genxu.places.ledger.urls")),
    path("", include("genxu.team.services.urls")),
    path("", include("genxu.team.campaigns.urls")),
    path("", include("genxu.places.venues.urls")),
    path("", include("genxu.places.bookings.urls")),
    path("", include("genxu.team.volunteers.urls")),
    path("", include("genxu.team.members.urls")),
    path("", include("genxu.team.appraisals.urls")),
    path("", include("genxu.team.meetings.urls")),
    path("", include("genxu.team.duties.urls")),
    path("", include("genxu.team.disputes.urls")),
    path("", include("genxu.places.collectives.urls")),
    path("", include("genxu.places.distributions.urls")),
    path("", include("genxu.places.contracts.urls")),
    path("", include("genxu.places.surveys.urls")),
    path("", include("genxu.places.funds.urls")),
    path("", include("genxu.organisation.assemblies.urls")),
    path("", include("genxu.organisation.councils.urls")),
    path("", include("genxu.organisation.centre_households.urls")),
    path("", include("genxu.organisation.branches.urls")),
    path("", include("genxu.imports.urls")),
    path("", include("genxu.jobs.urls")),
    path("", include("genxu.people.urls")),
    path("", include("genxu.hamlets.urls")),
    path("", include("genxu.insight.urls")),
    path("", include("genxu.core.urls")),
    path("sign-in/", mark(SignIn.as_view(), open_public), name="account_login"),
    path("sign-in/code/", ask_for_code, name="sign_in_by_code"),
    path("sign-in/code/confirm/", confirm_code, name="confirm_code"),
    path("sign-out/", mark(logout, open_public), name="account_logout"),
    path("language/", mark(set_language, open_public), name="set_language"),
    path("api/v1/", marked_urls()),
]  # fmt: skip
