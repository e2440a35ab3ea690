"""What calls are given: taken as it is, or refused with its name."""

from pathlib import Path

import numpy as np
import pytest

from tesoma_geo import _given as given
from tesoma_geo.errors import InputError


@pytest.mark.parametrize("value", [1, 2.5, np.float32(3), np.int64(4), float("inf")])
def test_numbers_are_taken(value):
    assert given.number("n", value, "Give one") == float(value)
    assert given.numbers("n", np.array([value, value]), "Give some") == [float(value)] * 2


@pytest.mark.parametrize("value", ["1", None, True, [1], {"a": 1}, 1j])
def test_what_is_no_number_is_told(value):
    with pytest.raises(InputError, match=r"^cutoff is .*, no number\. Give one"):
        given.number("cutoff", value, "Give one")


@pytest.mark.parametrize("value", ["12", 12, None, ["a"], [None], b"1"])
def test_what_are_no_numbers_is_told(value):
    with pytest.raises(InputError, match="cutoffs"):
        given.numbers("cutoffs", value, "Give some")


def test_types_and_paths():
    assert given.instance("it", 5, int, "Give one") == 5
    assert given.path("it", "a/b", "Give one") == Path("a/b")
    with pytest.raises(InputError, match=r"it is None\. Give one"):
        given.path("it", None, "Give one")
    with pytest.raises(InputError, match="it is of the type list"):
        given.instance("it", ["long"] * 50, dict, "Give one")
