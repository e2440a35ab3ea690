"""Kinds of values: what each takes and what it refuses."""

import pytest
from pydantic import TypeAdapter, ValidationError

from tesoma_geo.languages import CATALOGUES
from tesoma_geo.workspace.values import ClockTime, MetricCrs, Names, OsmFilter


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (ClockTime, "07:00"), (ClockTime, "7:05"), (ClockTime, "25:30"), (MetricCrs, "EPSG:3067"),
        (OsmFilter, "amenity=doctors|dentist"), (OsmFilter, "shop=*"), (Names, {"sv": "Västcentrum"}),
    ],
)  # fmt: skip
def test_what_is_taken(kind, value):
    assert TypeAdapter(kind).validate_python(value) == value


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (ClockTime, "7"), (ClockTime, "30:00"), (ClockTime, "07:60"), (MetricCrs, "EPSG:4326"), (MetricCrs, "x"),
        (OsmFilter, "amenity"), (OsmFilter, "=school"), (Names, {}), (Names, {"de": "Zentrum"}),
    ],
)  # fmt: skip
def test_what_is_refused(kind, value):
    with pytest.raises(ValidationError):
        TypeAdapter(kind).validate_python(value)


def test_one_name_stands_for_every_language():
    assert TypeAdapter(Names).validate_python("Kylä") == dict.fromkeys(CATALOGUES, "Kylä")
