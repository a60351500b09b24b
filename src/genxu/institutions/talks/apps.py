from django.apps import AppConfig


class TalksConfig(AppConfig):
    name = "genxu.institutions.talks"
    label = "talks"
