"""Addresses of reports, recommendations, updates and decisions."""

from django.urls import path

from recommendations.views import completion, decisions, home, reading, register, reviews, updates, work

urlpatterns = [
    path("", home.home, name="home"),
    path("reviews/", reviews.dashboard, name="reviews"),
    path("recommendations/", register.register, name="recommendations"),
    path("recommendations/export/<str:file_format>/", register.export, name="recommendations_export"),
    path("reports/", reading.reports, name="reports"),
    path("updates/<int:pk>/undo/", updates.undo, name="undo"),
    path("actions/<int:pk>/done/", work.action_done, name="action_done"),
    path("<slug:code>/", reading.report, name="report"),
    path("<slug:code>/<slug:number>/", reading.recommendation, name="recommendation"),
    path("<slug:code>/<slug:number>/history/", reading.history, name="recommendation_history"),
    path("<slug:code>/<slug:number>/reading/", work.reading, name="reading"),
    path("<slug:code>/<slug:number>/update/", updates.update, name="update"),
    path("<slug:code>/<slug:number>/complete/", completion.complete, name="complete"),
    path("<slug:code>/<slug:number>/evidence/", work.evidence, name="evidence"),
    path("<slug:code>/<slug:number>/actions/", work.actions, name="actions"),
    path("<slug:code>/<slug:number>/decide/<slug:kind>/", decisions.decide, name="decide"),
    path("<slug:code>/<slug:number>/<slug:part>/update/", updates.update_part, name="part_update"),
    path("<slug:code>/<slug:number>/<slug:part>/complete/", completion.complete, name="part_complete"),
    path("<slug:code>/<slug:number>/<slug:part>/evidence/", work.evidence, name="part_evidence"),
    path("<slug:code>/<slug:number>/<slug:part>/actions/", work.actions, name="part_actions"),
    path("<slug:code>/<slug:number>/<slug:part>/decide/<slug:kind>/", decisions.decide, name="part_decide"),
]
