"""Exact counts for moderators."""

from made_annotations import said

from tesoma_geo.annotations.pseudonyms import Key
from tesoma_geo.annotations.summary import summary
from tesoma_geo.annotations.survey import unmoderated


def test_everything_is_counted_once():
    annotations, respondents = unmoderated([said(10)], Key(bytes(32)))
    flags = [("far",), *[()] * (len(annotations) - 1)]
    counts = summary(annotations, respondents, flags)
    assert (counts["annotations"], counts["respondents"], counts["by_state"]) == (20, 10, {"pending": 20})
    assert sum(counts["by_kind"].values()) == 20
    assert sum(counts["by_theme"].values()) == counts["by_kind"]["place"]
    assert counts["by_flag"] == {"far": 1}
