"""A package that is not installed is named, with the extra that brings it."""

import json

import pytest

from tesoma_geo._extras import require
from tesoma_geo.errors import TesomaError


def test_what_is_installed_is_given():
    assert require("json", extra="pdf") is json


def test_what_is_missing_is_named_with_its_extra():
    with pytest.raises(TesomaError) as caught:
        require("no_such_package.part", extra="stills")
    assert caught.value.problem == "Drawing a still picture needs the package no_such_package, which is not installed"
    assert caught.value.remedy == "Install it: pip install 'tesoma-geo[stills]'"
