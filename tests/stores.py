"""Stores of made-up annotations on disk."""

from pathlib import Path

from made_annotations import CRS

from tesoma_geo.annotations.geopackage import GeoPackage
from tesoma_geo.annotations.pseudonyms import Key
from tesoma_geo.annotations.store import Store


def opened(path: Path) -> Store:
    return Store(GeoPackage.open(path, CRS), Key.read(path.with_suffix(".key")), CRS)


def texts(path: Path) -> list[str]:
    store = opened(path)
    try:
        return store.annotations()["text"].tolist()
    finally:
        store.database.close()
