"""A paper map says what to do, who asks and where it goes back to; letters are to be read, choices to be ticked."""

import re

import geopandas as gpd
import pytest
from shapely import LineString, Point, box

from tesoma_geo.annotations.paper import form_languages, write_paper_map
from tesoma_geo.annotations.paper_drawing import PaperMapLayers
from tesoma_geo.annotations.paper_words import FORM_WORDS
from tesoma_geo.sources.annotations.schema import KINDS, ROLES
from tesoma_geo.workspace.sections import Site


@pytest.mark.parametrize(
    ("languages", "forms"),
    [
        (("fi", "sv", "en"), ("fi", "sv", "en")),
        (("en", "fi"), ("en", "fi")),
        (("se", "sv"), ("sv",)),
        (("se",), ("en",)),
    ],
)
def test_there_is_always_a_form(languages, forms):
    assert form_languages(languages) == forms


def printed(folder, languages=("fi", "sv"), **site):
    ground = PaperMapLayers(
        gpd.GeoDataFrame({"name": ["North & Co"]}, geometry=[box(0, 0, 4000, 2000)], crs=3067),
        gpd.GeoDataFrame({"name": ["Katu"], "highway": "residential"},
                         geometry=[LineString([(500, 500), (3500, 500)])], crs=3067),
        gpd.GeoDataFrame(geometry=[], crs=3067), gpd.GeoDataFrame(geometry=[Point(2000, 900)], crs=3067), "Tori",
    )  # fmt: skip
    write_paper_map(folder, ground, "Kylä", languages, "Somebody", Site(**site))
    return (folder / "paper_map.html").read_text(encoding="utf-8")


def test_the_side_with_the_map_says_what_to_do_in_every_language_and_names_its_signs(tmp_path):
    page = printed(tmp_path)
    front = page[: page.index('<section lang="fi">')]
    assert all(FORM_WORDS[language].title in front for language in ("fi", "sv"))
    assert all(FORM_WORDS[language].numbered in front for language in ("fi", "sv"))
    # Whoever has the two apart puts them together by their number.
    assert [page.count(f"<p>{FORM_WORDS[language].form} <span") for language in ("fi", "sv")] == [2, 1]
    legend = front[front.index('<ul class="legend">') :]
    assert all(sign in legend for sign in ("Tori", "Alueen raja / Områdets gräns", "Pääkatu", "Vesi / Vatten"))


def test_each_side_tells_who_asks_and_where_it_goes_back_to_or_has_room_for_it(tmp_path):
    told = printed(tmp_path, contact="ask@city.example", authority={"fi": "Kylän <toimisto>", "sv": "Byns kontor"})
    assert told.count("Kysyy: <strong>Kylän &lt;toimisto&gt;</strong>") == 2
    assert told.count("Frågar: <strong>Byns kontor</strong>") == 1
    assert told.count("<strong>ask@city.example</strong>") == 3
    assert printed(tmp_path).count('Palauta: <span class="write"></span>') == 2


def test_the_last_sheet_tells_in_which_squares_of_the_map_each_street_is(tmp_path):
    page = printed(tmp_path)
    assert page.rindex('<section class="index">') > page.rindex('<section lang="sv">')
    assert "<h1>Kadut / Gator</h1>" in page
    assert re.search(r"<span>Katu</span> <b>[A-J]\d–[A-J]\d</b>", page)
    assert all(f">{name}</text>" in page for name in "AJ16")  # the squares are on the map


def test_what_is_chosen_is_ticked(tmp_path):
    page = printed(tmp_path, ("en",))
    assert page.count('<span class="tick">missing link</span>') == page.count('<span class="tick">5</span>') == 10
    assert page.count('<span class="tick">65 or over</span>') == 1
    assert len(FORM_WORDS["en"].kinds) == len(KINDS)
    assert len(FORM_WORDS["en"].roles) == len(ROLES)


def test_letters_are_nine_points_high_or_more_and_names_on_the_map_seven(tmp_path):
    page = printed(tmp_path)
    styled = [float(size) for size in re.findall(r"(?:font|font-size): ([\d.]+)pt", page)]
    assert min(styled) >= 9
    assert len(styled) >= 3
    names = [float(size) * 72 / 25.4 for size in re.findall(r'font-size="([\d.]+)"[^>]*>[A-Z]', page)]
    assert len(names) >= 2
    assert min(names) >= 7
