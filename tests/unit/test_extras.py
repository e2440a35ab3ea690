"""A package that is not installed is named, with the extra that brings it."""

import json
import tomllib
from pathlib import Path
from typing import get_args

import pytest

from tesoma_geo._extras import Extra, is_installed, require, require_installed
from tesoma_geo.errors import TesomaError

ROOT = Path(__file__).resolve().parents[2]


def test_what_is_installed_is_given():
    assert require("json", extra="pdf") is json


def test_what_is_missing_is_named_with_its_extra():
    with pytest.raises(TesomaError) as caught:
        require("no_such_package.part", extra="stills")
    assert caught.value.problem == "Drawing a still picture needs the package no_such_package, which is not installed"
    assert caught.value.remedy == "Install it: pip install 'tesoma-geo[stills]'"


def test_whether_something_is_installed_is_told_without_importing_it():
    assert is_installed("json")
    assert not is_installed("no_such_package")
    require_installed("json", extra="pdf")
    with pytest.raises(TesomaError, match=r"needs the package no_such_package, .*tesoma-geo\[pages\]"):
        require_installed("no_such_package", extra="pages")


def test_the_extras_are_those_of_the_project():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert {*get_args(Extra), "all"} == set(project["optional-dependencies"])
