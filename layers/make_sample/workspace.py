"""The bundled workspace and scenario, moved with the district to another place."""

import re
from pathlib import Path

from pyproj import Transformer

from make_sample import EPSG, PLACE
from make_sample.geometry import Point, lonlat
from make_sample.place import PLACES

_PAIR = re.compile(r"\[(-?\d+\.\d+), (-?\d+\.\d+)\]")
_LON_LAT = re.compile(r"^lon = (-?[\d.]+)\nlat = (-?[\d.]+)$", re.MULTILINE)
_NAMES = re.compile(r"^name = .*$", re.MULTILINE)


def write_workspace(bundled: Path, folder: Path) -> None:
    """Write ``tesoma.toml`` and ``scenario.toml`` into a folder; the country is left for the place to tell."""
    for name in ("tesoma.toml", "scenario.toml"):
        text = _moved((bundled / name).read_text(encoding="utf-8"))
        text = re.sub(r'^crs = "[^"]*".*$', f'crs = "EPSG:{EPSG}"', text, flags=re.MULTILINE)
        if PLACE.letters is not None and name == "tesoma.toml":
            places = iter((PLACE.named("Mallila"), PLACE.named("Länsikeskus")))
            text = _NAMES.sub(lambda _, places=places: f'name = "{next(places)}"', text, count=2)
        (folder / name).write_text(text, encoding="utf-8")


def _moved(text: str) -> str:
    text = _PAIR.sub(lambda at: "[{}, {}]".format(*_place(at[1], at[2])), text)
    return _LON_LAT.sub(lambda at: "lon = {}\nlat = {}".format(*_place(at[1], at[2])), text)


def _place(lon: str, lat: str) -> Point:
    """Where a place of the bundled district lies in this one."""
    own = PLACES["tesoma"]
    east, north = Transformer.from_crs(4326, own.epsg, always_xy=True).transform(float(lon), float(lat))
    return lonlat((east - own.hub_e, north - own.hub_n))
