"""The walls of the house stand, and each falls over what it forbids."""

import re
import subprocess
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import URLPattern, get_resolver

from subgroups.models import PostRole
from tests import walls

ROOT = Path(settings.BASE_DIR)
ROLES = {*PostRole.values, *(str(label) for label in PostRole.labels)}

# Outside services these few may write, each for its reason.
MAY_WRITE = {
    "krscp.append_only": "is the model that refuses",
    "krscp.moments": "takes locks, and writes no row",
    "krscp.unchanged": "asks for the last keys",
    "krscp.backups.contents": "counts rows",
    "krscp.backups.sqlite": "copies a whole database",
    "krscp.backups.postgres": "copies a whole database",
    "subgroups.readiness": "executes commands, not SQL",
    "krscp.tries": "counts in the cache",
    "krscp.forms.writing": "calls the service that it is given",
    "krscp.files.documents": "saves a Word document, not a row",
    "recommendations.importing.apply": "stores the report that was checked on screen",
    "krscp.exits": "takes another installation's rows as they are",
    "subgroups.once": "stores a form's token with what it does",
    "krscp.triggers": "puts up the triggers that refuse",
    "subgroups.models.user": "holds the manager that makes accounts, as Django's auth expects",
}
TOP_LEVEL = {
    "manage.py", "pyproject.toml", "README.md", "krscp", "subgroups", "recommendations", "templates", "fixtures",
    "tests", "docs", "Makefile", "Containerfile", "LICENSE", "CHANGELOG.md", "package.json", "package-lock.json",
    "requirements.in", "requirements.txt", "requirements-dev.in", "requirements-dev.txt", "requirements-node.in",
    "requirements-node.txt", ".ci", ".env.example", ".gitignore", ".gitattributes", ".containerignore",
}  # fmt: skip


def sources(*rooms: str) -> list[tuple[str, str]]:
    """Source text and dotted module of every file in the rooms, migrations and empty files left out."""
    found = []
    for room in rooms:
        for path in sorted((ROOT / room).rglob("*.py")):
            text = path.read_text(encoding="utf-8")
            if "migrations" not in path.parts and text.strip():
                parts = path.relative_to(ROOT).with_suffix("").parts
                found.append((text, ".".join(part for part in parts if part != "__init__")))
    return found


def templates() -> list[tuple[str, str]]:
    return [
        (path.read_text(encoding="utf-8"), str(path.relative_to(ROOT)))
        for path in sorted((ROOT / "templates").rglob("*"))
        if path.is_file()
    ]


def complaints(check, files, *rest) -> str:
    return "\n".join(line for text, name in files for line in check(text, name, *rest))


def test_rooms_import_downwards_only():
    assert complaints(walls.wrong_rooms, sources(*walls.ROOMS)) == ""


def test_files_of_a_room_import_their_own_floor_and_below():
    assert complaints(walls.wrong_floors, [file for file in sources(*walls.FLOORS) if "." in file[1]]) == ""


def test_every_floor_names_what_there_is():
    named = {f"{room}.{name}" for room, floors in walls.FLOORS.items() for name in set().union(*floors)}
    there = {".".join(module.split(".")[:2]) for _, module in sources(*walls.FLOORS)}
    assert named - there == set()


def test_only_a_room_imports_its_views():
    assert complaints(walls.wrong_views, sources(*walls.ROOMS)) == ""


def test_no_imports_go_in_a_circle():
    assert walls.circles(sources(*walls.ROOMS)) == []


def test_circles_are_found_however_long():
    one, two, three = "from x import b", "from x import c", "import x.a"
    assert walls.circles([(one, "x.a"), (two, "x.b"), (three, "x.c"), ("import x.a", "x.d")]) == ["x.a, x.b, x.c"]
    assert walls.circles([(one, "x.a"), (two, "x.b"), ("", "x.c")]) == []


def test_a_class_name_stands_once():
    assert walls.names_twice(sources(*walls.ROOMS)) == []


