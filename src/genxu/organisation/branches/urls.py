from django.urls import path

from . import drafting, steps, views

urlpatterns = [
    path("organisations/", views.organisations.page, name="organisations"),
    path("organisations/export/", views.organisations.sheet, name="organisations_export"),
    path("organisations/new/", drafting.hamlets.page, name="organisation_where"),
    path("organisations/at/<str:code>/new/", drafting.draft_organisation, name="organisation_new"),
    path("organisations/<key:pk>/", views.organisation_page, name="organisation"),
    path("organisations/<key:pk>/change/", drafting.change_draft, name="organisation_change"),
    *steps.PAGES.urls("organisations/<key:pk>/"),
    path("organisations/<key:pk>/members/new/", drafting.add_member, name="add_member"),
    path("organisations/<key:pk>/members/export/", drafting.members_export, name="members_export"),
    path(
        "organisations/<key:pk>/members/<key:member_pk>/",
        drafting.correct_member,
        name="correct_member",
    ),
    path(
        "organisations/<key:pk>/members/<key:member_pk>/remove/",
        drafting.remove_member,
        name="remove_member",
    ),
]
