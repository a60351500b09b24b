from django.apps import AppConfig


class RegionsConfig(AppConfig):
    name = "genxu.regions"
    label = "regions"
