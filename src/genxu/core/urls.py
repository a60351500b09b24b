from . import views

urlpatterns = [
    *views.journal.urls("journal/"),
]
