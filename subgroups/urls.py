"""Addresses of bodies and people."""

from django.urls import path

from subgroups.views import bodies, kept, people

urlpatterns = [
    path("kept/", kept.kept, name="kept"),
    path("bodies/", bodies.index, name="bodies"),
    path("bodies/<slug:slug>/", bodies.show, name="body"),
    path("people/", people.index, name="people"),
    path("people/invite/", people.invite, name="invite"),
    path("people/<int:pk>/end/", people.end, name="end_appointment"),
]
