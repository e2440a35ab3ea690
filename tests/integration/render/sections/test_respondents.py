"""Who answered stands beside who lives there."""

from dataclasses import replace

import pytest

import tesoma_geo as tg
from tesoma_geo.annotations.privacy import Publication
from tesoma_geo.inputs.publication import published
from tesoma_geo.render.sections.registry import annotation_sections
from tesoma_geo.render.sections.respondents import who_and_when
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


def test_below_a_headline_stands_how_many_answered_and_when_they_were_asked(
    assessment: tg.Assessment, publication: Publication
) -> None:
    text = catalogue("en")
    everybody = sum(row["respondents"] for row in publication.tables["age_groups"])
    untold = who_and_when(assessment, publication, text)
    assert untold == f"{everybody} people answered. The date of the survey is not stated."
    survey = assessment.workspace.annotations[0]
    surveys = tuple(survey.model_copy(update={"as_of": day}) for day in ("2025-08-17/2025-08-20", "2025-09"))
    dated = assessment.workspace.model_copy(update={"annotations": surveys})
    told = who_and_when(replace(assessment, inputs=replace(assessment.inputs, workspace=dated)), publication, text)
    assert told.endswith("Date of the survey: 17\u00a0August 2025–20\u00a0August 2025, September 2025.")


LEAST = "Clearly fewer answers than expected from the number of residents came from these age groups: {}."
NONE_LEAST = "No age group gave clearly fewer answers than expected from its number of residents."
MOST = "Clearly more answers than expected from the number of residents came from these age groups: {}."
CHANCE = "The ages of respondents and residents differ more than chance explains."


@pytest.mark.parametrize(
    ("respondents", "told"),
    [
        ((12, 15, 15, 8), (NONE_LEAST, MOST.format("18–29"), CHANCE)),
        ((44, 27, 86, 43), (NONE_LEAST,)),
        ((44, 27, 20, 43), (LEAST.format("30–64"), MOST.format("65+"), CHANCE)),
    ],
)
def test_what_is_told_of_ages_agrees_with_itself(
    assessment: tg.Assessment, publication: Publication, respondents: tuple[int, ...], told: tuple[str, ...]
) -> None:
    groups = zip(("0-17", "18-29", "30-64", "65-"), respondents, strict=True)
    ages = [{"group": group, "respondents": counted} for group, counted in groups]
    answered = replace(publication, tables={**publication.tables, "age_groups": ages})
    sections = {part.key: part for part in annotation_sections(assessment, answered, catalogue("en"))}
    assert sections["respondents"].sentences == told
