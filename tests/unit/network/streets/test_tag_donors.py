"""Donors of tags: of their own class first, of the family where few are known, none where the class has no such tag."""

import numpy as np
import pandas as pd
import pytest

from tesoma_geo.network.streets.tag_donors import donors_of, street_keys


def ways(*rows):
    table = pd.DataFrame([{"osm_id": number, **row} for number, row in enumerate(rows, 1)])
    for tag in ("surface", "tracktype", "name"):
        table[tag] = table.get(tag)
    return table.astype(object).where(table.notna(), None).astype({"osm_id": np.int64})


def lent(table, tag):
    """Values of donors and what they weigh, of the last way."""
    middle = np.column_stack([np.arange(len(table)) * 50.0, np.zeros(len(table))])
    found = donors_of(table, tag, middle, street_keys(table))
    row = found.of_way[-1]
    if row < 0:
        return {}
    values = table[tag].to_numpy()[found.donors[row]]
    return pd.Series(found.weights[row]).groupby(values).sum().loc[lambda weight: weight > 0].to_dict()


def many(count, **tags):
    return [tags] * count


def test_a_class_lends_to_its_own():
    streets, tracks = many(30, highway="residential", surface="asphalt"), many(30, highway="track", surface="gravel")
    assert lent(ways(*streets, *tracks, {"highway": "residential"}), "surface") == pytest.approx({"asphalt": 1.0})
    assert lent(ways(*streets, *tracks, {"highway": "track"}), "surface") == pytest.approx({"gravel": 1.0})


def test_a_tag_that_a_class_does_not_have_stays_away():
    tracks = many(30, highway="track", tracktype="grade3")
    assert lent(ways(*many(60, highway="residential"), *tracks, {"highway": "residential"}), "tracktype") == {}


def test_few_of_the_class_weigh_beside_their_family():
    paths = many(40, highway="footway", surface="gravel")
    table = ways(*paths, *many(4, highway="pedestrian", surface="asphalt"), {"highway": "pedestrian"})
    assert lent(table, "surface") == pytest.approx({"asphalt": 4 / 9, "gravel": 5 / 9})


def test_a_street_is_told_by_its_name_and_a_nameless_way_by_itself():
    table = ways(*({"highway": "footway", "name": name} for name in ("Polku", "Polku", "Raitti", None, None)))
    assert len(set(street_keys(table).tolist())) == 4
