"""Sentences of the libraries that sign people in, said in our own words.

Our catalogue is looked up before theirs. They are named here so that the extraction finds them.
"""

from typing import Final

from django.utils.translation import gettext_noop as _

BORROWED: Final = (
    _("Remember Me"),
    _("Login"),
    _("The phone number and/or password you specified are not correct."),
    _("This account is currently inactive."),
    _("This field is required."),
    _("Successfully signed in as %(name)s."),
    _("You have signed out."),
)
