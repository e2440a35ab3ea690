"""Who answered stands beside who lives there."""

from dataclasses import replace

import pytest

import tesoma_geo as tg
from tesoma_geo.annotations.privacy import Publication
from tesoma_geo.inputs.publication import published
from tesoma_geo.render.sections.registry import annotation_sections
from tesoma_geo.render.sections.section import PageSection
from tesoma_geo.render.text.catalogue import catalogue


@pytest.fixture(scope="module")
def publication(assessment: tg.Assessment) -> Publication:
    public = published(assessment.inputs, who="tests")
    assert public is not None
    return public


@pytest.fixture(scope="module")
def sections(assessment: tg.Assessment, publication: Publication) -> dict[str, PageSection]:
    return {section.key: section for section in annotation_sections(assessment, publication, catalogue("en"))}


@pytest.fixture(scope="module")
def with_areas(assessment: tg.Assessment, publication: Publication) -> dict[str, PageSection]:
    """The sections of a store whose cohort closed when respondents were still counted by area."""
    areas = [{"group": "900101", "respondents": 36}, {"group": "900102", "respondents": 7}]
    older = replace(publication, tables={**publication.tables, "areas": areas})
    return {section.key: section for section in annotation_sections(assessment, older, catalogue("en"))}


def test_exact_figures_have_no_table_of_areas(sections: dict[str, PageSection]) -> None:
    tables = sections["respondents"].tables
    assert [table.key for table in tables] == ["age_groups_of_respondents", "roles_of_respondents"]


def test_respondents_stand_beside_residents_by_age_and_in_older_cohorts_by_area(
    publication: Publication, with_areas: dict[str, PageSection]
) -> None:
    ages, areas, roles = with_areas["respondents"].tables
    assert [table.key for table in (ages, areas, roles)] == [
        f"{name}s_of_respondents" for name in ("age_group", "area", "role")
    ]
    shares = [value for row in ages.rows if isinstance(value := row.values[2].plain, float)]
    assert sum(shares) == pytest.approx(1, abs=0.01)
    for table in (ages, areas):
        for row in table.rows:
            counted = row.values[1].plain
            assert counted == "" or (isinstance(counted, float) and counted >= publication.k)


def test_an_area_of_fewer_than_k_has_no_number(with_areas: dict[str, PageSection]) -> None:
    areas = with_areas["respondents"].tables[1]
    few = [row for row in areas.rows if row.values[1].plain == ""]
    assert few
    assert {row.values[1].shown for row in few} == {"fewer than 5"}
    assert {value.shown for row in few for value in row.values[4:]} == {"–"}


def test_without_residents_ages_the_page_says_so(assessment: tg.Assessment, publication: Publication) -> None:
    ages = [name for name in assessment.origins.columns if name.startswith("age_")]
    bare = replace(assessment, origins=assessment.origins.drop(columns=ages))
    told = {part.key: part for part in annotation_sections(bare, publication, catalogue("en"))}
    assert "Residents’ ages are not in the data" in told["respondents"].sentences[0]
    assert told["respondents"].charts == ()
