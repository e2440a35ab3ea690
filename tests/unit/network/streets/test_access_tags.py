"""Access tags: the specific key before the general one, and of several values the one that lets most people in."""

import pandas as pd
import pytest

from tesoma_geo.network.streets.access_tags import access_column, deciding_value


@pytest.mark.parametrize(
    ("value", "means"),
    [
        ("agricultural;forestry", "agricultural"),
        ("agricultural;destination", "destination"),
        ("private; yes", "yes"),
        ("psv;delivery;permissive", "permissive"),
        ("unheard-of;private", "private"),
        ("unheard-of;strange", "unheard-of;strange"),
        ("private", "private"),
    ],
)
def test_of_several_values_the_most_open_counts(value, means):
    table = pd.DataFrame({"access": pd.Series([None, value, "no"], dtype="str")})
    assert access_column(table, "access").fillna("").tolist() == ["", means, "no"]
    assert deciding_value(table, "car").fillna("").tolist() == ["", means, "no"]
    assert access_column(table, "foot").isna().all()


def test_the_more_specific_key_decides():
    tags = {"access": "no", "vehicle": "private", "motor_vehicle": "forestry;delivery", "bicycle": "yes"}
    table = pd.DataFrame({key: pd.Series([value], dtype="str") for key, value in tags.items()})
    assert [deciding_value(table, mode)[0] for mode in ("foot", "bicycle", "car")] == ["no", "yes", "delivery"]