def test_a_class_name_that_stands_twice_is_found():
    files = [("class Row: ...", "x.a"), ("class Row: ...\nclass Line: ...", "x.b"), ("class Command: ...", "x.c")]
    assert walls.names_twice([*files, ("class Command: ...", "x.d")]) == ["Row: x.a, x.b"]


def is_writer(module: str) -> bool:
    return ".services" in module or module in MAY_WRITE


def test_only_services_write():
    assert complaints(walls.writes, [file for file in sources(*walls.ROOMS) if not is_writer(file[1])]) == ""


def test_only_one_door_sends_files():
    others = [file for file in sources(*walls.ROOMS) if file[1] != "subgroups.files"]
    assert complaints(walls.sends_files, others) == ""


def test_bulk_updates_only_take_a_row_by_its_version():
    assert complaints(walls.unversioned_updates, sources(*walls.ROOMS)) == ""


def test_owners_are_made_in_one_place():
    assert complaints(walls.makes_owners, sources("recommendations")) == ""


def test_files_and_functions_can_be_read_at_once():
    assert complaints(walls.too_long, sources(*walls.ROOMS, "tests")) == ""


def test_nothing_asks_the_clock_at_import():
    assert complaints(walls.clock_at_import, sources(*walls.ROOMS)) == ""


def test_nothing_is_parsed_back_out_of_words_for_people():
    """Except where a report or a list of somebody else's is read: there the words are all there is."""
    ours = [file for file in sources(*walls.ROOMS) if not file[1].startswith("recommendations.importing")]
    assert complaints(walls.parsed_words, ours) == ""


def test_only_templates_use_template_tags():
    of_python = [(module, name) for text, module in sources(*walls.ROOMS) for _, name in walls.imports(text, module)]
    assert [(module, name) for module, name in of_python if name.startswith("krscp.templatetags")] == []


def views() -> list[tuple[str, str]]:
    return [file for file in sources(*walls.ROOMS) if re.search(r"\.(\w+_)?(views|pages)\b", file[1])]


def test_views_are_functions():
    assert complaints(walls.classes, views()) == ""


def test_views_do_not_query():
    assert complaints(walls.queries_in_views, views()) == ""


def test_nothing_replaces_what_was_sent():
    """But the middleware that takes a NUL out before any view is asked."""
    ours = [file for file in sources(*walls.ROOMS) if file[1] != "krscp.middleware"]
    assert complaints(walls.assigned_posts, ours) == ""


def test_forms_read_what_was_sent_under_their_prefix():
    forms = [file for file in sources(*walls.ROOMS) if "forms" in file[1]]
    assert complaints(walls.unprefixed, forms) == ""


def test_templates_neither_query_nor_decide():
    assert complaints(walls.template_faults, templates(), ROLES) == ""


def test_templates_include_their_own_room_and_what_stands_below():
    assert complaints(walls.wrong_includes, [file for file in templates() if file[1].endswith(".html")]) == ""


# What is not data: a menu of parts, a page that says what is kept of people, two answers to choose between.
NOT_COPIED = {
    "templates/recommendations/tracking/writing/choose_part.html", "templates/pages/privacy.html",
    "templates/recommendations/reviews/returns/_change.html",
}  # fmt: skip
COPIED_BESIDE = {"templates/recommendations/reviews/_minutes.html": "templates/recommendations/reviews/decisions.html"}


def test_every_table_of_data_can_be_copied_for_word():
    sources = {path: text for text, path in templates()}
    shown = {path for path, text in sources.items() if "<table class" in text} - NOT_COPIED
    without = {path for path in shown if "copy_for_word.html" not in sources[COPIED_BESIDE.get(path, path)]}
    assert without == set()
    assert [path for path, text in sources.items() if "data-copy-table" in text] == [
        "templates/components/copy_for_word.html"
    ]


