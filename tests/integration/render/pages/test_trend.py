"""The page of the years: names stay text, every cause has a word, and what never comes is left out."""

from tesoma_geo.follow_up.states import CAUSES
from tesoma_geo.render.pages.trend import _map_lines, _told_by_headline, write_trend_pages
from tesoma_geo.render.text.catalogue import catalogue
from tests.figure_marks import leading_nowhere, unmarked
from tests.trend_figures import HOSTILE, figures


def test_texts_stay_texts_in_every_language(tmp_path):
    write_trend_pages(figures(), tmp_path)
    for language in ("fi", "sv", "en"):
        page = (tmp_path / f"trend-{language}.html").read_text(encoding="utf-8")
        assert HOSTILE not in page
        assert "&lt;img src=x" in page
        for cause in CAUSES:
            assert catalogue(language)(f"trend.cause.{cause}") in page


def test_answers_are_told(tmp_path):
    told = figures()
    themes = {"date": "2026-01-01", "values": {}, "themes": {"youth": 6}}
    barrier = {"category": "dark", "streets": HOSTILE, "level": "street", "respondents": 5, "change": "new"}
    step = {"since": "2026-01-01", "until": "2027-01-01", "open": 1, "mended": 0, "no_longer_told": 0, "new": 1}
    told |= {"voices": [themes], "barriers": [{**step, "changed": [barrier]}]}
    write_trend_pages(told, tmp_path)
    page = (tmp_path / "trend-en.html").read_text(encoding="utf-8")
    assert "Things to do for young people" in page
    assert unmarked(page) == leading_nowhere(page) == []
    assert "trend.json: steps › indicators" in page
    assert HOSTILE not in page


def test_days_sources_and_brackets_are_told_where_there_are_any(tmp_path):
    told = figures()
    write_trend_pages(told, tmp_path)
    page = (tmp_path / "trend-en.html").read_text(encoding="utf-8")
    assert "1\u00a0January 2026, 1\u00a0January 2027" in page
    assert "brackets" not in page
    assert ", percentage points</caption>" in page
    told["district"] = {"en": "Hill & Dale"}
    told["sources"] = [{"layer": "population.cells", "licence": "A licence", "as_of": "2020"}]
    told["steps"][0]["indicators"]["walk_within_15_min_share"] |= {"low": -0.02, "high": 0.21}
    write_trend_pages(told, tmp_path)
    page = (tmp_path / "trend-en.html").read_text(encoding="utf-8")
    assert page.count("range in brackets") == 1  # under the one table that has some
    assert '<p class="place">Hill &amp; Dale</p>' in page
    foot = page[page.index("<footer>") :]
    assert "A licence: Residents 2020" in foot
    assert 'href="trend.csv"' in foot


def test_what_the_headline_tells_of_the_map_is_not_listed_again():
    told = figures()
    (step,) = told["steps"]
    new = {"object": "node/1", "kind": "library", "change": "added", "tags": "", "length_m": None, "because": ""}
    step["map"].append({**new, "verdict": "unknown"})
    share = {"before": 0.5, "after": 0.9, "change": 0.4, "parts": {}, "software": 0.0, "low": None, "high": None}
    for run, near in zip(told["runs"], (50.0, 90.0), strict=True):
        run["rerun"] = {**run["rerun"], "walk_library_within_15_min": near}
    step["indicators"] = {**step["indicators"], "walk_library_within_15_min_share": share}
    assert _told_by_headline(told) == "library"
    english = catalogue("en")
    all_lines = _map_lines(step, english, "")
    assert len(all_lines) == 4
    assert _map_lines(step, english, "library") == [line for line in all_lines if english("kind.library") not in line]
    # Where the map has not only more of the kind, the headline does not tell it.
    step["map"].append({**new, "verdict": "correction"})
    assert _told_by_headline(told) == ""
