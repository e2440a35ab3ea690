"""A further measure is one file and one line here, or an entry point of another package."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]

MEASURE = '''
import pandas as pd

from tesoma_geo.measures.travel_matrix import travel_matrix_of


def places_reached(travel_matrix, land_use, *, travel_cost="travel_time"):
    """Places that can be reached at all.

    Unit: places

    Formula: v_i = Σ_j [c_ij < ∞]

    Edge cases: 0 where nothing is reached.

    Source: made up
    """
    matrix = travel_matrix_of(travel_matrix, travel_cost)
    return matrix.by_origin((matrix.first[1:] - matrix.first[:-1]).astype(float))
'''
USE = """
import pandas as pd
import tesoma_geo as tg
table = pd.DataFrame({"from_id": ["a", "a", "b"], "to_id": ["x", "y", "x"], "travel_time": [1.0, 2.0, float("inf")]})
print(tg.measures.places_reached(table, None)["value"].tolist())
"""


@pytest.fixture
def tables(tmp_path) -> list[str]:
    (tmp_path / "minutes.csv").write_text("from_id,to_id,travel_time\na,x,1\na,y,2\nb,x,inf\n")
    (tmp_path / "places.csv").write_text("id\na\nb\nx\ny\n")
    return [str(tmp_path / "minutes.csv"), str(tmp_path / "places.csv")]


def check(path: str, tables: list[str]) -> None:
    """The dummy is offered, listed and computed as any other measure."""

    def run(*arguments: str) -> str:
        done = subprocess.run(
            [sys.executable, *arguments],
            env=os.environ | {"PYTHONPATH": path},
            cwd=Path(tables[0]).parent,
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    assert run("-c", USE) == "[2.0, 0.0]\n"
    assert "places_reached\n  Places that can be reached at all.\n" in run("-m", "tesoma_geo", "measures", "--list")
    assert "a,2.0\nb,0.0" in run("-m", "tesoma_geo", "measures", "places_reached", *tables)


def test_a_measure_is_one_file_and_one_line(tmp_path, tables):
    package = tmp_path / "checkout" / "tesoma_geo"
    shutil.copytree(ROOT / "tesoma_geo", package, ignore=shutil.ignore_patterns("__pycache__"))
    (package / "measures" / "places_reached.py").write_text(MEASURE)
    with (package / "measures" / "__init__.py").open("a") as file:
        file.write("from tesoma_geo.measures.places_reached import places_reached as places_reached\n")
    check(str(package.parent), tables)


def test_a_measure_of_another_package_is_an_entry_point(tmp_path, tables):
    site = tmp_path / "site"
    info = site / "more_measures-1.0.dist-info"
    info.mkdir(parents=True)
    (site / "more_measures.py").write_text(MEASURE)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: more-measures\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text("[tesoma_geo.measures]\nplaces_reached = more_measures:places_reached\n")
    check(os.pathsep.join([str(site), str(ROOT)]), tables)
