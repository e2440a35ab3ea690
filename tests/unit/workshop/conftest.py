"""A store of its own for each test, and what a phone sends."""

import itertools
import secrets
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tesoma_geo.annotations.geopackage import GeoPackage
from tesoma_geo.annotations.pseudonyms import Key
from tesoma_geo.annotations.store import Store
from tesoma_geo.workshop.phone_store import SentAnnotation
from tesoma_geo.workshop.posts import Post

CRS = "EPSG:3067"
SOURCE = "workshop-spring"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    database = GeoPackage.open(tmp_path / "annotations.gpkg", CRS)
    with database.transaction():
        database.create(CRS)
    yield Store(database, Key(bytes(range(32))), CRS)
    database.close()


@pytest.fixture
def device() -> Callable[[], str]:
    """Keys of phones, each another."""
    return lambda: secrets.token_hex(16)


@pytest.fixture
def entry() -> Callable[..., SentAnnotation]:
    """An annotation as a phone sends it."""
    numbers = itertools.count(1)

    def made(of: str, round_name: str = "day 1", **content: Any) -> SentAnnotation:
        whole = {"id": f"{next(numbers):032x}", "kind": "idea", "shape": "point", "places": [[23.6275, 61.5052]]}
        post = Post.model_validate(whole | content)
        return SentAnnotation(SOURCE, of, round_name, post, post.geometry(CRS))

    return made
