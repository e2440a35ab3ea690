"""``links`` on the command line: table, JSON and GeoPackage tell of the same links."""

import json

import geopandas as gpd
import pytest
from click.testing import CliRunner

from tesoma_geo.cli import commands

FEW = ("--longest", "40", "--count", "2", "-q")


@pytest.fixture(scope="module")
def told(sample_workspace, tmp_path_factory):
    """The JSON and the file of one search."""
    out = tmp_path_factory.mktemp("links") / "links.gpkg"
    words = ["links", "--workspace", str(sample_workspace), *FEW, "--json", "--out", str(out)]
    result = CliRunner().invoke(commands, words)
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout), out


def test_links_are_ranked_and_no_longer_than_asked(told):
    rows, _ = told
    assert [row["rank"] for row in rows] == list(range(1, len(rows) + 1))
    assert 1 <= len(rows) <= 2
    assert all(row["length_m"] <= 40 for row in rows)
    assert all(row["residents"] > 0 and row["mean_gain_min"] >= 1 for row in rows)
    minutes = [row["resident_min"] for row in rows]
    assert minutes == sorted(minutes, reverse=True)


def test_the_file_has_the_same_links_where_the_ends_say(told):
    rows, out = told
    table = gpd.read_file(out).sort_values("rank")
    assert table["resident_min"].tolist() == pytest.approx([row["resident_min"] for row in rows])
    for line, row in zip(table.to_crs("EPSG:4326").geometry, rows, strict=True):
        assert [line.coords[0], line.coords[-1]] == [pytest.approx(tuple(end), abs=1e-6) for end in row["line"]]


def test_a_file_that_is_there_stays_unless_asked(told, sample_workspace):
    _, out = told
    before = out.read_bytes()
    words = ["links", "--workspace", str(sample_workspace), *FEW, "--out", str(out)]
    result = CliRunner().invoke(commands, words)
    assert result.exit_code == 1
    assert "--overwrite" in result.output
    assert out.read_bytes() == before


@pytest.mark.parametrize(
    "words", [("--longest", "4"), ("--count", "0"), ("--over", "houses"), ("--budget", "0"), ("--longest", "far")]
)
def test_what_cannot_be_asked_is_wrong_usage(sample_workspace, words):
    assert CliRunner().invoke(commands, ["links", "--workspace", str(sample_workspace), *words]).exit_code == 2
