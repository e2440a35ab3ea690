"""Exact counts for moderators."""

from made_annotations import said

from tesoma_geo.annotations.pseudonyms import Key
from tesoma_geo.annotations.summary import summaries_by_round, summary
from tesoma_geo.annotations.survey import unmoderated


def test_everything_is_counted_once():
    annotations, respondents = unmoderated([said(10)], Key(bytes(32)))
    flags = [("far",), *[()] * (len(annotations) - 1)]
    counts = summary(annotations, respondents, flags)
    assert (counts["annotations"], counts["respondents"], counts["by_state"]) == (20, 10, {"pending": 20})
    assert sum(counts["by_kind"].values()) == 20
    assert sum(counts["by_theme"].values()) == counts["by_kind"]["place"]
    assert counts["by_flag"] == {"far": 1}


def test_rounds_are_counted_by_themselves():
    annotations, respondents = unmoderated([said(10)], Key(bytes(32)))
    annotations["round"] = ["day 2"] * 5 + ["day 1"] * (len(annotations) - 5)
    rounds = summaries_by_round(annotations, respondents, [()] * len(annotations))
    assert list(rounds) == ["day 1", "day 2"]
    assert rounds["day 2"]["annotations"] == 5
    assert rounds["day 2"]["respondents"] == annotations["respondent"].iloc[:5].nunique()
    assert sum(counts["annotations"] for counts in rounds.values()) == len(annotations)
