from django.apps import AppConfig


class CentreHouseholdsConfig(AppConfig):
    name = "genxu.organisation.centre_households"
    label = "centre_households"
