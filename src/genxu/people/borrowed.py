"""Sentences of the libraries that sign people in, said in our own words.

Our catalogue is looked up before theirs. They are named here so that the extraction finds them.
"""

from typing import Final

from django.utils.translation import gettext_noop as _

BORROWED: Final = (
    _("Remember Me"),
    _("Phone"),
    _("Code"),
    _("Login"),
    _("The phone number and/or password you specified are not correct."),
    _("The phone number is not assigned to any user account."),
    _("This account is currently inactive."),
    _("Incorrect code."),
    _("Too many failed login attempts. Try again later."),
    _("Be patient, you are sending too many requests."),
    _("This field is required."),
    _("Successfully signed in as %(name)s."),
    _("You have signed out."),
    _("A sign-in code has been sent to %(recipient)s."),
)
