"""Marks tell of licences what is made of them, and nothing else; the words are put in as they are to be written."""

from pathlib import Path

import pytest

from tesoma_geo.workspace import Workspace
from tesoma_geo.workspace.annotations import Annotations
from tesoma_geo.workspace.licences import (
    FIRST,
    licences_by_table,
    licences_of,
    marks_of,
    put_licences,
    stated_licence,
    with_marks,
)

FILE = """
[district]
name = { en = "Village" }
area = { source = "areas.gpkg", licence = "of areas" }
crs = "EPSG:3067"

[hub]
area = { source = "hub.gpkg" }

[network]
osm = "streets.osm.pbf"
licence = "STREETS"

[population]
source = "areas.gpkg"
licence = "of areas"

[services]
osm = { licence = "amenity=school" }

[[annotations]]
platform = "csv"
geometries = "areas.gpkg"
licence = "ANSWERS"
"""


def workspace(folder: Path, streets: str = "© OpenStreetMap", answers: str = "Invented answers, CC0") -> Workspace:
    path = folder / "tesoma.toml"
    path.write_text(FILE.replace("STREETS", streets).replace("ANSWERS", answers), encoding="utf-8")
    for name in ("areas.gpkg", "hub.gpkg", "streets.osm.pbf"):
        (folder / name).touch()
    return Workspace.load(path)


def test_each_licence_is_known_by_its_table(tmp_path: Path) -> None:
    read = workspace(tmp_path)
    by_table = licences_by_table(read)
    assert {table: licence for table, licence in by_table if licence} == {
        "district.area": "of areas",
        "network": "© OpenStreetMap",
        "population": "of areas",
        "annotations.0": "Invented answers, CC0",
    }
    assert all(stated_licence(read, table, False) == (licence or None) for table, licence in by_table)
    assert tuple(licence for _, licence in by_table) == licences_of(read)


def test_a_text_made_with_marks_gets_the_licences(tmp_path: Path) -> None:
    read = workspace(tmp_path, streets="<nobody> & OpenStreetMap")
    marked, licences = with_marks(read), licences_of(read)
    assert read.network.licence == "<nobody> & OpenStreetMap"
    text = f"{marked.network.licence} · {marked.population.licence}: {marked.annotations[0].licence}"
    assert put_licences(text, licences, str) == "<nobody> & OpenStreetMap · of areas: Invented answers, CC0"
    assert put_licences(text, licences, str.upper) == "<NOBODY> & OPENSTREETMAP · OF AREAS: INVENTED ANSWERS, CC0"
    assert marked.services.osm == read.services.osm  # a kind of services of that name
    assert marked.model_fields_set == read.model_fields_set
    assert isinstance(read.hub.area, type(marked.hub.area))


def test_marks_tell_what_is_made_of_licences(tmp_path: Path) -> None:
    marked = with_marks(workspace(tmp_path))
    assert marked.district.area.licence == marked.population.licence
    assert FIRST in (marked.network.licence or "")
    assert marked.annotations[0].licensed_as_made_up
    other = with_marks(workspace(tmp_path, streets="of streets", answers="of answers"))
    assert FIRST not in (other.network.licence or "")
    assert not other.annotations[0].licensed_as_made_up


@pytest.mark.parametrize(
    ("streets", "answers", "same"),
    [
        ("OpenStreetMap contributors", "made up by the city", True),
        ("of streets", "Invented answers, CC0", False),  # no longer the first
        ("of areas", "Invented answers, CC0", False),  # one line of credits less
        ("© OpenStreetMap", "of answers", False),  # no longer made up
        ("© OpenStreetMap", "", False),
    ],
)
def test_other_words_alone_have_the_same_marks(tmp_path: Path, streets: str, answers: str, same: bool) -> None:
    before = marks_of(workspace(tmp_path))
    assert (marks_of(workspace(tmp_path, streets=streets, answers=answers)) == before) is same


def test_a_mark_has_the_number_of_the_first_table_with_its_licence(tmp_path: Path) -> None:
    read = workspace(tmp_path)
    marks, licences = marks_of(read), licences_of(read)
    assert [put_licences(mark, licences, str) for mark in marks] == list(licences)
    assert len(set(marks)) == len(set(licences))


def test_a_mark_that_no_licence_has_stays() -> None:
    assert put_licences("\ue0007\ue001 \ue0000\ue001", ("CC0",), str) == "\ue0007\ue001 CC0"
    # What somebody wrote may look like one: more digits than Python reads as a number stop nobody's run.
    long = f"\ue000{'9' * 5000}\ue001"
    assert put_licences(long, ("CC0",), str) == long


def test_what_is_read_of_the_street_file_is_under_its_terms(tmp_path: Path) -> None:
    read = workspace(tmp_path)
    assert stated_licence(read, "network", False) == "© OpenStreetMap"
    assert stated_licence(read, "somewhere.else", True) == "© OpenStreetMap"
    assert stated_licence(read, "somewhere.else", False) is None
    assert stated_licence(read, "annotations.0", True) == "Invented answers, CC0"
    assert "licence" in Annotations.model_fields
