"""What fails for lack of room says so, whichever library writes; other errors stay what they are."""

import subprocess
import sys
from pathlib import Path

import pytest

from tesoma_geo._files import written_file, written_folder
from tesoma_geo.errors import OutputError

#: Writes a table by a library until files may not become larger.
WRITE = """
import resource, signal, sys
import geopandas as gpd, numpy as np, pandas as pd, rasterio, sqlite3
from pathlib import Path
from tesoma_geo._files import written_folder
from tesoma_geo.errors import OutputError
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (120_000, 120_000))
table = pd.DataFrame({"a": np.random.default_rng(1).random(200_000)})
def gpkg(path):
    gpd.GeoDataFrame(table[:9000], geometry=gpd.points_from_xy(table["a"][:9000], table["a"][:9000])).to_file(path)
def sqlite(path):
    with sqlite3.connect(path) as connection:
        table.to_sql("a", connection)
def raster(path):
    with rasterio.open(path, "w", driver="GTiff", width=400, height=500, count=1, dtype="float64") as file:
        file.write(table["a"].to_numpy().reshape(1, 500, 400))
writers = {"a.gpkg": gpkg, "a.sqlite": sqlite, "a.tif": raster, "a.csv": table.to_csv, "a.parquet": table.to_parquet}
try:
    with written_folder(Path(sys.argv[1])) as draft:
        writers[sys.argv[2]](draft / sys.argv[2])
except OutputError as error:
    print(error)
    sys.exit(7)
"""


@pytest.mark.parametrize("name", ["a.gpkg", "a.sqlite", "a.tif", "a.csv", "a.parquet"])
def test_a_library_that_has_no_room_is_one_clear_error(name: str, tmp_path: Path):
    done = subprocess.run(
        [sys.executable, "-c", WRITE, str(tmp_path / "out"), name], capture_output=True, text=True, check=False
    )
    assert done.returncode == 7, done.stderr
    assert f"{tmp_path / 'out'} cannot be written: there is no room" in done.stdout
    assert list(tmp_path.iterdir()) == []


def test_another_error_stays_what_it_is(tmp_path: Path):
    with pytest.raises(ZeroDivisionError), written_folder(tmp_path / "out"):
        raise ZeroDivisionError
    with pytest.raises(OutputError, match="there is no room"), written_file(tmp_path / "a"):
        raise OSError(28, "No space left on device")
