"""Addresses of bodies, people, and what each of them sees of their account."""

from django.urls import path

from subgroups.accounts import unsent
from subgroups.audit import views as audit
from subgroups.bodies import views as bodies
from subgroups.people import views as people

urlpatterns = [
    path("kept/", unsent.kept, name="kept"),
    path("bodies/", bodies.index, name="bodies"),
    path("bodies/export/<str:file_format>/", bodies.export, name="bodies_export"),
    path("bodies/<slug:slug>/", bodies.show, name="body"),
    path("bodies/<slug:slug>/export/<str:file_format>/", bodies.export_body, name="body_export"),
    path("people/", people.index, name="people"),
    path("people/export/<str:file_format>/", people.export, name="people_export"),
    path("people/invite/", people.invite, name="invite"),
    path("people/<int:pk>/end/", people.end, name="end_appointment"),
    path("export-log/", audit.export_log, name="export_log"),
    path("export-log/export/<str:file_format>/", audit.export, name="export_log_export"),
]
