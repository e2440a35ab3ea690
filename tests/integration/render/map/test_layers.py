"""What the map holds of the sample."""

from dataclasses import replace

import numpy as np
import shapely
from test_encoding import unpacked_lines

import tesoma_geo as tg
from tesoma_geo.render.figures.encoding import pixels
from tesoma_geo.render.map import layers
from tesoma_geo.render.map.packed_data import later_parts, map_data, map_data_at_once


def test_every_street_is_drawn_in_some_class(assessment: tg.Assessment) -> None:
    drawn = [unpacked_lines(packed) for packed in layers.streets(assessment.streets)]
    assert sum(map(len, drawn)) == len(assessment.streets)


def test_what_is_unmapped_begins_beyond_the_streets_and_the_district(assessment: tg.Assessment) -> None:
    (ring,) = unpacked_lines(layers.unmapped(assessment).packed["rings"])
    known = shapely.Polygon(ring)
    outline = pixels(shapely.get_coordinates(assessment.district.union_all()), str(assessment.district.crs))
    assert known.buffer(60).covers(shapely.Polygon(outline)), "twenty metres of generalising, in pixels"
    west, south, east, north = assessment.streets.total_bounds
    corners = pixels(np.array([(west - 2000, south), (east + 2000, north)]), str(assessment.streets.crs))
    assert not shapely.contains(known, shapely.points(corners)).any()


def test_rings_are_drawn_from_the_largest_to_the_smallest(assessment: tg.Assessment) -> None:
    for rings in layers.isochrones(assessment.isochrones).values():
        assert [ring["band"] for ring in rings] == sorted((ring["band"] for ring in rings), reverse=True)


def test_no_layer_is_keyed_by_text_of_the_data(assessment: tg.Assessment) -> None:
    kinds = assessment.services["kind"].unique()
    hostile = {kind: f"{kind}</script>" for kind in kinds}
    renamed = replace(assessment, services=assessment.services.assign(kind=assessment.services["kind"].map(hostile)))
    for of in (assessment, renamed):
        keys = [content.key for content in layers.contents(of)]
        assert len(set(keys)) == len(keys)
        assert all(key.isidentifier() and key.islower() for key in keys)
    assert not any(kind in key for key in keys for kind in kinds)


def test_only_what_a_map_needs_at_once_comes_at_once(assessment: tg.Assessment) -> None:
    contents = layers.contents(assessment)
    later = dict(later_parts(contents))
    for content in contents:
        assert 0 <= content.at_once <= len(content.parts)
        for number in range(len(content.parts)):
            assert (f"{content.key}-{number}.js" in later) == (number >= content.at_once)
    assert map_data(contents) != map_data_at_once(contents)
    whole = len(map_data(contents))
    assert len(map_data_at_once(contents)) + sum(map(len, later.values())) < whole + 100 * len(later)


def test_stops_are_those_of_the_district_and_its_edge(assessment: tg.Assessment) -> None:
    assert assessment.transit_analysis is not None
    known = assessment.transit_analysis.stops
    beside = known.distance(assessment.district.to_crs(known.crs).union_all())
    names = known["name"][beside <= layers.BESIDE_M].tolist()
    assert names
    assert layers.stops(known, assessment)["names"] == names
    away = known.set_geometry(known.geometry.translate(xoff=20_000.0))
    assert layers.stops(away, assessment)["names"] == []
