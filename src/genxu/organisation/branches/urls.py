from django.urls import path

from . import draft_views, steps, views

urlpatterns = [
    *views.organisations.urls("organisations/"),
    path("organisations/new/", draft_views.hamlets.page, name="organisation_where"),
    path(
        "organisations/at/<place:code>/new/",
        draft_views.draft_organisation,
        name="organisation_new",
    ),
    path("organisations/<key:pk>/change/", draft_views.change_draft, name="organisation_change"),
    *steps.PAGES.urls("organisations/<key:pk>/"),
    path("organisations/<key:pk>/members/new/", draft_views.add_member, name="add_member"),
    path(
        "organisations/<key:pk>/members/export/", draft_views.members_export, name="members_export"
    ),
    path(
        "organisations/<key:pk>/members/<key:member_pk>/",
        draft_views.correct_member,
        name="correct_member",
    ),
    path(
        "organisations/<key:pk>/members/<key:member_pk>/move/",
        draft_views.move_member,
        name="move_member",
    ),
    path(
        "organisations/<key:pk>/members/<key:member_pk>/remove/",
        draft_views.remove_member,
        name="remove_member",
    ),
]
