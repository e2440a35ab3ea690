"""Damaged files for every reader: ``python -m tests.fuzz READER SECONDS``, outside the test runs.

Case n of a reader is always the same file: a whole one, changed by a generator seeded with the reader's name and n.
What was tried is kept in ``build/fuzz/READER.json``, so that a next call goes on where the last one ended or died;
files that gave an unforeseen answer lie beside it. A case is well answered by a reading, or by one error of the package
that names the file; ``unforeseen`` are other exceptions, ``unnamed`` errors without the file, ``died`` cases during
which the process ended.
"""

import json
import random
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import shapely

from tesoma_geo.errors import TesomaError
from tesoma_geo.sources.annotations.platforms import read_section
from tesoma_geo.sources.elevation import read_surface
from tesoma_geo.sources.gtfs.reader import read_feed
from tesoma_geo.sources.layers import read_layer
from tesoma_geo.sources.osm import read_osm
from tesoma_geo.sources.osm_areas import GREEN, read_osm_areas
from tesoma_geo.sources.services import read_osm_services
from tesoma_geo.workspace import Workspace
from tesoma_geo.workspace.annotations import Annotations
from tests.conftest import CORNER, CRS, ROOT
from tests.small_district import SmallDistrict

SAMPLE = ROOT / "layers" / "sample"
STATE = ROOT / "build" / "fuzz"
AREA = shapely.box(CORNER[0] - 500, CORNER[1] - 500, CORNER[0] + 1500, CORNER[1] + 1500)

GPX = """<gpx xmlns="http://www.topografix.com/GPX/1/1"><wpt lat="61.5" lon="23.6"><name>a</name><desc>b</desc></wpt>
<trk><name>c</name><trkseg><trkpt lat="61.5" lon="23.6"/><trkpt lat="61.51" lon="23.61"/></trkseg></trk></gpx>"""
KML = """<kml xmlns="http://www.opengis.net/kml/2.2"><Document><Folder><name>A</name><Placemark><name>b</name>
<Point><coordinates>23.6,61.5,0</coordinates></Point></Placemark><Placemark><name>c</name><Polygon><outerBoundaryIs>
<LinearRing><coordinates>23.6,61.5 23.61,61.5 23.61,61.51 23.6,61.5</coordinates></LinearRing></outerBoundaryIs>
</Polygon></Placemark></Folder></Document></kml>"""
FEATURE = {"type": "Feature", "properties": {"name": "a", "description": "b", "_uuid": "1"},
           "geometry": {"type": "Point", "coordinates": [23.6, 61.5]}}  # fmt: skip
GEOJSON = json.dumps({"type": "FeatureCollection", "features": [FEATURE, FEATURE]})
UMAP = json.dumps({"type": "umap", "layers": [json.loads(GEOJSON) | {"_umap_options": {"name": "A"}}]})
OPEN311 = json.dumps([{"service_request_id": "1", "lat": 61.5, "long": 23.6, "description": "a",
                       "requested_datetime": "2025-01-02T03:04:05+02:00"}])  # fmt: skip


def survey(platform: str) -> Callable[[Path], Any]:
    def read(path: Path) -> Any:
        workspace = Workspace.load(ROOT / "layers" / "tesoma.toml")
        section = Annotations.model_validate({"platform": platform, "geometries": str(path.absolute()), "kind": "idea"})
        return read_section(workspace, section)

    return read


def layer(path: Path) -> Any:
    return read_layer(path, key="layer", crs=CRS)


def district(name: str) -> bytes:
    """A file of the small district that tests write."""
    with tempfile.TemporaryDirectory() as folder:
        SmallDistrict().with_transit().write(Path(folder))
        return (Path(folder) / name).read_bytes()


#: Reader → ending, whole file, reading.
READERS: dict[str, tuple[str, Callable[[], bytes], Callable[[Path], Any]]] = {
    "osm_pbf": (".osm.pbf", (SAMPLE / "streets.osm.pbf").read_bytes, read_osm),
    "osm_xml": (".osm", lambda: district("town.osm"), read_osm),
    "osm_areas": (".osm.pbf", (SAMPLE / "streets.osm.pbf").read_bytes,
                  lambda path: read_osm_areas(path, GREEN, crs=CRS, within=AREA)),
    "osm_services": (".osm.pbf", (SAMPLE / "streets.osm.pbf").read_bytes,
                     lambda path: read_osm_services(path, {"school": "amenity=school"}, crs=CRS)),
    "gtfs": (".zip", (SAMPLE / "gtfs.zip").read_bytes, read_feed),
    "geopackage": (".gpkg", lambda: district("areas.gpkg"), layer),
    "geojson": (".geojson", lambda: district("answers.geojson"), layer),
    "csv": (".csv", (SAMPLE / "libraries.csv").read_bytes, layer),
    "raster": (".tif", lambda: district("heights.tif"),
               lambda path: read_surface(path, *_places(), CRS, key="elevation")),
    "gpx": (".gpx", GPX.encode, survey("umap")),
    "kml": (".kml", KML.encode, survey("umap")),
    "umap": (".umap", UMAP.encode, survey("umap")),
    "open311": (".json", OPEN311.encode, survey("open311")),
    "kobo": (".geojson", GEOJSON.encode, survey("kobo")),
    "workspace": (".toml", lambda: district("tesoma.toml"), Workspace.load),
}  # fmt: skip


