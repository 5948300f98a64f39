"""Home."""

from django.urls import path

from recommendations.home import views

urlpatterns = [path("", views.home, name="home")]
