from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "genxu.portal"
    label = "portal"
