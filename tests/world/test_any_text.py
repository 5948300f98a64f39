"""Odd and hostile text, typed into the forms of the world, breaks none of its pages and none of its files."""

import pytest
from django.urls import reverse

from tests.recommendations.test_any_text import FORMS, fill_in
from tests.world.places import places
from tests.world.reading import is_file, signed_in
from tests.world.test_files import content, words_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("world")]
# Those of the forms that stand open in the world; the others' recommendations are closed or wait for sign-off there.
OPEN = ("/25/update/", "/25/evidence/", "/25/actions/", "/27/escalate/", "/31/reading/")
ODD = (
    '=HYPERLINK("https://example.org")\x0b\x00\u2028',
    "\u202eevil\u202c עברית 😀👩‍👩‍👧 ＝1+1 _x000D_ & <b>“x”</b> {{ 7 }}",
)


def test_odd_text_in_every_open_form_breaks_no_page_and_no_file():
    client = signed_in("manager")
    for form in (form for form in FORMS if form.place.endswith(OPEN)):
        assert all(fill_in(client, form, text) for text in ODD), form.place
    about = ({"code": "isr-2021", "number": number} for number in ("25", "27", "31"))
    shown = [reverse(route, kwargs=place) for place in about for route in ("recommendation", "recommendation_history")]
    met = {route: reverse(route, kwargs=kwargs) for route, kwargs, may in places() if "manager" in may}
    for place in [*shown, *(place for route, place in met.items() if not is_file(route))]:
        assert client.get(place).status_code in (200, 302, 403, 405, 409), place
    for place in (place for route, place in met.items() if is_file(route)):
        kind, data = content(client, place)
        assert not kind or any(words_in(kind, data)), place
