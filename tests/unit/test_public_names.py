"""The names of the package itself: there when asked for, and nothing loaded before."""

import importlib.metadata
import json
import subprocess
import sys
from pathlib import Path

import pytest

import tesoma_geo as tg

ROOT = Path(__file__).resolve().parents[2]

#: What takes long to load, and computing measures does without.
HEAVY = {
    "folium", "geopandas", "jinja2", "matplotlib", "numba", "osmium", "pandera", "pydantic", "pyproj", "rasterio",
    "requests", "shapely",
}  # fmt: skip


def modules_after(code: str) -> list[str]:
    """The modules that a fresh interpreter has loaded after running code."""
    script = f"{code}\nimport json, sys\nprint(json.dumps(sorted(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def test_importing_the_package_loads_nothing_else():
    own = [name for name in modules_after("import tesoma_geo") if name.startswith("tesoma_geo")]
    assert own == ["tesoma_geo"]
    assert not (HEAVY | {"numpy", "pandas"}) & set(modules_after("import tesoma_geo"))


def test_importing_the_measures_loads_neither_maps_nor_readers_nor_a_compiler():
    loaded = modules_after("import tesoma_geo.measures, tesoma_geo.measures.equity, tesoma_geo.measures.decay")
    assert HEAVY & set(loaded) == set()
    assert {name for name in loaded if name.startswith("tesoma_geo.")} <= {
        "tesoma_geo._arrays", "tesoma_geo._decay", "tesoma_geo._extras", "tesoma_geo._given", "tesoma_geo._plugins",
        "tesoma_geo._redaction", "tesoma_geo.errors", "tesoma_geo.near_names",
    } | {name for name in loaded if name.startswith("tesoma_geo.measures")}  # fmt: skip
    assert len(loaded) < 900, "1,524 once"


@pytest.mark.parametrize("name", tg.__all__)
def test_every_public_name_is_there(name):
    assert getattr(tg, name) is not None


def test_the_version_is_that_of_the_installed_package():
    assert tg.__version__ == importlib.metadata.version("tesoma-geo")


def test_the_profiles_that_ship_with_the_package_come_by_name():
    profiles = tg.profiles()
    assert {"walk", "wheelchair"} <= set(profiles)
    assert all(isinstance(profile, tg.Profile) for profile in profiles.values())


def test_an_unknown_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        tg.nothing  # noqa: B018


def test_a_name_that_moved_works_and_warns_where_it_is_used(monkeypatch):
    monkeypatch.setitem(tg._MOVED, "reachability", "assess")
    with pytest.warns(DeprecationWarning, match=r"tesoma_geo\.reachability is now tesoma_geo\.assess") as caught:
        assert tg.reachability is tg.assess
    assert caught[0].filename == __file__
