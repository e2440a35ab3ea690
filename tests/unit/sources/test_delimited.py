"""Tables with columns of coordinates."""

from pathlib import Path

import pytest

from tesoma_geo.errors import SourceError
from tests.three_areas import read


@pytest.mark.parametrize(
    "text",
    [
        "id,name,lon,lat\n1,Äijälä,23.61,61.5\n",
        "id;nimi;Pituus;Leveys\n1;Äijälä;23,61;61,5\n",
        'id\tWGS84_lon\tWGS84_lat\n1\t"23.61"\t"61.5"\n',
        "id|longitude|latitude\n1| 23.61 |61.5\n",
        "id,x_coord,y_coord\n1,319595.39,6823173.91\n",
        "id;itäkoordinaatti;pohjoinen\n1;319 595,39;6 823 173,91\n",
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252"])
def test_coordinate_columns_are_found_whatever_the_delimiter(tmp_path: Path, text: str, encoding: str):
    (tmp_path / "a.csv").write_text(text, encoding=encoding)
    point = read(tmp_path / "a.csv").table.geometry[0]
    assert (point.x, point.y) == pytest.approx((319_595.39, 6_823_173.91), abs=0.01)


def test_rows_with_bad_coordinates_are_counted(tmp_path: Path):
    rows = ["lon,lat", "23.6,61.5", "23.7,61.5", ",", "0,0", "here,there", "61.5,23.6"]
    (tmp_path / "a.csv").write_text("\n".join(rows))
    reading = read(tmp_path / "a.csv")
    assert len(reading.table) == 2
    assert [(item.count, item.examples) for item in reading.left_out] == [
        (3, ("line 4", "line 5", "line 6")),
        (1, ("line 7",)),
    ]


@pytest.mark.parametrize(
    ("text", "options", "told"),
    [
        ("id,name\n1,a\n", {}, "no coordinate columns; its columns are id, name"),
        ("a,b\n23.6,61.5\n", {"lon": "c", "lat": "b"}, "there is no column 'c'"),
        ("lon,lat\n61.5,23.6\n", {}, "swapped.*lon = 'lat' and lat = 'lon'"),
        ("x,y\n6823000,320000\n", {}, "swapped.*lon = 'y' and lat = 'x'"),
        ("x,y\n2482000,6823000\n", {}, "outside the area where EPSG:3067 is used"),
        ("lon,lat\n,\n", {}, "no row has numbers"),
        ("", {}, "not a table with a header row"),
    ],
)
def test_tables_without_usable_coordinates_are_refused(tmp_path: Path, text: str, options: dict, told: str):
    (tmp_path / "a.csv").write_text(text)
    with pytest.raises(SourceError, match=f"district.area: .*{told}"):
        read(tmp_path / "a.csv", **options)
