"""What is kept of a finished run: found by a folder that is unchanged alone, and nothing that is not published."""

import json
import shutil
import subprocess
import sys

import pytest

from tesoma_geo.assessment.finished import finished
from tests.finished_runs import told


@pytest.mark.usefixtures("nobody_assesses")
def test_a_folder_that_was_changed_is_refused(finished_run, tmp_path):
    changed = tmp_path / "changed"
    shutil.copytree(finished_run.results, changed)
    assert json.loads(told("hub", "--json", "--results", changed))  # a copy is as good
    (changed / "summary.json").write_text("{}")
    assert "summary.json" in told("hub", "--results", changed, ok=False)
    assert "no result" in told("hub", "--results", tmp_path, ok=False)


def test_nothing_kept_holds_what_residents_wrote(finished_run):
    """What is kept for pages is what is published: no raw answer, pseudonym or exact count lies in the cache."""
    drawn = finished(finished_run.results)
    assert drawn.inputs.survey is None
    public = drawn.inputs.publication
    assert public is not None
    assert (public.held_back, public.shown, public.cohorts) == ({}, {}, ())
    for entry in [*finished_run.cache.glob("finished-*"), *finished_run.cache.glob("step-*")]:
        assert entry.stat().st_mode & 0o077 == 0


def test_pages_of_a_finished_run_are_made_without_what_only_computes():
    modules = "tesoma_geo.assessment.finished", "tesoma_geo.assessment.retold", "tesoma_geo.render.pages.write"
    asked = f"import json, sys, {', '.join(modules)}; print(json.dumps(sorted(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    loaded = {*json.loads(done.stdout)}
    assert {*modules} <= loaded
    assert not {"scipy.sparse", "scipy.spatial", "scipy.special", "scipy.stats", "pandera"} & loaded
