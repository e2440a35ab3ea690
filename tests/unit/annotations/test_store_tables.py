"""What a store holds as tables: which rows are asked for, and the types of their columns."""

import pytest
from made_annotations import CRS, said

from tesoma_geo.annotations.geopackage import GeoPackage
from tesoma_geo.annotations.pseudonyms import Key
from tesoma_geo.annotations.store import Store
from tesoma_geo.annotations.store_tables import annotation_rows, annotation_table


@pytest.fixture
def store(tmp_path):
    return Store(GeoPackage.open(tmp_path / "annotations.gpkg", CRS), Key(b"k" * 32), CRS)


def test_rows_are_those_that_are_asked_for_in_order_of_their_ids(store):
    store.import_reading(said(300), "me")
    everything = annotation_rows(store.database, None, None)
    names = [row[0] for row in everything]
    assert names == sorted(names)
    # More than one statement takes, twice and backwards, and some that are not there.
    asked = [*names[:550], *names[549::-1], "nobody's"]
    assert annotation_rows(store.database, None, asked) == everything[:550]
    assert annotation_rows(store.database, None, []) == []
    (source,) = set(store.annotations()["source"])
    assert annotation_rows(store.database, source, names[:3]) == everything[:3]
    assert annotation_rows(store.database, "another", names[:3]) == []


def test_columns_have_the_same_types_with_and_without_rows(store):
    def table(rows):
        return annotation_table(store.database, store.key, CRS, None, rows)

    empty = table(annotation_rows(store.database, None, None))
    store.import_reading(said(2), "me")
    some = table(annotation_rows(store.database, None, None))
    assert len(empty) == 0
    assert len(some) > 0
    assert empty.dtypes.to_dict() == some.dtypes.to_dict()
    assert str(some["severity"].dtype) == "Int8"
    assert some["private"].dtype == bool
