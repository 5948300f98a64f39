"""Addresses of reminders and of the review for one's own calendar."""

from django.urls import path

from recommendations.reviews.reminders import views

urlpatterns = [
    path("remind/", views.remind, name="review_remind"),
    path("calendar.ics", views.calendar, name="review_calendar"),
]
