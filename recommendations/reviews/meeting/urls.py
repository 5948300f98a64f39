"""Addresses of the meeting of a review."""

from django.urls import path

from recommendations.reviews.meeting import views

urlpatterns = [
    path("finish/", views.finish, name="review_finish"),
    path("meeting/", views.meeting, name="meeting"),
    path("meeting/<slug:code>/<slug:number>/<slug:part>/", views.item, name="meeting_item"),
]
