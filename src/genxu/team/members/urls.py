from django.urls import path

from . import views
from .steps import MEMBER, OBJECTIONS, POSTS, PROMISES

urlpatterns = [
    path("members/", views.members.page, name="members"),
    path("members/export/", views.members.sheet, name="export_members"),
    path("posts/", views.posts.page, name="posts"),
    path("posts/export/", views.posts.sheet, name="export_posts"),
    path("members/at/<place:code>/plates/", views.member_plates, name="member_plates"),
    path("my/membership/", views.my_membership, name="my_membership"),
    path("m/<str:code>/", views.member_card, name="member_card"),
    *MEMBER.urls("members/<key:pk>/"),
    *POSTS.urls("posts/<key:pk>/"),
    *PROMISES.urls("promises/<key:pk>/"),
    *OBJECTIONS.urls("objections/<key:pk>/"),
]
