"""The page of a scenario: there when there is one, in every language, true to the figures, safe."""

from pathlib import Path

from tesoma_geo.render.pages.write import write_single, write_site
from tesoma_geo.render.text.catalogue import catalogue
from tesoma_geo.scenarios.compare import Comparison
from tesoma_geo.workspace import LANGUAGES
from tests.figure_marks import leading_nowhere, unmarked


def test_the_page_is_there_when_there_is_a_comparison(comparison: Comparison, tmp_path: Path) -> None:
    write_site(comparison.before, tmp_path / "with", comparison=comparison, stills=False)
    write_site(comparison.before, tmp_path / "without", stills=False)
    for language in LANGUAGES:
        name = f"scenarios-{language}.html"
        page = (tmp_path / "with" / name).read_text("utf-8")
        assert page.count('class="map-swipe"') == 1
        # The map comes before everything but the headline; each sign of the plan is in its legend; ages, sources.
        assert page.index('class="map-frame planned"') < page.index('class="made-up"')
        looks = ("plan-ringed", "plan-closed", "plan-spot")  # a short new link is a dot in a ring, as on the map
        assert [page.count(f'class="{look}"') for look in looks] == [1, 1, 2]
        # Between how many they are, and what that rests on.
        assert '<span class="sure">' in page
        assert catalogue(language)("scenario.sure_how", runs="100") in page
        assert "0–6" in page
        assert ">0-6<" not in page
        assert "CC0 1.0: " in page[page.index('class="sources"') :]
        assert f'href="{name}"' in (tmp_path / "with" / f"method-{language}.html").read_text("utf-8")
        assert not (tmp_path / "without" / name).exists()
        assert name not in (tmp_path / "without" / f"method-{language}.html").read_text("utf-8")


def test_names_of_the_scenario_stay_text(comparison: Comparison, tmp_path: Path) -> None:
    write_site(comparison.before, tmp_path / "site", comparison=comparison, stills=False)
    write_single(comparison.before, tmp_path / "single.html", comparison=comparison)
    page = (tmp_path / "site" / "scenarios-en.html").read_text("utf-8")
    assert "&lt;img src=x onerror=&#34;alert(1)&#34;&gt;" in page
    written = [path for path in tmp_path.rglob("*") if path.suffix in (".html", ".js") and "vendor" not in path.parts]
    assert [path.name for path in written if "<img src=x" in path.read_text("utf-8")] == []


def test_alone_it_says_at_its_foot_where_its_figures_come_from(comparison: Comparison, tmp_path: Path) -> None:
    write_site(comparison.before, tmp_path, comparison=comparison, stills=False, alone="scenarios")
    for language in LANGUAGES:
        page = (tmp_path / f"scenarios-{language}.html").read_text("utf-8")
        assert page.count('class="from" href="#from"') > 3
        assert unmarked(page) == leading_nowhere(page) == []
        foot = page[page.index('id="from"') :]
        assert "tesoma-geo scenario scenario.toml" in foot
        assert "comparison.json: answers, sure, costs" in foot
        assert "comparison.json: profiles › by_area" in foot
