"""Everything that is written for the public, attacked as a whole: what is approved is there, and nothing else."""

import gzip
import json
from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
from click.testing import CliRunner
from made_annotations import CANARIES, CRS, PERSONAL_TEXTS, copied_sample, with_texts

from tesoma_geo.cli import commands
from tesoma_geo.inputs.layers import read_inputs
from tesoma_geo.inputs.publication import published
from tesoma_geo.workspace import Workspace
from tests.workspaces import moved, of_profiles

pytestmark = pytest.mark.slow

SHOWN, QUOTED = "Siili ylittää tien tässä", "Tähän kaivataan penkkiä"
HIDDEN, PENDING = "Lokki huutaa hiljaa", "Kettu odottaa vuoroaan"


@dataclass(frozen=True)
class World:
    """A workspace with its survey moderated, and the folder where everything is written."""

    workspace_file: Path
    folder: Path
    rows: list[dict[str, object]]

    def run(self, *arguments: object) -> str:
        """A command on the workspace, to its end."""
        line = [*map(str, arguments), "--workspace", str(self.workspace_file)]
        done = CliRunner().invoke(commands, line, catch_exceptions=False)
        assert done.exit_code == 0, done.output
        return done.stdout

    def ids(self, *texts: str) -> list[object]:
        """Annotations that say one of the texts."""
        return [row["id"] for row in self.rows if row["text"] in texts]

    def write(self) -> dict[str, str]:
        """Everything that can be published, and what each file says, packed or not."""
        self.run("run", "--out", self.folder / "run", "--overwrite")
        self.run("site", "--single", "--out", self.folder / "single", "--overwrite")
        self.run("report", "--out", self.folder / "report.html", "--overwrite")
        self.run("annotations", "publish", "--out", self.folder / "voices", "--overwrite")
        snippet = self.run("embed", "--site", "https://example.fi/map")
        (self.folder / "snippet.html").write_text(snippet, encoding="utf-8")
        files = [path for path in sorted(self.folder.rglob("*")) if path.is_file()]
        return {str(path.relative_to(self.folder)): read_through(path) for path in files}


def read_through(path: Path) -> str:
    """Everything that a file says, also what is packed in it."""
    content = path.read_bytes()
    if path.suffix == ".parquet":
        return pd.read_parquet(path).drop(columns="geometry", errors="ignore").to_csv()
    if content[:2] == b"\x1f\x8b":
        content = gzip.decompress(content)
    return content.decode("utf-8", errors="replace")


@pytest.fixture(scope="module")
def world(tmp_path_factory) -> World:
    folder = tmp_path_factory.mktemp("voices")
    workspace_file = copied_sample(folder)
    # What residents say goes the same way for every way of moving: two of them, by streets and by timetable.
    moved(workspace_file, folder, *of_profiles("walk", "transit"))
    with_texts(workspace_file, (SHOWN, QUOTED, HIDDEN, PENDING, *PERSONAL_TEXTS))
    fresh = World(workspace_file, folder / "public", [])
    fresh.folder.mkdir()
    fresh.run("annotations", "import")
    made = World(workspace_file, fresh.folder, json.loads(fresh.run("annotations", "list", "--json")))
    made.run("annotations", "approve", *made.ids(SHOWN, *PERSONAL_TEXTS), "--show")
    made.run("annotations", "approve", *made.ids(QUOTED))
    made.run("annotations", "hide", *made.ids(HIDDEN))
    return made


@pytest.fixture(scope="module")
def written(world: World) -> dict[str, str]:
    return world.write()


def test_everything_is_written(written):
    assert len(written) > 30
    kinds = {Path(name).suffix for name in written}
    assert {".html", ".js", ".json", ".geojson", ".parquet", ".gpkg", ".tif"} <= kinds