def _places() -> tuple[Any, Any]:
    import numpy as np

    return np.array([CORNER[0] + 10.0, CORNER[0] + 900.0]), np.array([CORNER[1] + 10.0, CORNER[1] + 900.0])


NASTY = (b"NaN", b"-1", b"99999999999999999999", b"1e999", b"null", b"[]", b"{}", b'""', b"\x00", b"\xff\xfe",
         b"[" * 3000, b"2147483648", b"-0", b"61,5", b"<a>" * 2000, b"\xf0\x9f\x9a\xb2")  # fmt: skip


def changed(content: bytes, dice: random.Random) -> bytes:
    """A file with one to four changes; of a zip file half the time one in a member, packed anew."""
    if content.startswith(b"PK") and dice.random() < 0.6:
        return _repacked(content, dice)
    for _ in range(dice.randint(1, 4)):
        at = dice.randrange(max(len(content), 1))
        size = dice.choice((1, 2, 4, 16, 256, 4096))
        kind = dice.randrange(7)
        if kind == 0:
            content = content[:at]
        elif kind == 1:
            content = content[:at] + dice.randbytes(size) + content[at + size :]
        elif kind == 2:
            content = content[:at] + bytes(size) + content[at + size :]
        elif kind == 3:
            content = content[:at] + content[at + size :]
        elif kind == 4:
            content = content[:at] + content[at : at + size] * 2 + content[at + size :]
        elif kind == 5:
            content = content[:at] + dice.choice(NASTY) + content[at + dice.choice((0, 1, size)) :]
        elif content:
            content = content[:at] + bytes([content[at] ^ (1 << dice.randrange(8))]) + content[at + 1 :]
    return content


def _repacked(content: bytes, dice: random.Random) -> bytes:
    packed = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
        names = old.namelist()
        spoilt = dice.choice(names)
        for name in names:
            new.writestr(name, changed(old.read(name), dice) if name == spoilt else old.read(name))
    return packed.getvalue()


def answer(read: Callable[[Path], Any], path: Path) -> str:
    """``read``, ``told``, ``unnamed`` or ``unforeseen``."""
    try:
        read(path)
    except TesomaError as error:
        # Of a workspace file, which the person names or is told of before, the keys are named.
        return "told" if path.name in str(error) or (path.suffix == ".toml" and error.faults) else "unnamed"
    except Exception:  # noqa: BLE001 - what is looked for
        return "unforeseen"
    return "read"


def fuzz(name: str, seconds: float) -> dict[str, Any]:
    """Go on with the cases of a reader for so long."""
    suffix, whole, read = READERS[name]
    STATE.mkdir(parents=True, exist_ok=True)
    state_file, content = STATE / f"{name}.json", whole()
    state = (
        json.loads(state_file.read_text()) if state_file.exists() else {"next": 0, "under_way": None, "slowest_s": 0.0}
    )
    if state["under_way"] is not None:  # the process ended during it
        state["died"] = state.get("died", 0) + 1
        state["next"] = state["under_way"] + 1
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        number = state["next"]
        state["under_way"] = number
        state_file.write_text(json.dumps(state))
        path = STATE / f"{name}-case{suffix}"
        path.write_bytes(changed(content, random.Random(f"{name}:{number}")))
        begun = time.monotonic()
        told = answer(read, path)
        state["slowest_s"] = max(state["slowest_s"], round(time.monotonic() - begun, 1))
        state[told] = state.get(told, 0) + 1
        if told in ("unnamed", "unforeseen"):
            path.rename(STATE / f"{name}-{told}-{number}{suffix}")
        state |= {"next": number + 1, "under_way": None}
    state_file.write_text(json.dumps(state))
    return state


if __name__ == "__main__":
    print(sys.argv[1], json.dumps(fuzz(sys.argv[1], float(sys.argv[2]))))
