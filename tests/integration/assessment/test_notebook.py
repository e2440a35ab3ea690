"""An assessment in a notebook: short, small, drawn, and harmless whatever a hub is called."""

from types import SimpleNamespace
from xml.etree import ElementTree

import numpy as np
import pytest

from tesoma_geo.assessment.notebook import assessment_html, homes_by_minutes
from tesoma_geo.errors import InputError


def test_it_is_one_line(sample_assessment):
    line = repr(sample_assessment)
    assert len(line) < 250
    assert line.startswith("<Assessment: Länsikeskus")
    assert f"{sample_assessment.summary['population_total']:,} residents" in line


def test_its_figures_and_its_map_are_small(sample_assessment):
    shown = sample_assessment._repr_html_()
    assert len(shown) < 100_000
    svg = ElementTree.fromstring(shown[shown.index("<svg") :])
    assert len(svg.findall("path")) == len(sample_assessment.isochrones["walk"]) + 2
    assert svg.findall("circle")
    walk = sample_assessment.summary["profiles"]["walk"]
    assert f"<td>{walk['median_min']:.1f}</td>" in shown
    assert all(f"<td>{people:,}</td>" in shown for people in walk["population_within"].values())


def test_a_name_is_text(sample_assessment):
    summary = {**sample_assessment.summary, "hub": {"name": {"fi": "<script>alert(1)</script>"}}}
    made = SimpleNamespace(
        summary=summary, origins=sample_assessment.origins, isochrones=sample_assessment.isochrones,
        district=sample_assessment.district, hub=sample_assessment.hub,
    )  # fmt: skip
    assert "<script>" not in assessment_html(made)
    assert "&lt;script&gt;" in assessment_html(made)


def test_homes_have_their_minutes(sample_assessment):
    homes = homes_by_minutes(sample_assessment, "bicycle")
    seconds = sample_assessment.origins["bicycle_to_hub_s"].to_numpy()
    reached = np.isfinite(seconds)
    assert homes["minutes"].to_numpy()[reached] == pytest.approx(seconds[reached] / 60, abs=0.051)
    assert homes["minutes"].isna().to_numpy().tolist() == (~reached).tolist()
    with pytest.raises(InputError, match="'rocket' was not assessed"):
        sample_assessment.plot("rocket")


def test_it_is_drawn(sample_assessment):
    axes = sample_assessment.plot("walk", markersize=4)
    drawn = axes.figure
    assert len(axes.collections) >= 3
    drawn.canvas.draw()
    picture = np.asarray(drawn.canvas.buffer_rgba())
    assert len(np.unique(picture.reshape(-1, 4), axis=0)) > 50
    page = sample_assessment.explore("walk", tiles=None).get_root().render()
    assert page.count('"minutes"') >= len(sample_assessment.origins)
    sample_assessment.isochrones["walk"].explore(tiles=None)
    assert sample_assessment.isochrones["walk"].plot().collections


def test_its_study_of_streets_is_a_line(sample_assessment):
    assert f"{len(sample_assessment.origins):,} origins" in repr(sample_assessment.street_analysis)
    assert len(repr(sample_assessment.street_analysis)) < 250
