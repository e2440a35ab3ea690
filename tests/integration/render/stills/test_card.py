"""The picture of a link: one number, large, all of its sentence, and nothing over the map."""

from itertools import combinations

import numpy as np
import pytest
from matplotlib.colors import to_hex

import tesoma_geo as tg
from tesoma_geo.render.figures import headline, hub_cards
from tesoma_geo.render.stills import card
from tesoma_geo.render.stills.basemap import band_looks, palette
from tesoma_geo.render.stills.card import NUMBER_PT, WORDS, drawing
from tesoma_geo.render.stills.picture import Picture
from tesoma_geo.render.text.catalogue import catalogue
from tesoma_geo.render.text.place_names import hub_name
from tesoma_geo.workspace import Language


@pytest.mark.parametrize(("profile", "language"), [("walk", "fi"), ("transit", "en"), ("wheelchair", "sv")])
def test_one_number_is_large_and_its_sentence_whole(
    assessment: tg.Assessment, profile: str, language: Language
) -> None:
    words = catalogue(language)
    figure = drawing(assessment, profile, words, Picture.of_pixels(1200, 630))
    figure.canvas.draw()
    sizes = sorted(text.get_fontsize() for text in figure.texts)
    assert NUMBER_PT >= sizes[-1] > 3 * sizes[-2]
    number = max(figure.texts, key=lambda text: text.get_fontsize()).get_text()
    reach = next(row for row in headline.reaches(assessment) if row.profile == profile)
    assert number == words.percent(reach.share(reach.within[headline.headline_cutoff(assessment)]))
    said = " ".join(text.get_text() for text in figure.texts)
    assert "…" not in said
    assert number in said.replace(number, "", 1)
    boxes = [text.get_window_extent() for text in figure.texts]
    assert all(box.xmin >= 0 and box.ymin >= 0 and box.xmax <= WORDS * 1200 for box in boxes)
    assert words("made_up.short") in said


def test_beside_a_hundred_per_cent_stands_that_it_is_everybody(assessment: tg.Assessment) -> None:
    figure = drawing(assessment, "car", catalogue("en"), Picture.of_pixels(1200, 630))
    said = " ".join(text.get_text() for text in figure.texts)
    assert "100%" in said
    assert "every resident could get" in said
    assert "half" not in said
    assert catalogue("en")("glance.beside.car") in said


@pytest.mark.parametrize("language", ["fi", "sv", "en", "et", "pt"])
def test_what_must_be_read_can_be_read_on_a_phone(assessment: tg.Assessment, language: Language) -> None:
    """Shown 330 dots wide, as in a message, letters of the sentence are 9 dots high, and those of the legend almost."""
    text = catalogue(language)
    hub = hub_name(assessment.workspace, text)
    for reach in headline.reaches(assessment):
        figure = drawing(assessment, reach.profile, text, Picture.of_pixels(1200, 630))
        told, _ = hub_cards.message(assessment, text, reach, hub)
        if hub_cards.is_sure_of_all(reach, headline.headline_cutoff(assessment)):
            told = hub_cards.headline_sentence(text, reach, hub, headline.headline_cutoff(assessment))
        lines = [one for one in figure.texts if len(one.get_text()) > 3 and one.get_text() in told]
        assert len(lines) > 1
        *labels, name = figure.axes[1].texts
        assert "…" not in name.get_text()
        assert min(one.get_fontsize() for one in lines) * 144 / 72 * 330 / 1200 > 9.0
        assert min(one.get_fontsize() for one in labels) * 144 / 72 * 330 / 1200 > 8.5


def test_many_credits_are_all_there_and_cover_nothing(
    assessment: tg.Assessment, monkeypatch: pytest.MonkeyPatch
) -> None:
    licences = [f"City number {number} of somewhere, CC BY 4.0" for number in range(6)]
    monkeypatch.setattr(card, "credit_lines", lambda *_: licences)
    figure = drawing(assessment, "walk", catalogue("fi"), Picture.of_pixels(1200, 630))
    figure.canvas.draw()
    said = " ".join(text.get_text() for text in figure.texts)
    assert "…" not in said
    assert sum(f"number {number}" in said for number in range(6)) == 6
    boxes = [text.get_window_extent() for text in figure.texts]
    assert not any(one.shrunk(0.98, 0.8).overlaps(other.shrunk(0.98, 0.8)) for one, other in combinations(boxes, 2))


def test_the_map_beside_it_shows_homes_and_no_words(assessment: tg.Assessment) -> None:
    figure = drawing(assessment, "walk", catalogue("en"), Picture.of_pixels(1200, 630))
    axes, strip = figure.axes
    assert [text for text in axes.texts if text.get_text()] == []
    west, south, east, north = assessment.origins.total_bounds
    assert axes.get_xlim()[0] < west < east < axes.get_xlim()[1]
    assert axes.get_ylim()[0] < south < north < axes.get_ylim()[1]
    figure.canvas.draw()
    right = np.asarray(figure.canvas.buffer_rgba())[:, int(WORDS * 1200) :, :3]  # type: ignore[attr-defined]
    assert len(np.unique(right.reshape(-1, 3), axis=0)) > 50
    assert not axes.get_window_extent().shrunk(0.99, 0.99).overlaps(strip.get_window_extent())


@pytest.mark.parametrize("profile", ["walk", "car"])
def test_it_names_the_district_and_a_line_below_the_map_its_colours_and_the_hub(
    assessment: tg.Assessment, profile: str
) -> None:
    text = catalogue("fi")
    figure = drawing(assessment, profile, text, Picture.of_pixels(1200, 630))
    figure.canvas.draw()
    assert text.of(assessment.workspace.district.name) in [one.get_text() for one in figure.texts]
    _, strip = figure.axes
    reach = next(row for row in headline.reaches(assessment) if row.profile == profile)
    cutoffs = assessment.workspace.access.cutoffs_min
    looks = [look for look, count in zip(band_looks(len(cutoffs)), reach.bands, strict=True) if count]
    assert [to_hex(patch.get_facecolor()) for patch in strip.patches] == [palette()[look] for look in looks]
    *labels, hub = [one.get_text() for one in strip.texts]
    assert len(labels) == len(looks)
    assert labels[0].startswith("0–5")
    assert hub.rstrip("…") in hub_name(assessment.workspace, text)
    boxes = [one.get_window_extent() for one in strip.texts]
    assert all(strip.get_window_extent().x0 <= box.x0 and box.x1 <= 1200 for box in boxes)
    assert not any(one.overlaps(other) for one, other in combinations(boxes, 2))
