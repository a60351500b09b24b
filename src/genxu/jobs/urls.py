from django.urls import path

from . import views

urlpatterns = [
    path("jobs/", views.jobs.page, name="jobs"),
    path("journal/verify/", views.verify_journal, name="journal_verify"),
    path("jobs/<key:pk>/", views.job_page, name="job"),
    path("jobs/<key:pk>/stop/", views.stop_job, name="stop_job"),
    path("jobs/<key:pk>/resume/", views.resume_job, name="resume_job"),
    path("jobs/<key:pk>/files/", views.job_files, name="job_files"),
    path("jobs/<key:pk>/files/<key:file_pk>/", views.job_file, name="job_file"),
]
