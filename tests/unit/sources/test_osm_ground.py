from pathlib import Path

import pytest
import shapely

from tesoma_geo.errors import SourceError
from tesoma_geo.sources.osm_ground import read_ground

CRS = "EPSG:3067"
EVERYWHERE = shapely.box(0, 6_600_000, 700_000, 7_700_000)


def told(tags: dict[str, str]) -> str:
    return "".join(f'<tag k="{key}" v="{value}"/>' for key, value in tags.items())


def square(first: int, lat: float, lon: float, tags: dict[str, str]) -> tuple[str, str]:
    corners = [(0, 0), (0, 0.001), (0.001, 0.001), (0.001, 0)]
    nodes = "".join(
        f'<node id="{first + at}" lat="{lat + north}" lon="{lon + east}"/>' for at, (north, east) in enumerate(corners)
    )
    refs = "".join(f'<nd ref="{first + at}"/>' for at in (0, 1, 2, 3, 0))
    return nodes, f'<way id="{first}">{refs}{told(tags)}</way>'


def line(first: int, tags: dict[str, str]) -> tuple[str, str]:
    nodes = f'<node id="{first}" lat="61.5" lon="23.6"/><node id="{first + 1}" lat="61.5" lon="23.7"/>'
    return nodes, f'<way id="{first}"><nd ref="{first}"/><nd ref="{first + 1}"/>{told(tags)}</way>'


def written(folder: Path, *parts: tuple[str, str]) -> Path:
    path = folder / "streets.osm"
    nodes, ways = ("".join(part[kind] for part in parts) for kind in (0, 1))
    path.write_text(f'<osm version="0.6">{nodes}{ways}</osm>', encoding="utf-8")
    return path


def test_buildings_that_stand_on_the_ground_are_read(tmp_path: Path) -> None:
    kinds = [{"building": kind} for kind in ("house", "yes", "ruins", "no", "roof", "construction")]
    hidden = {"building": "yes", "location": "underground"}
    squares = [square(10 * at, 61.5 + at / 100, 23.6, kind) for at, kind in enumerate([*kinds, hidden], 1)]
    found = read_ground(written(tmp_path, *squares), crs=CRS, within=EVERYWHERE)
    assert len(found.buildings) == 2
    assert shapely.area(found.buildings).min() > 5000
    assert len(found.railways) == 0


def test_a_building_outside_is_not_wanted(tmp_path: Path) -> None:
    houses = [square(10 * at, lat, 23.6, {"building": "yes"}) for at, lat in enumerate((61.5, 62.0), 1)]
    file = written(tmp_path, *houses)
    ours = read_ground(file, crs=CRS, within=EVERYWHERE).buildings
    near = shapely.box(*shapely.bounds(ours[0])).buffer(100)
    assert len(ours) == 2
    assert len(read_ground(file, crs=CRS, within=near).buildings) == 1


def test_tracks_above_the_ground_are_read_and_cut_to_the_area(tmp_path: Path) -> None:
    shown = [{"railway": "rail"}, {"railway": "tram"}, {"railway": "light_rail", "bridge": "yes"}]
    away = [{"railway": "subway", "tunnel": "yes"}, {"railway": "rail", "service": "siding"}, {"railway": "abandoned"}]
    file = written(tmp_path, *(line(10 * at, tags) for at, tags in enumerate([*shown, *away], 1)))
    whole = read_ground(file, crs=CRS, within=EVERYWHERE).railways
    assert len(whole) == 3
    west, south, east, north = shapely.total_bounds(whole)
    half = shapely.box(west - 10, south - 10, (west + east) / 2, north + 10)
    cut = read_ground(file, crs=CRS, within=half).railways
    assert shapely.length(cut).sum() == pytest.approx(shapely.length(whole).sum() / 2, rel=0.01)


def test_a_file_without_any_has_none(tmp_path: Path) -> None:
    found = read_ground(written(tmp_path, line(1, {"highway": "service"})), crs=CRS, within=EVERYWHERE)
    assert [len(layer) for layer in found] == [0, 0]


def test_a_broken_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "cut.osm").write_text("<osm", encoding="utf-8")
    with pytest.raises(SourceError, match="cannot be read"):
        read_ground(tmp_path / "cut.osm", crs=CRS, within=EVERYWHERE)
