"""Points from a file: ids as they are named, and what is wrong with them is told with the file."""

import pytest

from tesoma_geo.errors import InputError
from tesoma_geo.inputs.point_files import read_points
from tesoma_geo.workspace import Workspace

ROWS = "id,code,longitude,latitude\n007,a,23.76,61.5\n8,a,23.77,61.5\n9,b,,\n"


@pytest.fixture
def read(tmp_path, sample_workspace):
    """Reads a table as origins: the points, and what was told."""

    def of(text, id_column=None):
        (tmp_path / "homes.csv").write_text(text, encoding="utf-8")
        told = []
        points = read_points(
            tmp_path / "homes.csv", "origins", Workspace.load(sample_workspace), id_column, told.append
        )
        return points, told

    return of


def test_ids_are_in_the_index_and_what_is_left_out_is_told(read):
    points, told = read(ROWS)
    assert list(points.index) == ["007", "8"]
    assert points.crs.to_epsg() == 3067
    assert len(told) == 1
    assert "homes.csv" in told[0]


def test_rows_without_an_id_are_counted(read):
    points, _ = read("longitude,latitude\n23.76,61.5\n23.77,61.5\n")
    assert list(points.index) == [0, 1]


@pytest.mark.parametrize(
    ("text", "column", "says"),
    [
        (ROWS, "cdoe", r"homes\.csv has no column 'cdoe'.*code"),
        (ROWS, "code", r"homes\.csv: ids in the column 'code' are missing or repeat"),
    ],
)
def test_what_is_wrong_is_told_with_the_file(read, text, column, says):
    with pytest.raises(InputError, match=says):
        read(text, column)