def routed_views(patterns) -> list:
    found = []
    for entry in patterns:
        found += [entry.callback] if isinstance(entry, URLPattern) else routed_views(entry.url_patterns)
    return found


def test_our_own_routes_lead_to_functions():
    ours = [view for view in routed_views(get_resolver().url_patterns) if view.__module__.split(".")[0] in walls.ROOMS]
    assert ours
    assert [view for view in ours if hasattr(view, "view_class")] == []


def test_the_top_level_holds_only_what_it_should():
    if not (ROOT / ".git").exists():
        pytest.skip("This copy is no git checkout, so nothing tells what belongs to it.")
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    strangers = {line.split("/")[0] for line in listed.splitlines()} - TOP_LEVEL
    assert strangers == set(), f"Put these inside a room, or allow them here: {strangers}"


# Each wall falls over what it forbids, and says where.

FALLS = [
    (walls.wrong_rooms, "krscp.text", "import subgroups.models"),
    (walls.wrong_rooms, "subgroups.bodies.views", "def show():\n    from recommendations.models import Part"),
    (walls.wrong_rooms, "krscp.text", "ADAPTER = 'subgroups.accounts.adapter.InvitationOnly'"),
    (walls.wrong_floors, "recommendations.models.part", "from recommendations.services import updates"),
    (walls.wrong_floors, "recommendations.models.part", "from ..services import updates"),
    (walls.wrong_floors, "recommendations.domain.workflow", "from recommendations import models"),
    (
        walls.wrong_floors,
        "recommendations.services.updates",
        "from recommendations.tracking.forms.update import UpdateForm",
    ),
    (walls.wrong_floors, "recommendations.tracking.timeline", "from recommendations.reviews import page"),
    (walls.wrong_floors, "recommendations.tracking.timeline", "from recommendations.register import read"),
    (walls.wrong_views, "recommendations.reviews.views", "from recommendations.tracking.views import updates"),
    (walls.wrong_views, "recommendations.home.read", "from recommendations.tracking.views.updates import answer"),
    (walls.wrong_floors, "subgroups.permissions", "from subgroups.access import requires"),
    (walls.wrong_floors, "recommendations.novelty", "x = 1"),
    (walls.writes, "recommendations.tracking.views.updates", "def update(part):\n    part.save()"),
    (walls.writes, "recommendations.tracking.forms.update", "Part.objects.filter(pk=1).update(status='complete')"),
    (walls.writes, "recommendations.register.read", "Part.objects.bulk_create([])"),
    (walls.writes, "recommendations.tracking.views.work", "cursor.execute('DELETE FROM x')"),
    (walls.sends_files, "recommendations.home.views", "return HttpResponse(b'', headers={'Content-Disposition': 'x'})"),
    (walls.sends_files, "recommendations.tracking.views.x", "answer['Content-Disposition'] = 'attachment'"),
    (walls.sends_files, "recommendations.tracking.views.x", "FileResponse(made)"),
    (walls.unversioned_updates, "recommendations.services.x", "Part.objects.update(status='complete')"),
    (walls.unversioned_updates, "recommendations.services.x", "q.update(version=2, status='complete')"),
    (walls.makes_owners, "recommendations.services.loading", "save(Ownership(part=part, body=body), by, why)"),
    (walls.too_long, "krscp.text", "x = 1\n" * 301),
    (walls.too_long, "krscp.text", "def long():\n" + "    x = 1\n" * 40),
    (walls.unprefixed, "recommendations.tracking.forms.x", "word = self.data.get('status')"),
    (walls.unprefixed, "recommendations.tracking.forms.x", "self.data['version'] = 1"),
    (walls.classes, "recommendations.home.views", "class Home(TemplateView): ..."),
    (walls.queries_in_views, "recommendations.home.views", "late = Part.objects.flagged(day)"),
    (walls.queries_in_views, "recommendations.home.views", "found = one_of(Part.objects)"),
    (walls.assigned_posts, "recommendations.tracking.views.x", "def update(request):\n    request.POST = again"),
    (walls.assigned_posts, "recommendations.tracking.views.x", "request.POST: QueryDict = again"),
    (walls.parsed_words, "recommendations.annual.stalled", "quiet = [one for one in flags if one.startswith('Quiet')]"),
    (walls.parsed_words, "recommendations.state.drawing", "overdue = words.startswith(Flag.OVERDUE.label)"),
    (walls.parsed_words, "recommendations.reviews.returns.workbook.copy", "what = words.partition(': ')[2]"),
    (walls.clock_at_import, "krscp.forms.fields", "EXAMPLE = f'30 6 {today().year}'"),
    (
        walls.clock_at_import,
        "recommendations.tracking.forms.work",
        "class Form:\n    due = Field(initial=clock.today())",
    ),
    (walls.clock_at_import, "recommendations.register.changed", "def since(day=date.today()): ..."),
    (walls.clock_at_import, "recommendations.register.changed", "def since(*, day=lambda: 1, to=timezone.now()): ..."),
    (walls.clock_at_import, "recommendations.register.changed", "DAYS = [date.today() for _ in (1, 2)]"),
]


