from django.apps import AppConfig


class MattersConfig(AppConfig):
    name = "genxu.institutions.matters"
    label = "matters"
