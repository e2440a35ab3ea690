"""Nothing that is one for the whole process is changed while working: other threads would be changed with it.

The command line is a process of its own and may (``tesoma_geo/cli``); ``numpy.errstate`` holds for its thread alone.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CLI = ROOT / "tesoma_geo" / "cli"
SOURCES = sorted(
    path for room in ("tesoma_geo", "layers") for path in (ROOT / room).rglob("*.py") if CLI not in path.parents
)

#: Calls that change a setting of the process, by the last name.
SETTERS = {
    "add_type", "addfont", "basicConfig", "captureWarnings", "chdir", "field_size_limit", "filterwarnings", "putenv",
    "option_context", "rc", "rc_context", "rcdefaults", "register_adapter", "register_converter", "reset_option",
    "reset_warnings", "seterr", "set_gdal_config_options", "set_num_threads", "set_option", "set_ogr_gdal_config",
    "set_start_method", "setdefaulttimeout", "setlevel", "setLevel", "setlocale", "setrecursionlimit", "seed",
    "simplefilter", "catch_warnings", "threadpool_limits", "umask", "unsetenv", "use_pyogrio",
}  # fmt: skip
#: Objects that are settings of the process: nothing in them is set.
SETTINGS = {"environ", "rcParams", "options", "settings", "modules"}


def changes(source: str) -> Iterator[str]:
    """Lines of code that change a setting of the process."""
    tree = ast.parse(source)
    modules = {
        alias.asname or alias.name.partition(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.Import)
        for alias in node.names
    }
    for node in ast.walk(tree):
        targets: list[ast.expr] = []
        if isinstance(node, ast.Assign | ast.Delete):
            targets = list(node.targets)
        elif isinstance(node, ast.AugAssign | ast.AnnAssign):
            targets = [node.target]
        elif isinstance(node, ast.Call):
            name = ast.unparse(node.func).rpartition(".")[2]
            owner = ast.unparse(node.func).rpartition(".")[0]
            of_settings = name in {"update", "setdefault", "pop", "clear"} and owner.rpartition(".")[2] in SETTINGS
            of_module = name == "setattr" and ast.unparse(node.args[0]).partition(".")[0] in modules
            if name in SETTERS or of_settings or of_module:
                yield f"{node.lineno}: {ast.unparse(node)}"
        for target in targets:
            held = target.value if isinstance(target, ast.Subscript | ast.Attribute) else None
            if held is None:
                continue
            names = ast.unparse(held).split(".")
            if (names[0] != "self" and SETTINGS.intersection(names)) or ".".join(names) in modules:
                yield f"{target.lineno}: {ast.unparse(node)}"


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_setting_of_the_process_is_changed(path: Path):
    assert list(changes(path.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize(
    "line",
    [
        "os.environ['A'] = 'b'",
        "del os.environ['A']",
        "os.environ.update(A='b')",
        "import socket; socket.getaddrinfo = own",
        "import osmnx as ox; ox.settings.use_cache = True",
        "import osmnx as ox; setattr(ox.settings, name, value)",
        "mpl.rcParams['svg.hashsalt'] = 'a'",
        "with mpl.rc_context({}): pass",
        "pd.set_option('display.width', 80)",
        "pd.options.mode.copy_on_write = True",
        "pyogrio.set_gdal_config_options({})",
        "warnings.simplefilter('ignore')",
        "np.random.seed(1)",
        "numba.set_num_threads(2)",
    ],
)
def test_a_change_is_found(line: str):
    assert len(list(changes(line))) == 1


@pytest.mark.parametrize(
    "line", ["settings = {}", "with np.errstate(divide='ignore'): pass", "mpl.rcParams['a']", "self.settings.k = 3"]
)
def test_reading_and_what_is_ones_own_are_no_change(line: str):
    assert list(changes(line)) == []
