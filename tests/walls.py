"""What the architecture forbids, as functions from source text to complaints: one line each, saying what to do."""

import ast
import re
from collections.abc import Iterator

ROOMS = ["krscp", "subgroups", "recommendations"]  # each imports only itself and those before it

# Inside a room a file imports only its own folder and the floors below; those of one floor do not know each other.
FLOORS = {
    "subgroups": [
        {"models"},
        {"permissions"},
        {"services", "once"},
        {"readiness", "navigation", "sending"},
        {"access", "context"},
        {"files"},
        {"people", "meetings", "accounts", "audit"},
        {"bodies"},
        {"errors", "urls"},
        {"management", "apps"},
    ],
    "recommendations": [
        {"domain"},
        {"models"},
        {"services"},
        {"state"},
        {"clashes"},
        {"tracking", "register", "reports", "importing"},
        {"reviews"},
        {"home", "annual", "exit"},
        {"demonstration", "unreadable", "urls"},
        {"management", "apps"},
    ],
}
WRITERS = {
    "save", "delete", "create", "bulk_create", "bulk_update", "get_or_create", "update_or_create", "create_user",
    "set_password", "execute", "executemany", "raw",
}  # fmt: skip
LONGEST = {"file": 300, "function": 40}
LONGEST_OF_TESTS = {"file": 500, "function": 60}  # a journey is told in one go


def imports(source: str, module: str) -> Iterator[tuple[int, str]]:
    """Each imported dotted name with its line, those inside functions too; relative ones made absolute."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            package = module.split(".")[: -node.level] if node.level else []
            base = ".".join([*package, *filter(None, [node.module])])
            yield node.lineno, base
            yield from ((node.lineno, f"{base}.{alias.name}") for alias in node.names)


def wrong_rooms(source: str, module: str) -> list[str]:
    """Imports that run against recommendations → subgroups → krscp; krscp names the other rooms nowhere."""
    room = module.split(".")[0]
    above = ROOMS[ROOMS.index(room) + 1 :]
    found = [
        f"{module}:{line} imports {name}. {room} stands below it: pass it in, or use the reverse relation."
        for line, name in imports(source, module)
        if name.split(".")[0] in above
    ]
    return found + (named_rooms(source, module, above) if room == "krscp" else [])


def named_rooms(source: str, module: str, above: list[str]) -> list[str]:
    """Rooms named as dotted strings; only settings and urls may."""
    if module in ("krscp.settings", "krscp.urls"):
        return []
    dotted = re.compile(rf"({'|'.join(above)})(\.\w+)+")
    return [
        f"{module}:{node.lineno} names {node.value}. Only krscp/settings.py and krscp/urls.py name the rooms."
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and dotted.fullmatch(node.value)
    ]


def floor_of(name: str) -> int | None:
    """On which floor of its room a module stands; None for one that FLOORS does not name."""
    room, *rest = name.split(".")
    if not rest:
        return None
    return next((place for place, names in enumerate(FLOORS[room]) if rest[0] in names), None)


def wrong_floors(source: str, module: str) -> list[str]:
    """Imports inside a room that climb (models of services, services of forms), or go across to a sister."""
    room, own = module.split(".")[0], floor_of(module)
    if own is None:
        return [f"{module} stands on no floor. Name it in FLOORS in tests/walls.py."]
    found = []
    for line, name in imports(source, module):
        theirs = floor_of(name) if name.split(".")[0] == room else None
        if theirs is not None and theirs > own:
            found.append(f"{module}:{line} imports {name} from a floor above. Move what both need down.")
        elif theirs == own and name.split(".")[1] != module.split(".")[1]:
            found.append(f"{module}:{line} imports {name}, a sister. Move what both need down.")
    return found


def wrong_views(source: str, module: str) -> list[str]:
    """Imports of another room's views: what two of them need stands below both."""
    room = ".".join(module.split(".")[:2])
    return [
        f"{module}:{line} imports {name}, views of another room. Move what both need down."
        for line, name in imports(source, module)
        if "views" in name.split(".") and name.split(".")[0] in ROOMS and not name.startswith(f"{room}.")
        if module.split(".")[-1] != "urls"
    ]


def circles(files: list[tuple[str, str]]) -> list[str]:
    """Modules that import one another, directly or by way of others; what is imported inside a function counts too."""
    known = {module for _, module in files}
    graph = {module: {name for _, name in imports(text, module)} & known - {module} for text, module in files}
    while True:  # what imports nothing that is left, or is imported by nothing that is left, stands in no circle
        wanted = set().union(*graph.values()) if graph else set()
        inside = {module: names & graph.keys() for module, names in graph.items() if names and module in wanted}
        if inside == graph:
            return [", ".join(sorted(graph))] if graph else []
        graph = inside


