"""Tests mirror the package: a test file is named after its module, and a module with logic has one.

Folders below ``unit``, ``integration``, ``properties`` and ``browser`` are named after rooms. What has a subject
rather than a module (the commands together, streets of real Tampere, the architecture) lies directly in one of the
four, or is named among the topics below.
"""

import ast
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]
PACKAGE = TESTS.parent / "tesoma_geo"
ROOMS = {folder.name for folder in PACKAGE.iterdir() if (folder / "__init__.py").is_file()}

#: A module with more lines of code than this has logic that wants tests of its own.
LINES = 40

#: Test files in a room that speak of several of its modules.
TOPICS = {
    "annotations/cohort_attacks",
    "annotations/reader_attacks",
    "annotations/run_attacks",
    "annotations/further_outputs_attacked",
    "annotations/lines_attacked",
    "annotations/noise_attacked",
    "annotations/personal_data",
    "annotations/shown_points_attacked",
    "architecture",
    "benchmarks",
    "cli/address_space",
    "cli/commands",
    "conda_recipe",
    "docstrings",
    "layout",
    "measures/edges",
    "measures/further_measures",
    "network/streets/barrier_types",
    "network/streets/links_and_rules",
    "network/streets/links_never_harm",
    "network/streets/snap_places",
    "network/streets/streets_page",
    "process_settings",
    "project",
    "public_names",
    "records",
    "render/sections/sections",
    "schemas",
    "workshop/room_attacked",
}


def lines_of_code(source: str) -> int:
    """Lines of statements: without blank lines, comments and docstrings."""
    lines: set[int] = set()
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.stmt) or (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)):
            continue
        body = getattr(node, "body", None)
        last = body[0].lineno - 1 if body else node.end_lineno or node.lineno
        lines.update(range(node.lineno, max(last, node.lineno) + 1))
    return len(lines)


def modules() -> dict[str, Path]:
    """Modules by their path in the package, ``network/streets/snap``; without the underscore of private ones."""
    files = (path for path in PACKAGE.rglob("*.py") if path.name != "__init__.py")
    return {subject(path.relative_to(PACKAGE), "_"): path for path in sorted(files)}


def named_subjects() -> set[str]:
    """What the test files in folders of rooms, and those of core modules, are named after."""
    files = [path.relative_to(TESTS) for path in TESTS.rglob("test_*.py")]
    subjects = {
        subject(Path(*file.parts[1:]), "test_")
        for file in files
        if file.parts[1] in ROOMS or file.parts[:-1] == ("unit",)
    }
    # Beside those of core modules, ``integration`` has files about the whole.
    in_integration = {subject(Path(file.name), "test_") for file in files if file.parts[:-1] == ("integration",)}
    return subjects | in_integration & set(modules())


def subject(path: Path, prefix: str) -> str:
    return path.with_name(path.stem.removeprefix(prefix)).as_posix()


def test_a_test_file_is_named_after_a_module_that_exists():
    assert sorted(named_subjects() - set(modules()) - TOPICS) == []


def test_no_topic_is_left_over():
    assert sorted(TOPICS - named_subjects()) == []


def test_a_module_with_logic_has_a_test_file_of_its_name():
    with_logic = {name for name, path in modules().items() if lines_of_code(path.read_text(encoding="utf-8")) > LINES}
    assert sorted(with_logic - named_subjects()) == [], "these want a test file"


def test_docstrings_and_comments_are_no_logic():
    source = '"""Doc."""\n\n# why\ndef f(\n    a,\n):\n    """Doc."""\n    return (\n        a\n    )\n'
    assert lines_of_code(source) == 6
