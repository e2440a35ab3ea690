"""The page of the voices tells the figures of the results, with everything translated."""

from dataclasses import replace

import pytest

import tesoma_geo as tg
from tesoma_geo.annotations.privacy import Publication
from tesoma_geo.inputs.publication import published
from tesoma_geo.render.pages.annotations import lived_glance
from tesoma_geo.render.pages.site_context import SiteContext
from tesoma_geo.render.sections.registry import annotation_sections
from tesoma_geo.render.sections.section import PageSection
from tesoma_geo.render.text.catalogue import catalogue
from tesoma_geo.render.text.terms import kind_name, topic_name
from tesoma_geo.sources.annotations.labels import THEMES
from tesoma_geo.sources.annotations.schema import KINDS
from tesoma_geo.workspace import LANGUAGES


@pytest.fixture(scope="module")
def publication(assessment: tg.Assessment) -> Publication:
    public = published(assessment.inputs, who="tests")
    assert public is not None
    return public


@pytest.fixture(scope="module")
def sections(assessment: tg.Assessment, publication: Publication) -> dict[str, PageSection]:
    told = annotation_sections(assessment, publication, catalogue("en"))
    return {section.key: section for section in told}


def test_every_subject_has_its_section(sections: dict[str, PageSection]) -> None:
    assert list(sections) == ["lived", "barriers", "sensitivity", "crowds", "drawn", "respondents"]


def test_lived_figures_are_those_of_the_summary_and_stand_beside_the_mapped(
    assessment: tg.Assessment, sections: dict[str, PageSection]
) -> None:
    figures = assessment.summary["experience"]["profiles"]
    for row, (profile, lived) in zip(sections["lived"].tables[0].rows, figures.items(), strict=True):
        mapped, median, affected, added, together = (value.plain for value in row.values[1:])
        assert mapped == assessment.summary["profiles"][profile]["median_min"]
        assert (median, affected, added) == (lived["median_min"], lived["affected_population"], lived["mean_added_min"])
        assert together == round(lived["resident_min"])
    assert "complement the times on the map" in " ".join(sections["lived"].sentences)


def test_barriers_are_ranked_name_their_street_and_are_of_k_or_more(
    assessment: tg.Assessment, publication: Publication, sections: dict[str, PageSection]
) -> None:
    assert assessment.lived is not None
    (table,) = sections["barriers"].tables
    assert len(table.rows) == len(assessment.lived.barriers)
    assert all(isinstance(row.values[2].plain, int) and row.values[2].plain >= publication.k for row in table.rows)
    assert table.placed
    named = [row.values[0].shown for row in table.rows]
    barriers = assessment.lived.barriers
    streets = barriers["streets"][barriers["level"] == "stretch"]
    assert [name for name in streets if name]
    assert set(filter(None, streets)) <= set(named)
    wide = barriers["level"].isin(["area", "district"]).tolist()
    assert wide == sorted(wide)  # places on streets come first
    assert all(
        (", various places" in name or ", exact place not given" in name) == is_wide
        for name, is_wide in zip(named, wide, strict=True)
    )
    assert [name for name in named if name.startswith("near ")]
    assert named[0] in sections["barriers"].short


def test_what_is_assumed_is_called_so_with_its_source(sections: dict[str, PageSection]) -> None:
    section = sections["sensitivity"]
    assert [table.key for table in section.tables] == ["sensitivity", "assumptions"]
    assert section.notes is not None
    assert any("Fossum" in line.text for line in section.notes.lines)
    assert any("assumption" in line.text for line in section.notes.lines)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_source_of_the_assumptions_is_translated(
    assessment: tg.Assessment, publication: Publication, language: str
) -> None:
    told = annotation_sections(assessment, publication, catalogue(language))
    notes = next(section.notes for section in told if section.key == "sensitivity")
    assert {line.language for line in notes.lines} == {language}


def test_effects_scale_with_the_assumptions(assessment: tg.Assessment, sections: dict[str, PageSection]) -> None:
    for row in sections["sensitivity"].tables[0].rows:
        weak, middle, strong = (value.plain for value in row.values[1::2])
        assert weak <= middle <= strong


def test_without_barriers_of_k_respondents_nothing_is_counted(
    assessment: tg.Assessment, publication: Publication
) -> None:
    assert assessment.lived is not None
    none = replace(assessment, lived=replace(assessment.lived, barriers=assessment.lived.barriers.iloc[:0]))
    (glance,) = lived_glance(SiteContext(none, (), "en", publication))
    assert glance.short.startswith("No difficult place")
    assert lived_glance(SiteContext(replace(assessment, lived=None), (), "en", publication)) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_topics_and_kinds_are_never_raw_keys(assessment: tg.Assessment, language: str) -> None:
    text, workspace = catalogue(language), assessment.workspace
    costs = assessment.summary["experience"]["assumptions"]["costs"]
    for topic in (*THEMES, *costs, "other", "unspecified"):
        assert text.knows(f"topic.{topic}"), topic
    assert topic_name(text, workspace, "") == kind_name(text, "") == text("topic.pooled")
    for kind in KINDS:
        assert kind_name(text, kind) != kind
    own = workspace.model_copy(update={"themes": {"Kulttuuri ja taide": "culture_arts"}})
    assert topic_name(text, own, "culture_arts") == "Kulttuuri ja taide"
    assert topic_name(text, workspace, "noise_at_night") == "Noise at night"