def names_twice(files: list[tuple[str, str]]) -> list[str]:
    """Classes of one name in several modules: each says whose it is. Commands are called by their files."""
    found: dict[str, list[str]] = {}
    for text, module in files:
        for node in ast.parse(text).body:
            if isinstance(node, ast.ClassDef) and node.name != "Command":
                found.setdefault(node.name, []).append(module)
    return [f"{name}: {', '.join(modules)}" for name, modules in found.items() if len(modules) > 1]


def calls(source: str) -> Iterator[tuple[str, ast.Call]]:
    """Each call of a method, with the name of the function around it."""

    def walk(node: ast.AST, around: str) -> Iterator[tuple[str, ast.Call]]:
        for child in ast.iter_child_nodes(node):
            inner = child.name if isinstance(child, ast.FunctionDef) else around
            if isinstance(child, ast.Call) and isinstance(child.func, ast.Attribute):
                yield inner, child
            yield from walk(child, inner)

    yield from walk(ast.parse(source), "")


def is_update(call: ast.Call) -> bool:
    """A queryset's update takes only named values; a dictionary's takes another one."""
    return call.func.attr == "update" and not call.args and bool(call.keywords)  # type: ignore[attr-defined]


def writes(source: str, module: str) -> list[str]:
    """Calls that write to the database."""
    return [
        f"{module}:{call.lineno} calls .{call.func.attr}() in {around or 'the module'}. Only services write."
        for around, call in calls(source)
        if call.func.attr in WRITERS or is_update(call)
    ]


SENDERS = {"FileResponse", "StreamingHttpResponse", "Content-Disposition", "content_disposition_header"}


def sends_files(source: str, module: str) -> list[str]:
    """Answers that are files, which only the one door that writes down who took them may make."""
    found = []
    for node in ast.walk(ast.parse(source)):
        named = getattr(node, "id", None) or getattr(node, "attr", None) or getattr(node, "value", None)
        if isinstance(named, str) and named in SENDERS:
            told = "Send files by subgroups.files.send_file, which logs them."
            found.append(f"{module}:{getattr(node, 'lineno', 0)} uses {named}. {told}")
    return found


def unversioned_updates(source: str, module: str) -> list[str]:
    """Bulk updates, which write no history; those that take a row by comparing its version are fine."""
    return [
        f"{module}:{call.lineno} updates in bulk in {around}. Save the object, so that history is written."
        for around, call in calls(source)
        if is_update(call) and [keyword.arg for keyword in call.keywords] != ["version"]
    ]


def makes_owners(source: str, module: str) -> list[str]:
    """Owners made outside the one service that knows when none may change."""
    return [
        f"{module}:{node.lineno} makes an owner. Only recommendations/services/ownership.py does."
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "Ownership"
        and module != "recommendations.services.ownership"
    ]


def too_long(source: str, module: str) -> list[str]:
    """Files and functions nobody can read at once."""
    limits = LONGEST_OF_TESTS if module.startswith("tests") else LONGEST
    lengths = [(module, "file", len(source.splitlines()))]
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            lengths.append((f"{module}:{node.lineno} {node.name}", "function", length))
    return [
        f"{where} has {length} lines; split it, a {kind} has {limits[kind]} at most."
        for where, kind, length in lengths
        if length > limits[kind]
    ]


CLOCK = {"today", "now", "utcnow", "localdate", "localtime"}


