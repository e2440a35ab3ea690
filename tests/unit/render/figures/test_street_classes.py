"""Classes of streets that maps draw alike."""

import pandas as pd

from tesoma_geo.render.figures.street_classes import STREET_CLASSES, class_numbers

STREETS = pd.DataFrame({"highway": ["primary_link", "tertiary", "steps", "proposed", "service"]})


def test_each_street_has_the_number_of_its_class() -> None:
    numbers = class_numbers(STREETS)  # type: ignore[arg-type]
    assert numbers.tolist() == [0, 1, 5, -1, 3]
    assert len(STREET_CLASSES) == 6


def test_classes_may_be_others() -> None:
    numbers = class_numbers(STREETS, (("service",), ("steps", "tertiary")))  # type: ignore[arg-type]
    assert numbers.tolist() == [-1, 1, 1, -1, 0]
