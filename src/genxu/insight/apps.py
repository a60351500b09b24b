from django.apps import AppConfig


class InsightConfig(AppConfig):
    name = "genxu.insight"
    label = "insight"

    def ready(self) -> None:
        from genxu.core import journal

        from .counting import FOLLOWER

        journal.follow(FOLLOWER)
