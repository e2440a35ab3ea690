"""What stills show of a finished run: enough for the same picture, and light enough to load no street."""

import json
import os
import subprocess
import sys

import pytest

import tesoma_geo as tg
from tesoma_geo._cache import keep_value
from tesoma_geo._pickles import VALUE, write_pickle
from tesoma_geo._result_mark import mark_of
from tesoma_geo.assessment.finished import finished
from tesoma_geo.assessment.said_otherwise import STILLS, WORKSPACE
from tesoma_geo.assessment.still_record import finished_still_record, still_record
from tesoma_geo.assessment.unchanged_run import FINISHED, finished_key
from tesoma_geo.render.stills import registry
from tesoma_geo.render.stills.picture import Picture
from tesoma_geo.render.stills.write import write_still
from tesoma_geo.workspace.sections import Site
from tests.finished_runs import told

SMALL = Picture.of_pixels(480, 320, dpi=60)
#: Libraries of tables, compiled loops, streets and layers, none of which a picture needs.
STAY_OUT = ("geopandas", "pandas", "pyarrow", "numba", "osmium", "rasterio", "pandera", "scipy", "pyogrio", "networkx")
LOADED = """
import json, sys
from tesoma_geo.cli import main
try:
    main()
finally:
    print(json.dumps(sorted({name.partition(".")[0] for name in sys.modules})))
"""


@pytest.mark.parametrize("still", [one.name for one in registry.STILLS if one.of_record])
@pytest.mark.parametrize(("profile", "language"), [("wheelchair", "fi"), ("transit", "en")])
def test_a_still_of_the_record_is_that_of_the_assessment(
    sample_assessment: tg.Assessment, tmp_path, still, profile, language
):
    for name, drawn in (("whole", sample_assessment), ("record", still_record(sample_assessment))):
        write_still(drawn, tmp_path / f"{name}.png", profile, language, SMALL, still)
    assert (tmp_path / "record.png").read_bytes() == (tmp_path / "whole.png").read_bytes()


def test_it_has_no_column_but_what_is_drawn(sample_assessment: tg.Assessment):
    record = still_record(sample_assessment)
    assert {*record.services} == {"kind", "geometry"}
    assert not [name for name in record.origins if name.startswith(("age_", "nearest"))]
    assert [one.licence for one in record.reports] == [one.licence for one in sample_assessment.reports]


def test_a_command_that_draws_of_a_finished_run_loads_neither_streets_nor_loops(finished_run, tmp_path):
    asked = "still", "--results", str(finished_run.results), "--out", str(tmp_path / "a.png")
    done = subprocess.run(
        [sys.executable, "-c", LOADED, *asked],
        env={**os.environ, "TESOMA_GEO_CACHE": str(finished_run.cache)}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (tmp_path / "a.png").exists(), done.stderr
    loaded = json.loads(done.stdout.splitlines()[-1])
    assert "matplotlib" in loaded
    assert not {*STAY_OUT} & {*loaded}


def test_what_is_no_result_has_none(tmp_path):
    with pytest.raises(tg.TesomaError, match="no result"):
        finished_still_record(tmp_path)


@pytest.fixture
def keep(finished_run, tmp_path, monkeypatch):
    """Keeps records of the finished run by their names, in a cache of its own."""
    key, record = finished_key(mark_of(finished_run.results)), finished_still_record(finished_run.results)
    whole = finished(finished_run.results)
    monkeypatch.setenv("TESOMA_GEO_CACHE", str(tmp_path / "cache"))

    def write(entry, records):
        for name, value in records.items():
            write_pickle(entry, value, name)

    def of_both(records):
        keep_value(FINISHED, key, lambda entry: write(entry, records(whole, record)))

    return of_both


@pytest.mark.usefixtures("nobody_assesses")
def test_without_a_record_all_that_was_kept_is_taken(keep, finished_run, tmp_path, monkeypatch):
    with monkeypatch.context() as first:
        first.setenv("TESOMA_GEO_CACHE", str(finished_run.cache))
        told("still", "--results", finished_run.results, "--out", tmp_path / "record.png")
    keep(lambda whole, _: {VALUE: whole})
    assert finished_still_record(finished_run.results) is None
    told("still", "--results", finished_run.results, "--out", tmp_path / "whole.png")
    assert (tmp_path / "record.png").read_bytes() == (tmp_path / "whole.png").read_bytes()


def test_it_has_the_workspace_that_the_result_was_told_with(keep, finished_run):
    site = Site(contact="a@b.example")
    keep(lambda whole, record: {STILLS: record, WORKSPACE: whole.workspace.model_copy(update={"site": site})})
    now = finished_still_record(finished_run.results)
    assert now is not None
    assert now.workspace.site == site
