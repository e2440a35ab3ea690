"""What other packages announce is found, and loaded only when it is asked for."""

import sys
from pathlib import Path

import pytest

from tesoma_geo._plugins import find_plugins, load_plugin, load_plugins
from tesoma_geo.errors import TesomaError

GROUP = "tesoma_geo.tried"


@pytest.fixture
def announce(tmp_path, monkeypatch):
    """Install a package that announces plugins."""
    monkeypatch.syspath_prepend(str(tmp_path))

    def install(package: str, source: str, **plugins: str) -> Path:
        (tmp_path / f"{package}.py").write_text(source)
        info = tmp_path / f"{package}-1.0.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {package}\nVersion: 1.0\n")
        lines = [f"{name} = {package}:{value}" for name, value in plugins.items()]
        (info / "entry_points.txt").write_text("\n".join([f"[{GROUP}]", *lines, ""]))
        return tmp_path

    return install


def test_a_group_that_nobody_adds_to_is_empty():
    assert load_plugins(GROUP) == {}


def test_plugins_come_in_the_order_of_their_names_and_are_imported_when_asked_for(announce):
    announce("plugin_of_two", "second, first = 2, 1\n", second="second", first="first")
    assert list(find_plugins(GROUP)) == ["first", "second"]
    assert "plugin_of_two" not in sys.modules
    assert load_plugins(GROUP) == {"first": 1, "second": 2}
    assert load_plugin(GROUP, "second") == 2


def test_an_unknown_name_is_told_with_those_that_there_are(announce):
    announce("plugin_known", "value = 1\n", known="value")
    with pytest.raises(TesomaError, match=r"'unknown' to tesoma_geo.tried; there are: known"):
        load_plugin(GROUP, "unknown")


def test_two_packages_of_one_name_are_both_named(announce):
    announce("plugin_one", "value = 1\n", same="value")
    announce("plugin_other", "value = 2\n", same="value")
    with pytest.raises(TesomaError, match="Both plugin_one and plugin_other add 'same'"):
        find_plugins(GROUP)


def test_a_plugin_that_fails_names_its_package_and_the_reason(announce):
    announce("plugin_broken", "1 / 0\n", broken="value")
    with pytest.raises(TesomaError, match=r"'broken' of plugin_broken .* ZeroDivisionError"):
        load_plugins(GROUP)
