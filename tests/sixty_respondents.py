"""A store of sixty respondents."""

from pathlib import Path

import pytest
from made_annotations import said

from tesoma_geo.annotations.pseudonyms import Key
from tests.stores import opened


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "annotations.gpkg"
    Key.read_or_create(path.with_suffix(".key"))
    store = opened(path)
    store.import_reading(said(60), "me")
    store.database.close()
    return path
