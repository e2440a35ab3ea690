"""Who answered beside who lives there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from tesoma_geo.annotations.counted_records import UNSPECIFIED
from tesoma_geo.annotations.representativeness import Representativeness, representativeness, residents_by_age
from tesoma_geo.render.sections.annotations import privacy_note
from tesoma_geo.render.sections.charts import Pair, Pairs, share_bar
from tesoma_geo.render.sections.section import PageSection
from tesoma_geo.render.sections.table import (
    NOTHING,
    PageTable,
    TableColumn,
    TableRow,
    TableValue,
    count,
    respondents_in,
    share,
)
from tesoma_geo.render.text.catalogue import Catalogue
from tesoma_geo.render.text.place_names import area_names

if TYPE_CHECKING:
    from tesoma_geo.annotations.privacy import Publication
    from tesoma_geo.assessment.assess import Assessment

#: Below this share of the respondents that residents let expect, an area or a group is little heard.
LITTLE = 0.5
#: Above this share of them, where residents and respondents differ more than chance explains, a group is much heard.
MUCH = 1.5
#: A difference from chance is told from here on.
SIGNIFICANT = 0.05


def respondents(assessment: "Assessment", publication: "Publication", catalogue: Catalogue) -> PageSection | None:
    """Who answered beside who lives there, by age and by area, and where little is heard.

    Parameters
    ----------
    assessment
        What :func:`tesoma_geo.assess` found.
    publication
        What residents said, as the privacy gate let it go.
    catalogue
        The language.

    Returns
    -------
    PageSection or None
        In the language of the page; None where there is nothing to tell.
    """
    tables = publication.tables
    everybody = sum(row["respondents"] for row in tables.get("age_groups", ()))
    if publication.noise is not None:
        return _noisy(assessment, publication, catalogue)
    if not everybody:
        return _total_alone(publication, catalogue)
    ages, areas = _by_age(assessment, publication, catalogue), _by_area(assessment, publication, catalogue)
    sentences = (*ages.sentences, *areas.sentences)
    roles = _groups(catalogue, "role", tables.get("roles", ()))
    short = catalogue("respondents.short", n=catalogue.number(everybody))
    return PageSection(
        "respondents", catalogue("respondents.title"), short, sentences,
        charts=ages.charts, tables=(*ages.tables, *areas.tables, roles),
    )  # fmt: skip


def who_and_when(assessment: "Assessment", publication: "Publication", catalogue: Catalogue) -> str:
    """How many answered and when they were asked, for the line below a headline of answers.

    Parameters
    ----------
    assessment
        What :func:`tesoma_geo.assess` found.
    publication
        What residents said, as the privacy gate let it go.
    catalogue
        The language.

    Returns
    -------
    str
        In the language of the page; that the day is not told, where the workspace does not state it.
    """
    everybody = respondents(assessment, publication, catalogue)
    days = list(dict.fromkeys(survey.as_of for survey in assessment.workspace.annotations))
    told = ", ".join(catalogue.day(day) for day in days if day)
    when = catalogue("survey.day", days=told) if told and all(days) else catalogue("survey.untold")
    return " ".join([*([everybody.short] if everybody is not None else []), when])


def _total_alone(publication: "Publication", catalogue: Catalogue) -> PageSection | None:
    """How many answered, where they are too few for anything else to be counted."""
    everybody = sum(row.get("respondents", 0) for row in publication.tables.get("cohorts", ()))
    if not everybody:
        return None
    short = catalogue("respondents.short", n=catalogue.number(everybody))
    return PageSection("respondents", catalogue("respondents.title"), short, ())


def _noisy(assessment: "Assessment", publication: "Publication", catalogue: Catalogue) -> PageSection | None:
    """Who answered, in numbers with noise: shares and ratios of them would look surer than they are."""
    cohorts = [row for row in publication.tables["cohorts"] if "about" in row]
    everybody = sum(row["respondents"] for row in cohorts)
    if not everybody:
        return None
    names = area_names(assessment.district)
    areas = [{**row, "group": names.get(row["group"], row["group"])} for row in publication.tables["areas"]]
    groups = {"age_group": publication.tables["age_groups"], "area": areas, "role": publication.tables["roles"]}
    number = catalogue("voices.about", n=catalogue.number(everybody))
    return PageSection(
        "respondents", catalogue("respondents.title"), catalogue("respondents.short", n=number),
        (privacy_note(publication, catalogue),),
        tables=tuple(_groups(catalogue, column, rows) for column, rows in groups.items() if rows),
    )  # fmt: skip


@dataclass(frozen=True)
class _Comparison:
    """Respondents beside residents: in sentences, drawn and as a table."""

    sentences: tuple[str, ...] = ()
    charts: tuple[Pairs, ...] = ()
    tables: tuple[PageTable, ...] = ()


def _by_age(assessment: "Assessment", publication: "Publication", catalogue: Catalogue) -> _Comparison:
    rows = publication.tables["age_groups"]
    compared = _compared(rows, residents_by_age(assessment.origins), "age_group")
    if compared is None:
        return _Comparison((catalogue("respondents.no_ages"),), tables=(_groups(catalogue, "age_group", rows),))
    table, k = compared.table.assign(age_group=compared.table["age_group"].map(_age)), publication.k
    sentences = _unlike(catalogue, table, k, differs=compared.p_value < SIGNIFICANT)
    chart = Pairs(
        catalogue("respondents.chart"),
        (catalogue("respondents.share"), catalogue("respondents.residents_share")),
        tuple(
            Pair(
                str(row["age_group"]),
                *(share_bar(catalogue, "", row[f"{side}_share"]) for side in ("respondents", "residents")),
            )
            for row in table.to_dict("records")
        ),
    )
    return _Comparison(sentences, (chart,), (_beside(catalogue, "age_group", table, k),))


def _unlike(catalogue: Catalogue, table: pd.DataFrame, k: int, *, differs: bool) -> tuple[str, ...]:
    """Age groups that answered less than their number, and, where chance does not explain it, those that did more."""
    few, many = _little_heard(table, k)["age_group"], table[differs & (table["ratio"] > MUCH)]["age_group"]
    least = catalogue("respondents.least", groups=", ".join(few)) if len(few) else catalogue("respondents.least_none")
    most = [catalogue("respondents.most", groups=", ".join(many))] if len(many) else []
    return (least, *most, *([catalogue("respondents.test")] if differs else []))


def _by_area(assessment: "Assessment", publication: "Publication", catalogue: Catalogue) -> _Comparison:
    compared = _compared(publication.tables.get("areas", ()), _residents_by_area(assessment), "area")
    if compared is None:
        return _Comparison()
    names = area_names(assessment.district)
    table = compared.table.assign(area=[str(names.get(code, code)) for code in compared.table["area"]])
    few = _little_heard(table, publication.k)["area"]
    quiet = catalogue("respondents.quiet", groups=", ".join(few)) if len(few) else catalogue("respondents.quiet_none")
    return _Comparison(
        (quiet, catalogue("respondents.assumed_area")), tables=(_beside(catalogue, "area", table, publication.k),)
    )


def _little_heard(table: pd.DataFrame, k: int) -> pd.DataFrame:
    """Groups with far fewer respondents than residents let expect; where few are expected NOTHING is said."""
    expected = table["residents_share"] * table["respondents"].sum()
    return table[(table["ratio"] < LITTLE) & (expected >= k / LITTLE)]


def _residents_by_area(assessment: "Assessment") -> pd.DataFrame:
    living = assessment.origins.groupby("area_code")["population"].sum()
    known = living[living.index.isin(assessment.district["code"])] if "code" in assessment.district else living[:0]
    return pd.DataFrame({"area": known.index.astype(str), "residents": known.to_numpy(float)})


def _compared(counted: Sequence[Mapping[str, Any]], residents: pd.DataFrame, column: str) -> Representativeness | None:
    """Published numbers of respondents beside residents; None where one of them is not known."""
    named = [row for row in counted if row["group"] and row["group"] != UNSPECIFIED]
    if residents.empty or not named:
        return None
    people = np.repeat([row["group"] for row in named], [row["respondents"] for row in named])
    done = representativeness(pd.DataFrame({column: pd.Series(people, dtype="str")}), residents, (column,))
    return done if done.table["respondents"].sum() else None


def _beside(catalogue: Catalogue, column: str, table: pd.DataFrame, k: int) -> PageTable:
    """Respondents and residents of each group: shares, ratio and weight; too few to be published have none."""
    return PageTable(
        f"{column}s_of_respondents",
        f"{catalogue(f'respondents.{column}_caption')}. {catalogue('respondents.explained')}",
        (
            TableColumn(column, catalogue(f"respondents.{column}"), number=False),
            TableColumn("respondents", catalogue("voices.number")),
            TableColumn("respondents_share", catalogue("respondents.share")),
            TableColumn("residents_share", catalogue("respondents.residents_share")),
            TableColumn("ratio", catalogue("respondents.ratio")),
            TableColumn("weight", catalogue("respondents.weight")),
        ),
        tuple(
            TableRow((TableValue(str(row[column])), *_figures(catalogue, row, k))) for row in table.to_dict("records")
        ),
        "annotations_tables.json; origins.parquet",
        folded=catalogue(f"respondents.{column}_open"),
    )  # fmt: skip


def _figures(catalogue: Catalogue, row: Mapping[Any, Any], k: int) -> tuple[TableValue, ...]:
    living = share(catalogue, row["residents_share"])
    if not row["respondents"]:
        return (
            TableValue(catalogue("respondents.too_few", k=catalogue.number(k)), ""),
            NOTHING,
            living,
            NOTHING,
            NOTHING,
        )
    ratio, weight = (
        TableValue(catalogue.number(row[name], 2), round(float(row[name]), 2)) for name in ("ratio", "weight")
    )
    return count(catalogue, row["respondents"]), share(catalogue, row["respondents_share"]), living, ratio, weight


def _groups(catalogue: Catalogue, column: str, rows: Sequence[Mapping[str, Any]]) -> PageTable:
    """Numbers of respondents alone."""
    return PageTable(
        f"{column}s_of_respondents",
        catalogue(f"respondents.{column}_caption"),
        (
            TableColumn(column, catalogue(f"respondents.{column}"), number=False),
            TableColumn("respondents", catalogue("voices.number")),
        ),
        tuple(
            TableRow((TableValue(_group(catalogue, row["group"])), respondents_in(catalogue, row, "respondents")))
            for row in rows
        ),
        "annotations_tables.json",
        folded=catalogue(f"respondents.{column}_open"),
    )


def _group(catalogue: Catalogue, name: str) -> str:
    """A role or an age group; what was pooled and what nobody told have words too."""
    if name == UNSPECIFIED:
        return catalogue("respondents.unknown")
    if not name:
        return catalogue("topic.pooled")
    return catalogue(f"role.{name}") if catalogue.knows(f"role.{name}") else _age(name)


def _age(group: str) -> str:
    """``13-17`` and ``65-`` as people write them."""
    return f"{group[:-1]}+" if group.endswith("-") else group.replace("-", "–")
