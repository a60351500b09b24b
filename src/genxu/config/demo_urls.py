"""The addresses of the demonstration: those of production, the cast at sign-in, its own door."""

from django.urls import include, path

from genxu.core.pages import mark
from genxu.core.rules import open_public
from genxu.demo.context import cast, sample_link, sample_receipt
from genxu.people.sign_in_views import SignIn

from . import urls
from .urls import handler400, handler404, handler500

__all__ = ["handler400", "handler404", "handler500", "urlpatterns"]


class WithCast(SignIn):
    """Signing in; the demonstration shows its cast."""

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        context: dict[str, object] = super().get_context_data(**kwargs)
        return context | {
            "cast": cast(),
            "sample_receipt": sample_receipt(),
            "sample_link": sample_link(),
        }


urlpatterns = [
    path("", include("genxu.demo.urls")),
    path("sign-in/", mark(WithCast.as_view(), open_public), name="account_login"),
    *(one for one in urls.urlpatterns if getattr(one, "name", "") != "account_login"),
]
