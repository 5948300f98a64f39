"""Home, and its lists in full."""

from django.urls import path

from recommendations.home import views

urlpatterns = [
    path("", views.home, name="home"),
    path("decisions/", views.decisions, name="decisions"),
    path("exceptions/", views.exceptions, name="exceptions"),
    path("yours/", views.yours, name="yours"),
    path("chase/", views.chase, name="chase"),
]
