from django.urls import path

from . import views
from .steps import MEMBER, OBJECTIONS, POSTS, PROMISES

urlpatterns = [
    *views.members.urls("members/"),
    *views.posts.urls("posts/"),
    path("members/at/<place:code>/plates/", views.member_plates, name="member_plates"),
    path("my/membership/", views.my_membership, name="my_membership"),
    path("m/<str:code>/", views.member_card, name="member_card"),
    *MEMBER.urls("members/<key:pk>/"),
    *POSTS.urls("posts/<key:pk>/"),
    *PROMISES.urls("promises/<key:pk>/"),
    *OBJECTIONS.urls("objections/<key:pk>/"),
]
