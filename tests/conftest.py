"""What every test may ask for."""

import gc
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from pathlib import Path
from xml.sax.saxutils import quoteattr

import pytest
from hypothesis import settings

from tesoma_geo.crs import to_wgs84

# How long a busy machine takes says nothing about what is right. Where a whole run decides about a change (`CI` is
# set), properties meet the same examples each time: a new one that fails is looked for at the desk.
settings.register_profile("desk", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True, database=None)
settings.load_profile("ci" if os.environ.get("CI") else "desk")

ROOT = Path(__file__).resolve().parent.parent
CRS = "EPSG:3067"

#: South-west corner of the towns that tests build, in metres of EPSG:3067: Tesoma.
CORNER = (320_000.0, 6_823_000.0)

Tags = Mapping[str, str]
WriteOsm = Callable[..., Path]
Cores = Callable[[], AbstractContextManager[None]]


WAITING = "waiting for ../shared/data"

#: The cores that the whole run may use, where a process can be bound to some.
EVERY_CORE = sorted(os.sched_getaffinity(0)) if hasattr(os, "sched_setaffinity") else []


def pytest_configure(config: pytest.Config) -> None:
    """Bind a worker of pytest-xdist, with all that it starts, to a core of its own.

    Tests work side by side already: work that is shared out within one as well takes a fifth more of both cores.
    """
    worker = os.environ.get("PYTEST_XDIST_WORKER")
    if worker and EVERY_CORE:
        os.sched_setaffinity(0, {EVERY_CORE[int(worker.removeprefix("gw")) % len(EVERY_CORE)]})
    elif config.getoption("numprocesses", None):
        os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # for the workers, where numpy is there before this file


@pytest.fixture
def every_core() -> Cores:
    """All cores for what is done within, where a test is about work that is shared out."""

    @contextmanager
    def within() -> Iterator[None]:
        if not EVERY_CORE:
            yield
            return
        own = os.sched_getaffinity(0)
        os.sched_setaffinity(0, EVERY_CORE)
        try:
            yield
        finally:
            os.sched_setaffinity(0, own)

    return within


def pytest_collection_finish() -> None:
    """What all tests are made of stays until the end: who looks for garbage need not look there each time."""
    gc.collect()
    gc.freeze()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the files that take long, so that all workers end together."""
    slow = {item.path for item in items if item.get_closest_marker("slow")}
    items.sort(key=lambda item: item.path not in slow)


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real data of Tampere, which lies beside the checkout and is never committed."""
    folder = ROOT.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip(WAITING)
    return folder


def pytest_make_parametrize_id(config: pytest.Config, val: object, argname: str) -> str | None:
    """Name a parameter of bytes by its length: packed bytes hold the time of packing, and names must stay the same."""
    return f"{argname}-{len(val)}-bytes" if isinstance(val, bytes) else None


def pytest_report_teststatus(report: pytest.CollectReport | pytest.TestReport) -> tuple[str, str, str] | None:
    """Count tests that wait for the real data by themselves, instead of a line of its own for each place."""
    if report.skipped and isinstance(report.longrepr, tuple) and report.longrepr[2].endswith(WAITING):
        return WAITING, "w", "WAITING"
    return None


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say once how many tests wait for the real data."""
    if waiting := len(terminalreporter.stats.get(WAITING, ())):
        terminalreporter.section("real data", sep="=")
        terminalreporter.line(f"{waiting} tests wait for the real data of Tampere, which is not in ../shared/data.")


@pytest.fixture(scope="session")
def sample_workspace() -> Path:
    """The workspace file of the bundled, made-up district."""
    return ROOT / "layers" / "tesoma.toml"


@pytest.fixture
def write_osm(tmp_path: Path) -> WriteOsm:
    """Write a small OpenStreetMap file into the test's folder; see :func:`write_osm_file`."""
    return partial(write_osm_file, tmp_path / "town.osm")


@pytest.fixture(scope="module")
def write_osm_once(tmp_path_factory: pytest.TempPathFactory) -> WriteOsm:
    """The same for streets that all tests of a module share, and leave as they are."""
    return partial(write_osm_file, tmp_path_factory.mktemp("shared") / "town.osm")


def write_osm_file(
    path: Path,
    nodes: Mapping[int, tuple[float, float]],
    ways: Sequence[tuple[Sequence[int], Tags]],
    node_tags: Mapping[int, Tags] | None = None,
) -> Path:
    """Write OpenStreetMap XML: nodes in metres from the corner, ways as lists of nodes with tags."""
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<osm version="0.6">']
    for node, (east_m, north_m) in sorted(nodes.items()):
        lon, lat = to_wgs84(CORNER[0] + east_m, CORNER[1] + north_m, CRS)
        lines.append(f'<node id="{node}" version="1" lon="{float(lon):.7f}" lat="{float(lat):.7f}">')
        lines += _tags((node_tags or {}).get(node, {}))
        lines.append("</node>")
    for number, (refs, tags) in enumerate(ways, 1):
        lines.append(f'<way id="{number}" version="1">')
        lines += [f'<nd ref="{ref}"/>' for ref in refs]
        lines += _tags(tags)
        lines.append("</way>")
    path.write_text("\n".join([*lines, "</osm>"]), encoding="utf-8")
    return path


def _tags(tags: Tags) -> list[str]:
    return [f"<tag k={quoteattr(key)} v={quoteattr(value)}/>" for key, value in tags.items()]