def at_import(node: ast.AST) -> Iterator[ast.AST]:
    """What runs when a module is imported: bodies of modules and classes, decorators and default values."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            decorators = getattr(child, "decorator_list", [])
            for early in (*decorators, *child.args.defaults, *filter(None, child.args.kw_defaults)):
                yield early
                yield from at_import(early)
            continue
        yield child
        yield from at_import(child)


def clock_at_import(source: str, module: str) -> list[str]:
    """Calls of the clock at import, whose answer would stand for as long as the process does."""
    found = (node for node in at_import(ast.parse(source)) if isinstance(node, ast.Call))
    called = ((node.lineno, getattr(node.func, "attr", getattr(node.func, "id", ""))) for node in found)
    return [
        f"{module}:{line} calls {name}() when it is imported. Ask the clock when the answer is needed."
        for line, name in called
        if name in CLOCK
    ]


PARSING = {"startswith", "endswith", "removeprefix", "removesuffix", "partition", "rpartition", "split"}


def parsed_words(source: str, module: str) -> list[str]:
    """Values taken back out of words made for people: what travels is values, words are made at the edge."""
    return [
        f"{module}:{call.lineno} looks for words in words in {around or 'the module'}. Pass the value itself."
        for around, call in calls(source)
        if call.func.attr in PARSING and call.args and is_worded(call.args[0])  # type: ignore[attr-defined]
    ]


def is_worded(sought: ast.expr) -> bool:
    """A word with a capital, a label of an enumeration, or the end of a label (": ")."""
    if isinstance(sought, ast.Attribute):
        return sought.attr == "label"
    return isinstance(sought, ast.Constant) and re.match("[A-Z][a-z]|: $", str(sought.value)) is not None


def classes(source: str, module: str) -> list[str]:
    """Classes in a module of views, where everything is a function."""
    return [
        f"{module}:{node.lineno} {node.name} is a class. Write the view as a function."
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.ClassDef)
    ]


def queries_in_views(source: str, module: str) -> list[str]:
    """Questions to the database in a module of views, but for what the reader may see and what an address means."""
    found = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Attribute)]
    may = [node.value for node in found if node.attr in ("visible_to", "at")]
    return [
        f"{module}:{node.lineno} queries. Ask read.py of its room, a service or the model."
        for node in found
        if node.attr == "objects" and node not in may
    ]


def assigned_posts(source: str, module: str) -> list[str]:
    """Requests whose content is replaced: what follows reads something else than what was sent."""
    found = []
    for node in ast.walk(ast.parse(source)):
        targets = getattr(node, "targets", None) or [getattr(node, "target", None)]
        if any(isinstance(one, ast.Attribute) and one.attr == "POST" for one in targets):
            told = "Give the form a copy, as krscp.forms.writing does."
            found.append(f"{module}:{getattr(node, 'lineno', 0)} assigns request.POST. {told}")
    return found


UNPREFIXED = re.compile(r"""self\.data(\.get\(|\[)\s*f?["']""")


def unprefixed(source: str, module: str) -> list[str]:
    """Forms that read what was sent by a bare name, which is empty where the form has a prefix."""
    return [
        f"{module}: {match.group()}… reads without the form's prefix. Use typed_at() or add_prefix()."
        for match in UNPREFIXED.finditer(source)
    ]


INCLUDED = re.compile(r"""{%\s*(?:include|extends)\s+["']([^"']+)["']""")


def standing(template: str) -> tuple[int, int, str]:
    """How high a template stands: its room and floor there, and its folder. `writing/` shows what `clashes` finds."""
    room, *folders = template.split("/")[:-1] or [""]
    if room not in FLOORS:
        return 0, 0, ""
    folder = folders[0].replace("writing", "clashes") if folders else ""
    floor = floor_of(f"{room}.{folder}") if folders else len(FLOORS[room])
    if floor is None:
        raise ValueError(f"templates/{template} stands on no floor. Name its folder as its room in FLOORS.")
    return ROOMS.index(room), floor, folder


def wrong_includes(source: str, path: str) -> list[str]:
    """Templates of a sister or from a floor above, by the floors of modules; `components/` stands below them all."""
    *own, folder = standing(path.removeprefix("templates/"))
    found = []
    for name in INCLUDED.findall(source):
        *theirs, other = standing(name)
        if theirs > own or (theirs == own and other != folder):
            found.append(f"{path} includes {name} of another room. Move it to components/ or writing/.")
    return found


TAG = re.compile(r"{{.*?}}|{%.*?%}", re.DOTALL)
QUERY = re.compile(r"\.(objects|filter|exclude|all|exists|values_list|order_by|\w+_set)\b")
DECISION = re.compile(r"\b(perms|has_perm|user\.(?!name\b|is_authenticated\b)\w+|\w+\.role\b)")
INLINE = re.compile(r"<style\b|<script(?![^>]*\bsrc=)|\sstyle\s*=|\son(click|load|change|submit|input|error)\s*=", re.I)


def template_faults(source: str, path: str, roles: set[str]) -> list[str]:
    """Templates neither query nor decide, and hold no style or script that the CSP would refuse."""
    found = [f"{path}: {match.group().strip()} is inline. Use a class or a file." for match in INLINE.finditer(source)]
    for tag in TAG.findall(source):
        if QUERY.search(tag):
            found.append(f"{path}: {tag} queries. Read it before the template and pass it in.")
        if DECISION.search(tag) or roles & set(re.findall(r"[\"']([\w ]+)[\"']", tag)):
            found.append(f"{path}: {tag} decides. Ask the policy in the view and pass the answer in.")
    return found
