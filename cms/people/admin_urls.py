"""Addresses of the admin's section of people, below /admin/people/."""

from django.urls import path

from .views.actions import ApprovalView, InvitationActionView, PersonActionView
from .views.changing import InviteView, PersonView
from .views.listing import PeopleView, SitesView

app_name = "people"

urlpatterns = [
    path("", SitesView.as_view(), name="index"),
    path("results/", SitesView.as_view(results_only=True), name="index_results"),
    path("<slug:code>/", PeopleView.as_view(), name="list"),
    path("<slug:code>/results/", PeopleView.as_view(results_only=True), name="list_results"),
    path("<slug:code>/invite/", InviteView.as_view(), name="invite"),
    path("<slug:code>/approval/", ApprovalView.as_view(), name="approval"),
    path("<slug:code>/<int:pk>/", PersonView.as_view(), name="person"),
    path("<slug:code>/<int:pk>/<slug:action>/", PersonActionView.as_view(), name="act"),
    path(
        "<slug:code>/invitations/<int:pk>/<slug:action>/",
        InvitationActionView.as_view(),
        name="invitation_act",
    ),
]
