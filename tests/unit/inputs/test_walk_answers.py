"""What a walk found stands in the tags of the streets."""

import pandas as pd

from tesoma_geo.inputs.walk_answers import answered

WAYS = pd.DataFrame({"osm_id": [1, 2, 2, 3], "highway": "footway", "surface": ["gravel", None, None, None]})


def answers(*rows):
    return pd.DataFrame(rows, columns=["element", "osm_id", "tag", "value"])


def test_every_part_of_a_way_gets_its_answer_and_others_stay():
    ways, left_out, changed = answered(WAYS, answers(("way", 2, "surface", "sett"), ("way", 3, "smoothness", "bad")))
    assert ways["surface"].fillna("").tolist() == ["gravel", "sett", "sett", ""]
    assert ways["smoothness"].fillna("").tolist() == ["", "", "", "bad"]
    assert (left_out, changed) == ([], 0)
    assert "smoothness" not in WAYS


def test_what_the_map_told_otherwise_is_counted_and_the_walk_is_taken():
    ways, _, changed = answered(WAYS, answers(("way", 1, "surface", "asphalt"), ("way", 2, "surface", "sett")))
    assert ways["surface"].iloc[0] == "asphalt"
    assert changed == 1


def test_answers_about_what_is_not_there_are_counted():
    ways, left_out, _ = answered(WAYS, answers(("way", 9, "surface", "sett"), ("node", 1, "kerb", "raised")))
    pd.testing.assert_frame_equal(ways, WAYS)
    assert [(one.count, one.examples) for one in left_out] == [(2, ("way/9", "node/1"))]
