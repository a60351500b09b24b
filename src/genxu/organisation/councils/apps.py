from django.apps import AppConfig


class CouncilsConfig(AppConfig):
    name = "genxu.organisation.councils"
    label = "councils"
