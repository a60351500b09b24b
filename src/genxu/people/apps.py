from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "genxu.people"
    label = "people"
