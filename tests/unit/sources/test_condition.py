"""Rows chosen by a condition of the workspace file."""

from pathlib import Path

import pytest

from tesoma_geo.errors import SourceError
from tests.three_areas import read, three_areas


@pytest.mark.parametrize(
    ("where", "codes"),
    [
        ("plan == 'A'", ["001", "002"]),
        ("plan != 'A'", ["003"]),
        ("people > 5 and not plan == 'B'", ["001"]),
        ("people < 15 or plan in ['B', 'C']", ["001", "003"]),
        ("5 < people <= 30 and code not in ('001',)", ["003"]),
        ("people > -1", ["001", "003"]),
        ("people != 10", ["002", "003"]),
    ],
)
def test_where_chooses_rows(tmp_path: Path, where: str, codes: list[str]):
    three_areas().to_file(tmp_path / "a.gpkg")
    assert read(tmp_path / "a.gpkg", where=where).table["code"].tolist() == codes


@pytest.mark.parametrize(
    ("where", "told"),
    [
        ("plan = 'A'", "equality is written =="),
        ("paln == 'A'", "there is no column 'paln'.*code, plan, people"),
        ("plan == 'C'", "matches none of the 3 rows; plan holds 'A', 'B'"),
        ("code == 1", "matches none of the 3 rows; code holds '001'"),
        ("people > 'a'", "column 'people', which holds float64"),
        ("plan", "compares no column with anything"),
        ("1 == 1", "compares no column with anything"),
        ("plan.str.upper() == 'A'", "neither a comparison, a column nor a constant"),
        ("__import__('os').system('touch owned') == 0", "neither a comparison, a column nor a constant"),
        ("plan == open('x')", "neither a comparison, a column nor a constant"),
        ("[c for c in plan] == 1", "neither a comparison, a column nor a constant"),
        ("@x == 1", "is not a comparison"),
        ("geometry == 1", "there is no column 'geometry'"),
        ("(" * 10_000, "is not a comparison"),
    ],
)
def test_where_that_cannot_be_used_is_told(tmp_path: Path, monkeypatch, where: str, told: str):
    monkeypatch.chdir(tmp_path)
    three_areas().to_file(tmp_path / "a.gpkg")
    with pytest.raises(SourceError, match=rf"district\.area\.where: .*{told}"):
        read(tmp_path / "a.gpkg", where=where)
    assert not (tmp_path / "owned").exists()
