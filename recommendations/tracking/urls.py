"""Addresses of a recommendation, its parts, and what is said and decided of them."""

from django.urls import path

from recommendations.tracking.views import asking, completion, decisions, pages, updates, work

urlpatterns = [
    path("proposals/<int:pk>/confirm/", asking.confirm, name="confirm"),
    path("decisions/<int:pk>/addendum/", asking.addendum, name="addendum"),
    path("updates/<int:pk>/undo/", updates.undo, name="undo"),
    path("actions/<int:pk>/done/", work.action_done, name="action_done"),
    path("<slug:code>/<slug:number>/", pages.recommendation, name="recommendation"),
    path("<slug:code>/<slug:number>/history/", pages.history, name="recommendation_history"),
    path("<slug:code>/<slug:number>/history/export/<str:file_format>/", pages.export, name="history_export"),
    path("<slug:code>/<slug:number>/update/", updates.update, name="update"),
    path("<slug:code>/<slug:number>/complete/", completion.complete, name="complete"),
    path("<slug:code>/<slug:number>/escalate/", asking.ask, name="escalate"),
    path("<slug:code>/<slug:number>/evidence/", work.evidence, name="evidence"),
    path("<slug:code>/<slug:number>/actions/", work.actions, name="actions"),
    path("<slug:code>/<slug:number>/decide/<slug:kind>/", decisions.decide, name="decide"),
    path("<slug:code>/<slug:number>/<slug:part>/update/", updates.update_part, name="part_update"),
    path("<slug:code>/<slug:number>/<slug:part>/complete/", completion.complete, name="part_complete"),
    path("<slug:code>/<slug:number>/<slug:part>/escalate/", asking.ask, name="part_escalate"),
    path("<slug:code>/<slug:number>/<slug:part>/evidence/", work.evidence, name="part_evidence"),
    path("<slug:code>/<slug:number>/<slug:part>/actions/", work.actions, name="part_actions"),
    path("<slug:code>/<slug:number>/<slug:part>/decide/<slug:kind>/", decisions.decide, name="part_decide"),
]
