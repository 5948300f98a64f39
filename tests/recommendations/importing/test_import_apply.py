"""Storing a parsed report: all or nothing, once, at an address that is free."""

import pytest
from django.conf import settings
from django.urls import get_resolver

from recommendations.importing.apply import RESERVED, CodeRefused, apply_report
from recommendations.importing.reading import read_report
from recommendations.models import Paragraph, Recommendation, Report

pytestmark = pytest.mark.django_db


def first_words(resolver, prefix: str = "") -> set[str]:
    """The first word of every fixed address."""
    found = set()
    for entry in resolver.url_patterns:
        address = prefix + str(entry.pattern).lstrip("^")
        if hasattr(entry, "url_patterns"):
            found |= first_words(entry, address)
        elif not address.startswith("<"):
            found.add(address.split("/")[0])
    return found - {"", "favicon.ico"}


def test_no_report_takes_the_address_of_a_page():
    assert first_words(get_resolver()) <= RESERVED


@pytest.mark.parametrize("code", ["recommendations", "updates", "ISR 2021", "a/b", "Ünicode"])
def test_a_reserved_or_malformed_code_is_refused_and_nothing_stored(code):
    before = Report.objects.count()
    with pytest.raises(CodeRefused):
        apply_report(read_report(settings.FIXTURES / "isr-2021.md"), code=code, published="2022", by=None)
    assert Report.objects.count() == before


def test_a_report_that_is_there_is_left_as_it_is():
    before = Recommendation.objects.count(), Paragraph.objects.count()
    apply_report(read_report(settings.FIXTURES / "isr-2021.md"), code="isr-2021", published="2022", by=None)
    assert (Recommendation.objects.count(), Paragraph.objects.count()) == before


def test_nothing_is_invented_at_import():
    report = apply_report(read_report(settings.FIXTURES / "isr-2021.md"), code="bare", published="2022", by=None)
    for recommendation in report.recommendations.prefetch_related("parts__ownerships", "priority_links"):
        assert (recommendation.status, recommendation.short_title, recommendation.asks_for) == ("not_started", "", "")
        assert not recommendation.priority_links.all()
        for part in recommendation.parts.all():
            assert (part.agreed_date, part.requested_date, list(part.ownerships.all())) == (None, None, [])
