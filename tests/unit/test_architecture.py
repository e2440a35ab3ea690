"""Data flows one way: no module imports anything to its right."""

import ast
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[2] / "tesoma_geo"

_BELOW_RENDER = ("core", "measures", "sources", "network", "annotations", "inputs", "analysis", "assessment")

#: What each room may import from, besides itself. The core modules stand before all rooms.
MAY_IMPORT = {
    "core": set(),
    "measures": {"core"},
    "sources": {"core"},
    "network": {"core", "sources"},
    "annotations": {"core", "sources"},
    "inputs": {"core", "sources", "network", "annotations"},
    "analysis": {"core", "measures", "sources", "network", "annotations", "inputs"},
    "assessment": {"core", "measures", "sources", "network", "annotations", "inputs", "analysis"},
    "scenarios": {*_BELOW_RENDER},
    "follow_up": {*_BELOW_RENDER, "scenarios"},
    "batch": {*_BELOW_RENDER},
    "render": {*_BELOW_RENDER, "scenarios", "follow_up", "batch"},
    "workshop": {*_BELOW_RENDER, "scenarios", "follow_up", "render"},
    "cli": {*_BELOW_RENDER, "scenarios", "follow_up", "batch", "render", "workshop"},
}
#: The rooms of the network, from the ground up: each may import from those before it.
NETWORK_ROOMS = ("engine", "streets", "isochrones", "transit", "api")
#: The rooms of render: each may import from those of the lines before its own, never from its siblings.
RENDER_ROOMS = (("text",), ("figures",), ("map", "sections", "stills"), ("pages", "report", "desk"))
#: The two doors of the package open to every room: its public names, and ``python -m tesoma_geo``.
DOORS = {PACKAGE / "__init__.py", PACKAGE / "__main__.py"}
MODULES = sorted(path for path in PACKAGE.rglob("*.py") if path not in DOORS)


def module_name(path: Path) -> str:
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def room(module: str) -> str:
    """The room of a module: the folder below the package, or the core for modules beside the folders."""
    parts = module.split(".")
    return parts[1] if len(parts) > 1 and parts[1] in MAY_IMPORT else "core"


@cache
def imported_modules(path: Path, source: str) -> tuple[str, ...]:
    """Every module of the package that a file imports, those inside functions and for type checkers too."""
    here = module_name(path).split(".")
    folder = here if path.name == "__init__.py" else here[:-1]
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = folder[: len(folder) - node.level + 1] if node.level else []
            target = ".".join([*base, *([node.module] if node.module else [])])
            names = [f"{target}.{alias.name}" for alias in node.names]
        else:
            continue
        ours = [name for name in names if name.split(".")[0] == "tesoma_geo"]
        found += [name if is_module(name) else name.rpartition(".")[0] for name in ours]
    return tuple(found)


@cache
def is_module(name: str) -> bool:
    path = PACKAGE.parent.joinpath(*name.split("."))
    return path.with_suffix(".py").is_file() or path.is_dir()


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_module_imports_only_from_its_left(path):
    here = room(module_name(path))
    wrong = [
        name
        for name in imported_modules(path, path.read_text(encoding="utf-8"))
        if room(name) not in {here, *MAY_IMPORT[here]}
    ]
    assert wrong == [], f"{here} may import from {sorted(MAY_IMPORT[here])} only"


def test_no_room_imports_the_package_itself():
    """``tesoma_geo`` gathers the public names of all rooms: whoever imports from it imports from its right."""
    wrong = [
        str(path)
        for path in MODULES
        for name in imported_modules(path, path.read_text(encoding="utf-8"))
        if name == "tesoma_geo"
    ]
    assert wrong == []


def test_modules_do_not_import_each_other_in_circles():
    """Late imports and those for type checkers count: a circle is one however it is hidden."""
    graph = {}
    for path in MODULES:
        name = module_name(path)
        graph[name] = set(imported_modules(path, path.read_text(encoding="utf-8"))) - {name}
    assert len(list(TopologicalSorter(graph).static_order())) >= len(MODULES)


def network_room(module: str) -> str | None:
    """The room of a module within the network; None elsewhere and for the network's own door."""
    parts = module.split(".")
    return parts[2] if len(parts) > 2 and parts[1] == "network" else None


@pytest.mark.parametrize("path", [path for path in MODULES if network_room(module_name(path))], ids=module_name)
def test_the_rooms_of_the_network_stand_in_order(path):
    height = NETWORK_ROOMS.index
    wrong = [
        name
        for name in imported_modules(path, path.read_text(encoding="utf-8"))
        if network_room(name) and height(network_room(name)) > height(network_room(module_name(path)))
    ]
    assert wrong == [], f"the order is {', '.join(NETWORK_ROOMS)}"


def render_room(module: str) -> str | None:
    """The room of a module within render; None elsewhere and for render itself."""
    parts = module.split(".")
    return parts[2] if len(parts) > 2 and parts[1] == "render" else None


@pytest.mark.parametrize("path", [path for path in MODULES if render_room(module_name(path))], ids=module_name)
def test_the_rooms_of_render_stand_in_order(path):
    height = {room: number for number, rooms in enumerate(RENDER_ROOMS) for room in rooms}
    here = render_room(module_name(path))
    wrong = [
        name
        for name in imported_modules(path, path.read_text(encoding="utf-8"))
        if render_room(name) not in {None, here} and height[render_room(name)] >= height[here]
    ]
    assert wrong == [], f"the order is {RENDER_ROOMS}"


def test_no_class_name_has_two_meanings():
    """A name that stands in two modules says two things to whoever reads both."""
    places: dict[str, list[str]] = {}
    for path in MODULES:
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ClassDef):
                places.setdefault(node.name, []).append(module_name(path))
    assert {name: where for name, where in places.items() if len(where) > 1} == {}


def test_every_room_has_its_place_in_the_order():
    rooms = {folder.name for folder in PACKAGE.iterdir() if (folder / "__init__.py").is_file()}
    assert rooms - {"workspace"} == set(MAY_IMPORT) - {"core"}


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("import tesoma_geo.render.nowhere", ["tesoma_geo.render"]),
        ("from tesoma_geo import assessment", ["tesoma_geo.assessment"]),
        ("def late():\n    from ..assessment import nothing", ["tesoma_geo.assessment"]),
        ("from . import osm", ["tesoma_geo.sources.osm"]),
        ("from .osm import read_osm", ["tesoma_geo.sources.osm"]),
        ("from ..errors import Fault", ["tesoma_geo.errors"]),
        ("import numpy", []),
    ],
)
def test_imports_of_every_form_are_seen(source, expected):
    assert list(imported_modules(PACKAGE / "sources" / "elevation.py", source)) == expected
