"""The gate: what it lets through, and what it refuses at the last look. The properties test attacks it."""

import geopandas as gpd
import pandas as pd
import pytest
from made_annotations import CORNER, CRS, said
from shapely import box

from tesoma_geo.annotations.privacy import ALLOWED, NEVER, publication
from tesoma_geo.annotations.pseudonyms import Key
from tesoma_geo.annotations.survey import unmoderated
from tesoma_geo.workspace.annotations import Publish

KEY = Key(b"k" * 32)
NOTHING = pd.DataFrame(columns=["annotation_id", "topic", "part", "fingerprint"])


def published(areas=None, **state):
    annotations, respondents = unmoderated([said(30)], KEY)
    return publication(annotations.assign(**state), respondents, NOTHING, {}, key=KEY, settings=Publish(), areas=areas)


def test_pending_annotations_are_numbers_alone():
    done = published()
    assert set(done.features["type"]) == {"cell"}
    assert done.features["text"].isna().all()
    assert done.tables["quotes"] == []
    assert done.features.crs == "EPSG:4326"


def test_hidden_and_private_ones_are_in_no_number():
    assert published(state="hidden").features.empty
    assert published(private=True).features.empty


def test_shown_ones_have_the_columns_that_are_allowed():
    done = published(state="approved", shown=True)
    shown = done.features[done.features["type"] == "shown"]
    assert len(shown) > 0
    filled = {name for name in shown.columns if shown[name].notna().any()}
    assert filled <= {*ALLOWED["shown"], "geometry"}
    assert not filled & set(NEVER)


def test_areas_are_counted_and_patterns_found_where_areas_are_given():
    pytest.importorskip("sklearn")
    square = box(*CORNER, CORNER[0] + 2000, CORNER[1] + 2000)
    areas = gpd.GeoDataFrame({"code": ["1"]}, geometry=[square], crs=CRS)
    done = published(areas)
    assert sum(row["respondents"] for row in done.tables["areas"]) == 30
    assert "findings" in done.tables
    assert "findings" not in published().tables


def test_a_text_with_personal_data_does_not_pass_the_last_look(monkeypatch):
    monkeypatch.setattr("tesoma_geo.annotations.released_points.text_flags", lambda text: ())
    monkeypatch.setattr("tesoma_geo.annotations.privacy.text_flags", lambda text: ("phone",))
    with pytest.raises(AssertionError, match="personal data"):
        published(state="approved", shown=True)


def test_the_audit_tells_counts_in_steps_of_k():
    held_back = published().audit()["held_back"]
    assert held_back["texts and points not approved by a moderator"] == "60 or more"