@pytest.mark.parametrize(("check", "module", "bad"), FALLS)
def test_each_wall_falls_over_what_it_forbids(check, module, bad):
    assert [line for line in check(bad, module) if line.startswith(module)]


@pytest.mark.parametrize(
    "bad",
    [
        "{% for part in recommendation.parts.all %}{% endfor %}",
        "{% for update in part.update_set %}{% endfor %}",
        "{% if body.ownerships.exists %}{% endif %}",
        '{% if post.role == "co_chair" %}Update{% endif %}',
        '{% if "Lay member" in titles %}{% endif %}',
        "{% if user.current_posts %}{% endif %}",
        "{% if perms.recommendations %}{% endif %}",
        '<p style="color: red">Late</p>',
        "<style>p { color: red }</style>",
        "<script>alert(1)</script>",
        '<button onclick="save()">Save</button>',
    ],
)
def test_templates_fall_over_queries_decisions_and_inline_code(bad):
    assert walls.template_faults(bad, "templates/x.html", ROLES)


@pytest.mark.parametrize(
    ("path", "other"),
    [
        ("recommendations/importing/preview.html", "recommendations/reviews/returns/_row.html"),
        ("recommendations/reports/show.html", "recommendations/tracking/_head.html"),
        ("recommendations/writing/clash.html", "recommendations/tracking/_head.html"),
        ("subgroups/bodies/show.html", "recommendations/writing/_head.html"),
        ("components/form.html", "subgroups/bodies/_holdings.html"),
    ],
)
def test_templates_fall_over_those_of_another_room(path, other):
    assert walls.wrong_includes(f'{{% include "{other}" with part=part only %}}', f"templates/{path}")
    assert walls.wrong_includes(f"{{% extends '{other}' %}}", f"templates/{path}")


def test_the_walls_let_good_code_stand():
    below = '{% extends "base.html" %}{% include "recommendations/writing/_head.html" %}'
    assert walls.wrong_includes(below, "templates/recommendations/reviews/meeting/item.html") == []
    assert walls.wrong_rooms("from subgroups.models import Body", "recommendations.models.part") == []
    assert walls.writes("seen.update({'a': 1})", "recommendations.register.read") == []
    assert walls.unversioned_updates("rows.update(version=F('version') + 1)", "recommendations.services.x") == []
    assert walls.clock_at_import("created_at = DateTimeField(default=clock.now)\nday = lambda: today()", "x") == []
    seen = "Part.objects.visible_to(user).flagged(day)\nPart.objects.at(number)"
    assert walls.queries_in_views(seen, "recommendations.home.views") == []
    good = '{{ request.user.name }}{% for p in parts %}{{ p.update_url }}{% endfor %}<script src="/a.js"></script>'
    assert walls.template_faults(good, "templates/x.html", ROLES) == []
