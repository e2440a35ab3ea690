"""The whole district, written layer by layer."""

from pathlib import Path

from make_sample.areas import lakes, statistical_areas, write_tables
from make_sample.elements import Elements, write_osm
from make_sample.houses import place_houses
from make_sample.noding import join
from make_sample.paths import WALKS
from make_sample.places import add_places, add_railway, taken_ground, write_libraries
from make_sample.plan import STREETS
from make_sample.streets import add_streets
from make_sample.survey import write_survey
from make_sample.terrain import write_elevation
from make_sample.timetable import bus_stops, write_timetable
from make_sample.winter import winter_ways


def write_sample(folder: Path) -> None:
    """Write every file of the sample into the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    write_osm(draw(), folder / "streets.osm.pbf")
    write_elevation(folder / "elevation.tif")
    write_timetable(folder / "gtfs.zip")
    for name, layer, table in (
        ("areas", "statistical_areas", statistical_areas()),
        ("water", "lakes", lakes()),
        ("winter", "winter_maintenance", winter_ways()),
    ):
        write_tables(folder / f"{name}.gpkg", {layer: table})
    write_libraries(folder / "libraries.csv")
    write_survey(folder / "survey")


def draw() -> Elements:
    """Draw the district as OpenStreetMap elements."""
    drawn, _ = join([*STREETS, *WALKS])
    houses = place_houses(drawn, taken_ground())
    driveways = [house.driveway for house in houses if house.driveway]
    streets, junctions = join([*drawn, *driveways])
    elements = Elements()
    add_streets(elements, streets, junctions)
    add_railway(elements)
    add_places(elements)
    for stop in bus_stops():
        elements.node(stop.at, {"highway": "bus_stop", "public_transport": "platform", "bus": "yes"})
        elements.node(stop.at, {"name": stop.name, "ref": stop.stop_id})
    for house in houses:
        elements.way(house.outline, {"building": "house"})
    return elements
