"""The notebooks of the documentation run on the sample, hold no outputs, and are listed."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

FOLDER = ROOT / "docs" / "notebooks"
NOTEBOOKS = sorted(path.stem for path in FOLDER.glob("*.ipynb"))
#: They assess a district or open a store.
SLOW = {"first-map", "publication", "voices"}


def cells(name: str) -> list[dict]:
    return json.loads((FOLDER / f"{name}.ipynb").read_text(encoding="utf-8"))["cells"]


def test_there_are_eight_and_each_is_listed():
    listed = (FOLDER / "index.md").read_text(encoding="utf-8")
    assert len(NOTEBOOKS) == 8
    assert [name for name in NOTEBOOKS if f"]({name}.ipynb)" not in listed] == []


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_a_notebook_is_one_and_holds_no_outputs(name):
    whole = json.loads((FOLDER / f"{name}.ipynb").read_text(encoding="utf-8"))
    assert (whole["nbformat"], whole["nbformat_minor"]) == (4, 5)
    assert whole["cells"][0]["cell_type"] == "markdown"
    assert len({cell["id"] for cell in whole["cells"]}) == len(whole["cells"])
    for cell in whole["cells"]:
        assert cell["cell_type"] == "markdown" or (cell["outputs"] == [] and cell["execution_count"] is None)


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=pytest.mark.slow if name in SLOW else ()) for name in NOTEBOOKS]
)
def test_a_notebook_runs(name, tmp_path):
    shutil.copytree(ROOT / "layers", tmp_path / "layers")
    code = "\n".join("".join(cell["source"]) for cell in cells(name) if cell["cell_type"] == "code")
    script = tmp_path / "notebook.py"
    script.write_text(f"import matplotlib\nmatplotlib.use('Agg')\n{code}\n", encoding="utf-8")
    done = subprocess.run([sys.executable, script], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.strip()
    assert Path(tmp_path / "layers").is_dir()
