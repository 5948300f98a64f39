"""Template tags for what every page shows: status badges, dates, page links, error summaries."""

import datetime as dt
import re
import uuid
from collections.abc import Iterable, Iterator

from django import template
from django.core.paginator import Page
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from krscp import text
from krscp.days import display, display_date, display_datetime, in_london
from krscp.files.formats import FOR_PROGRAMS, FORMATS

register = template.Library()
BULLET = "• "

register.filter("lower_first", text.lower_first)
register.filter(display_date)
register.filter(display_datetime)


@register.simple_tag
def status_badge(status) -> SafeString:
    """Shape and word together; a screen reader hears the word only."""
    return format_html(
        '<strong class="app-status app-status--{}">'
        '<span class="app-status__shape" aria-hidden="true">{}</span> {}</strong>',
        status.tone, status.shape, status.label,
    )  # fmt: skip


@register.simple_tag
def status_trend(statuses: Iterable) -> SafeString:
    """The statuses of past reviews, oldest first, as shapes; a screen reader hears the words."""
    past = list(statuses)
    if not past:
        return format_html('<span class="app-trend__none">{}</span>', "None yet")
    shapes = format_html_join(
        "", '<span class="app-trend__shape app-trend__shape--{}">{}</span>', ((s.tone, s.shape) for s in past)
    )
    words = ", then ".join(str(status.label) for status in past)
    return format_html(
        '<span class="app-trend" title="{}"><span aria-hidden="true">{}</span>'
        '<span class="govuk-visually-hidden">{}</span></span>',
        words, shapes, words,
    )  # fmt: skip


@register.simple_tag
def form_token() -> SafeString:
    """The token of a form that has no fields of its own: sent twice, it does its thing once."""
    return format_html('<input type="hidden" name="token" value="{}">', uuid.uuid4())


@register.simple_tag
def flag(words: str) -> SafeString:
    """A fact that dates or silence produced, such as “Overdue 34 days”."""
    return format_html('<span class="app-flag">{}</span>', words)


@register.simple_tag
def filter_chip(label: str, url: str) -> SafeString:
    """A chosen filter, as a link that takes it away."""
    return format_html(
        '<a class="app-chip" href="{}"><span class="govuk-visually-hidden">Remove filter </span>{} '
        '<span class="app-chip__cross" aria-hidden="true">✕</span></a>',
        url, label,
    )  # fmt: skip


@register.inclusion_tag("components/pagination.html", takes_context=True)
def pagination(context, page: Page, name: str = "page", label: str = "Pagination") -> dict:
    """Links to the pages of a list, whose number stands in the address as `name`; all else there is kept.

    One of several lists on a page is named, and its links lead to the heading with that id.
    """

    def at(number: int) -> str:
        asked = context.request.GET.copy()
        asked[name] = str(number)
        return f"?{asked.urlencode()}{'' if name == 'page' else f'#{name}'}"

    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return {
        "page": page,
        "label": label,
        "links": [(number, at(number) if isinstance(number, int) else "") for number in numbers],
        "previous": at(page.number - 1),
        "next": at(page.number + 1),
    }


@register.inclusion_tag("components/downloads.html")
def downloads(place: str, query: str = "", without: str = "", also: str = "") -> dict:
    """“Download: CSV · Excel · Word”: the list at an address as files, with the filters of the address."""
    asked = f"?{query}" if query else ""
    formats = {name: label for name, label in FORMATS.items() if name != without}
    formats |= {also: FOR_PROGRAMS[also]} if also else {}
    return {"links": [{"label": label, "url": f"{place}export/{name}/{asked}"} for name, label in formats.items()]}


@register.inclusion_tag("components/error_summary.html")
def error_summary(*forms) -> dict:
    """What is wrong in these forms or formsets, each linked to its first control."""
    return {"items": [item for form in forms if form for item in _errors(form)]}


def _errors(form) -> Iterator[dict[str, str]]:
    if hasattr(form, "forms"):
        yield from ({"text": str(error), "target": ""} for error in form.non_form_errors())
        for member in form.forms:
            yield from _errors(member)
        return
    yield from ({"text": str(error), "target": ""} for error in form.non_field_errors())
    for bound in form:
        target = "" if bound.is_hidden else bound.error_target
        yield from ({"text": str(error), "target": target} for error in bound.errors)


@register.simple_tag
def time_tag(value: dt.date | None, missing: str = "") -> SafeString | str:
    """A date as people read it, with the date that machines read; `missing` when there is none."""
    if not value:
        return missing
    read = in_london(value) if isinstance(value, dt.datetime) else value
    return format_html('<time datetime="{}">{}</time>', read.isoformat(), display(value))


@register.filter
def thousands(number: int) -> str:
    """“1,000”."""
    return f"{number:,}"


@register.filter
def prose(value: str) -> SafeString:
    """Paragraphs at blank lines, and a list where lines begin with “• ”; everything else is escaped."""
    blocks = re.split(r"\n\s*\n", (value or "").strip())
    parts = [part for block in blocks if block for part in _block(block)]
    return format_html_join("", "{}", ((part,) for part in parts))


def _block(block: str) -> Iterator[SafeString]:
    lines = [line.strip() for line in block.split("\n")]
    start = 0
    for end in range(1, len(lines) + 1):
        if end == len(lines) or lines[end].startswith(BULLET) != lines[start].startswith(BULLET):
            yield _list(lines[start:end]) if lines[start].startswith(BULLET) else _paragraph(lines[start:end])
            start = end


def _list(lines: list[str]) -> SafeString:
    items = format_html_join("", "<li>{}</li>", ((line.removeprefix(BULLET),) for line in lines))
    return format_html('<ul class="govuk-list govuk-list--bullet">{}</ul>', items)


def _paragraph(lines: list[str]) -> SafeString:
    further = format_html_join("", "<br>{}", ((line,) for line in lines[1:]))
    return format_html('<p class="govuk-body">{}{}</p>', lines[0], further)
