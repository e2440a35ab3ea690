"""Single values of GTFS files."""

import pytest

from tesoma_geo.sources.gtfs import kinds


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [(kinds.CLOCK, "25:10:05", 90605), (kinds.DAY, "20220118", 738173), (kinds.AMOUNT, "2.5", 2.5),
     (kinds.LATITUDE, "-61.5", -61.5), (kinds.choice(0, 1), "1", 1), (kinds.whole(1), "3", 3),
     (kinds.ZONE, "Europe/Helsinki", "Europe/Helsinki")],
)  # fmt: skip
def test_values(kind, text, value):
    assert kind.parse(text) == value


@pytest.mark.parametrize(
    ("kind", "text"),
    [(kinds.CLOCK, "7:5:00"), (kinds.DAY, "20220230"), (kinds.DAY, "2022-01-18"), (kinds.AMOUNT, "-1"),
     (kinds.AMOUNT, "nan"), (kinds.LATITUDE, "90.1"), (kinds.LONGITUDE, "x"), (kinds.choice(0, 1), "2"),
     (kinds.whole(1), "0"), (kinds.ZONE, "Europe/Tesoma")],
)  # fmt: skip
def test_what_is_no_value(kind, text):
    with pytest.raises(ValueError, match="is not"):
        kind.parse(text)