def test_what_is_approved_is_read_on_the_page_of_the_voices(written):
    for text in (SHOWN, QUOTED):
        assert text in written["run/site/voices-fi.html"]
        assert text in written["single/index.html"]
    assert SHOWN in written["report.html"]  # the report quotes a few: those on the map come first


def test_a_text_on_the_map_is_moved_off_its_place(world, written):
    collection = json.loads(written["run/annotations_public.geojson"])
    features = gpd.GeoDataFrame.from_features(collection, crs="EPSG:4326").to_crs(CRS)
    shown = features[features["text"] == SHOWN]
    survey = read_inputs(Workspace.load(world.workspace_file)).survey
    told = survey.annotations[survey.annotations["text"] == SHOWN].geometry.representative_point()
    points = shown[shown.geom_type == "Point"]
    assert 0 < len(shown) <= len(told)
    nearest = [told.distance(point).min() for point in points.geometry]
    assert all(distance <= 80.5 for distance in nearest)
    assert all(told.distance(point).gt(1.0).all() for point in points.geometry)


@pytest.mark.parametrize("text", [HIDDEN, PENDING, "Lokki", "Kettu"])
def test_what_is_hidden_or_pending_is_nowhere(written, text):
    assert [name for name, content in written.items() if text in content] == []


def test_no_canary_is_anywhere(written):
    found = {name: match[0] for name, content in written.items() if (match := CANARIES.search(content))}
    assert found == {}


def test_no_id_pseudonym_or_key_is_anywhere(world, written):
    secrets = {row[field] for row in world.rows for field in ("id", "respondent")}
    secrets.add(world.workspace_file.with_name("annotations.key").read_text(encoding="ascii").strip())
    assert [name for name, content in written.items() for secret in secrets if secret in content] == []


def test_the_exact_number_of_what_was_said_is_not_told(world, written):
    """Neither the manifest nor a page lets one run be subtracted from the next."""
    for report in json.loads(written["run/manifest.json"])["inputs"]:
        if report["key"].startswith("annotations"):
            assert set(report) == {"key", "file", "licence"}
    left = json.loads(written["run/manifest.json"])["left_out"]
    told = [one["count"] for one in left if one["what"] == "answers about difficult places"]
    assert told
    assert [count % 5 for count in told if count % 5] == []


def test_run_site_and_publish_say_the_same(written):
    assert written["run/annotations_tables.json"] == written["voices/annotations_tables.json"]
    assert written["run/annotations_public.geojson"] == written["voices/annotations_public.geojson"]


def test_the_survey_is_read_once(tmp_path):
    """What was read for the assessment is enough to publish: the files may be gone by then."""
    workspace = Workspace.load(copied_sample(tmp_path))
    inputs = read_inputs(workspace)
    for survey in workspace.annotations:
        workspace.resolve(survey.geometries).unlink()
    assert published(inputs, who="tests").tables["by_topic"]


def test_a_survey_that_the_store_moved_on_from_is_read_again(world):
    inputs = read_inputs(Workspace.load(world.workspace_file))
    before = published(inputs, who="tests")
    world.run("annotations", "hide", *world.ids(QUOTED))
    after = published(inputs, who="tests")
    world.run("annotations", "approve", *world.ids(QUOTED))
    assert QUOTED in {row["text"] for row in before.tables["quotes"]}
    assert QUOTED not in {row["text"] for row in after.tables["quotes"]}


def test_who_is_erased_is_in_nothing_that_is_made_anew(world, written):
    told = [row["respondent"] for row in world.rows if row["text"] in (SHOWN, QUOTED)]
    for respondent in dict.fromkeys(told):
        world.run("annotations", "erase", respondent)
    after = world.write()
    assert [name for name, content in after.items() if SHOWN in content or QUOTED in content] == []
    # The figures of a closed cohort stay as they were: a change would tell who left.
    earlier, later = (json.loads(files["run/annotations_tables.json"]) for files in (written, after))
    assert later["by_kind"] == earlier["by_kind"]
    assert later["by_topic"] == earlier["by_topic"]
