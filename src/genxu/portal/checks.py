"""What an operator is asked before the program is opened to the public."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Tags, Warning, register


@register(Tags.security, deploy=True)
def somebody_answers_for_it(app_configs: Any, **kwargs: Any) -> Sequence[CheckMessage]:
    """个人信息保护法 17: whoever handles personal data says who it is and how to be reached."""
    if settings.OPERATOR_NAME and settings.OPERATOR_CONTACT:
        return []
    return [
        Warning(
            "The privacy notice does not say who runs the program.",
            hint="Set OPERATOR_NAME and OPERATOR_CONTACT; see docs/operations.md.",
            id="genxu.W001",
        )
    ]
