"""Odd and hostile text, typed into the forms of the world, breaks none of its pages and none of its files."""

from dataclasses import replace
from itertools import product

import pytest
from django.urls import reverse

from tests.recommendations.test_any_text import FORMS, fill_in
from tests.world.places import places
from tests.world.reading import is_file, signed_in
from tests.world.test_files import content, words_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("world")]
ODD = (
    '=HYPERLINK("https://example.org")\x0b\x00\u2028',
    "\u202eevil\u202c עברית 😀👩‍👩‍👧 ＝1+1 _x000D_ & <b>“x”</b> {{ 7 }}",
)
# Where a form of the empty scene stands open in the world, for each of the two texts.
ELSEWHERE = {
    "/isr-2021/30/update/": ("/isr-2021/35/update/",) * 2,
    "/isr-2021/26/complete/": ("/isr-2021/35/complete/", "/isr-2021/34/complete/"),
    "/isr-2021/29/decide/not-accept/": ("/isr-2021/15/decide/not-accept/", "/isr-2021/16/decide/not-accept/"),
    "/reviews/2026-03/learning/": ("/reviews/2026-11/learning/",) * 2,
    "/reviews/2026-03/meeting/isr-2021/10/whole/": ("/reviews/2026-11/meeting/isr-2021/25/whole/",) * 2,
}


def test_odd_text_in_every_form_breaks_no_page_and_no_file():
    client = signed_in("manager")
    for form, (turn, text) in product(FORMS, enumerate(ODD)):
        place = ELSEWHERE.get(form.place, (form.place,) * len(ODD))[turn]
        assert fill_in(client, replace(form, place=place), text), place
    about = ({"code": "isr-2021", "number": number} for number in ("15", "16", "25", "27", "31", "34", "35"))
    shown = [reverse(route, kwargs=place) for place in about for route in ("recommendation", "recommendation_history")]
    met = {route: reverse(route, kwargs=kwargs) for route, kwargs, may in places() if "manager" in may}
    for place in [*shown, *(place for route, place in met.items() if not is_file(route))]:
        assert client.get(place).status_code in (200, 302, 403, 405, 409), place
    for place in (place for route, place in met.items() if is_file(route)):
        kind, data = content(client, place)
        assert not kind or any(words_in(kind, data)), place
