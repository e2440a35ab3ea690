"""The workspace file: the real one works, and every fault of a bad one is told at once with its remedy."""

from datetime import date

import pytest

from tesoma_geo.errors import WorkspaceError
from tesoma_geo.languages import CATALOGUES
from tesoma_geo.workspace import Workspace

GOOD = """
[district]
name = "Kylä"
area = { source = "areas.gpkg" }
crs = "EPSG:3067"
[hub]
name = { fi = "Keskus" }
entrances = [[23.6, 61.5]]
[network]
osm = "streets.osm"
[population]
source = "areas.gpkg"
column = "population"
"""


@pytest.fixture
def load(tmp_path):
    """Load a workspace file with these contents, its files all there."""
    for name in ("areas.gpkg", "streets.osm", "dem.tif"):
        (tmp_path / name).touch()

    def load_text(text: str, **how: bool) -> Workspace:
        path = tmp_path / "tesoma.toml"
        path.write_text(text, encoding="utf-8")
        return Workspace.load(path, **how)

    return load_text


def faults_of(load, text: str) -> dict[str, str]:
    with pytest.raises(WorkspaceError) as refused:
        load(text)
    return {fault.where: str(fault) for fault in refused.value.faults}


def test_the_real_workspace_works_as_it_is(shared_data):
    workspace = Workspace.load(shared_data / "tesoma.toml")
    assert workspace.access.cutoffs_min == (5, 10, 15, 20, 30)
    assert workspace.hub.name["sv"] == "Västcentrum"
    assert workspace.resolve(workspace.district.area.source).is_file()
    assert [question.kind for question in workspace.annotations[0].questions] == [
        "barrier",
        "missing_link",
        "place",
        "area",
    ]


def test_the_bundled_workspace_works_and_says_that_it_is_made_up(sample_workspace):
    assert Workspace.load(sample_workspace).district.made_up


def test_one_name_is_the_name_in_every_language(load):
    assert load(GOOD).district.name == dict.fromkeys(CATALOGUES, "Kylä")


def test_a_path_alone_is_a_layer(load):
    workspace = load(GOOD + '[basemap]\nwater = "areas.gpkg"\n')
    assert workspace.basemap.water is not None
    assert workspace.basemap.water.source == "areas.gpkg"


@pytest.mark.parametrize(
    ("change", "key", "says"),
    [
        (('crs = "EPSG:3067"', 'crs = "EPSG:4326"'), "district.crs", "not measured in metres"),
        (('crs = "EPSG:3067"', 'crs = "Finland"'), "district.crs", "not a coordinate reference system"),
        (('osm = "streets.osm"', 'osm = "nowhere.osm"'), "network.osm", "no such file"),
        (('osm = "streets.osm"', ""), "network", "neither or both"),
        (("entrances = [[23.6, 61.5]]", ""), "hub", "neither entrances nor an area"),
        (("entrances = [[23.6, 61.5]]", "entrances = [[6823000.0, 320000.0]]"), "hub.entrances.0.0", "180"),
        (('column = "population"', 'colum = "population"'), "population.colum", "Did you mean column?"),
        (('name = "Kylä"', ""), "district.name", "is missing"),
        (('name = { fi = "Keskus" }', "name = {}"), "hub.name", "no name in any language"),
        (('name = { fi = "Keskus" }', 'name.fi = { nom = "Keskus" }'), "hub.name.fi.gen", "is missing"),
        (('name = { fi = "Keskus" }', "name.fi = 5"), "hub.name.fi", "5"),
        (("[hub]", "[access]\ncutoffs_min = [10, 5]\n[hub]"), "access.cutoffs_min", "does not increase"),
        (("[hub]", "[access]\ncutoffs_min = []\n[hub]"), "access.cutoffs_min", "at least one"),
        (("[hub]", "[access]\ncutoffs_min = [0]\n[hub]"), "access.cutoffs_min.0", "greater than 0"),
        (("[hub]", '[services]\nosm = { school = "school" }\n[hub]'), "services.osm.school", "amenity=doctors"),
        (("[hub]", "[publish]\nk = 1\n[hub]"), "publish.k", "2"),
        (("[hub]", "[publish]\ncohort = 19\n[hub]"), "publish.cohort", "four times publish.k, 20"),
        (
            ("[hub]", "[publish]\ncohort_closes = [2026-12-31, 2026-12-31]\n[hub]"),
            "publish.cohort_closes",
            "do not follow each other",
        ),
        (("[hub]", "[hubb]\n[hub]"), "hubb", "Did you mean hub?"),
        (("[hub]", "[targets]\nwalk_in_15 = 0.7\n[hub]"), "targets", "PROFILE_within_MINUTES_min"),
        (("[hub]", "[targets]\nhover_within_15_min = 0.7\n[hub]"), "targets", "hover is not in access.profiles"),
        (
            ("[hub]", "[targets]\nwalk_within_15_min = 70\n[hub]"),
            "targets.walk_within_15_min",
            "less than or equal to 1",
        ),
    ],
)
def test_a_fault_names_its_key_and_the_remedy(load, change, key, says):
    assert says in faults_of(load, GOOD.replace(*change))[key]


def test_all_faults_are_told_at_once(load):
    text = (
        GOOD.replace("EPSG:3067", "EPSG:4326")
        .replace("streets.osm", "no.osm")
        .replace("[population]", "[population]\nx = 1")
    )
    assert {"district.crs", "network.osm", "population.x"} <= faults_of(load, text).keys()


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"[district\n", "is not TOML"),
        ("name = 'Kylä'".encode("latin-1"), "is not UTF-8"),
        (None, "no such workspace file"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(tmp_path, content, says):
    path = tmp_path / "tesoma.toml"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(WorkspaceError, match=says):
        Workspace.load(path)


def test_an_address_must_be_fetched_before_the_job_and_not_before_fetching(load):
    text = GOOD + '[elevation]\nsource = "https://example.org/dem.tif"\n'
    assert "tesoma-geo fetch" in faults_of(load, text)["elevation.source"]
    assert load(text, fetched=False).elevation is not None


@pytest.mark.parametrize(
    ("publish", "cohort", "closes"),
    [
        ("", 60, ()),
        ("k = 20", 80, ()),
        ("k = 3\ncohort = 12", 12, ()),
        ("cohort_closes = 2026-12-31", 60, (date(2026, 12, 31),)),
        ('cohort_closes = ["2026-06-30", 2026-12-31]', 60, (date(2026, 6, 30), date(2026, 12, 31))),
        ('cohort_closes = { "evening of walks" = 2026-09-01 }', 60, {"evening of walks": date(2026, 9, 1)}),
    ],
)
def test_cohorts_are_announced(load, publish, cohort, closes):
    told = load(GOOD.replace("[hub]", f"[publish]\n{publish}\n[hub]")).publish
    assert (told.cohort, told.cohort_closes) == (cohort, closes)
